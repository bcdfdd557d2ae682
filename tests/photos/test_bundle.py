"""Bundles: which files of a folder are one picture, whoever named them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipsorter.photos.bundle import Bundle, bundles_in, numbered_names
from clipsorter.photos.names import MAX_NAME_BYTES, name_bytes, name_key

FOLDER = Path("/photos")


def grouped(*names: str) -> list[list[str]]:
    """Return the names of each bundle, the leader first."""
    return [[path.name for path in bundle.files] for bundle in bundles_in(FOLDER, names)]


def numbered(*names: str, number: int = 2) -> dict[str, str]:
    """Return the numbered names of the one bundle of these names."""
    (bundle,) = bundles_in(FOLDER, names)
    assert {path.name for path in bundle.files} == set(names)
    targets = numbered_names(bundle, number)
    return dict(zip([path.name for path in bundle.files], targets, strict=True))


# Whole bundles: what belongs together, the leader first.
BUNDLES = {
    "raw and jpeg": ["A.NEF", "A.JPG"],
    "raw, heif and jpeg": ["A.CR3", "A.HEIC", "A.JPG"],
    "both namings of xmp": ["A.jpg", "A.jpg.xmp", "A.xmp"],
    "shared sidecar goes with the raw": ["A.NEF", "A.JPG", "A.xmp"],
    "darktable's versions": ["A.NEF", "A.NEF.xmp", "A_01.NEF.xmp", "A_12.NEF.xmp"],
    "live photo": ["IMG_1234.HEIC", "IMG_1234.MOV"],
    "live photo of iCloud's downloader": ["IMG_1234.HEIC", "IMG_1234_HEVC.MOV"],
    "live photo of takeout": ["IMG_1.HEIC", "IMG_1.HEIC.json", "IMG_1.MP4", "IMG_1.MP4.json"],
    "pixel's motion photo": ["PXL_20230604_172812686.MP.jpg", "PXL_20230604_172812686.MP"],
    "apple's edit": [
        "IMG_1234.HEIC",
        "IMG_E1234.JPG",
        "IMG_1234.AAE",
        "IMG_1234.MOV",
        "IMG_E1234.MOV",
        "IMG_O1234.AAE",
    ],
    "developers' recipes": ["A.NEF", "A.NEF.dop", "A.NEF.pp3", "A.on1"],
    "what rawtherapee exported": ["A.jpg", "A.jpg.out.pp3"],
    "thumbnail and voice memo": ["A.CRW", "A.THM", "A.WAV"],
    "takeout": ["A.jpg", "A.jpg.json"],
    "takeout, new naming": ["A.jpg", "A.jpg.supplemental-metadata.json"],
    "takeout, cut": [
        "Screenshot_2017-07-05-10-05-26.png",
        "Screenshot_2017-07-05-10-05-26.png.supplementa.json",
    ],
    "takeout, cut to a dot": ["A.jpg", "A.jpg..json"],
    "takeout, cut within the photo's name": [
        "Urlaub in Knaufspesch in der Schneifel (38).JPG",
        "Urlaub in Knaufspesch in der Schneifel (38).JP.json",
    ],
    "takeout, numbered": ["A(1).jpg", "A.jpg(1).json"],
    "takeout, numbered, new naming": ["A(1).jpg", "A.jpg.supplemental-metadata(1).json"],
    "takeout, edited": ["A.jpg", "A-edited.jpg", "A.jpg.json"],
    "takeout, edited, numbered": ["A(1).jpg", "A-bearbeitet(1).jpg", "A.jpg(1).json"],
    "text of hydrus": ["A.jpg", "A.jpg.txt"],
    "case variants": ["img_1.nef", "IMG_1.JPG", "IMG_1.xmp", "Img_1.Nef.Xmp"],
    "unicode forms": ["caf\u00e9.nef", "cafe\u0301.jpg", "cafe\u0301.xmp"],
}


@pytest.mark.parametrize("names", BUNDLES.values(), ids=BUNDLES)
def test_what_is_one_picture_is_one_bundle(names):
    assert grouped(*reversed(names)) == [names]


@pytest.mark.parametrize("names", BUNDLES.values(), ids=BUNDLES)
def test_numbered_bundle_is_a_bundle_again(names):
    targets = numbered(*names)
    (bundle,) = bundles_in(FOLDER, targets.values())
    assert sorted(path.name for path in bundle.files) == sorted(targets.values())
    assert all("(2)" in target for target in targets.values())
    assert not set(targets.values()) & set(names)


@pytest.mark.parametrize("names", BUNDLES.values(), ids=BUNDLES)
def test_bundles_beside_each_other_stay_apart(names):
    others = ["B.NEF", "B.xmp", "notes.txt", "metadata.json", "IMG_9999.MOV", "A.mp3"]
    assert grouped(*names, *others) == sorted([names, ["B.NEF", "B.xmp"]])


@pytest.mark.parametrize(
    ("names", "bundles"),
    [
        (["A.jpg", "A.png"], [["A.jpg"], ["A.png"]]),
        (["A.jpg", "A.jpeg"], [["A.jpeg"], ["A.jpg"]]),
        (["A.NEF", "A.png", "A.xmp"], [["A.NEF", "A.xmp"], ["A.png"]]),
        (["A.png", "A.MOV"], [["A.png"]]),
        (["A.jpg", "A_01.jpg", "A_01.jpg.xmp"], [["A.jpg"], ["A_01.jpg", "A_01.jpg.xmp"]]),
        (["A.jpg", "A.jpg(1).json"], [["A.jpg"]]),
        (["A.jpg", "A(1).jpg", "A.jpg.json", "A.jpg(1).json"],
         [["A(1).jpg", "A.jpg(1).json"], ["A.jpg", "A.jpg.json"]]),
        (["A.jpg", "A.json", "A.txt"], [["A.jpg"]]),
        (["A.jpg", "a.jpg", "A.xmp", "a.jpg.xmp"], [["A.jpg", "A.xmp"], ["a.jpg", "a.jpg.xmp"]]),
        (["IMG_E1234.JPG", "IMG_1235.JPG"], [["IMG_1235.JPG"], ["IMG_E1234.JPG"]]),
        ([".A.jpg", "._A.jpg", "A.jpg", ".A.xmp"], [["A.jpg"]]),
        (["A-edited.jpg", "B-edited.jpg"], [["A-edited.jpg"], ["B-edited.jpg"]]),
        ([".xmp", "xmp", "jpg", "", "."], []),
    ],
)  # fmt: skip
def test_what_is_two_pictures_is_two_bundles(names, bundles):
    assert grouped(*names) == bundles


@pytest.mark.parametrize(
    "names",
    [
        ["A.jpg", "A.png", "A.xmp"],  # whose is it?
        ["A.jpg", "A.jpeg", "A.mov"],
        ["A.heic", "A.jpg"],  # what a camera writes at once, or two photos that Takeout put into one folder
        ["A.CR2", "A.dng", "A.xmp"],
        ["A.jpg", "a.jpg", "A.JPG.xmp"],
    ],
)
def test_what_may_be_two_pictures_goes_together_and_is_said(names):
    (bundle,) = bundles_in(FOLDER, names)
    assert sorted(path.name for path in bundle.files) == sorted(names)
    assert bundle.is_doubtful


def test_clear_bundle_is_not_doubtful():
    (bundle,) = bundles_in(FOLDER, ["A.NEF", "A.JPG", "A.xmp", "A.JPG.xmp"])
    assert not bundle.is_doubtful


def test_photo_of_any_name_is_a_photo_if_the_caller_says_so():
    assert bundles_in(FOLDER, ["scan.dat", "scan.dat.xmp", "scan.txt"], photos={"scan.dat"}) == [
        Bundle(FOLDER / "scan.dat", (FOLDER / "scan.dat.xmp",))
    ]


@pytest.mark.parametrize(
    ("names", "targets"),
    [
        (["A.jpg", "A.jpg.xmp", "A.xmp"], ["A (2).jpg", "A (2).jpg.xmp", "A (2).xmp"]),
        (["A.NEF", "A.JPG", "A_01.NEF.xmp"], ["A (2).NEF", "A (2).JPG", "A (2)_01.NEF.xmp"]),
        (["IMG_1234.HEIC", "IMG_E1234.JPG", "IMG_E1234.JPG.xmp"],
         ["IMG_1234 (2).HEIC", "IMG_E1234 (2).JPG", "IMG_E1234 (2).JPG.xmp"]),
        (["A(1).jpg", "A.jpg(1).json"], ["A(1) (2).jpg", "A(1) (2).jpg.json"]),
        (["A(1).jpg", "A(1).jpg.json", "A.jpg(1).json"],
         ["A(1) (2).jpg", "A(1) (2).jpg.json", "A(1) (2).jpg.s.json"]),
        (["P.MP.jpg", "P.MP"], ["P (2).MP.jpg", "P (2).MP"]),
        (["A-edited.jpg"], ["A-edited (2).jpg"]),
        (["A-edited.jpg", "A.xmp"], ["A (2)-edited.jpg", "A (2).xmp"]),
        (["straße.jpg", "STRASSE.xmp"], ["straße (2).jpg", "STRASSE (2).xmp"]),
    ],
)  # fmt: skip
def test_number_goes_where_the_names_still_fit(names, targets):
    assert numbered(*names) == dict(zip(names, targets, strict=True))


def test_number_one_keeps_the_names():
    assert numbered("A.jpg", "A.xmp", number=1) == {"A.jpg": "A.jpg", "A.xmp": "A.xmp"}


@pytest.mark.parametrize("letter", ["x", "é", "e\u0301", "写", "🌸"])
def test_long_name_is_shortened_before_the_number(letter):
    stem = letter * 300
    while name_bytes(f"{stem}.jpg.xmp") > MAX_NAME_BYTES:
        stem = stem[: -len(letter)]
    targets = list(numbered(f"{stem}.jpg", f"{stem}.jpg.xmp", number=1234).values())
    assert all(name_bytes(target) <= MAX_NAME_BYTES for target in targets)
    short = targets[0].removesuffix(" (1234).jpg")
    assert stem.startswith(short)
    assert len(short) % len(letter) == 0  # no accent was cut off
    assert targets == [f"{short} (1234).jpg", f"{short} (1234).jpg.xmp"]


def test_name_that_is_all_extension_has_no_room():
    bundle = Bundle(FOLDER / f"A.{'x' * 253}")
    assert numbered_names(bundle, 2) is None


stems = st.sampled_from(
    ["A", "a", "A(1)", "B", "IMG_1234", "IMG_E1234", "IMG_O1234", "A-edited", "A-edited(1)", "é", "e\u0301", "A_01"]
)
endings = st.sampled_from(
    ".jpg .JPG .jpeg .nef .dng .heic .png .xmp .XMP .jpg.xmp .nef.xmp .aae .mov .MOV .mp4 .jpg.json .jpg(1).json"
    " .s.json .jpg.supplemental-metadata.json .json .txt .wav _HEVC.MOV .MP .MP.jpg .jpg.dop".split()
)
folders = st.sets(st.builds("{}{}".format, stems, endings), max_size=25)


@given(folders)
def test_every_photo_is_in_exactly_one_bundle_and_no_file_in_two(names):
    bundles = bundles_in(FOLDER, names)
    files = [path.name for bundle in bundles for path in bundle.files]
    assert len(files) == len(set(files))
    assert set(files) <= names
    photos = {name for name in names if name.lower().endswith((".jpg", ".jpeg", ".nef", ".dng", ".heic", ".png"))}
    assert photos <= set(files)
    assert {bundle.photo.name for bundle in bundles} <= photos


@given(folders, st.randoms())
def test_order_of_the_listing_does_not_matter(names, random):
    shuffled = sorted(names)
    random.shuffle(shuffled)
    assert bundles_in(FOLDER, shuffled) == bundles_in(FOLDER, sorted(names))


@given(folders, st.integers(2, 12))
def test_numbered_names_are_as_many_as_before(names, number):
    for bundle in bundles_in(FOLDER, names):
        before = {name_key(path.name) for path in bundle.files}
        after = numbered_names(bundle, number)
        if len(before) == len(bundle.files):
            assert len({name_key(name) for name in after}) == len(before)


@given(folders)
def test_numbered_bundle_of_any_folder_stays_one(names):
    for bundle in bundles_in(FOLDER, names):
        again = bundles_in(FOLDER, numbered_names(bundle, 2))
        assert len(again) == 1
        assert len(again[0].files) == len(bundle.files)
