import shutil

import pytest
from PIL import Image

from clipsorter.errors import MetadataError
from clipsorter.metadata.keywords import Field
from clipsorter.metadata.packet import read_packet
from clipsorter.metadata.preset import PRESETS
from clipsorter.metadata.tagging import photo_keywords, plan_removal, plan_tagging

DOG = [("Animals", "Dog")]


def apply(tagging):
    for edit in tagging.edits:
        edit.path.write_bytes(edit.after)


@pytest.fixture
def jpeg(tmp_path):
    path = tmp_path / "a.jpg"
    Image.new("RGB", (16, 16), "red").save(path)
    return path


def raw(folder, shared_photos):
    path = folder / "A.KDC"
    shutil.copyfile(next(shared_photos.rglob("*.KDC")), path)
    return path


@pytest.mark.parametrize(
    ("preset", "names"),
    [
        ("all", ["a.jpg"]), ("lightroom", ["a.jpg"]), ("digikam", ["a.jpg"]), ("darktable", ["a.jpg.xmp"]),
        ("immich", ["a.jpg.xmp"]),
    ],
)  # fmt: skip
def test_a_preset_says_where_a_jpegs_keywords_go(jpeg, preset, names):
    tagging = plan_tagging(jpeg, DOG, PRESETS[preset])
    assert [edit.path.name for edit in tagging.edits] == names
    assert tagging.new == (("Animals", "Dog"),)


@pytest.mark.parametrize(
    ("preset", "names"),
    [
        ("all", ["A.KDC.xmp", "A.xmp"]), ("lightroom", ["A.xmp"]), ("digikam", ["A.KDC.xmp"]),
        ("darktable", ["A.KDC.xmp"]), ("immich", ["A.KDC.xmp"]),
    ],
)  # fmt: skip
def test_a_raw_file_is_never_written_to(tmp_path, shared_photos, preset, names):
    photo = raw(tmp_path, shared_photos)
    for placement in ("preset", "embed"):
        assert [edit.path.name for edit in plan_tagging(photo, DOG, PRESETS[preset], placement).edits] == names


def test_sidecars_of_both_namings_are_merged_not_doubled(jpeg, shared_photos):
    digikam = shared_photos / "metadata" / "digikam-example.xmp"
    lightroom = shared_photos / "metadata" / "IMG_5910.xmp"
    shutil.copyfile(digikam, jpeg.with_name("a.jpg.xmp"))
    shutil.copyfile(lightroom, jpeg.with_name("a.xmp"))
    apply(plan_tagging(jpeg, DOG, PRESETS["darktable"]))
    assert sorted(path.name for path in jpeg.parent.iterdir()) == ["a.jpg", "a.jpg.xmp", "a.xmp"]
    for name, own in (("a.jpg.xmp", "test3"), ("a.xmp", "USA")):
        fields = read_packet(jpeg.with_name(name).read_bytes())
        assert own in fields[Field.SUBJECT]
        assert {"test", "test2", "test3", "USA", "Animals/Dog"} <= set(fields[Field.TAGS_LIST])


def test_a_new_sidecar_holds_what_is_in_the_picture_since_some_read_only_the_sidecar(jpeg):
    apply(plan_tagging(jpeg, [("Beach",)], PRESETS["lightroom"]))
    apply(plan_tagging(jpeg, DOG, PRESETS["immich"]))
    assert read_packet(jpeg.with_name("a.jpg.xmp").read_bytes())[Field.TAGS_LIST] == ("Beach", "Animals/Dog")


def test_what_is_there_already_changes_nothing(jpeg):
    apply(plan_tagging(jpeg, DOG, PRESETS["all"]))
    assert plan_tagging(jpeg, DOG, PRESETS["all"]).edits == ()


def test_a_shared_sidecar_belongs_to_the_raw(tmp_path, shared_photos):
    photo = raw(tmp_path, shared_photos)
    jpeg = tmp_path / "A.jpg"
    Image.new("RGB", (16, 16)).save(jpeg)
    apply(plan_tagging(photo, DOG, PRESETS["lightroom"]))
    assert photo_keywords(photo) == DOG
    assert photo_keywords(jpeg) == []
    assert [edit.path.name for edit in plan_tagging(jpeg, DOG, PRESETS["immich"]).edits] == ["A.jpg.xmp"]


def test_a_thousand_keywords_go_beside_a_jpeg_that_has_no_room(jpeg):
    many = [(f"keyword number {number:04} of a thousand",) for number in range(1000)]
    tagging = plan_tagging(jpeg, many, PRESETS["all"])
    assert [edit.path.name for edit in tagging.edits] == ["a.jpg.xmp"]
    assert "64 KB" in tagging.note
    apply(tagging)
    assert photo_keywords(jpeg) == many


def test_a_write_protected_photo_gets_a_sidecar_and_a_sentence(jpeg):
    jpeg.chmod(0o444)
    tagging = plan_tagging(jpeg, DOG, PRESETS["all"])
    assert [edit.path.name for edit in tagging.edits] == ["a.jpg.xmp"]
    assert "write-protected" in tagging.note


def test_a_damaged_sidecar_leaves_all_files_alone(jpeg):
    jpeg.with_name("a.jpg.xmp").write_bytes(b"<broken")
    with pytest.raises(MetadataError):
        plan_tagging(jpeg, DOG, PRESETS["all"])


def test_removal_takes_away_only_what_it_names(jpeg):
    apply(plan_tagging(jpeg, [("Animals", "Cat"), ("Beach",)], PRESETS["all"]))
    before = jpeg.read_bytes()
    apply(plan_tagging(jpeg, DOG, PRESETS["all"]))
    apply(plan_removal(jpeg, DOG))
    assert jpeg.read_bytes() == before
    assert photo_keywords(jpeg) == [("Animals", "Cat"), ("Beach",)]
