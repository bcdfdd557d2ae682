import pytest

from clipsorter.errors import MetadataError
from clipsorter.metadata.keywords import Field, with_keywords
from clipsorter.metadata.packet import edited_packet, read_packet

LIGHTROOM = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 5.6">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmlns:mine="urn:mine"
    crs:Exposure2012="+0.35" photoshop:Instructions="one&#xA;two">
   <dc:subject><rdf:Bag><rdf:li>Berkeley</rdf:li><rdf:li mine:who="me">USA</rdf:li></rdf:Bag></dc:subject>
   <lr:hierarchicalSubject><rdf:Seq><rdf:li>USA|Berkeley</rdf:li></rdf:Seq></lr:hierarchicalSubject>
   <dc:description>plain, not a translation</dc:description>
   <mine:empty/>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>""".encode()


def test_every_other_node_survives():
    changed = edited_packet(LIGHTROOM, {Field.SUBJECT: ("Berkeley", "USA", "Zoo")}).decode()
    for piece in (
        'x:xmptk="Adobe XMP Core 5.6"', 'crs:Exposure2012="+0.35"', 'photoshop:Instructions="one&#10;two"',
        "<dc:description>plain, not a translation</dc:description>", "<mine:empty/>",
        '<rdf:li mine:who="me">USA</rdf:li>',
        "<?xpacket begin=", "<?xpacket end=",
    ):  # fmt: skip
        assert piece in changed
    assert read_packet(changed.encode())[Field.SUBJECT] == ("Berkeley", "USA", "Zoo")


def test_a_tree_in_a_seq_becomes_a_bag_since_a_seq_is_read_flat():
    changed = edited_packet(LIGHTROOM, {Field.HIERARCHICAL: ("USA|Berkeley", "A|B")}).decode()
    tree = changed.partition("<lr:hierarchicalSubject>")[2].partition("</lr:hierarchicalSubject>")[0]
    assert tree.startswith("<rdf:Bag>")


def test_an_empty_packet_becomes_a_whole_one():
    packet = edited_packet(b"", {Field.TAGS_LIST: ("A/B",)})
    assert packet.startswith('<?xpacket begin="\ufeff"'.encode())
    assert b"<rdf:Seq><rdf:li>A/B</rdf:li></rdf:Seq></digiKam:TagsList>" in packet


def test_a_subject_written_as_an_attribute_is_read_and_becomes_a_list():
    packet = LIGHTROOM.replace(b"crs:Exp", b'dc:subject="lone" crs:Exp', 1)
    assert read_packet(packet)[Field.SUBJECT] == ("Berkeley", "USA", "lone")
    changed = edited_packet(packet, {Field.SUBJECT: ("Berkeley", "USA", "lone", "Zoo")})
    assert b'dc:subject="' not in changed
    assert read_packet(changed)[Field.SUBJECT] == ("Berkeley", "USA", "lone", "Zoo")


def test_no_items_take_the_field_away():
    assert b"dc:subject" not in edited_packet(LIGHTROOM, {Field.SUBJECT: ()})


def test_a_packet_without_the_meta_element_is_edited_too():
    bare = b"<rdf:RDF" + LIGHTROOM.partition(b"<rdf:RDF")[2].partition(b"</x:xmpmeta>")[0]
    assert read_packet(edited_packet(bare, {Field.SUBJECT: ("x",)}))[Field.SUBJECT] == ("x",)


@pytest.mark.parametrize(
    "packet",
    [
        b"no xml", b"<a/>", LIGHTROOM[:300], b"\xff\xfe\xfd",
        b'<!DOCTYPE r [<!ENTITY a "b">]><r xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:RDF/></r>',
    ],
)  # fmt: skip
def test_what_is_no_xmp_is_refused(packet):
    with pytest.raises(MetadataError):
        read_packet(packet)


@pytest.mark.parametrize("name", ["a|b", "a/b", "a,b", '"quoted" <b>&amp;', "🐶", "עברית", "a\x01b", "x" * 3000])
def test_names_with_odd_letters_come_back(name):
    changed = edited_packet(b"", {Field.SUBJECT: (name,)})
    assert read_packet(changed)[Field.SUBJECT] == (name.replace("\x01", ""),)


@pytest.mark.parametrize("form", ["attribute", "element"])
def test_what_acdsee_assigned_is_read_and_left_as_it_is(form):
    document = (
        "&lt;Categories&gt;&lt;Category Assigned=&quot;0&quot;&gt;Places&lt;Category Assigned=&quot;1&quot;&gt;Italy"
        "&lt;/Category&gt;&lt;/Category&gt;&lt;Category Assigned=&quot;1&quot;&gt;Sea&lt;/Category&gt;"
        "&lt;/Categories&gt;"
    )
    packet = LIGHTROOM.decode().replace(
        "<mine:empty/>",
        '<a:categories xmlns:a="http://ns.acdsee.com/iptc/1.0/">' + document + "</a:categories><mine:empty/>",
    )
    if form == "attribute":
        packet = LIGHTROOM.decode().replace(
            "crs:Exp", f'xmlns:a="http://ns.acdsee.com/iptc/1.0/" a:categories="{document}" crs:Exp', 1
        )
    fields = read_packet(packet.encode())
    assert fields[Field.ACDSEE] == ("Places|Italy", "Sea")
    gain = with_keywords(fields, [("Sea",), ("Zoo",)])
    assert gain.new == (("Zoo",),)
    changed = edited_packet(packet.encode(), gain.fields)
    assert read_packet(changed)[Field.ACDSEE] == fields[Field.ACDSEE]
    assert "Places/Italy" in read_packet(changed)[Field.TAGS_LIST]
