"""The plan: nothing overwritten, nothing parted, nothing outside the destination, and numbers that add up."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clipsorter.errors import PhotoError, UsageError
from clipsorter.photos.bundle import bundles_in
from clipsorter.photos.disk import Disk, Kind
from clipsorter.photos.names import name_key
from clipsorter.sorting.plan import Assignment, Plan, State, Staying, Why
from clipsorter.sorting.planning import plan_sorting
from tests.sorting.test_folder_name import is_name_on_windows

FOLDER, DEST = Path("/photos"), Path("/sorted")


class DataDisk:
    """A disk that is a dictionary from paths to contents; some are links."""

    def __init__(self, files: dict[Path, bytes], links: set[Path] = frozenset(), unreadable: set[Path] = frozenset()):
        self.files = files
        self.compared: set[Path] = set()
        self._unreadable = unreadable
        self._listings: dict[Path, dict[str, Kind]] = {}
        for path in files:
            self._listings.setdefault(path.parent, {})[path.name] = Kind.LINK if path in links else Kind.FILE
            for folder in path.parents[:-1]:
                kind = Kind.LINK if folder in links else Kind.FOLDER
                self._listings.setdefault(folder.parent, {})[folder.name] = kind

    def listing(self, folder: Path) -> dict[str, Kind]:
        if folder in self._unreadable or folder in self.files:
            raise PhotoError("can't be read: Permission denied")
        return self._listings.get(folder, {})

    def size(self, path: Path) -> int:
        return len(self.files[path])

    def content(self, path: Path) -> bytes:
        self.compared.add(path)
        return self.files[path]


def disk_of(*paths: str) -> DataDisk:
    """Return a disk of files that all differ, in `/photos` unless absolute."""
    return DataDisk({FOLDER / path: path.encode() for path in paths})


def sure(path: str, category: str = "Dogs", confidence: float = 0.9) -> Assignment:
    return Assignment(FOLDER / path, State.MODEL, category, confidence)


def said(path: str, category: str | None) -> Assignment:
    return Assignment(FOLDER / path, State.HUMAN, category)


def unsure(path: str) -> Assignment:
    return Assignment(FOLDER / path, State.UNSURE)


def moves(plan: Plan) -> dict[str, str]:
    """Return what goes where, as text, from and below the two usual folders."""
    return {
        file.source.as_posix().removeprefix("/photos/"): file.target.as_posix().removeprefix("/sorted/")
        for bundle in plan.bundles
        for file in bundle.files
    }


def whys(plan: Plan) -> dict[str, Why]:
    return {stay.photo.as_posix().removeprefix("/photos/"): stay.why for stay in plan.staying}


def test_photo_goes_to_its_category_under_its_name():
    plan = plan_sorting([sure("a.jpg"), sure("in/b.jpg", "Animals/Cats")], DEST, disk_of("a.jpg", "in/b.jpg"))
    assert moves(plan) == {"a.jpg": "Dogs/a.jpg", "in/b.jpg": "Animals/Cats/b.jpg"}
    assert plan.bundles[0].folder == DEST / "Dogs"
    assert not plan.staying


def test_bundle_goes_as_one():
    names = ["A.NEF", "A.JPG", "A.xmp", "A.JPG.xmp", "B.HEIC", "B.MOV", "B.aae"]
    plan = plan_sorting([sure("A.NEF"), sure("A.JPG"), sure("B.HEIC", "Cats")], DEST, disk_of(*names))
    assert moves(plan) == {name: f"{'Dogs' if name[0] == 'A' else 'Cats'}/{name}" for name in names}
    assert plan.bundles[0].files[0].source == FOLDER / "A.NEF"
    assert plan.bundles[0].photos == (FOLDER / "A.NEF", FOLDER / "A.JPG")


def test_photo_that_was_not_given_goes_with_its_bundle():
    plan = plan_sorting([sure("A.JPG")], DEST, disk_of("A.NEF", "A.JPG", "A.xmp"))
    assert moves(plan) == {"A.NEF": "Dogs/A.NEF", "A.JPG": "Dogs/A.JPG", "A.xmp": "Dogs/A.xmp"}
    assert plan.counts.planned == 1
    assert plan.counts.companions == 2


def test_surer_photo_decides_for_its_bundle_and_the_plan_says_so():
    plan = plan_sorting([sure("A.NEF", "Cats", 0.6), sure("A.JPG", "Dogs", 0.9)], DEST, disk_of("A.NEF", "A.JPG"))
    assert set(moves(plan).values()) == {"Dogs/A.NEF", "Dogs/A.JPG"}
    assert plan.bundles[0].reason == "90%, of A.JPG; A.NEF alone: Cats (60%)"


def test_user_decides_against_the_surest_model():
    plan = plan_sorting([sure("A.NEF", "Cats", 1.0), said("A.JPG", "Dogs")], DEST, disk_of("A.NEF", "A.JPG"))
    assert set(moves(plan).values()) == {"Dogs/A.NEF", "Dogs/A.JPG"}
    assert plan.bundles[0].reason == "your decision, of A.JPG; A.NEF alone: Cats (100%)"


def test_unsure_photo_goes_with_the_sure_one_of_its_bundle():
    plan = plan_sorting([unsure("A.NEF"), sure("A.JPG", "Dogs", 0.9)], DEST, disk_of("A.NEF", "A.JPG"))
    assert len(moves(plan)) == 2
    assert plan.bundles[0].reason == "90%, of A.JPG; A.NEF alone: unsure"


def test_unsure_failed_and_hidden_photos_stay():
    assignments = [
        unsure("a.jpg"),
        Assignment(FOLDER / "b.jpg", State.FAILED, detail="can't be read: it is cut off"),
        Assignment(FOLDER / "c.jpg", State.HIDDEN, "Dogs", 1.0),
        said("d.jpg", None),
    ]
    plan = plan_sorting(assignments, DEST, disk_of("a.jpg", "b.jpg", "c.jpg", "d.jpg"))
    assert not plan.bundles
    assert [stay.why for stay in plan.staying] == [Why.UNSURE, Why.FAILED, Why.HIDDEN, Why.NO_CATEGORY]
    assert f"{plan.staying[1].photo.name} {plan.staying[1].reason}" == "b.jpg can't be read: it is cut off"


@pytest.mark.parametrize(
    ("raw", "jpeg", "kept"),
    [
        (said("A.NEF", "Dogs"), said("A.JPG", "Cats"), [Why.DISAGREEMENT] * 2),
        (said("A.NEF", None), sure("A.JPG", "Cats"), [Why.BESIDE, Why.NO_CATEGORY]),
        (Assignment(FOLDER / "A.NEF", State.HIDDEN), sure("A.JPG"), [Why.BESIDE, Why.HIDDEN]),
        (unsure("A.NEF"), Assignment(FOLDER / "A.JPG", State.FAILED), [Why.FAILED, Why.UNSURE]),
    ],
)
def test_bundle_stays_whole(raw, jpeg, kept):
    plan = plan_sorting([raw, jpeg], DEST, disk_of("A.NEF", "A.JPG"))
    assert not plan.bundles
    assert [stay.why for stay in plan.staying] == kept
    assert all(len(stay.reason) > 10 for stay in plan.staying)


def test_doubtful_bundle_is_said():
    plan = plan_sorting([sure("A.jpg", "Dogs", 0.9), sure("A.png", "Cats")], DEST, disk_of("A.jpg", "A.png", "A.xmp"))
    assert set(moves(plan).values()) == {"Dogs/A.jpg", "Dogs/A.png", "Dogs/A.xmp"}
    assert "kept together" in plan.bundles[0].reason


def test_photo_that_will_look_like_part_of_another_is_said():
    assignments = [sure("x/A.JPG"), sure("B.jpg"), sure("C.jpg")]
    disk = disk_of("x/A.JPG", "B.jpg", "C.jpg", "/sorted/Dogs/A.NEF", "/sorted/Dogs/A.xmp", "/sorted/Dogs/B.jpg.xmp")
    plan = plan_sorting(assignments, DEST, disk)
    assert [bundle.beside for bundle in plan.bundles] == [DEST / "Dogs" / "B.jpg.xmp", None, DEST / "Dogs" / "A.NEF"]
    assert "beside A.NEF" in plan.bundles[2].reason


def test_photos_that_come_to_look_like_one_are_said():
    plan = plan_sorting([sure("x/A.NEF"), sure("y/A.JPG")], DEST, disk_of("x/A.NEF", "y/A.JPG"))
    assert [bundle.beside for bundle in plan.bundles] == [DEST / "Dogs" / "A.JPG", DEST / "Dogs" / "A.NEF"]


def test_two_photos_of_one_name_get_numbers():
    plan = plan_sorting(
        [sure("x/A.jpg"), sure("y/A.jpg"), sure("z/a.JPG")], DEST, disk_of("x/A.jpg", "y/A.jpg", "z/a.JPG")
    )
    assert moves(plan) == {"x/A.jpg": "Dogs/A.jpg", "y/A.jpg": "Dogs/A (2).jpg", "z/a.JPG": "Dogs/a (3).JPG"}
    assert [bundle.number for bundle in plan.bundles] == [1, 2, 3]
    assert "renamed (2)" in plan.bundles[1].reason


def test_name_that_is_there_is_not_taken():
    plan = plan_sorting([sure("A.jpg")], DEST, disk_of("A.jpg", "/sorted/Dogs/a.JPG", "/sorted/Dogs/A (2).jpg"))
    assert moves(plan) == {"A.jpg": "Dogs/A (3).jpg"}


def test_unicode_forms_are_one_name():
    plan = plan_sorting([sure("caf\u00e9.jpg")], DEST, disk_of("caf\u00e9.jpg", "/sorted/Dogs/cafe\u0301.jpg"))
    assert moves(plan) == {"caf\u00e9.jpg": "Dogs/caf\u00e9 (2).jpg"}


def test_clash_of_one_companion_renames_the_bundle():
    disk = disk_of("A.jpg", "A.xmp", "A.jpg.xmp", "/sorted/Dogs/A.xmp")
    assert moves(plan_sorting([sure("A.jpg")], DEST, disk)) == {
        "A.jpg": "Dogs/A (2).jpg",
        "A.xmp": "Dogs/A (2).xmp",
        "A.jpg.xmp": "Dogs/A (2).jpg.xmp",
    }


def test_same_content_is_skipped_and_said():
    disk = DataDisk({FOLDER / "A.jpg": b"one", DEST / "Dogs" / "A.jpg": b"one"})
    plan = plan_sorting([sure("A.jpg")], DEST, disk)
    assert plan.staying == (Staying(FOLDER / "A.jpg", Why.SAME_CONTENT, DEST / "Dogs" / "A.jpg"),)
    assert plan.staying[0].reason == f"stays: {DEST / 'Dogs' / 'A.jpg'} has the same content"


def test_same_content_under_a_number_is_skipped():
    there = {DEST / "Dogs" / "A.jpg": b"two", DEST / "Dogs" / "A (2).jpg": b"one"}
    plan = plan_sorting([sure("A.jpg")], DEST, DataDisk({FOLDER / "A.jpg": b"one", **there}))
    assert whys(plan) == {"A.jpg": Why.SAME_CONTENT}


def test_two_sources_of_one_content_are_one():
    disk = DataDisk({FOLDER / "x" / "A.jpg": b"one", FOLDER / "y" / "A.jpg": b"one"})
    plan = plan_sorting([sure("x/A.jpg"), sure("y/A.jpg")], DEST, disk)
    assert moves(plan) == {"x/A.jpg": "Dogs/A.jpg"}
    assert plan.staying == (Staying(FOLDER / "y" / "A.jpg", Why.SAME_CONTENT, FOLDER / "x" / "A.jpg"),)


def test_bundle_with_another_sidecar_is_not_the_same():
    there = {DEST / "Dogs" / "A.jpg": b"photo", DEST / "Dogs" / "A.xmp": b"old words"}
    disk = DataDisk({FOLDER / "A.jpg": b"photo", FOLDER / "A.xmp": b"new words", **there})
    assert moves(plan_sorting([sure("A.jpg")], DEST, disk)) == {"A.jpg": "Dogs/A (2).jpg", "A.xmp": "Dogs/A (2).xmp"}


def test_contents_are_compared_on_a_clash_only():
    files = {FOLDER / "A.jpg": b"one", DEST / "Dogs" / "A.jpg": b"other", FOLDER / "B.jpg": b"one"}
    disk = DataDisk(files)
    plan_sorting([sure("A.jpg"), sure("B.jpg")], DEST, disk)
    assert not disk.compared  # the sizes differ


def test_link_at_the_target_is_no_copy_of_the_photo():
    link = DEST / "Dogs" / "A.jpg"
    disk = DataDisk({FOLDER / "A.jpg": b"one", link: b"one"}, links={link})
    assert moves(plan_sorting([sure("A.jpg")], DEST, disk)) == {"A.jpg": "Dogs/A (2).jpg"}


def test_what_can_not_be_compared_is_not_the_same():
    class Worn(DataDisk):
        def content(self, path: Path) -> bytes:
            raise PhotoError("can't be read: Input/output error")

    disk = Worn({FOLDER / "A.jpg": b"one", DEST / "Dogs" / "A.jpg": b"one"})
    assert moves(plan_sorting([sure("A.jpg")], DEST, disk)) == {"A.jpg": "Dogs/A (2).jpg"}


@pytest.mark.parametrize("place", ["/sorted/Dogs/A.jpg", "/sorted/dogs/A.jpg"])
def test_photo_in_its_place_stays(place):
    plan = plan_sorting([sure(place)], DEST, disk_of(place))
    assert [stay.why for stay in plan.staying] == [Why.ALREADY_THERE]


def test_folder_that_is_there_keeps_its_spelling():
    disk = disk_of("A.jpg", "/sorted/animals/CATS/x.jpg")
    assert moves(plan_sorting([sure("A.jpg", "Animals/Cats")], DEST, disk)) == {"A.jpg": "animals/CATS/A.jpg"}


def test_folders_that_are_twins_are_never_both_filled():
    disk = disk_of("A.jpg", "B.jpg", "/sorted/dogs/x.jpg", "/sorted/Dogs/x.jpg")
    plan = plan_sorting([sure("A.jpg", "dogs"), sure("B.jpg", "Dogs")], DEST, disk)
    assert moves(plan) == {"A.jpg": "dogs/A.jpg", "B.jpg": "dogs/B.jpg"}
    assert plan.shared_folders[0].categories == ("Dogs", "dogs")


def test_categories_of_one_folder_are_said():
    assignments = [sure("A.jpg", "a:b"), sure("B.jpg", "a?b"), sure("C.jpg", "c")]
    plan = plan_sorting(assignments, DEST, disk_of("A.jpg", "B.jpg", "C.jpg"))
    assert moves(plan) == {"A.jpg": "a_b/A.jpg", "B.jpg": "a_b/B.jpg", "C.jpg": "c/C.jpg"}
    assert [(shared.folder, shared.categories) for shared in plan.shared_folders] == [(DEST / "a_b", ("a:b", "a?b"))]


@pytest.mark.parametrize("blocked", ["/sorted/Dogs", "/sorted/DOGS"])
def test_file_in_the_way_of_a_folder_keeps_the_photo(blocked):
    plan = plan_sorting([sure("A.jpg")], DEST, disk_of("A.jpg", blocked))
    assert plan.staying == (Staying(FOLDER / "A.jpg", Why.NO_FOLDER, Path(blocked), "is no folder"),)


def test_linked_category_folder_is_not_followed():
    disk = DataDisk({FOLDER / "A.jpg": b"", DEST / "Dogs" / "x.jpg": b""}, links={DEST / "Dogs"})
    assert whys(plan_sorting([sure("A.jpg")], DEST, disk)) == {"A.jpg": Why.NO_FOLDER}


def test_photo_never_takes_the_name_of_a_folder_to_be_made():
    plan = plan_sorting([sure("B", "Dogs"), sure("A.jpg", "Dogs/B")], DEST, disk_of("B", "A.jpg"))
    assert moves(plan) == {"A.jpg": "Dogs/B/A.jpg", "B": "Dogs/B (2)"}


def test_unreadable_folders_keep_photos():
    disk = DataDisk({FOLDER / "A.jpg": b"", FOLDER / "x" / "B.jpg": b""}, unreadable={FOLDER / "x", DEST / "Dogs"})
    plan = plan_sorting([sure("A.jpg"), sure("x/B.jpg", "Cats")], DEST, disk)
    assert whys(plan) == {"A.jpg": Why.NO_FOLDER, "x/B.jpg": Why.UNREADABLE_FOLDER}


def test_destination_that_is_a_file_is_refused():
    with pytest.raises(UsageError, match=r"A\.jpg can't take photos"):
        plan_sorting([sure("A.jpg")], FOLDER / "A.jpg", disk_of("A.jpg"))


def test_links_are_not_followed():
    links = {FOLDER / "A.jpg", FOLDER / "B.xmp", FOLDER / "album"}
    files = dict.fromkeys([FOLDER / name for name in ("A.jpg", "B.jpg", "B.xmp", "album/C.jpg", "D.jpg")], b"")
    plan = plan_sorting(
        [sure("A.jpg"), sure("B.jpg"), sure("album/C.jpg"), sure("D.jpg")], DEST, DataDisk(files, links), roots=[FOLDER]
    )
    assert whys(plan) == dict.fromkeys(["A.jpg", "B.jpg", "album/C.jpg"], Why.LINK)
    assert moves(plan) == {"D.jpg": "Dogs/D.jpg"}
    assert plan.staying[1].reason == f"stays: {FOLDER / 'B.xmp'} is a link, and links are not followed"


def test_link_above_the_root_does_not_matter():
    disk = DataDisk({FOLDER / "in" / "A.jpg": b""}, links={FOLDER})
    assert len(plan_sorting([sure("in/A.jpg")], DEST, disk, roots=[FOLDER, Path("/elsewhere")]).bundles) == 1


def test_twins_of_one_bundle_stay():
    plan = plan_sorting([sure("A.nef"), sure("A.jpg"), sure("a.JPG")], DEST, disk_of("A.nef", "A.jpg", "a.JPG"))
    assert set(whys(plan).values()) == {Why.TWINS}
    assert "A.jpg and a.JPG belong together" in plan.staying[0].reason


def test_photo_that_went_away_is_said():
    plan = plan_sorting([sure("A.jpg"), sure("gone/B.jpg")], DEST, disk_of("C.jpg"))
    assert set(whys(plan).values()) == {Why.GONE}


def test_name_without_room_stays():
    name = f"A.{'x' * 253}"
    plan = plan_sorting([sure(name)], DEST, disk_of(name, f"/sorted/Dogs/{name}"))
    assert whys(plan) == {name: Why.NO_ROOM}


def test_photo_given_twice_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="twice"):
        plan_sorting([sure("A.jpg"), unsure("A.jpg")], DEST, disk_of("A.jpg"))


def test_dates_make_folders():
    days = {FOLDER / "A.NEF": None, FOLDER / "A.JPG": date(2024, 5, 1), FOLDER / "B.jpg": date(987, 12, 31)}
    disk = disk_of("A.NEF", "A.JPG", "A.xmp", "B.jpg", "C.jpg")
    assignments = [sure("A.NEF"), sure("B.jpg"), sure("C.jpg")]
    plan = plan_sorting(assignments, DEST, disk, date_folders="{year}/{year}-{month}", taken=days.get)
    assert moves(plan) == {
        "A.NEF": "Dogs/2024/2024-05/A.NEF",
        "A.JPG": "Dogs/2024/2024-05/A.JPG",
        "A.xmp": "Dogs/2024/2024-05/A.xmp",
        "B.jpg": "Dogs/0987/0987-12/B.jpg",
        "C.jpg": "Dogs/Undated/C.jpg",
    }
    assert [bundle.is_undated for bundle in plan.bundles] == [False, False, True]
    assert plan.bundles[2].reason == "90%; no date"


def test_dates_are_asked_only_if_wanted():
    def taken(photo: Path) -> date:
        raise AssertionError(photo)

    assert plan_sorting([sure("A.jpg")], DEST, disk_of("A.jpg"), taken=taken).bundles


@pytest.mark.parametrize("pattern", ["{hour}", "{year", "{}", "{year:x}", "{year.real}", "{0}"])
def test_pattern_that_is_none_is_refused(pattern):
    with pytest.raises(UsageError, match="no pattern"):
        plan_sorting([], DEST, disk_of(), date_folders=pattern)


@pytest.mark.parametrize("pattern", ["../{year}", "/{year}", "{year}//..", "..\\{year}"])
def test_pattern_never_leads_out(pattern):
    plan = plan_sorting([sure("A.jpg")], DEST, disk_of("A.jpg"), date_folders=pattern, taken=lambda _: date(2024, 1, 1))
    assert plan.bundles[0].folder.is_relative_to(DEST / "Dogs")
    assert ".." not in plan.bundles[0].folder.parts


def test_unticked_bundle_stays_and_the_rest_is_as_shown():
    assignments = [sure("x/A.jpg"), sure("y/A.jpg"), sure("B.NEF"), unsure("C.jpg")]
    plan = plan_sorting(assignments, DEST, disk_of("x/A.jpg", "y/A.jpg", "B.NEF", "B.xmp", "C.jpg"))
    less = plan.without([FOLDER / "x" / "A.jpg", FOLDER / "B.xmp"])
    assert moves(less) == {"y/A.jpg": "Dogs/A (2).jpg"}
    assert whys(less) == {"x/A.jpg": Why.UNTICKED, "B.NEF": Why.UNTICKED, "C.jpg": Why.UNSURE}
    assert less.counts.photos == plan.counts.photos


def test_counts_say_all():
    assignments = [sure("x/A.jpg"), sure("y/A.jpg"), sure("B.NEF", "Cats"), sure("B.JPG", "Cats"), unsure("C.jpg")]
    counts = plan_sorting(assignments, DEST, disk_of("x/A.jpg", "y/A.jpg", "B.NEF", "B.JPG", "B.xmp", "C.jpg")).counts
    assert (counts.photos, counts.planned, counts.staying) == (5, 4, 1)
    assert (counts.bundles, counts.companions, counts.files, counts.renamed) == (3, 1, 5, 1)
    assert counts.by_category == {"Dogs": 2, "Cats": 2}
    assert counts.by_why == {Why.UNSURE: 1}


def test_every_reason_is_a_sentence():
    for why in Why:
        stay = Staying(FOLDER / "A.jpg", why, FOLDER / "B.jpg", "is at fault")
        assert "{" not in stay.reason
        assert len(stay.reason.split()) >= 3


# The properties. Names from few letters clash often; trees hold the destination, or lie in it, or beside it.

STEMS = ["A", "a", "B", "é", "e\u0301", "A (2)", "IMG_1234", "IMG_E1234", "A(1)", "A-edited", "x" * 240]
ENDINGS = [".jpg", ".JPG", ".nef", ".heic", ".png", ".xmp", ".jpg.xmp", ".mov", ".aae", ".jpg.json", ".jpg(1).json"]
CATEGORIES = ["Dogs", "dogs", "DOGS", "a:b", "a?b", "..", "../../etc", "Animals/Cat", "con", "A.jpg", "x" * 300, "é"]
PLACES = [
    ".",
    "in",
    "in/deeper",
    "Dogs",
    "dogs",
    "out",
    "out/Dogs",
    "out/Animals/Cat",
    "out/a_b",
    "con_",
    "Dogs/2024/05",
]
HOME = Path("/home")

destinations = st.sampled_from([HOME, HOME / "out", HOME / "in", Path("/elsewhere")])
PHOTOS = (".jpg", ".nef", ".heic", ".png")


@st.composite
def requests(draw):
    """Return files, assignments of all their photos, and a destination."""
    stems, endings, places, categories = (  # few of each, so that they clash
        draw(st.lists(st.sampled_from(all_of), min_size=few, max_size=few))
        for all_of, few in ((STEMS, 3), (ENDINGS, 5), (PLACES, 4), ([*CATEGORIES, None], 3))
    )
    names = st.builds("{}{}".format, st.sampled_from(stems), st.sampled_from(endings))
    paths = st.builds(lambda place, name: HOME / place / name, st.sampled_from(places), names)
    contents = st.sampled_from([b"one", b"two", b"three!"])
    files = dict(draw(st.lists(st.tuples(paths, contents), min_size=draw(st.sampled_from([1, 8, 20])), max_size=40)))
    # A file and a folder of one name can't be.
    files = {path: content for path, content in files.items() if not any(other in files for other in path.parents)}
    assignments = [
        Assignment(
            path,
            draw(st.sampled_from([State.MODEL] * 9 + [*State])),
            draw(st.sampled_from(categories)),
            draw(st.sampled_from([0.5, 0.7, 0.9])),
        )
        for path in files
        if path.name.lower().endswith(PHOTOS)
    ]
    return files, assignments, draw(destinations), draw(st.sampled_from(["", "{year}/{month}"]))


def a_day(photo: Path) -> date | None:
    return date(2024, 5, 1) if "A" in photo.name else None


def planned(request) -> Plan:
    files, assignments, destination, pattern = request
    return plan_sorting(assignments, destination, DataDisk(files), roots=[HOME], date_folders=pattern, taken=a_day)


def key(path: Path) -> str:
    return name_key(str(path))


@settings(deadline=None)
@given(requests())
def test_no_target_is_taken_or_wanted_twice(request):
    plan = planned(request)
    targets = [file.target for bundle in plan.bundles for file in bundle.files]
    assert len({key(target) for target in targets}) == len(targets)
    # Of folders that are twins, which only some disks have, just the one that is filled is looked at.
    assert not {key(target) for target in targets} & {
        key(path) for path in request[0] if path.parent in {target.parent for target in targets}
    }
    assert not set(targets) & set(request[0])
    made = {key(folder) for target in targets for folder in target.parents}
    assert not made & {key(target) for target in targets}


@settings(deadline=None)
@given(requests())
def test_no_target_lies_outside_and_new_folders_are_names_everywhere(request):
    destination = request[2]
    there = {folder for path in request[0] for folder in path.parents}
    for bundle in planned(request).bundles:
        assert bundle.folder.is_relative_to(destination)
        assert bundle.folder != destination
        for folder in (bundle.folder, *bundle.folder.parents):
            if folder != destination and folder.is_relative_to(destination) and folder not in there:
                assert is_name_on_windows(folder.name)
        for file in bundle.files:
            assert file.target.parent == bundle.folder
            assert len(file.target.name.encode()) <= 255
            if bundle.number == 1:
                assert file.target.name == file.source.name


@settings(deadline=None)
@given(requests())
def test_bundles_never_part_and_numbers_add_up(request):
    files, assignments, *_ = request
    plan = planned(request)
    moved = {file.source for bundle in plan.bundles for file in bundle.files}
    for folder in {path.parent for path in files}:
        for bundle in bundles_in(folder, [path.name for path in files if path.parent == folder]):
            assert moved.issuperset(bundle.files) or moved.isdisjoint(bundle.files)
    assert moved <= set(files)
    given_photos = [assignment.photo for assignment in assignments]
    seen = [photo for bundle in plan.bundles for photo in bundle.photos] + [stay.photo for stay in plan.staying]
    assert sorted(seen) == sorted(given_photos)
    counts = plan.counts
    assert counts.planned + counts.staying == counts.photos == len(given_photos)
    assert counts.planned + counts.companions == counts.files == len(moved)
    assert sum(counts.by_category.values()) == counts.planned
    assert sum(counts.by_why.values()) == counts.staying


@settings(deadline=None)
@given(requests(), st.randoms())
def test_order_of_the_assignments_does_not_matter(request, order: random.Random):
    files, assignments, destination, pattern = request
    shuffled = list(assignments)
    order.shuffle(shuffled)
    assert planned((files, shuffled, destination, pattern)) == planned(request)


def bundles_of(files: Iterable[Path]) -> set[frozenset[Path]]:
    by_folder: dict[Path, list[str]] = {}
    for path in files:
        by_folder.setdefault(path.parent, []).append(path.name)
    return {frozenset(bundle.files) for folder, names in by_folder.items() for bundle in bundles_in(folder, names)}


@settings(deadline=None)
@given(requests(), st.booleans())
def test_sorting_again_finds_nothing_to_do(request, is_move):
    """What was said of a photo is said of it wherever it goes; its copy is sorted like it."""
    files, assignments, destination, pattern = request
    plan = planned(request)
    after, said_of = dict(files), {assignment.photo: assignment for assignment in assignments}
    expected = bundles_of(files)
    for bundle in plan.bundles:
        expected.add(frozenset(file.target for file in bundle.files))
        for file in bundle.files:
            after[file.target] = after[file.source]
            if old := said_of.get(file.source):
                said_of[file.target] = replace(old, photo=file.target)
            if is_move:
                del after[file.source]
                said_of.pop(file.source, None)
    # A.jpg beside an A.nef from elsewhere looks like one picture from now on, so one decision is made for both.
    is_new_picture = not bundles_of(after) <= expected
    assert not is_new_picture or any(bundle.beside for bundle in plan.bundles)
    assume(not is_new_picture)
    # What stayed for a file that has itself gone elsewhere since may go now.
    gone = set(files) - set(after)
    assume(not any(stay.why in {Why.NO_FOLDER, Why.SAME_CONTENT} and stay.other in gone for stay in plan.staying))
    again = planned((after, [each for photo, each in said_of.items() if photo in after], destination, pattern))
    assert moves(again) == {}


def test_real_disk_gives_the_same_plan(tmp_path):
    """The real disk answers as the data does: a clash, the same content, a link, a folder that is not there."""
    source, destination = tmp_path / "photos", tmp_path / "sorted"
    for name, content in {"A.jpg": b"one", "A.jpg.xmp": b"words", "B.jpg": b"two", "C.jpg": b"three"}.items():
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_bytes(content)
    (destination / "dogs").mkdir(parents=True)
    (destination / "dogs" / "A.jpg").write_bytes(b"other")
    (destination / "dogs" / "B.jpg").write_bytes(b"two")
    (source / "D.jpg").symlink_to(source / "C.jpg")
    assignments = [Assignment(source / f"{letter}.jpg", State.MODEL, "Dogs", 0.9) for letter in "ABCD"]
    plan = plan_sorting(assignments, destination, Disk(), roots=[source])
    assert {file.source.name: file.target.name for bundle in plan.bundles for file in bundle.files} == {
        "A.jpg": "A (2).jpg",
        "A.jpg.xmp": "A (2).jpg.xmp",
        "C.jpg": "C.jpg",
    }
    assert {stay.photo.name: stay.why for stay in plan.staying} == {"B.jpg": Why.SAME_CONTENT, "D.jpg": Why.LINK}
    assert sorted(path.name for path in destination.rglob("*")) == ["A.jpg", "B.jpg", "dogs"]  # nothing was made
