"""Keywords as paths of a tree, and how the fields of photo programs hold them: pure, without files.

Programs that read only one field would lose sight of what stands in another: Immich reads the first it finds of
TagsList and hierarchicalSubject, darktable subject only where there is no hierarchicalSubject. So whoever writes one
field writes them all, with what was in any of them.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

Keyword = tuple[str, ...]
"""A keyword with what it is under, outermost first: ("Animals", "Dog")."""


class Field(Enum):
    """A field that holds keywords; the value is exiv2's name of it."""

    SUBJECT = "Xmp.dc.subject"
    HIERARCHICAL = "Xmp.lr.hierarchicalSubject"
    TAGS_LIST = "Xmp.digiKam.TagsList"
    LAST_KEYWORD = "Xmp.MicrosoftPhoto.LastKeywordXMP"
    CATALOG_SETS = "Xmp.mediapro.CatalogSets"
    ACDSEE = "Xmp.acdsee.categories"
    IPTC = "Iptc.Application2.Keywords"
    XP_KEYWORDS = "Exif.Image.XPKeywords"


_IPTC_BYTES = 64
_SEPARATORS = {
    Field.HIERARCHICAL: "|",
    Field.CATALOG_SETS: "|",
    Field.ACDSEE: "|",  # a document of its own, which is only read
    Field.TAGS_LIST: "/",
    Field.LAST_KEYWORD: "/",
}
WRITTEN = (Field.SUBJECT, Field.HIERARCHICAL, Field.TAGS_LIST)
"""The fields that are always written, together."""
WRITTEN_IF_THERE = (Field.LAST_KEYWORD,)

Fields = Mapping[Field, tuple[str, ...]]
"""The items of each field that is there, in order, as they are written in it."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What a photo gains: the keywords that it did not have, and all fields as they are to be."""

    new: tuple[Keyword, ...]
    fields: Fields


def keyword_of(category: str) -> Keyword:
    """Return the keyword of a category, `Parent/Child`."""
    return tuple(part.strip() for part in category.split("/"))


def keywords_in(fields: Fields) -> list[Keyword]:
    """Return the keywords of all fields, each once, those of trees first.

    A flat one that is a level of a tree in another field, as darktable and Lightroom write it, is not one of its own.
    """
    trees: dict[Keyword, Keyword] = {}
    for field, separator in _SEPARATORS.items():
        for item in fields.get(field, ()):
            if keyword := _levels(item, separator):
                trees.setdefault(folded(keyword), keyword)
    levels = {level for keyword in trees for level in keyword}
    flat: dict[Keyword, Keyword] = {}
    for item in (*fields.get(Field.SUBJECT, ()), *fields.get(Field.XP_KEYWORDS, ()), *fields.get(Field.IPTC, ())):
        keyword = (item.strip(),)
        is_cut = item in fields.get(Field.IPTC, ()) and _is_remnant(item, [*levels, *(word for (word,) in flat)])
        if keyword[0] and folded(keyword)[0] not in levels and not is_cut:
            flat.setdefault(folded(keyword), keyword)
    return [*trees.values(), *flat.values()]


def with_keywords(fields: Fields, wanted: Iterable[Keyword], elsewhere: Iterable[Keyword] = ()) -> Gain:
    """Return what the fields gain by these keywords; `elsewhere` are keywords of the photo that stand in other files.

    Nothing is taken out or written anew. Upper and lower case, and the ways to compose a letter, count as the same.
    A field that is neither always written nor there stays away.
    """
    present = keywords_in(fields)
    known = {folded(keyword) for keyword in present}
    new = {folded(keyword): keyword for keyword in wanted if folded(keyword) not in known}
    whole = [*present, *elsewhere, *new.values()]
    result = dict(fields)
    for field in WRITTEN:
        result[field] = _merged(field, fields.get(field, ()), whole)
    for field in WRITTEN_IF_THERE:
        if field in fields:
            result[field] = _merged(field, fields[field], whole)
    if Field.IPTC in fields:
        result[Field.IPTC] = _merged(Field.IPTC, fields[Field.IPTC], new.values())
    return Gain(tuple(new.values()), {field: items for field, items in result.items() if items})


def without_keywords(fields: Fields, unwanted: Iterable[Keyword]) -> Fields:
    """Return the fields without these keywords; a level that another keyword needs stays."""
    gone = {folded(keyword) for keyword in unwanted}
    left = [keyword for keyword in keywords_in(fields) if folded(keyword) not in gone]
    needed = {folded((level,)) for keyword in left for level in keyword}
    levels = {folded((level,)) for keyword in unwanted for level in keyword} - needed
    result = {}
    for field, items in fields.items():
        separator = _SEPARATORS.get(field)
        if separator is None:
            kept = tuple(item for item in items if folded((item.strip(),)) not in levels)
        else:
            kept = tuple(item for item in items if folded(_levels(item, separator)) not in gone)
        result[field] = kept
    return result


def folded(keyword: Keyword) -> Keyword:
    """Return what two keywords have in common that are the same to a reader; `|` in a name is written as `/`."""
    return tuple(_folded(level.replace("|", "/")) for level in keyword)


def _folded(item: str) -> str:
    return unicodedata.normalize("NFC", item).casefold().strip()


def _is_remnant(item: str, folded_words: Iterable[str]) -> bool:
    """Tell whether an IPTC keyword is what was left of one that IPTC can't hold: too long, or of other letters."""
    if not item.strip("? "):
        return True
    is_full = len(item.encode()) > _IPTC_BYTES - 4  # the last letter may not have fitted
    return is_full and any(word.startswith(folded((item,))[0]) for word in folded_words)


def _levels(item: str, separator: str) -> Keyword:
    """Split an item. Inside a name the other separator stands for this one, as Immich has it: `AC|DC` in a TagsList."""
    parts = (part.strip().replace("|", "/") for part in item.split(separator))
    return tuple(part for part in parts if part)


def _items(field: Field, keywords: Iterable[Keyword]) -> list[str]:
    """Return how a field writes keywords: a flat one writes each level."""
    separator = _SEPARATORS.get(field)
    if separator is None:
        return [level for keyword in keywords for level in keyword]
    if separator == "|":
        return ["|".join(level.replace("|", "/") for level in keyword) for keyword in keywords]
    return ["/".join(level.replace("/", "|") for level in keyword) for keyword in keywords]


def _merged(field: Field, items: tuple[str, ...], keywords: Iterable[Keyword]) -> tuple[str, ...]:
    """Return the items of a field with those of keywords behind them that are not among them."""
    is_flat = field not in _SEPARATORS
    found = {_key(item, is_flat) for item in items}
    added: dict[str, str] = {}
    for item in _items(field, keywords):
        if _key(item, is_flat) not in found:
            added.setdefault(_key(item, is_flat), item)
    return (*items, *added.values())


def _key(item: str, is_flat: bool) -> str:
    return folded((item,))[0] if is_flat else _folded(item)
