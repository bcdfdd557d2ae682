"""What ExifTool finds in the files of a photo after each preset wrote to it, for each kind of photo."""

import shutil

import pytest
from PIL import Image

from clipsorter.metadata.preset import PRESETS
from clipsorter.metadata.tagging import photo_keywords, plan_removal, plan_tagging, preview_tagging
from tests.metadata.conftest import other_fields

WANTED = [("Animals", "Dog"), ("Café",)]
FIELDS = {
    "XMP-dc:Main:Subject": ["Animals", "Dog", "Café"],
    "XMP-lr:Main:HierarchicalSubject": ["Animals|Dog", "Café"],
    "XMP-digiKam:Main:TagsList": ["Animals/Dog", "Café"],
}
# What each preset writes to, by the ending: the photo itself (""), or sidecars.
EMBEDDABLE = {"all": [""], "lightroom": [""], "digikam": [""], "darktable": ["FULL"], "immich": ["FULL"]}
EXPECTED = {
    **dict.fromkeys((".jpg", ".png", ".webp", ".tif"), EMBEDDABLE),
    ".dng": EMBEDDABLE | {"digikam": ["FULL"]},
    ".kdc": {each: ["FULL"] for each in PRESETS} | {"all": ["FULL", "STEM"], "lightroom": ["STEM"]},
    **{suffix: {each: ["FULL"] for each in PRESETS} for suffix in (".heic", ".avif", ".jxl")},
}


@pytest.fixture
def make(tmp_path, shared_photos):
    def make(suffix):
        photo = tmp_path / f"photo{suffix}"
        if suffix in (".jpg", ".png", ".webp", ".tif"):
            Image.effect_mandelbrot((64, 48), (-2, -1.5, 1, 1.5), 50).convert("RGB").save(photo)
        else:
            camera = (shared_photos / "camera").iterdir()
            shutil.copyfile(next(path for path in sorted(camera) if path.suffix.lower() == suffix), photo)
        return photo

    return make


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("suffix", EXPECTED)
def test_each_preset_writes_where_its_programs_read_and_nothing_else_changes(make, preset, suffix, exiftool):
    photo = make(suffix)
    before, data = exiftool(photo), photo.read_bytes()
    names = {"": photo, "FULL": photo.with_name(f"{photo.name}.xmp"), "STEM": photo.with_suffix(".xmp")}
    expected = [names[each] for each in EXPECTED[suffix][preset]]
    assert preview_tagging(photo, WANTED, PRESETS[preset]).files == tuple(expected)
    tagging = plan_tagging(photo, WANTED, PRESETS[preset])
    assert [edit.path for edit in tagging.edits] == expected
    for edit in tagging.edits:
        edit.path.write_bytes(edit.after)
        found = exiftool(edit.path)
        assert {name: found.get(name) for name in FIELDS} == FIELDS
        assert "ExifTool:Main:Warning" not in found or "ExifTool:Main:Warning" in before
    if photo in expected:
        old, after = other_fields(before), other_fields(exiftool(photo))
        container = {"File:Main:FileType"} if suffix == ".webp" else set()  # an extended one, as it says
        assert {name for name in old if after.get(name) != old[name]} <= container
        added = {"XMP-x:Main:XMPToolkit", "IFD0:Main:ApplicationNotes"}
        added |= {"RIFF:Main:ImageWidth", "RIFF:Main:ImageHeight"} if container else set()
        assert {name for name in after if name not in old} <= added
    else:
        assert photo.read_bytes() == data
    assert photo_keywords(photo)[-2:] == WANTED


def test_names_with_odd_letters_come_back_from_each_kind_of_file(make, exiftool):
    odd = [
        ("AC|DC",), ("one, two",), ("“quoted” \"and\" 'plain'",), ("🐶🏽 dog",), ("חתול", "שחור"), ("ʻokina",),
        ("<b>&amp;",), ("2024",), ("x" * 200,),
    ]  # fmt: skip
    for suffix, preset in ((".jpg", "all"), (".png", "all"), (".tif", "immich"), (".heic", "all")):
        photo = make(suffix)
        for edit in plan_tagging(photo, odd, PRESETS[preset], iptc=True).edits:
            edit.path.write_bytes(edit.after)
            items = exiftool(edit.path)["XMP-digiKam:Main:TagsList"]
            assert [str(item) for item in items] == ["/".join(keyword) for keyword in odd]
        names = {keyword[0] if len(keyword) == 1 else keyword for keyword in photo_keywords(photo)}
        assert names >= {keyword[0].replace("|", "/") if len(keyword) == 1 else keyword for keyword in odd}
        assert plan_tagging(photo, odd, PRESETS[preset]).edits == ()


DARKTABLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmlns:darktable="http://darktable.sf.net/"
    xmp:Rating="1" darktable:xmp_version="5" darktable:auto_presets_applied="1" darktable:history_end="2">
   <darktable:masks_history><rdf:Seq/></darktable:masks_history>
   <darktable:history><rdf:Seq>
     <rdf:li darktable:num="0" darktable:operation="rawprepare" darktable:enabled="1" darktable:params="00ff"/>
     <rdf:li darktable:num="1" darktable:operation="temperature" darktable:enabled="1" darktable:params="gz02eJx"/>
   </rdf:Seq></darktable:history>
   <dc:subject><rdf:Seq><rdf:li>people</rdf:li><rdf:li>Ada</rdf:li></rdf:Seq></dc:subject>
   <lr:hierarchicalSubject><rdf:Seq><rdf:li>people|Ada</rdf:li></rdf:Seq></lr:hierarchicalSubject>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""


def test_darktables_sidecars_keep_their_history_and_each_version_gets_the_keywords(make, exiftool):
    photo = make(".jpg")
    sidecars = [photo.with_name(name) for name in ("photo.jpg.xmp", "photo_01.jpg.xmp")]
    for sidecar in sidecars:
        sidecar.write_bytes(DARKTABLE)
    stranger = photo.with_name("photo_02.jpg.xmp")  # of a photo of its own
    stranger.write_bytes(DARKTABLE)
    photo.with_name("photo_02.jpg").write_bytes(photo.read_bytes())
    before = other_fields(exiftool(sidecars[0]))
    tagging = plan_tagging(photo, WANTED, PRESETS["darktable"])
    assert [edit.path for edit in tagging.edits] == sidecars
    for edit in tagging.edits:
        edit.path.write_bytes(edit.after)
        after = exiftool(edit.path)
        assert other_fields(after) == before
        assert after["XMP-lr:Main:HierarchicalSubject"] == ["people|Ada", "Animals|Dog", "Café"]
        assert b'darktable:operation="rawprepare" darktable:enabled="1" darktable:params="00ff"' in edit.after
    assert photo_keywords(photo) == [("people", "Ada"), *WANTED]
    for edit in plan_removal(photo, WANTED).edits:
        edit.path.write_bytes(edit.after)
    assert photo_keywords(photo) == [("people", "Ada")]


def test_sidecars_are_found_in_whatever_case(make):
    photo = make(".jpg")
    for name in ("PHOTO.JPG.XMP", "photo.Xmp"):
        photo.with_name(name).write_bytes(DARKTABLE)
    files = preview_tagging(photo, WANTED, PRESETS["immich"]).files
    assert [path.name for path in files] == ["PHOTO.JPG.XMP", "photo.Xmp"]
