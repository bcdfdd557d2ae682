"""The two blocks of a picture file that hold keywords; all other bytes of the file are nobody's business here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Blocks:
    """An XMP packet, and an IPTC block (IIM records); each is empty where the file has none."""

    xmp: bytes = b""
    iptc: bytes = b""
