"""Tells files that a cloud program shows but has not brought to this disk: reading one would download it."""

import os
import platform
import stat
from pathlib import Path

IN_CLOUD = "is only in the cloud: make it available on this computer, then look again"
_WINDOWS_RECALL = 0x0004_0000 | 0x0040_0000  # FILE_ATTRIBUTE_RECALL_ON_OPEN, …_RECALL_ON_DATA_ACCESS
_MACOS_DATALESS = 0x4000_0000  # SF_DATALESS


def is_placeholder(path: Path) -> bool:
    """Tell whether the content of a file lies elsewhere; asking does not fetch it. Linux has no such files."""
    if platform.system() == "Linux":
        return False
    try:
        status = path.lstat()
    except OSError:  # whoever opens it will say why
        return False
    return lacks_content(status)


def lacks_content(status: os.stat_result) -> bool:
    """Read what the systems say of a file whose content is fetched when it is read."""
    attributes = getattr(status, "st_file_attributes", 0)
    recalled = attributes & (_WINDOWS_RECALL | stat.FILE_ATTRIBUTE_OFFLINE)
    return bool(recalled or getattr(status, "st_flags", 0) & _MACOS_DATALESS)
