"""Tags on disk and back, with the books that stay with the photos."""

import threading

import numpy as np
import pytest
from PIL import Image

from clipsorter.apply import (
    Books,
    Finished,
    Removal,
    Stayed,
    Tag,
    Tagged,
    Where,
    Wish,
    apply,
    foresee,
    recover_at_start,
    removals,
    remove_tags,
    tag,
    undo,
)  # fmt: skip
from clipsorter.errors import UsageError
from clipsorter.library.decisions import Decisions
from clipsorter.library.entries import EmbeddedPhoto
from clipsorter.library.index import Index
from clipsorter.metadata.tagging import photo_keywords
from clipsorter.photos.fingerprint import FingerprintedPhoto, fingerprint
from clipsorter.photos.photo import Photo
from clipsorter.photos.scan import scan
from clipsorter.photos.thumbnail import ThumbnailCache
from tests.apply.test_run import plan_of
from tests.moves.trees import tree

KEY = "encoder"
DOG = Tag("Animals/Dog", "model", 0.9, 0.3, "a photo of a dog")


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for name, colour in (("a.jpg", "red"), ("b.png", "green"), ("c.tif", "blue")):
        Image.new("RGB", (40, 30), colour).save(folder / name)
    return folder


@pytest.fixture
def books(tmp_path):
    thumbnails = ThumbnailCache(tmp_path / "thumbnails", 2**20)
    with Index.open(tmp_path / "index.db") as index, Decisions.open(tmp_path / "decisions.db", tmp_path / "b") as said:
        yield Books(tmp_path / "journal.db", index, said, thumbnails)


def photos_in(folder):
    return [photo for photo in scan(folder) if isinstance(photo, Photo)]


def run(events):
    events = list(events)
    assert isinstance(events[-1], Finished)
    return (
        [e for e in events if isinstance(e, Tagged)],
        [e for e in events if isinstance(e, Stayed)],
        events[-1].report,
    )


def write_tags(folder, books, *tags, photos=None, where=None, **options):
    wishes = [Wish(photo, tags or (DOG,)) for photo in photos or photos_in(folder)]
    return run(tag(wishes, books, folder=folder, model="starter", where=where or Where(), **options))


def test_photos_get_their_keywords_and_undo_restores_every_byte_and_time(folder, books):
    before = tree(folder)
    tagged, stayed, report = write_tags(folder, books)
    assert (report.kind, report.bundles, report.done, report.files, stayed) == ("tag", 3, 3, 3, [])
    assert [each.categories for each in tagged] == [("Animals/Dog",)] * 3
    assert all(photo_keywords(photo.path) == [("Animals", "Dog")] for photo in photos_in(folder))
    assert [each.photo for each in tagged] == photos_in(folder)
    assert [entry[1] for entry in tree(folder).values()] == [entry[1] for entry in before.values()]
    tagged, _, report = run(undo(books))
    assert (report.kind, report.done, len(tagged)) == ("undo", 3, 3)
    assert tree(folder) == before


def test_what_is_foreseen_is_what_is_done(folder, books):
    (folder / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    wishes = [Wish(photo, (DOG,)) for photo in photos_in(folder)]
    before = tree(folder)
    first, broken, third = foresee(wishes, Where("all"))
    assert tree(folder) == before
    assert (first.gained, first.files) == (("Animals/Dog",), (folder / "a.jpg",))
    assert third.files == (folder / "c.tif",)
    assert (broken.files, broken.problem) == ((), "its chunks are damaged")
    tagged, [stayed], _ = write_tags(folder, books)
    assert [each.files for each in tagged] == [first.files, third.files]
    assert stayed.reason == broken.problem
    assert [each.files for each in foresee([Wish(p, (DOG,)) for p in photos_in(folder)], Where("all"))] == [(), (), ()]


def test_a_second_time_changes_nothing_and_the_sums_add_up(folder, books):
    write_tags(folder, books)
    before = tree(folder)
    tagged, _, report = write_tags(folder, books)
    assert tagged == []
    assert (report.bundles, report.done, report.unchanged, report.not_begun) == (3, 0, 3, 0)
    assert tree(folder) == before


def test_sidecars_that_were_made_are_removed_again(folder, books):
    before = tree(folder)
    _, _, report = write_tags(folder, books, where=Where("immich"))
    assert {path.name for path in folder.iterdir()} >= {"a.jpg.xmp", "b.png.xmp", "c.tif.xmp"}
    assert all(tree(folder)[path] == entry for path, entry in before.items())
    run(undo(books, report.run_id))
    assert tree(folder) == before


def test_vectors_labels_and_thumbnails_survive_tagging_and_its_undo(folder, books):
    photos = photos_in(folder)
    named = [FingerprintedPhoto(photo, fingerprint(photo.path)) for photo in photos]
    books.index.add([EmbeddedPhoto(n.photo, n.fingerprint, np.ones(4, np.float32)) for n in named], KEY)
    books.decisions.record_labels(named[:1], "cat", is_positive=True)
    for each in named:
        books.thumbnails.put(each.fingerprint, Image.new("RGB", (9, 9)))

    def check():
        now = [FingerprintedPhoto(photo, fingerprint(photo.path)) for photo in photos_in(folder)]
        assert [known.photo for known in books.index.split(photos_in(folder), KEY).known] == [n.photo for n in now]
        elsewhere = FingerprintedPhoto(Photo(folder / "moved.jpg", 1, 1), now[0].fingerprint)
        assert [each.category for each in books.decisions.labels([elsewhere])] == ["cat"]
        assert all(books.thumbnails.get(each.fingerprint) for each in now)

    write_tags(folder, books)
    assert {n.fingerprint for n in named}.isdisjoint(fingerprint(photo.path) for photo in photos_in(folder))
    check()
    run(undo(books))
    check()


def test_why_a_photo_has_a_tag_is_kept(folder, books):
    write_tags(folder, books, DOG, Tag("Beach", "human"), photos=photos_in(folder)[:1])
    with books.decisions._database.reading() as connection:
        rows = connection.execute(
            "SELECT kind, model, path, category, decided_by, probability, similarity, prompt, photo_count"
            " FROM provenance JOIN runs USING (run_id) JOIN photos USING (photo_id) ORDER BY category"
        ).fetchall()
    path = str(folder / "a.jpg").encode()
    assert rows == [
        ("tag 1", "starter", path, "Animals/Dog", "model", 0.9, 0.3, "a photo of a dog", 1),
        ("tag 1", "starter", path, "Beach", "human", 1.0, 0.0, "", 1),
    ]


def test_what_a_run_wrote_is_removed_and_nothing_else(folder, books):
    photos = photos_in(folder)[:1]
    write_tags(folder, books, Tag("Beach", "model"), photos=photos)
    write_tags(folder, books, Tag("Beach", "model"), DOG, Tag("Rex", "human"), photos=photos_in(folder)[:1])
    path = photos[0].path
    before = tree(folder)
    assert removals(books, 2) == [Removal(path, ("Animals/Dog",))]
    tagged, _, report = run(remove_tags(books, 2))
    assert (report.kind, report.done) == ("untag", 1)
    assert tagged[0].categories == ("Animals/Dog",)
    assert photo_keywords(path) == [("Beach",), ("Rex",)]
    run(undo(books, report.run_id))
    assert tree(folder) == before
    run(remove_tags(books, 1))
    assert photo_keywords(path) == [("Animals", "Dog"), ("Rex",)]


def test_what_the_user_said_since_is_not_removed(folder, books):
    photos = photos_in(folder)[:2]
    write_tags(folder, books, photos=photos)
    now = [FingerprintedPhoto(photo, fingerprint(photo.path)) for photo in photos_in(folder)]
    books.decisions.record_labels(now[:1], "Animals/Dog", is_positive=True)
    assert removals(books, 1) == [Removal(photos[1].path, ("Animals/Dog",))]


def test_tags_are_removed_from_photos_that_were_moved_since(folder, books, tmp_path):
    write_tags(folder, books)
    plan, looked_at = plan_of(folder, tmp_path / "sorted")
    list(apply(plan, books, folder=folder, looked_at=looked_at, mode="move"))
    run(remove_tags(books, 1))
    moved = photos_in(tmp_path / "sorted")
    assert len(moved) == 3
    assert all(photo_keywords(photo.path) == [] for photo in moved)


def test_a_photo_that_changed_since_it_was_judged_stays_and_is_named(folder, books):
    photos = photos_in(folder)
    Image.new("RGB", (50, 30)).save(photos[1].path)
    _, [stayed], report = write_tags(folder, books, photos=photos)
    assert stayed.photo == photos[1].path
    assert "has changed" in stayed.reason
    assert (report.done, report.stayed) == (2, 1)


def test_links_are_left_alone_and_hard_links_get_a_sidecar(folder, books, tmp_path):
    (folder / "b.png").rename(tmp_path / "b.png")
    (folder / "b.png").symlink_to(tmp_path / "b.png")
    (tmp_path / "also-c.tif").hardlink_to(folder / "c.tif")
    before = tree(tmp_path)
    tagged, [stayed], _ = write_tags(folder, books)
    assert "link" in stayed.reason
    assert [path.name for each in tagged for path in each.files] == ["a.jpg", "c.tif.xmp"]
    assert "hard links" in tagged[1].note
    now = tree(tmp_path)
    for path in (folder / "b.png", tmp_path / "b.png", folder / "c.tif", tmp_path / "also-c.tif"):
        assert now[path] == before[path]


def test_a_cancel_leaves_whole_photos_and_is_counted(folder, books):
    cancel = threading.Event()
    cancel.set()
    before = tree(folder)
    _, _, report = write_tags(folder, books, cancel=cancel)
    assert (report.done, report.not_begun) == (0, 3)
    assert tree(folder) == before


def test_a_listener_that_leaves_early_leaves_whole_photos(folder, books):
    before = tree(folder)
    events = tag([Wish(photo, (DOG,)) for photo in photos_in(folder)], books, folder=folder, model="m", where=Where())
    next(events)
    next(events)
    events.close()
    assert recover_at_start(books) is None
    assert not list(folder.glob(".clipsorter*"))
    run(undo(books))
    assert tree(folder) == before


def test_only_a_tagging_has_tags_to_remove(folder, books):
    write_tags(folder, books)
    run(undo(books))
    for number, says in ((2, "wrote no tags"), (7, "no run 7")):
        with pytest.raises(UsageError, match=says):
            removals(books, number)
    assert removals(books, 1) == []
