from pathlib import Path

import numpy as np
import pytest

from clipsorter.analyse import LibraryShelf, Memory, analyse, best_of, best_on, rank_vectors, sought_by, vector_of
from clipsorter.errors import UsageError
from clipsorter.library.index import Index
from clipsorter.photos.photo import Photo
from clipsorter.sorting.query import parse_query
from tests.colour_encoder import ColourEncoder, draw


def colours(*rows):
    return np.array(rows, np.float32)


def block(first, vectors):
    return [Photo(Path(f"/photos/{first + row}.png"), 1, 1) for row in range(len(vectors))], vectors


def test_best_come_first_and_no_more_than_asked_for():
    vectors = colours((0, 1, 0), (1, 0, 0), (0.6, 0.8, 0))
    rows, scores = rank_vectors(ColourEncoder(), vectors, sought_by(parse_query("red")), 2)
    assert rows.tolist() == [1, 2]
    assert scores.tolist() == pytest.approx([1, 0.6])


def test_fewer_photos_than_asked_for_are_all_found():
    rows, _ = rank_vectors(ColourEncoder(), colours((0, 1, 0), (1, 0, 0)), sought_by(parse_query("red")), 20)
    assert rows.tolist() == [1, 0]
    assert len(rank_vectors(ColourEncoder(), np.empty((0, 3), np.float32), sought_by(parse_query("red")), 5)[0]) == 0


def test_excluded_words_push_photos_down():
    vectors = colours((0.8, 0.6, 0), (0.7, 0, 0.714))
    assert rank_vectors(ColourEncoder(), vectors, sought_by(parse_query("red")), 1)[0] == 0
    assert rank_vectors(ColourEncoder(), vectors, sought_by(parse_query("red -green")), 1)[0] == 1


def test_blocks_are_ranked_as_one():
    vectors = np.abs(np.random.default_rng(0).standard_normal((500, 3), np.float32))
    whole = best_of(ColourEncoder(), [block(0, vectors)], sought_by(parse_query("blue")), 7)
    parts = [block(first, vectors[first : first + 60]) for first in range(0, 500, 60)]
    assert best_of(ColourEncoder(), parts, sought_by(parse_query("blue")), 7) == pytest.approx(whole)
    assert [hit.score for hit in whole] == sorted((hit.score for hit in whole), reverse=True)


def test_photo_finds_its_like_in_the_library(tmp_path):
    draw(tmp_path / "photos", a=(250, 10, 10), b=(10, 250, 10), c=(240, 20, 10))
    encoder = ColourEncoder()
    with Index.open(tmp_path / "index.db") as index:
        memory = Memory(index)
        list(analyse(tmp_path / "photos", encoder, memory=memory))
        path = tmp_path / "photos" / "a.png"
        likes = vector_of(path, encoder, memory).embeddings
        hits = best_of(encoder, index.blocks(encoder.key), sought_by(parse_query(f"like:{path}"), likes), 2)
    assert [hit.photo.path.name for hit in hits] == ["a.png", "c.png"]


def test_photo_that_is_none_is_refused(tmp_path):
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing more")
    (tmp_path / "notes.txt").write_text("no photo")
    for name, words in (("gone.jpg", "no photo"), ("broken.jpg", "nothing can be compared"), ("notes.txt", "no")):
        with pytest.raises(UsageError, match=words):
            vector_of(tmp_path / name, ColourEncoder())


@pytest.mark.parametrize("is_exact", [True, False])
def test_best_on_a_shelf_are_those_of_the_encoder(is_exact):
    vectors = np.abs(np.random.default_rng(0).standard_normal((3000, 3), np.float32))
    encoder, sought = ColourEncoder(), sought_by(parse_query("blue -red"))
    shelf = encoder.shelf()
    shelf.is_exact = is_exact
    shelf.add(vectors)
    expected, _ = rank_vectors(encoder, vectors, sought, 9)
    assert best_on(shelf, encoder, sought, 9, lambda places: vectors[places]).tolist() == expected.tolist()
    assert len(best_on(encoder.shelf(), encoder, sought, 9, lambda places: vectors[places])) == 0


@pytest.mark.parametrize("scores", ["different", "alike", "all in one column"])
def test_best_of_very_many_are_the_largest_whatever_their_order(scores):
    rng, vectors = np.random.default_rng(0), np.zeros((100_003, 3), np.float32)
    vectors[:, 2] = {"different": rng.random(100_003), "alike": 0.5, "all in one column": 0}[scores]
    if scores == "all in one column":
        vectors[7 :: 100_003 // 64, 2] = 1 - rng.random(len(vectors[7 :: 100_003 // 64]))
    encoder, sought = ColourEncoder(), sought_by(parse_query("blue"))
    rows, found = rank_vectors(encoder, vectors, sought, 50)
    assert found.tolist() == sorted(encoder.relevance(vectors, sought).tolist(), reverse=True)[:50]
    assert len(set(rows.tolist())) == 50


def test_photos_that_moved_or_left_since_are_found_where_they_are(tmp_path):
    draw(tmp_path / "photos", a=(250, 10, 10), b=(240, 20, 10), c=(10, 250, 10))
    encoder = ColourEncoder()
    with Index.open(tmp_path / "index.db") as index:
        list(analyse(tmp_path / "photos", encoder, memory=Memory(index)))
        shelf = LibraryShelf(encoder, index)
        while shelf.read():
            pass
        (tmp_path / "photos" / "a.png").rename(tmp_path / "photos" / "z.png")
        (tmp_path / "photos" / "b.png").unlink()
        list(analyse(tmp_path / "photos", encoder, memory=Memory(index)))
        index.clean()
        while shelf.read():
            pass
        found = shelf.best(sought_by(parse_query("red")), 5)
    assert [each.photo.path.name for each in found] == ["z.png", "c.png"]
