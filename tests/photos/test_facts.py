import io
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin
from PIL.ExifTags import IFD, Base

from clipsorter.errors import PhotoError
from clipsorter.photos.decode import decode
from clipsorter.photos.facts import Facts, read_facts
from tests.photos.test_raw import COFFEE, jpeg, raw_file

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

NOON = "2024:08:12 12:30:05"
FORMATS = ["jpg", "png", "webp", "tif", "heic", "avif", "jxl"]


def exif_of(orientation: int | None = None, make: object = "Canon", **tags: object) -> Image.Exif:
    exif = Image.Exif()
    if make:
        exif[Base.Make], exif[Base.Model] = make, "Canon EOS 80D"
    if orientation is not None:
        exif[Base.Orientation] = orientation
    inner = {getattr(Base, name): value for name, value in tags.items()}
    exif.get_ifd(IFD.Exif).update(inner)
    return exif


def photo(tmp_path: Path, exif: Image.Exif, suffix: str = "jpg", size: tuple[int, int] = (60, 40)) -> Path:
    path = tmp_path / f"a.{suffix}"
    kind = {"jpg": "JPEG", "tif": "TIFF", "heic": "HEIF"}.get(suffix, suffix.upper())
    if kind == "JXL":
        pytest.importorskip("pillow_jxl")
    Image.new("RGB", size, "red").save(path, kind, exif=exif.tobytes())
    return path


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_tells_its_facts(tmp_path: Path, suffix: str) -> None:
    exif = exif_of(
        DateTimeOriginal=NOON, OffsetTimeOriginal="+02:00", LensModel="EF50mm f/1.8 STM",
        ExposureTime=1 / 250, FNumber=2.8, ISOSpeedRatings=400, FocalLength=50.0,
    )  # fmt: skip
    facts = read_facts(photo(tmp_path, exif, suffix))
    assert (facts.width_pixels, facts.height_pixels) == (60, 40)
    assert facts.taken == datetime(2024, 8, 12, 12, 30, 5, tzinfo=timezone(timedelta(hours=2)))
    assert (facts.camera, facts.lens) == ("Canon EOS 80D", "EF50mm f/1.8 STM")
    assert facts.exposure_s == pytest.approx(1 / 250)
    assert (facts.f_number, facts.iso, facts.focal_mm) == (pytest.approx(2.8), 400, 50)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("orientation", range(1, 10))
def test_size_is_that_of_the_decoded_picture(tmp_path: Path, suffix: str, orientation: int) -> None:
    path = photo(tmp_path, exif_of(orientation), suffix)
    facts = read_facts(path)
    assert (facts.width_pixels, facts.height_pixels) == decode(path, 224).size


def test_size_is_that_of_the_decoded_picture_for_all_real_photos(shared_photos: Path) -> None:
    for path in sorted((shared_photos / "camera").iterdir()):
        if path.suffix == ".csv":
            continue
        facts = read_facts(path)
        width, height = decode(path, 2000).size
        assert facts.width_pixels / facts.height_pixels == pytest.approx(width / height, rel=0.01), path.name
        assert facts.width_pixels >= width - 4, path.name


def test_exif_behind_the_pixels_of_a_png_counts(tmp_path: Path) -> None:
    path = photo(tmp_path, exif_of(), "png")
    data = path.read_bytes()
    start = data.index(b"eXIf") - 4
    length = int.from_bytes(data[start : start + 4], "big") + 12
    end = data.index(b"IEND") - 4
    path.write_bytes(data[:start] + data[start + length : end] + data[start : start + length] + data[end:])
    assert read_facts(path).camera == "Canon EOS 80D"


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"DateTimeOriginal": NOON, "DateTimeDigitized": "2025:01:01 00:00:00"}, datetime(2024, 8, 12, 12, 30, 5)),
        ({"DateTimeDigitized": NOON}, datetime(2024, 8, 12, 12, 30, 5)),
        ({"DateTimeOriginal": "    :  :     :  :  ", "DateTimeDigitized": NOON}, datetime(2024, 8, 12, 12, 30, 5)),
        ({"DateTimeOriginal": NOON, "SubsecTimeOriginal": "25"}, datetime(2024, 8, 12, 12, 30, 5, 250_000)),
        ({"DateTimeOriginal": NOON, "OffsetTimeOriginal": "+99:00"}, datetime(2024, 8, 12, 12, 30, 5)),
        ({"DateTimeOriginal": "0000:00:00 00:00:00"}, None),
        ({"DateTimeOriginal": "2023:02:31 10:00:00"}, None),
        ({"DateTimeOriginal": b"\xff\xfe\0\1"}, None),
        ({"DateTimeOriginal": 7}, None),
        ({}, None),
    ],
)
def test_time_taken_is_the_best_that_the_photo_names_and_never_that_of_the_file(
    tmp_path: Path, tags: dict[str, object], expected: datetime | None
) -> None:
    assert read_facts(photo(tmp_path, exif_of(**tags))).taken == expected


def test_xmp_gives_the_time_where_exif_has_none(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    for xmp, expected in {
        "<rdf:Description photoshop:DateCreated='2009-06-24T09:41:07.72'/>": datetime(2009, 6, 24, 9, 41, 7, 720_000),
        "<xmp:CreateDate>2009-06-24</xmp:CreateDate>": datetime(2009, 6, 24),
        "<xmp:CreateDate>yesterday</xmp:CreateDate>": None,
        "<!ENTITY a '&b;&b;'>\0 exif:DateTimeOriginal=": None,
    }.items():
        Image.new("L", (9, 9)).save(path, xmp=xmp.encode())
        assert read_facts(path).taken == expected, xmp


def test_photos_with_and_without_an_offset_can_be_sorted() -> None:
    plain, zoned = Facts(taken=datetime(2024, 1, 2)), Facts(taken=datetime(2024, 1, 1, tzinfo=timezone.utc))  # noqa: UP017
    assert sorted([plain, zoned], key=lambda facts: facts.taken_local) == [zoned, plain]


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("Canon", "Canon EOS 80D", "Canon EOS 80D"),
        ("NIKON CORPORATION", "NIKON D2X", "NIKON D2X"),
        ("OLYMPUS IMAGING CORP.", "E-M10", "OLYMPUS E-M10"),
        ("Eastman Kodak Company", "Kodak Digital Science DC50", "Kodak Digital Science DC50"),
        ("LG Electronics", "LG-H870", "LG LG-H870"),
        ("SONY", "", "SONY"),
        ("", "Pixel", "Pixel"),
        ("Canon\0garbage", " \n EOS\x07 R5", "Canon EOS R5"),
        (b"\xff\xff", 5, "ÿÿ 5"),
        ("x" * 9000, "y", "x" * 80 + " y"),
    ],
)
def test_camera_is_named_once(tmp_path: Path, make: object, model: object, camera: str) -> None:
    exif = exif_of(make=None)
    exif[Base.Make], exif[Base.Model] = make, model
    assert read_facts(photo(tmp_path, exif)).camera == camera


def test_numbers_without_sense_count_as_not_there(tmp_path: Path) -> None:
    exif = exif_of(ExposureTime=0.0, FNumber=-1.0, ISOSpeedRatings=65535, FocalLength=float("nan"))
    facts = read_facts(photo(tmp_path, exif))
    assert (facts.exposure_s, facts.f_number, facts.focal_mm) == (None, None, None)
    exif.get_ifd(IFD.Exif)[Base.RecommendedExposureIndex] = 102400
    assert read_facts(photo(tmp_path, exif)).iso == 102400


def test_any_damage_of_the_metadata_gives_facts_or_a_reason(tmp_path: Path) -> None:
    path = photo(tmp_path, exif_of(6, DateTimeOriginal=NOON, ExposureTime=0.5, LensModel="x"))
    whole = path.read_bytes()
    for place in range(0, len(whole), 3):
        for damage in (b"\0", b"\xff", b"\x7f\xff\xff\xff"):
            path.write_bytes(whole[:place] + damage + whole[place + len(damage) :])
            try:
                assert isinstance(read_facts(path), Facts)
            except PhotoError as error:
                assert str(error).startswith(("is ", "has ", "can't ", "unpacks "))
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        try:
            read_facts(path)
        except PhotoError:
            continue


def test_broken_files_give_facts_or_a_reason(shared_photos: Path) -> None:
    reasons = []
    for path in (shared_photos / "broken").iterdir():
        try:
            read_facts(path)
        except PhotoError as error:
            reasons.append(str(error))
    assert len(reasons) > 10
    assert all(reason.startswith(("is ", "has ", "unpacks ")) for reason in reasons)


def test_what_is_not_there_or_no_photo_is_a_reason(tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match="^is no longer there$"):
        read_facts(tmp_path / "gone.jpg")
    for name in ("a.jpg", "a.nef", "a.cr3", "a.raf"):
        (tmp_path / name).write_bytes(b"no camera wrote this" * 100)
        with pytest.raises(PhotoError, match="^is "):
            read_facts(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "size", "camera"),
    [
        ("colorchart.dng", (1734, 1156), "Canon EOS Kiss X4"),
        ("RAW_KODAK_DC50_é.KDC", (768, 512), "Kodak Digital Science DC50 Zoom Camera"),
    ],
)
def test_raw_files_tell_the_size_of_the_sensor_whatever_their_name(
    shared_photos: Path, tmp_path: Path, name: str, size: tuple[int, int], camera: str
) -> None:
    original = shared_photos / "camera" / name
    copy = tmp_path / "日本 \udcff.tif"
    copy.write_bytes(original.read_bytes())
    for path in (original, copy):
        facts = read_facts(path)
        assert (facts.width_pixels, facts.height_pixels, facts.camera) == (*size, camera)


def test_real_photos_tell_what_their_cameras_wrote(shared_photos: Path) -> None:
    camera = shared_photos / "camera"
    facts = read_facts(camera / "fin de journée.jpg")
    assert facts == Facts(
        914, 1625, datetime(2021, 7, 10, 20, 39, 25, 770_000, timezone(timedelta(hours=1))), "Canon EOS R5",
        "EF70-200mm f/2.8L IS USM", 1 / 320 + 0.0, 8.0, 400, 200.0,
    )  # fmt: skip
    facts = read_facts(camera / "arrow.heic")
    assert (facts.width_pixels, facts.height_pixels, facts.camera) == (3024, 4032, "Apple iPhone 8 Plus")
    facts = read_facts(camera / "Nikon Coolpix P7000.webp")
    assert (facts.camera, facts.taken) == ("NIKON COOLPIX P7000", datetime(2010, 10, 21, 11, 22, 48))
    assert read_facts(shared_photos / "metadata" / "iptc-agency-photographer-example.jpg").camera == "NIKON D2X"


def test_many_threads_read_facts_at_once(tmp_path: Path) -> None:
    path = photo(tmp_path, exif_of(DateTimeOriginal=NOON))
    alone = read_facts(path)
    (tmp_path / "b.nef").write_bytes(raw_file(jpeg(COFFEE)))
    with ThreadPoolExecutor(8) as pool:
        assert all(facts == alone for facts in pool.map(lambda _: read_facts(path), range(200)))


def test_png_is_not_decoded_for_its_facts(tmp_path: Path) -> None:
    text = PngImagePlugin.PngInfo()
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "blue").save(file, "PNG", pnginfo=text)
    data = file.getvalue()
    at = data.index(b"IDAT") + 20
    (tmp_path / "a.png").write_bytes(data[:at] + b"\xff" * 8 + data[at + 8 :])
    with pytest.raises(PhotoError):
        decode(tmp_path / "a.png", 100)
    assert read_facts(tmp_path / "a.png").width_pixels == 300


@pytest.mark.parametrize(
    ("xmp", "stars"),
    [("<x xmp:Rating='4'/>", 4), ("<xmp:Rating>3</xmp:Rating>", 3), ("<x xmp:Rating='-1'/>", 0), ("<x/>", 0)],
)
def test_stars_are_read_from_xmp(xmp, stars, tmp_path):
    Image.new("RGB", (8, 8)).save(tmp_path / "a.jpg", xmp=xmp.encode())
    assert read_facts(tmp_path / "a.jpg").rating == stars


def test_stars_are_read_from_exif(tmp_path):
    exif = Image.Exif()
    exif[0x4746] = 5
    Image.new("RGB", (8, 8)).save(tmp_path / "a.jpg", exif=exif)
    assert read_facts(tmp_path / "a.jpg").rating == 5
