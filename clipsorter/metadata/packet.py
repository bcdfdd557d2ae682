"""The XMP packet as XML: keyword fields are edited in place, and every other node stays as its program wrote it.

exiv2's own XMP toolkit builds the whole packet anew: measured on files of other programs, it turned a description
without a language into a translation and dropped empty fields. So it only reads here.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import TypeAlias

from lxml import etree

from clipsorter.errors import MetadataError
from clipsorter.metadata.keywords import Field, Fields

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_NAMES = {
    Field.SUBJECT: ("dc", "http://purl.org/dc/elements/1.1/", "subject", "Bag"),
    Field.HIERARCHICAL: ("lr", "http://ns.adobe.com/lightroom/1.0/", "hierarchicalSubject", "Bag"),
    Field.TAGS_LIST: ("digiKam", "http://www.digikam.org/ns/1.0/", "TagsList", "Seq"),
    Field.LAST_KEYWORD: ("MicrosoftPhoto", "http://ns.microsoft.com/photo/1.0/", "LastKeywordXMP", "Bag"),
    Field.CATALOG_SETS: ("mediapro", "http://ns.iview-multimedia.com/mediapro/1.0/", "CatalogSets", "Bag"),
}
_OTHER_SPELLINGS = {  # of the same fields, as some programs write them
    Field.HIERARCHICAL: ["{http://ns.adobe.com/lightroom/1.0/}HierarchicalSubject"],
    Field.LAST_KEYWORD: [
        "{http://ns.microsoft.com/photo/1.0}LastKeywordXMP",
        "{http://ns.microsoft.com/photo/1.2/}LastKeywordXMP",
    ],
}
_ACDSEE = "{http://ns.acdsee.com/iptc/1.0/}categories"
_EMPTY = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
    '  <rdf:Description rdf:about=""/>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>'
)
Element: TypeAlias = etree._Element  # lxml has no public name for it


def read_packet(packet: bytes) -> Fields:
    """Return the keyword fields of a packet; an empty one has none. Raises MetadataError if it is no XMP."""
    if not packet.strip(b"\0 \r\n\t"):
        return {}
    root = _parsed(packet)
    found = {field: _items(root, field) for field in _NAMES} | {Field.ACDSEE: _acdsee_items(root)}
    return {field: tuple(items) for field, items in found.items() if items}


def edited_packet(packet: bytes, fields: Fields) -> bytes:
    """Return the packet, UTF-8, with its keyword fields as they are in `fields`; one that is not in it is left alone.

    An empty packet becomes a whole one. Items that stay keep their nodes. Raises MetadataError if it is no XMP.
    """
    root = _parsed(packet if packet.strip(b"\0 \r\n\t") else _EMPTY.encode())
    for field in _NAMES:
        if field in fields and _items(root, field) != list(fields[field]):
            _write(root, field, fields[field])
    # What stands around the root element, such as the packet's own marks, belongs to the tree.
    return bytes(etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False))


def _parsed(packet: bytes) -> Element:
    root = _document(packet.strip(b"\0 \r\n\t"))
    if root.tag != f"{{{_RDF}}}RDF" and root.find(f".//{{{_RDF}}}RDF") is None:
        raise MetadataError("its XMP holds no RDF")
    return root


def _document(text: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise MetadataError(f"its XMP is damaged ({error})") from error
    if root.getroottree().docinfo.doctype:
        raise MetadataError("its XMP declares a document type, which XMP has not")
    return root


def _tags(field: Field) -> list[str]:
    _, space, name, _ = _NAMES[field]
    return [f"{{{space}}}{name}", *_OTHER_SPELLINGS.get(field, [])]


def _descriptions(root: Element) -> list[Element]:
    rdf = root if root.tag == f"{{{_RDF}}}RDF" else root.find(f".//{{{_RDF}}}RDF")
    return list(rdf.iterchildren(f"{{{_RDF}}}Description"))


def _properties(root: Element, field: Field) -> list[Element]:
    """Return the elements of a field; only those directly in a description count, not a thumbnail's or a region's."""
    return [node for tag in _tags(field) for part in _descriptions(root) for node in part.iterchildren(tag)]


def _nodes(prop: Element) -> list[Element]:
    return [node for box in prop.iterchildren() for node in box.iterchildren(f"{{{_RDF}}}li")]


def _items(root: Element, field: Field) -> list[str]:
    items = []
    for prop in _properties(root, field):
        nodes = _nodes(prop)
        items += [node.text or "" for node in nodes] if nodes else [prop.text or ""]
    items += [part.get(tag, "") for tag in _tags(field) for part in _descriptions(root)]
    return list(dict.fromkeys(item for item in items if item.strip()))


def _acdsee_items(root: Element) -> list[str]:
    """Return what ACDSee assigned, as `A|B`: `<Categories><Category Assigned="1">A<Category …>B</Category>…`."""
    texts = [part.get(_ACDSEE, "") for part in _descriptions(root)]
    texts += [node.text or "" for part in _descriptions(root) for node in part.iterchildren(_ACDSEE)]
    found: list[str] = []

    def walk(node: Element, above: tuple[str, ...]) -> None:
        for child in node.iterchildren("Category"):
            levels = (*above, (child.text or "").strip())
            if child.get("Assigned") == "1" and all(levels):
                found.append("|".join(level.replace("|", "/") for level in levels))
            walk(child, levels)

    for text in filter(str.strip, texts):
        with suppress(MetadataError):
            walk(_document(text.encode()), ())
    return list(dict.fromkeys(found))


def _write(root: Element, field: Field, items: Iterable[str]) -> None:
    """Put the items in, in the kind of list that programs expect of this field."""
    prefix, space, name, kind = _NAMES[field]
    kept: dict[str, Element] = {}
    places = _properties(root, field)
    for prop in places:
        for node in _nodes(prop):
            kept.setdefault(node.text or "", node)
    for part in _descriptions(root):
        for tag in _tags(field):
            part.attrib.pop(tag, None)
    items = list(items)
    if not items:
        for prop in places:
            _drop(prop)
        return
    prop = places[0] if places else None
    for other in places[1:]:
        _drop(other)
    if prop is None:
        parts = _descriptions(root)
        parent = parts[0] if parts else _new_description(root)
        prop = etree.SubElement(parent, f"{{{space}}}{name}", nsmap={prefix: space})
    tail = prop.tail
    for child in list(prop):
        prop.remove(child)
    prop.text = None
    box = etree.SubElement(prop, f"{{{_RDF}}}{kind}")
    for item in items:
        node = kept.get(item)
        if node is None:
            node = etree.Element(f"{{{_RDF}}}li")
            node.text = _writable(item)
        node.tail = None
        box.append(node)
    prop.tail = tail


def _new_description(root: Element) -> Element:
    rdf = root if root.tag == f"{{{_RDF}}}RDF" else root.find(f".//{{{_RDF}}}RDF")
    return etree.SubElement(rdf, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})


def _drop(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _writable(item: str) -> str:
    """Leave out what XML can't hold: control characters and halves of surrogates."""
    return "".join(
        letter for letter in item
        if letter in "\t\n\r" or (letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff")
    )  # fmt: skip
