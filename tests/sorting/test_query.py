from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clipsorter.sorting.query import MOST_WEIGHT, Like, Phrase, Query, like_photo, parse_query


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("beach at sunset", [("beach at sunset", 1)]),
        ("beach at sunset -people", [("beach at sunset", 1), ("people", -1)]),
        ("beach -people sunset", [("beach sunset", 1), ("people", -1)]),
        ('dog*2 "on a lawn"', [("dog", 2), ("on a lawn", 1)]),
        ('-"tall buildings"*0.5 sky', [("sky", 1), ("tall buildings", -0.5)]),
        ("t-shirt", [("t-shirt", 1)]),
        ("Straße Café 寿司", [("Straße Café 寿司", 1)]),
        ("dog*900", [("dog", MOST_WEIGHT)]),
        ("dog*0 cat", [("cat", 1)]),
    ],
)
def test_words_signs_and_weights(text, phrases):
    assert parse_query(text) == Query(tuple(Phrase(*each) for each in phrases))


@pytest.mark.parametrize(
    ("text", "phrases"),
    [("dog*", ["dog"]), ("dog -", ["dog"]), ('dog "on a', ["dog", "on a"]), ("dog like:", ["dog"]), ('""', [])],
)
def test_what_is_half_typed_means_what_is_there_so_far(text, phrases):
    query = parse_query(text)
    assert [phrase.text for phrase in query.phrases] == phrases
    assert query.photos == ()


def test_photos_stand_beside_words():
    query = parse_query('snow like:winter/a.jpg -like:"my photos/b c.jpg"*2')
    assert query.phrases == (Phrase("snow"),)
    assert query.photos == (Like(Path("winter/a.jpg")), Like(Path("my photos/b c.jpg"), -2))


@pytest.mark.parametrize(
    "name", ["a.jpg", "two  spaces.jpg", 'say "hi".jpg', '"', "~nobody of this name/a.jpg", "-3*2.jpg"]
)
def test_photo_is_found_again_in_the_line_whatever_its_name(name):
    assert parse_query(f"snow {like_photo(Path(name))} -people").photos == (Like(Path(name)),)


@pytest.mark.parametrize("text", ["", "   ", "-", "*", '"', "- * -", "…"])
def test_nothing_is_asked_by_signs_alone(text):
    assert parse_query(text).is_empty


@given(st.text())
def test_every_line_means_something_or_nothing(text):
    query = parse_query(text)
    assert all(phrase.text.strip() and 0 < abs(phrase.weight) <= MOST_WEIGHT for phrase in query.phrases)
