"""Names for folders that Windows, macOS and Linux all accept, made of what the user calls a category."""

import re
import unicodedata

from clipsorter.photos.names import MAX_NAME_BYTES, name_bytes
from clipsorter.photos.scan import is_foreign

# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]')
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?= *(?:\.|$))", re.IGNORECASE)


def folder_names(category: str) -> tuple[str, ...]:
    """Return the folders, one within the other, of `Name` or `Parent/Child`; none of them leads elsewhere."""
    return tuple(folder_name(part) for part in category.split("/") if part.strip()) or ("_",)


def folder_name(text: str) -> str:
    """Return a name of at most 255 bytes of UTF-8 that is a plain, visible folder everywhere.

    What can't be in a name becomes `_`. A name that a system reserves, or that a search for photos skips (hidden
    folders, recycle bins), gets one. The name of a name is that name.
    """
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", text)).strip(" ")
    if name.startswith("."):
        name = f"_{name[1:]}"
    if reserved := _RESERVED.match(name):
        name = f"{reserved[0]}_{name[reserved.end() :]}"
    name = _fitting(name)
    while is_foreign(name):
        name = f"{_fitting(name, MAX_NAME_BYTES - 1)}_"
    return name or "_"


def _fitting(name: str, most_bytes: int = MAX_NAME_BYTES) -> str:
    """Cut a name where it gets too long, and what Windows would drop from its end."""
    while name_bytes(name) > most_bytes:
        name = name[:-1]
    return name.rstrip(" .")
