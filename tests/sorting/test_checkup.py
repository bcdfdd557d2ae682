import numpy as np

from clipsorter.sorting.checkup import (
    Nothing,
    Overlap,
    Part,
    Split,
    TooMuch,
    apart,
    better_phrase,
    clear_words,
    extremes,
    is_doubtful,
    meanings_of,
    overlaps,
    placed,
    split_into,
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


def test_words_are_doubtful_only_where_decisions_can_show_it():
    unsure = ranking(["crane", "tower"], (4, [0.9, 0]), (4, [0.45, 0.1]), (10, [0, 0.9]))
    assert is_doubtful(unsure, 0, np.array([0] * 4 + [-1] * 14))
    assert not is_doubtful(unsure, 0, np.array([0] * 3 + [-1] * 15))
    sure = ranking(["crane", "tower"], (8, [0.9, 0]), (10, [0, 0.9]))
    assert not is_doubtful(sure, 0, np.array([0] * 4 + [-1] * 14))
    assert is_doubtful(sure, 0, np.array([0] * 4 + [1] * 2 + [-1] * 12))


def test_decided_photos_say_whether_a_phrase_is_better():
    names = ["crane", "tower"]
    before = ranking(names, (4, [0.9, 0]), (4, [0.8, 0.1]))
    after = ranking(names, (4, [0.9, 0]), (4, [0.1, 0.2]))
    decided = np.array([0] * 4 + [1] * 4)
    found = better_phrase("bird", before, after, 0, decided)
    assert (found.decided, found.right, found.wrong, found.right_by_name, found.wrong_by_name) == (8, 4, 0, 4, 4)
    assert found.photos.tolist() == []
    assert better_phrase("name", after, before, 0, decided) is None
    assert better_phrase("bird", before, after, 0, nobody(before)) is None


def test_words_name_groups_that_they_fit_well():
    groups = [np.arange(20), np.arange(20, 30), np.arange(30, 33), np.arange(33, 73)]
    fit = np.array([[0.8, 0.02, 0], [0.1, 0.7, 0], [0, 0, 0.9], [0.3, 0.3, 0.3]], np.float32)
    assert clear_words(groups, fit, ["dog", "bird", "bee"]) == {"dog": 20, "bird": 10}  # three bees are too few
    assert clear_words(groups[:2], fit[[0, 0]], ["dog", "bird", "bee"]) == {"dog": 20}


def test_split_has_large_parts_and_more_than_one():
    few, some, many = (Part(str(count), np.arange(count)) for count in (4, 12, 40))
    assert [part.name for part in split_into([few, some, many], 100)] == ["40", "12"]
    assert split_into([few, many], 100) == ()
    assert split_into([some, many], 1000) == ()


def test_meanings_have_nothing_in_common_and_photos_of_their_own():
    assert apart(likeness(3, p01=0.1, p02=0.6, p12=0.1)) == [0, 1]
    bird, machine = Part("crane bird", np.arange(4)), Part("construction crane", np.arange(4, 8))
    undecided = np.full(9, -1)
    assert meanings_of([bird, machine], 9, undecided, 0) == (bird, machine)
    assert meanings_of([bird, machine], 20, undecided, 0) == ()  # most show neither
    assert meanings_of([bird, Part("origami crane", np.arange(8, 9))], 9, undecided, 0) == ()
    both = undecided.copy()
    both[[0, 5]] = 0
    assert meanings_of([bird, machine], 9, both, 0) == ()  # who files both here means both
    assert meanings_of([bird, machine], 9, np.where(both == 0, 1, -1), 0) == (bird, machine)


def test_four_words_for_the_same_are_three_pairs():
    ranked = ranking(["car", "auto", "automobile", "motorcar", "dog"], (20, [0.25, 0.25, 0.25, 0.25, 0]))
    alike = np.full((5, 5), 0.9, np.float32)
    alike[4, :4] = alike[:4, 4] = 0
    found = overlaps(ranked, alike)
    assert len(found) == 3
    assert {name for each in found for name in (each.kept, each.other)} == {"car", "auto", "automobile", "motorcar"}


def test_category_of_nearly_all_photos_is_found_though_nothing_is_near():
    (found,) = extremes(ranking(["dog", "cat"], (19, [0.9, 0]), (1, [0, 0.9])), np.full(20, -1))
    assert isinstance(found, TooMuch)
    assert (found.category, found.count, found.total, found.is_nearly_all) == ("dog", 19, 20, True)
    assert extremes(ranking(["dog", "cat"], (17, [0.9, 0]), (3, [0, 0.9])), np.full(20, -1)) == []


def test_finding_is_placed_in_a_larger_table():
    rows = np.array([7, 5, 3])
    overlap = placed(Overlap("dog", "puppy", 0.9, 1, 2, True, np.array([0, 2])), rows)
    assert overlap.photos.tolist() == [7, 3]
    split = placed(Split("animals", 3, (Part("dog", np.array([1])),)), rows)
    assert split.parts[0].photos.tolist() == [5]
