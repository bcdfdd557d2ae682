import numpy as np

from clipsorter.sorting.checkup import (
    Nothing,
    Overlap,
    Part,
    Split,
    TooMuch,
    better_phrase,
    extremes,
    overlaps,
    parts_of,
    placed,
)
from clipsorter.sorting.classifier import Thresholds, rank

BAND = Thresholds(0.5, 0.1)


def ranking(names, *groups):
    """Rank photos: each group is a count and the shares of its photos."""
    shares = np.array([row for count, row in groups for _ in range(count)], np.float32)
    return rank(shares, shares, np.zeros(len(shares), bool), names, BAND)


def nobody(ranked):
    return np.full(len(ranked), -1)


def likeness(count, **pairs):
    found = np.eye(count, dtype=np.float32)
    for pair, value in pairs.items():
        one, two = int(pair[1]), int(pair[2])
        found[one, two] = found[two, one] = value
    return found


def test_like_words_that_photos_are_torn_between_overlap():
    ranked = ranking(["dog", "cat", "puppy"], (10, [0.5, 0, 0.45]), (6, [0.3, 0, 0.6]), (10, [0, 0.9, 0]))
    (found,) = overlaps(ranked, likeness(3, p02=0.9))
    assert (found.kept, found.other) == ("dog", "puppy")
    assert (found.torn, found.count, found.is_of_other) == (10, 10, False)
    assert found.photos.tolist() == list(range(16))


def test_like_words_overlap_where_one_leaves_the_other_nothing():
    ranked = ranking(["dog", "cat", "puppy"], (10, [0.9, 0, 0.1]), (10, [0, 0.9, 0]))
    assert [(each.kept, each.other) for each in overlaps(ranked, likeness(3, p02=0.9))] == [("dog", "puppy")]


def test_like_words_that_photos_tell_apart_do_not_overlap():
    ranked = ranking(["dog", "cat"], (10, [0.9, 0.1]), (10, [0.1, 0.9]))
    assert overlaps(ranked, likeness(2, p01=0.95)) == []


def test_unlike_words_overlap_only_where_most_photos_of_one_are_torn():
    few = ranking(["dog", "beach"], (20, [0.9, 0.1]), (4, [0.4, 0.45]), (1, [0.1, 0.9]))
    assert overlaps(few, likeness(2)) == []
    many = ranking(["dog", "beach"], (20, [0.9, 0.1]), (8, [0.4, 0.45]), (1, [0.1, 0.9]))
    (found,) = overlaps(many, likeness(2))
    assert (found.other, found.torn, found.count, found.is_of_other) == ("beach", 8, 9, True)


def test_parent_and_child_are_meant_to_overlap():
    ranked = ranking(["Animals", "Animals/Dog"], (20, [0.4, 0.5]))
    assert overlaps(ranked, likeness(2, p01=0.9)) == []


def test_category_without_photos_is_named_with_its_best_guesses():
    ranked = ranking(["dog", "rocket", "cat"], (20, [0.9, 0, 0]), (2, [0.2, 0.3, 0.2]), (15, [0, 0, 0.9]))
    (found,) = extremes(ranked, nobody(ranked))
    assert isinstance(found, Nothing)
    assert (found.category, found.total, found.photos.tolist()) == ("rocket", 37, [20, 21])


def test_category_with_a_decided_photo_is_not_empty():
    ranked = ranking(["dog", "rocket"], (20, [0.9, 0]), (20, [0.1, 0.2]))
    decided = nobody(ranked)
    decided[39] = 1
    assert extremes(ranked, decided) == []


def test_few_photos_say_nothing_of_an_empty_category():
    ranked = ranking(["dog", "rocket"], (10, [0.9, 0]))
    assert extremes(ranked, nobody(ranked)) == []


def test_category_that_takes_most_with_others_near_is_too_much():
    near = ranking(["thing", "dog", "cat"], (20, [0.55, 0.4, 0]), (10, [0.9, 0, 0]), (5, [0, 0.9, 0]), (5, [0, 0, 0.9]))
    (found,) = extremes(near, nobody(near))
    assert isinstance(found, TooMuch)
    assert (found.category, found.count, found.total, len(found.photos)) == ("thing", 30, 40, 20)
    clear = ranking(["thing", "dog", "cat"], (30, [0.9, 0, 0]), (5, [0, 0.9, 0]), (5, [0, 0, 0.9]))
    assert extremes(clear, nobody(clear)) == []


def test_phrase_is_better_if_it_is_sure_of_more_and_loses_none():
    names = ["crane", "tower"]
    before = ranking(names, (10, [0.9, 0]), (5, [0.45, 0.1]), (10, [0, 0.9]))
    after = ranking(names, (10, [0.9, 0]), (5, [0.8, 0.1]), (10, [0, 0.9]))
    found = better_phrase("a crane, a kind of bird", before, after, 0, nobody(before))
    assert (found.before, found.photos.tolist(), found.decided) == (10, [10, 11, 12, 13, 14], 0)
    fewer = ranking(names, (8, [0.9, 0]), (2, [0.2, 0]), (5, [0.8, 0.1]), (10, [0, 0.9]))
    assert better_phrase("fewer", before, fewer, 0, nobody(before)) is None


def test_phrase_that_takes_photos_of_others_is_not_better():
    names = ["crane", "tower"]
    before = ranking(names, (10, [0.9, 0]), (10, [0, 0.9]))
    after = ranking(names, (20, [0.9, 0]))
    assert better_phrase("all", before, after, 0, nobody(before)) is None


def test_decided_photos_say_whether_a_phrase_is_better():
    names = ["crane", "tower"]
    before = ranking(names, (4, [0.9, 0]), (4, [0.8, 0.1]))
    after = ranking(names, (4, [0.9, 0]), (4, [0.1, 0.2]))
    decided = np.array([0] * 4 + [1] * 4)
    found = better_phrase("bird", before, after, 0, decided)
    assert (found.decided, found.right, found.wrong, found.right_by_name, found.wrong_by_name) == (8, 4, 0, 4, 4)
    assert better_phrase("name", after, before, 0, decided) is None


def test_groups_with_words_of_their_own_are_parts():
    groups = [np.arange(20), np.arange(20, 30), np.arange(30, 33)]
    fit = np.array([[0.8, 0.02, 0], [0.1, 0.7, 0], [0, 0, 0.9]], np.float32)
    parts = parts_of(groups, fit, ["dog", "bird", "bee"], 33)
    assert [(part.name, len(part.photos)) for part in parts] == [("dog", 20), ("bird", 10)]  # three bees are too few


def test_groups_of_one_word_are_no_parts():
    fit = np.array([[0.8, 0.1], [0.7, 0.1]], np.float32)
    assert parts_of([np.arange(20), np.arange(20, 40)], fit, ["dog", "bird"], 40) == []


def test_finding_is_placed_in_a_larger_table():
    rows = np.array([7, 5, 3])
    overlap = placed(Overlap("dog", "puppy", 0.9, 1, 2, True, np.array([0, 2])), rows)
    assert overlap.photos.tolist() == [7, 3]
    split = placed(Split("animals", 3, (Part("dog", np.array([1])),)), rows)
    assert split.parts[0].photos.tolist() == [5]
