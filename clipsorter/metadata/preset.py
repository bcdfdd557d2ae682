"""Which files a program looks into for keywords: in the picture itself, or beside it, and under which name."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal


class Naming(Enum):
    """How a sidecar is named after its photo."""

    FULL = "name.ext.xmp"
    STEM = "name.xmp"


@dataclass(frozen=True, slots=True)
class Preset:
    """Where new keywords go: into pictures that can hold them, into DNGs, or into sidecars with these names.

    A sidecar that is there is brought up to date whatever the preset says: programs would go on reading it.
    """

    title: str
    is_embedding: bool
    is_embedding_dng: bool
    raw_sidecars: tuple[Naming, ...]


PresetName = Literal["all", "lightroom", "darktable", "digikam", "immich"]
# Lightroom reads no other sidecar than a RAW's `name.xmp`; darktable and Immich look for `name.ext.xmp` of any photo,
# and Immich takes what is in it before what is in the picture.
PRESETS: dict[PresetName, Preset] = {
    "all": Preset("all programs", True, True, (Naming.FULL, Naming.STEM)),
    "lightroom": Preset("Lightroom", True, True, (Naming.STEM,)),
    "darktable": Preset("darktable", False, False, (Naming.FULL,)),
    "digikam": Preset("digiKam", True, False, (Naming.FULL,)),
    "immich": Preset("Immich", False, False, (Naming.FULL,)),
}
