"""The IPTC block (IIM records): keywords are datasets 2:25, and all other datasets keep their bytes.

Format: IPTC-NAA Information Interchange Model 4.2.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clipsorter.errors import MetadataError

_MARK = 0x1C
_CHARACTER_SET = (1, 90)
_VERSION = (2, 0)
_KEYWORD = (2, 25)
_UTF_8 = b"\x1b%G"
_LONGEST = 64  # bytes of a keyword


def read_keywords(block: bytes) -> tuple[str, ...]:
    """Return the keywords; raise MetadataError if the block is damaged."""
    return tuple(_text(each.content) for each in _datasets(block) if each.number == _KEYWORD)


def with_keywords(block: bytes, keywords: Sequence[str]) -> bytes:
    """Return the block with these keywords; those that are there keep their bytes and their order.

    One that is longer than IPTC allows, or that the block's characters can't write, is left out: it stands in XMP.
    """
    sets = list(_datasets(block))
    is_marked = any(each.number == _CHARACTER_SET for each in sets)
    is_ascii = all(each.content.isascii() for each in sets if each.number[0] == 2)
    is_utf_8 = any(each.number == _CHARACTER_SET and each.content == _UTF_8 for each in sets)
    can_be_utf_8 = is_utf_8 or (is_ascii and not is_marked)
    wanted, kept = set(keywords), [each for each in sets if each.number == _KEYWORD]
    there = {_text(each.content) for each in kept}
    new = [each.raw for each in kept if _text(each.content) in wanted]
    new += [_written(word, can_be_utf_8) for word in dict.fromkeys(keywords) if word not in there]
    place = next((place for place, each in enumerate(sets) if each.number == _KEYWORD), len(sets))
    before = [each.raw for each in sets[:place]]
    after = [each.raw for each in sets[place:] if each.number != _KEYWORD]
    if not is_marked and not all(raw.isascii() for raw in new) and can_be_utf_8:
        before.insert(0, _dataset(_CHARACTER_SET, _UTF_8))
    if not sets:
        before.append(_dataset(_VERSION, b"\0\4"))
    return b"".join([*before, *new, *after])


@dataclass(frozen=True, slots=True)
class _Dataset:
    number: tuple[int, int]
    content: bytes
    raw: bytes


def _datasets(block: bytes) -> Iterator[_Dataset]:
    place = 0
    while place + 5 <= len(block) and block[place] == _MARK:
        size, head = int.from_bytes(block[place + 3 : place + 5], "big"), 5
        if size & 0x8000:  # the size of the size
            digits = size & 0x7FFF
            size, head = int.from_bytes(block[place + 5 : place + 5 + digits], "big"), 5 + digits
        stop = place + head + size
        if stop > len(block):
            raise MetadataError("its IPTC block is damaged")
        yield _Dataset((block[place + 1], block[place + 2]), block[place + head : stop], block[place:stop])
        place = stop
    if block[place:].strip(b"\0"):
        raise MetadataError("its IPTC block is damaged")


def _dataset(number: tuple[int, int], content: bytes) -> bytes:
    return bytes([_MARK, *number]) + len(content).to_bytes(2, "big") + content


def _text(content: bytes) -> str:
    """Decode UTF-8 where it is that, else Latin-1, whatever the block says: few programs say it, or say it right."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _written(word: str, can_be_utf_8: bool) -> bytes:
    content = word.encode("utf-8", "replace")
    if not content or len(content) > _LONGEST or not (content.isascii() or can_be_utf_8):
        return b""
    return _dataset(_KEYWORD, content)
