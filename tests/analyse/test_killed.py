from clipsorter.library.index import Index
from tests.analyse.killing import kill_often, read, start
from tests.colour_encoder import draw_many


def test_killed_at_random_moments_nothing_is_lost(tmp_path):
    assert kill_often(tmp_path, kills=8, photos=1500, seed=1)["killed at work"] == 8


def test_two_processes_at_once_leave_one_row_a_photo(tmp_path):
    draw_many(tmp_path / "photos", 300)
    processes = [start(tmp_path / "photos", tmp_path / "both.db") for _ in range(2)]
    for process in processes:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors.decode()
    with Index.open(tmp_path / "both.db") as index:
        assert index.info().photos == 300
        assert index.verify() == []
    vectors, decoded = read(tmp_path / "photos", tmp_path / "both.db")
    assert decoded == 0
    assert vectors == read(tmp_path / "photos", tmp_path / "alone.db")[0]
