"""When two names are one: some disks fold case and Unicode forms, so names are compared as all of them would."""

import unicodedata

MAX_NAME_BYTES = 255  # of UTF-8: what Linux and macOS allow; Windows allows 255 units of UTF-16, which is never less


def name_key(name: str) -> str:
    """Return what equal names have in common on any disk: NFC of the case-folded name."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def name_bytes(name: str) -> int:
    """Return the length of a name on disk in bytes of UTF-8, or a little more if the name is no valid text."""
    return len(name) if name.isascii() else len(name.encode("utf-8", "surrogatepass"))
