"""Every system call of a move fails once, in every way: what is found after is the old state or the new one."""

import errno
import os
from itertools import count

import pytest

from tests.moves.disks import FailingDisk, WatchedDisk
from tests.moves.trees import files, photos_with_companions, sort, start_again, tree, undo, wanted

CODES = [errno.ENOSPC, errno.EACCES, errno.EIO, errno.EROFS, errno.ENAMETOOLONG, errno.ENOENT, errno.EEXIST]


@pytest.fixture(params=["rename", "carry", "copy"])
def place(request, in_memory, tmp_path, monkeypatch):
    """Return the way of the files, the folder that they come from and the one they go to."""
    monkeypatch.setattr("clipsorter.moves.copying._CHUNK_BYTES", 4096)
    root = in_memory
    if request.param == "carry":
        request.getfixturevalue("other_volume")  # skips where there is none
        root = tmp_path
    folder, dest = in_memory / "photos", root / "sorted"
    photos_with_companions(folder)
    (folder / "empty").mkdir()
    if hasattr(os, "setxattr"):
        os.setxattr(folder / "a.jpg", "user.tags", b"dog")
    return request.param, folder, dest


def bundle(folder, dest):
    return [wanted(*[(path, dest / "dogs" / path.name) for path in sorted(folder.glob("a.*"))])]


def run(home, place, disk):
    way, folder, dest = place
    return sort(home, folder, dest, bundle(folder, dest), mode="copy" if way == "copy" else "move", disk=disk)


def expected(place):
    """Return the tree as it is, and as it shall be, of files alone."""
    way, folder, dest = place
    old = files(tree(folder, dest))
    new = {dest / "dogs" / path.name: entry for path, entry in old.items()}
    return old, (old | new if way == "copy" else new)


@pytest.mark.parametrize(
    ("code", "for_ever"),
    [(code, False) for code in CODES] + [(errno.EROFS, True), (errno.EIO, True)],
    ids=[errno.errorcode[code] for code in CODES] + ["EROFS for ever", "EIO for ever"],
)
def test_any_call_of_a_move_may_fail(place, in_memory, code, for_ever):
    _, folder, dest = place
    old, new = expected(place)
    whole = tree(folder)
    seen = set()
    for at in count():
        home = in_memory / f"home{at}"
        home.mkdir()
        disk = FailingDisk(at, code, for_ever=for_ever)
        run_id, [outcome] = run(home, place, disk)
        if disk.failed is None and at >= len(disk.calls):
            break
        seen.add(disk.failed)
        if not for_ever and outcome.state != "intended":
            assert files(tree(folder, dest)) == (new if outcome.state == "done" else old), disk.failed
        if outcome.state != "done":
            assert outcome.failure, disk.failed
            assert "injected" in outcome.failure or code == errno.ENOENT  # which is believed, and leads elsewhere
        _, in_flight = start_again(home)
        assert in_flight == []
        found = files(tree(folder, dest))
        assert found in (old, new), disk.failed
        if found == old:
            assert tree(folder) == whole
            assert not dest.exists(), "a folder that was made is left"
        else:
            assert [again.state for again in undo(home, run_id)] == ["done"]
            assert tree(folder) == whole
    assert at > 5
    assert seen >= {"rename", "status"}


def test_any_call_of_an_undo_may_fail(place, in_memory):
    _, folder, dest = place
    old, new = expected(place)
    whole = tree(folder)
    for at in count():
        home = in_memory / f"home{at}"
        home.mkdir()
        run_id, [outcome] = run(home, place, WatchedDisk())
        assert outcome.state == "done"
        disk = FailingDisk(at, errno.EIO)
        [undone] = undo(home, run_id, disk=disk)
        assert undone.state == "done" or "injected" in undone.failure, undone
        start_again(home)
        found = files(tree(folder, dest))
        assert found in (old, new), disk.failed
        if found == new:
            assert [again.state for again in undo(home, run_id)] == ["done"], disk.failed
        assert tree(folder) == whole
        assert files(tree(dest)) == {}
        if disk.failed is None and at >= len(disk.calls):
            break
    assert at > 5
