import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from clipsorter.errors import LibraryError, UsageError
from clipsorter.library.database import DamagedError, Database
from clipsorter.library.entries import EmbeddedPhoto, FailedPhoto, KnownPhoto
from clipsorter.library.index import Index
from clipsorter.library.schema import INDEX
from clipsorter.photos.fingerprint import FingerprintedPhoto, fingerprint
from clipsorter.photos.photo import Photo


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.open(tmp_path / "cache" / "index.db") as opened:
        yield opened


def photos_of(folder: Path, count: int) -> list[Photo]:
    return [Photo(folder / f"{n}.jpg", size=1000 + n, mtime_ns=n) for n in range(count)]


def embedded(photos: list[Photo], dimensions: int = 512) -> list[EmbeddedPhoto]:
    vectors = np.random.default_rng(0).normal(size=(len(photos), dimensions)).astype(np.float32)
    return [
        EmbeddedPhoto(photo, os.fsencode(photo.path)[-16:].rjust(16), vector)
        for photo, vector in zip(photos, vectors, strict=True)
    ]


def written(folder: Path, names: list[str]) -> list[Photo]:
    """Write real files, each of another content."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(name.encode() * 100)
    return seen(folder)


def seen(folder: Path) -> list[Photo]:
    return [
        Photo(path, path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


def fingerprinted(photos: list[Photo]) -> list[FingerprintedPhoto]:
    return [FingerprintedPhoto(photo, fingerprint(photo.path)) for photo in photos]


def add_files(index: Index, photos: list[Photo], encoder_key: str = "encoder") -> list[KnownPhoto]:
    vector = np.ones(4, np.float32)
    return index.add([EmbeddedPhoto(e.photo, e.fingerprint, vector) for e in fingerprinted(photos)], encoder_key)


def test_added_photos_are_known_after_reopening(tmp_path: Path) -> None:
    photos = photos_of(tmp_path, 5)
    with Index.open(tmp_path / "index.db") as index:
        known = index.add(embedded(photos), "encoder")
    with Index.open(tmp_path / "index.db") as index:
        split = index.split([*photos, Photo(tmp_path / "other.jpg", 1, 1)], "encoder")
    assert split.known == known
    assert [known.photo for known in split.known] == photos
    assert split.new == [Photo(tmp_path / "other.jpg", 1, 1)]


def test_changed_size_or_time_makes_a_photo_new(index: Index, tmp_path: Path) -> None:
    photos = photos_of(tmp_path, 2)
    index.add(embedded(photos), "encoder")
    changed = [Photo(photos[0].path, photos[0].size + 1, photos[0].mtime_ns), Photo(photos[1].path, photos[1].size, 99)]
    assert index.split(changed, "encoder").new == changed
    index.add(embedded(changed), "encoder")
    assert [known.photo for known in index.split(changed, "encoder").known] == changed
    assert index.info().photos == 2


def test_vectors_of_encoders_never_mix(index: Index, tmp_path: Path) -> None:
    photos = photos_of(tmp_path, 3)
    ids = [known.photo_id for known in index.add(embedded(photos), "one")]
    assert index.split(photos, "two").new == photos
    assert index.embeddings(ids, "two").matrix.shape == (0, 0)
    index.add(embedded(photos, dimensions=8), "two")
    assert index.embeddings(ids, "one").matrix.shape == (3, 512)
    assert index.embeddings(ids, "two").matrix.shape == (3, 8)
    assert index.info().vectors == {"one": 3, "two": 3}


def test_vectors_come_back_in_the_order_asked_for_within_float16(index: Index, tmp_path: Path) -> None:
    entries = embedded(photos_of(tmp_path, 5000), dimensions=16)
    known = index.add(entries, "encoder")
    order = list(np.random.default_rng(1).permutation(5000))
    found = index.embeddings([known[n].photo_id for n in order], "encoder")
    assert found.photo_ids.tolist() == [known[n].photo_id for n in order]
    expected = np.stack([entries[n].embedding for n in order])
    assert found.matrix.dtype == np.float32
    assert found.matrix.flags.c_contiguous
    assert np.array_equal(found.matrix, expected.astype(np.float16).astype(np.float32))


def test_photo_without_vector_is_left_out_of_the_matrix(index: Index, tmp_path: Path) -> None:
    known = index.add(embedded(photos_of(tmp_path, 2)), "encoder")
    found = index.embeddings([known[1].photo_id, 12345, known[0].photo_id], "encoder")
    assert found.photo_ids.tolist() == [known[1].photo_id, known[0].photo_id]


def test_vector_of_another_length_or_not_finite_is_refused_whole(index: Index, tmp_path: Path) -> None:
    first, second = photos_of(tmp_path, 2)
    index.add(embedded([first]), "encoder")
    with pytest.raises(ValueError, match="512 dimensions, not 8"):
        index.add(embedded([second], dimensions=8), "encoder")
    with pytest.raises(ValueError, match="finite"):
        index.add([EmbeddedPhoto(second, b"f", np.full(512, 1e6, np.float32))], "encoder")
    assert index.split([second], "encoder").new == [second]


@pytest.mark.skipif(sys.platform == "win32", reason="names are Unicode there")
def test_every_name_makes_the_round_trip(index: Index, tmp_path: Path) -> None:
    names = [
        b"caf\xe9.jpg",
        b"\xff\xfe.jpg",
        "日本.jpg".encode(),
        "é.jpg".encode(),
        "e\u0301.jpg".encode(),
        b"a\nb.jpg",
    ]
    photos = [Photo(Path(os.fsdecode(os.fsencode(tmp_path) + b"/d\xe9/" + name)), 1, 1) for name in names]
    index.add([EmbeddedPhoto(p, bytes([n]), np.ones(4, np.float32)) for n, p in enumerate(photos)], "encoder")
    assert [known.photo for known in index.split(photos, "encoder").known] == photos
    assert index.info().photos == len(names)


def test_relative_path_is_a_mistake(index: Index) -> None:
    with pytest.raises(ValueError, match="absolute"):
        index.split([Photo(Path("a.jpg"), 1, 1)], "encoder")


def test_renamed_folder_keeps_its_vectors(index: Index, tmp_path: Path) -> None:
    add_files(index, written(tmp_path / "before", [f"{n}.jpg" for n in range(50)]))
    (tmp_path / "before").rename(tmp_path / "after")
    photos = seen(tmp_path / "after")
    assert index.split(photos, "encoder").new == photos
    adopted = index.adopt(fingerprinted(photos), "encoder")
    assert [known.photo for known in adopted.known] == photos
    assert adopted.new == []
    assert index.split(photos, "encoder").known == adopted.known
    assert len(index.embeddings([known.photo_id for known in adopted.known], "encoder").matrix) == 50
    assert index.info().vectors == {"encoder": 50}


def test_copy_shares_the_vector_and_a_stranger_stays_new(index: Index, tmp_path: Path) -> None:
    original = written(tmp_path / "photos", ["a.jpg"])
    add_files(index, original)
    (tmp_path / "photos" / "copy.jpg").write_bytes(original[0].path.read_bytes())
    (tmp_path / "photos" / "stranger.jpg").write_bytes(b"other")
    adopted = index.adopt(fingerprinted(seen(tmp_path / "photos")[1:]), "encoder")
    assert [known.photo.path.name for known in adopted.known] == ["copy.jpg"]
    assert [photo.path.name for photo in adopted.new] == ["stranger.jpg"]
    assert index.info().photos == 2
    assert index.info().vectors == {"encoder": 1}


def test_photo_of_another_encoder_is_not_adopted(index: Index, tmp_path: Path) -> None:
    photos = written(tmp_path / "photos", ["a.jpg"])
    add_files(index, photos, "one")
    assert index.adopt(fingerprinted(photos), "two").new == photos


def test_failure_is_remembered_until_the_file_changes(index: Index, tmp_path: Path) -> None:
    (photo,) = photos_of(tmp_path, 1)
    failed = FailedPhoto(photo, "It is truncated.")
    index.fail([failed])
    assert index.split([photo], "encoder").failed == [failed]
    assert index.info().failed == 1
    changed = Photo(photo.path, photo.size, photo.mtime_ns + 1)
    assert index.split([changed], "encoder").new == [changed]
    index.add(embedded([changed]), "encoder")
    assert len(index.split([changed], "encoder").known) == 1
    assert index.info().failed == 0


def test_failure_follows_a_moved_photo(index: Index, tmp_path: Path) -> None:
    (before,) = written(tmp_path / "before", ["bad.jpg"])
    index.fail([FailedPhoto(before, "It is truncated.", fingerprint(before.path))])
    (tmp_path / "before").rename(tmp_path / "after")
    (after,) = seen(tmp_path / "after")
    expected = [FailedPhoto(after, "It is truncated.", fingerprint(after.path))]
    assert index.adopt(fingerprinted([after]), "encoder").failed == expected
    assert index.split([after], "encoder").failed == expected


def test_failing_with_one_encoder_keeps_the_vector_of_another(index: Index, tmp_path: Path) -> None:
    (photo,) = photos_of(tmp_path, 1)
    index.add(embedded([photo]), "one")
    index.fail([FailedPhoto(photo, "The file can't be read.")])
    assert len(index.split([photo], "one").known) == 1
    assert len(index.split([photo], "two").failed) == 1


def test_photo_of_a_process_that_died_while_decoding_is_suspect(tmp_path: Path) -> None:
    path, photos = tmp_path / "index.db", photos_of(tmp_path, 3)
    script = (
        "import os, sys, pathlib\n"
        "from clipsorter.library.index import Index\n"
        "from clipsorter.photos.photo import Photo\n"
        "index = Index.open(pathlib.Path(sys.argv[1]))\n"
        "index.mark_decoding([Photo(pathlib.Path(sys.argv[2]) / f'{n}.jpg', 1000 + n, n) for n in range(2)])\n"
        "os.abort()\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, path, tmp_path], check=False, capture_output=True)
    assert ended.returncode != 0
    with Index.open(path) as index:
        split = index.split(photos, "encoder")
        assert split.suspect == photos[:2]
        assert split.new == photos[2:]
        index.mark_decoding(split.suspect)
        index.add(embedded(photos[:1]), "encoder")
        index.fail([FailedPhoto(photos[1], "Decoding it ended the program.")])
    with Index.open(path) as index:
        split = index.split(photos, "encoder")
        assert [known.photo for known in split.known] == photos[:1]
        assert [failed.photo for failed in split.failed] == photos[1:2]
        assert split.suspect == []
        assert index.split(photos[:1], "another encoder").new == photos[:1]


def test_photo_that_a_living_process_decodes_is_not_suspect(index: Index, tmp_path: Path) -> None:
    photos = photos_of(tmp_path, 2)
    index.mark_decoding(photos)
    with Index.open(tmp_path / "cache" / "index.db") as other:
        assert other.split(photos, "encoder").new == photos
    index.add(embedded(photos), "encoder")
    assert len(index.split(photos, "encoder").known) == 2


def test_unmarked_photo_is_new_at_the_next_start(tmp_path: Path) -> None:
    photos = photos_of(tmp_path, 2)
    with Index.open(tmp_path / "index.db") as index:
        index.mark_decoding(photos)
        index.unmark_decoding(photos[:1])
    with Index.open(tmp_path / "index.db") as index:
        split = index.split(photos, "encoder")
    assert (split.new, split.suspect) == (photos[:1], photos[1:])


def test_mark_keeps_what_is_known_of_an_unchanged_photo(index: Index, tmp_path: Path) -> None:
    good, bad = photos_of(tmp_path, 2)
    index.add(embedded([good]), "encoder")
    index.fail([FailedPhoto(bad, "It is truncated.")])
    index.mark_decoding([good, bad])
    split = index.split([good, bad], "encoder")
    assert [known.photo for known in split.known] == [good]
    assert [failed.photo for failed in split.failed] == [bad]


def test_gone_photos_are_marked_come_back_and_are_cleaned_by_hand(index: Index, tmp_path: Path) -> None:
    root = tmp_path / "photos"
    photos = written(root, ["a.jpg", "b.jpg", "c.jpg"])
    add_files(index, photos)
    photos[0].path.rename(tmp_path / "a.jpg")
    photos[1].path.unlink()
    assert index.mark_missing(root) == 2
    assert index.info().missing == 2
    (tmp_path / "a.jpg").rename(photos[0].path)
    assert index.mark_missing(root) == 1
    assert index.clean() == 1
    assert (index.info().photos, index.info().missing, index.info().vectors) == (2, 0, {"encoder": 2})
    assert [known.photo for known in index.split(photos, "encoder").known] == [photos[0], photos[2]]
    assert index.verify() == []


def test_photos_of_a_deleted_folder_are_gone_and_others_are_left_alone(index: Index, tmp_path: Path) -> None:
    root = tmp_path / "photos"
    gone = written(root / "2020" / "may", ["a.jpg", "b.jpg"])
    kept = written(root / "2020x", ["c.jpg"])
    elsewhere = written(tmp_path / "photos2", ["d.jpg"])
    add_files(index, gone + kept + elsewhere)
    for photo in gone + elsewhere:
        photo.path.unlink()
    (root / "2020" / "may").rmdir()
    (root / "2020").rmdir()
    assert index.mark_missing(root) == 2
    assert index.clean() == 2
    assert len(index.split(kept + elsewhere, "encoder").known) == 2


def test_missing_drive_marks_nothing(index: Index, tmp_path: Path) -> None:
    root = tmp_path / "photos"
    drive = root / "drive"
    add_files(index, written(drive / "2020", ["a.jpg"]) + written(drive, ["b.jpg"]) + written(root, ["c.jpg"]))
    drive.rename(tmp_path / "unplugged")
    assert index.mark_missing(drive) == 0
    drive.mkdir()  # a mount point that is left empty
    assert index.mark_missing(drive) == 0
    assert index.mark_missing(root) == 0
    drive.rmdir()
    drive.symlink_to(tmp_path / "nowhere")
    assert index.mark_missing(root) == 0
    assert index.info().missing == 0


def test_missing_root_marks_nothing(index: Index, tmp_path: Path) -> None:
    root = tmp_path / "photos"
    add_files(index, written(root, ["a.jpg"]))
    root.rename(tmp_path / "unplugged")
    assert index.mark_missing(root) == 0
    assert index.info().missing == 0


def test_clean_trusts_no_old_mark(index: Index, tmp_path: Path) -> None:
    root = tmp_path / "photos"
    photos = written(root, ["a.jpg", "b.jpg"]) + written(root / "2020", ["c.jpg"])
    add_files(index, photos)
    for photo in photos[0], photos[2]:
        photo.path.rename(photo.path.with_suffix(".away"))
    assert index.mark_missing(root) == 2
    photos[0].path.with_suffix(".away").rename(photos[0].path)
    (root / "2020").rename(tmp_path / "unplugged")
    (root / "2020").mkdir()  # as an empty mount point is
    assert index.clean() == 0
    assert len(index.split(photos, "encoder").known) == 3
    assert index.info().missing == 1
    (root / "2020").rmdir()
    assert index.clean() == 1
    assert len(index.split(photos, "encoder").known) == 2


def test_clean_forgets_a_folder_that_was_renamed_and_keeps_its_vectors(index: Index, tmp_path: Path) -> None:
    before, after = tmp_path / "pictures" / "before", tmp_path / "pictures" / "after"
    add_files(index, written(before / "2020", ["a.jpg", "b.jpg"]))
    before.rename(after)
    assert index.adopt(fingerprinted(seen(after)), "encoder").new == []
    assert index.mark_missing(after) == 0
    assert index.clean() == 2
    assert (index.info().photos, index.info().vectors) == (2, {"encoder": 2})
    after.rename(tmp_path / "unplugged")  # and leaves the folder above empty, as a mount point is
    assert index.clean() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="drives have letters there")
@pytest.mark.parametrize("place", ["/media/someone", "/run/media/someone", "/mnt", "/Volumes"])
def test_clean_forgets_no_drive_that_is_not_connected(index: Index, place: str) -> None:
    photos = photos_of(Path(place) / "no such drive" / "2020", 3)
    index.add(embedded(photos), "encoder")
    assert index.clean() == 0
    assert len(index.split(photos, "encoder").known) == 3


@pytest.mark.parametrize("damage", [b"no database at all" * 1000, None], ids=["overwritten", "truncated"])
def test_damaged_index_is_set_aside_with_a_message_and_made_anew(tmp_path: Path, damage: bytes | None) -> None:
    path, photos = tmp_path / "index.db", photos_of(tmp_path, 300)
    with Index.open(path) as index:
        index.add(embedded(photos), "encoder")
    broken = damage or path.read_bytes()[: path.stat().st_size // 2]
    path.write_bytes(broken)
    with Index.open(path) as index:
        assert index.split(photos, "encoder").new == photos
        (notice,) = index.notices
        index.add(embedded(photos), "encoder")
        assert index.verify() == []
    (aside,) = tmp_path.glob("index.corrupt-*.db")
    assert str(aside) in notice
    assert aside.read_bytes() == broken


def test_damage_met_in_use_is_one_sentence_and_the_next_start_begins_anew(tmp_path: Path) -> None:
    path, photos = tmp_path / "index.db", photos_of(tmp_path, 300)
    with Index.open(path) as index:
        ids = [known.photo_id for known in index.add(embedded(photos), "encoder")]
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle:] = b"\xaa" * (len(content) - middle)
    path.write_bytes(content)
    with Index.open(path) as index, pytest.raises(DamagedError, match="start again"):
        index.embeddings(ids, "encoder")
    with Index.open(path) as index:
        assert index.info().photos == 0


def test_tidying_up_after_damage_gets_the_same_sentence(tmp_path: Path) -> None:
    path, photos = tmp_path / "index.db", photos_of(tmp_path, 300)
    with Index.open(path) as index:
        ids = [known.photo_id for known in index.add(embedded(photos), "encoder")]
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = b"\xaa" * (len(content) - len(content) // 2)
    path.write_bytes(content)
    with Index.open(path) as index:
        with pytest.raises(DamagedError) as damage:
            index.embeddings(ids, "encoder")
        for use in (lambda: index.unmark_decoding(photos[:1]), index.info, index.verify, index.clean):
            with pytest.raises(LibraryError) as later:
                use()
            assert str(later.value) == str(damage.value)


@pytest.mark.parametrize("lock", ["index.db.lock", "index.db.decoding.lock"])
def test_lock_that_can_not_be_had_is_one_sentence(tmp_path: Path, lock: str) -> None:
    (tmp_path / lock).mkdir()
    with pytest.raises(LibraryError, match=rf"{lock} can't be written"):
        Index.open(tmp_path / "index.db")


@pytest.mark.skipif(sys.platform == "win32", reason="flock is of the others")
@pytest.mark.parametrize("lock", ["index.db.lock", "index.db.decoding.lock"])
def test_disk_without_locks_is_one_sentence(tmp_path: Path, lock: str, monkeypatch: pytest.MonkeyPatch) -> None:
    acquire = FileLock.acquire

    def refuse(self: FileLock, *args: object, **named: object) -> object:
        if self.lock_file.endswith(lock):
            raise NotImplementedError("FileSystem does not appear to support flock")
        return acquire(self, *args, **named)

    monkeypatch.setattr(FileLock, "acquire", refuse)
    with pytest.raises(LibraryError, match="can't lock files"):
        Index.open(tmp_path / "index.db")


def test_verify_names_damage(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    with Index.open(path) as index:
        index.add(embedded(photos_of(tmp_path, 100)), "encoder")
    database = Database(path, INDEX)
    with database.unwrapped() as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM folders")
    database.close()
    with Index.open(path) as index:
        assert "folders" in index.verify()[0]


def test_index_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    Index.open(path).close()
    database = Database(path, INDEX)
    with database.unwrapped() as connection:
        connection.execute("PRAGMA user_version = 99")
    database.close()
    before = path.read_bytes()
    with pytest.raises(UsageError, match=r"newer Clipsorter.*update"):
        Index.open(path)
    assert path.read_bytes() == before


def test_full_disk_is_one_sentence_and_keeps_what_was_committed(tmp_path: Path) -> None:
    database = Database(tmp_path / "index.db", INDEX)
    index = Index(database)
    index.add(embedded(photos_of(tmp_path / "before", 10)), "encoder")
    with database.unwrapped() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(LibraryError, match="disk is full"):
        index.add(embedded(photos_of(tmp_path / "after", 1000)), "encoder")
    assert index.info().photos == 10
    assert index.verify() == []
    index.close()


def test_folder_that_can_not_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file is in the way", encoding="utf-8")
    with pytest.raises(LibraryError, match="can't be written"):
        Index.open(tmp_path / "cache" / "index.db")


def test_photo_of_512_dimensions_takes_less_than_2_kb(index: Index, tmp_path: Path) -> None:
    for start in range(0, 3000, 500):
        batch = [Photo(tmp_path / "2024-05 A usual holiday" / f"IMG_20240501_{n:06d}.jpg", n, n) for n in range(500)]
        photos = [Photo(photo.path.with_stem(f"{photo.path.stem}_{start}"), 1, 1) for photo in batch]
        vectors = np.random.default_rng(start).normal(size=(500, 512)).astype(np.float32)
        index.add([EmbeddedPhoto(p, os.urandom(16), v) for p, v in zip(photos, vectors, strict=True)], "encoder")
    database = Database(tmp_path / "cache" / "index.db", INDEX)
    with database.unwrapped() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    database.close()
    assert index.info().photos == 3000
    assert index.info().size_bytes / 3000 < 2000
