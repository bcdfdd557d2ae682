import io
import shutil

import numpy as np
import pytest
from PIL import Image, ImageSequence

from clipsorter.errors import MetadataError
from clipsorter.metadata.keywords import Field, with_keywords
from clipsorter.metadata.packet import edited_packet
from clipsorter.metadata.picture import _is_same_picture, can_hold, edited_picture, has_iptc, read_fields
from tests.metadata.conftest import other_fields

WANTED = [("Animals", "Dog"), ("Café",)]


def tagged(path):
    data = path.read_bytes()
    fields = read_fields(data, path.suffix)
    if has_iptc(data, path.suffix):
        fields = {Field.IPTC: (), **fields}
    return edited_picture(data, path.suffix, with_keywords(fields, WANTED).fields)


def test_keywords_are_read_back_and_the_picture_is_the_same(picture):
    before = np.asarray(Image.open(picture))
    picture.write_bytes(tagged(picture))
    fields = read_fields(picture.read_bytes(), picture.suffix)
    assert fields[Field.TAGS_LIST] == ("Animals/Dog", "Café")
    assert np.array_equal(np.asarray(Image.open(picture)), before)


def test_exiftool_reads_each_field_and_finds_nothing_else_changed(picture, exiftool):
    before = exiftool(picture)
    picture.write_bytes(tagged(picture))
    after = exiftool(picture)
    assert after["XMP-dc:Main:Subject"] == ["Animals", "Dog", "Café"]
    assert after["XMP-lr:Main:HierarchicalSubject"] == ["Animals|Dog", "Café"]
    assert after["XMP-digiKam:Main:TagsList"] == ["Animals/Dog", "Café"]
    assert after.get("ExifTool:Main:Warning") == before.get("ExifTool:Main:Warning")
    added = {"XMP-x:Main:XMPToolkit", "IFD0:Main:ApplicationNotes"}
    assert {k: v for k, v in other_fields(after).items() if k not in added} == other_fields(before)


def test_a_second_time_grows_by_nothing_but_the_new_keyword(picture):
    picture.write_bytes(tagged(picture))
    assert read_fields(tagged(picture), picture.suffix) == read_fields(picture.read_bytes(), picture.suffix)


def test_photos_of_other_programs_keep_all_they_had(shared_photos, exiftool, tmp_path, subtests):
    pictures = [path for path in sorted((shared_photos / "metadata").iterdir()) if path.suffix not in (".xmp", ".csv")]
    assert len(pictures) > 10
    for path in pictures:
        with subtests.test(path.name):
            copy = tmp_path / path.name
            shutil.copyfile(path, copy)
            before, pixels = exiftool(copy), Image.open(copy).tobytes()
            old = read_fields(copy.read_bytes(), copy.suffix)
            copy.write_bytes(tagged(copy))
            assert other_fields(exiftool(copy)) == other_fields(before)
            assert Image.open(copy).tobytes() == pixels
            for field, items in old.items():
                assert read_fields(copy.read_bytes(), copy.suffix)[field][: len(items)] == items


def test_a_dng_gets_keywords_and_keeps_its_sensor_data(shared_photos, exiftool, tmp_path):
    path = next(shared_photos.rglob("*.dng"))
    copy = tmp_path / path.name
    shutil.copyfile(path, copy)
    before = exiftool(copy)
    changed = tagged(copy)
    assert changed[8 : path.stat().st_size] == path.read_bytes()[8:]  # all but what points to the first directory
    copy.write_bytes(changed)
    after = exiftool(copy)
    assert after["XMP-digiKam:Main:TagsList"] == ["Animals/Dog", "Café"]
    lost = {name for name, value in other_fields(before).items() if other_fields(after).get(name) != value}
    assert lost == set()


@pytest.mark.parametrize("suffix", [".nef", ".cr2", ".heic", ".avif", ".jxl"])
def test_formats_that_are_never_written_to_are_told_from_the_others(suffix, tmp_path):
    path = tmp_path / "a.tif"
    Image.new("RGB", (8, 8)).save(path)
    assert not can_hold(path.read_bytes(), suffix)


def test_a_wrong_ending_is_no_hindrance(tmp_path):
    path = tmp_path / "really-a-jpeg.png"
    Image.new("RGB", (8, 8)).save(path, "JPEG")
    assert read_fields(tagged(path), ".png")[Field.TAGS_LIST] == ("Animals/Dog", "Café")


def test_too_many_keywords_for_a_jpeg_are_refused_with_the_reason(tmp_path):
    path = tmp_path / "a.jpg"
    Image.new("RGB", (8, 8)).save(path)
    many = with_keywords({}, [(f"keyword number {number:04} of a thousand",) for number in range(1000)]).fields
    with pytest.raises(MetadataError, match="64 KB"):
        edited_picture(path.read_bytes(), ".jpg", many)


def test_damaged_photos_are_refused_never_half_written(shared_photos, subtests):
    for path in sorted((shared_photos / "broken").rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        with subtests.test(path.name):
            try:
                changed = edited_picture(data, path.suffix, with_keywords({}, WANTED).fields)
            except MetadataError:
                continue
            assert read_fields(changed, path.suffix)[Field.TAGS_LIST] == ("Animals/Dog", "Café")


@pytest.mark.parametrize("name", ["a.jpg", "a.tif"])
def test_iptc_is_written_where_it_is_asked_for(tmp_path, name, exiftool):
    path = tmp_path / name
    Image.new("RGB", (8, 8)).save(path)
    before = exiftool(path)
    fields = with_keywords({Field.IPTC: ()}, WANTED).fields
    path.write_bytes(edited_picture(path.read_bytes(), path.suffix, fields))
    after = exiftool(path)
    assert after["IPTC:Main:Keywords"] == ["Animals", "Dog", "Café"]
    assert set(other_fields(before)) <= set(other_fields(after))
    assert read_fields(path.read_bytes(), path.suffix)[Field.IPTC] == ("Animals", "Dog", "Café")


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGB", "RGBA", "CMYK", "I;16", "F"])
def test_a_picture_of_other_pixels_is_told_from_its_like(mode):
    def encoded(colour, size=(8, 8)):
        buffer = io.BytesIO()
        image = Image.new(mode, size)
        image.putpixel((3, 3), colour)
        image.save(buffer, "TIFF")
        return buffer.getvalue()

    bands = len(Image.new(mode, (1, 1)).getbands())
    none, some = ((0,) * bands, (*(0,) * (bands - 1), 1)) if bands > 1 else (0, 1)
    assert _is_same_picture(encoded(none), encoded(none))
    assert not _is_same_picture(encoded(none), encoded(some))
    assert not _is_same_picture(encoded(none), encoded(none, (8, 9)))


def two_pictures(path, kind):
    first, second = Image.effect_mandelbrot((64, 48), (-2, -1.5, 1, 1.5), 50), Image.new("L", (64, 48), 99)
    first.convert("RGB").save(path, kind, save_all=True, append_images=[second.convert("RGB")])
    return path


@pytest.mark.parametrize(("name", "kind"), [("a.jpg", "MPO"), ("a.tif", "TIFF"), ("a.webp", "WEBP"), ("a.png", "PNG")])
def test_all_pictures_of_a_file_are_found_again(tmp_path, name, kind):
    path = two_pictures(tmp_path / name, kind)
    before = [frame.tobytes() for frame in ImageSequence.Iterator(Image.open(path))]
    path.write_bytes(tagged(path))
    assert [frame.tobytes() for frame in ImageSequence.Iterator(Image.open(path))] == before
    assert len(before) == 2
    assert read_fields(path.read_bytes(), path.suffix)[Field.TAGS_LIST] == ("Animals/Dog", "Café")


def test_a_second_picture_that_would_not_be_found_again_is_no_reason_to_write(tmp_path):
    path = two_pictures(tmp_path / "a.jpg", "MPO")
    data = path.read_bytes()
    place = data.index(b"\xff\xe2")
    stop = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    packet = b"http://ns.adobe.com/xap/1.0/\0" + edited_packet(b"", {Field.SUBJECT: ("old",)})
    behind = b"\xff\xe1" + (len(packet) + 2).to_bytes(2, "big") + packet
    path.write_bytes(data[:stop] + behind + data[stop:])
    with pytest.raises(MetadataError, match="several pictures"):
        tagged(path)
