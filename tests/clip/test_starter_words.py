"""The starter's words: phrases to vectors, and categories to what they mean."""

import json
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest

from clipsorter.clip.meaning import Lexicon
from clipsorter.clip.words import Dictionary, alternatives, key_of, meaningful
from clipsorter.paths import resource

FOLDER = resource("starter")
CONCEPTS = list(json.loads((FOLDER / "concepts.json").read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Named:
    name: str
    prompts: tuple[str, ...] = ()


@pytest.fixture(scope="module")
def dictionary():
    return Dictionary(FOLDER)


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon(FOLDER)


def cosine(dictionary, one, other):
    return float(dictionary.vector(one) @ dictionary.vector(other))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Café-Table", "cafe table"),
        ("my dog's toys", "my dog toys"),
        ("T-shirt", "t shirt"),
        ("birthday_party", "birthday party"),
        ("  Ｗｉｄｅ  ", "wide"),
        ("Straße", "straße"),
        ("🐶", ""),
    ],
)
def test_texts_are_brought_to_the_spelling_of_the_tables(text, key):
    assert key_of(text) == key


def test_joined_names_are_alternatives():
    assert alternatives("burger or hot dog") == ["burger", "hot dog"]
    assert alternatives("salt & pepper, sand / oranges") == ["salt", "pepper", "sand", "oranges"]


def test_words_that_fit_every_photo_are_left_out():
    assert meaningful("A photo of my dog") == "dog"
    assert meaningful("other pictures") == ""


def test_words_that_belong_together_have_a_vector_together(dictionary):
    assert cosine(dictionary, "hot dogs", "hot dog") > 0.999
    assert cosine(dictionary, "hot dog", "sandwich") > cosine(dictionary, "hot", "sandwich")


@pytest.mark.parametrize(
    ("one", "same"), [("Tiramisus", "tiramisu"), ("labradoodles", "labradoodle"), ("cacti", "cactus")]
)
def test_plurals_without_a_row_are_read_as_singulars(dictionary, one, same):
    assert one.lower() not in dictionary
    assert cosine(dictionary, one, same) == pytest.approx(1, abs=1e-6)


def test_word_order_and_fillers_do_not_matter(dictionary):
    assert cosine(dictionary, "a photo of a red car", "car, red") == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("phrase", ["xyzzyq", "Hündchenfoto", "собака", "2019", "", "others", "a photo of"])
def test_phrase_without_a_known_word_has_no_vector(dictionary, phrase):
    assert dictionary.vector(phrase) is None


def test_unknown_words_beside_known_ones_are_ignored(dictionary):
    assert cosine(dictionary, "dog xyzzyq", "dog") == pytest.approx(1, abs=1e-6)


def test_vectors_are_unit_and_near_what_they_resemble(dictionary):
    assert np.linalg.norm(dictionary.vector("polar bear")) == pytest.approx(1, abs=1e-6)
    near, far = cosine(dictionary, "kitten", "cat"), cosine(dictionary, "kitten", "invoice")
    assert near > 0.7
    assert far < 0.4


def test_each_file_of_the_tables_is_small():
    sizes = {path.name: path.stat().st_size for path in FOLDER.iterdir()}
    assert max(sizes.values()) < 2_000_000
    assert sum(sizes.values()) < 12_500_000


def test_no_word_is_in_the_table_twice():
    keys = (FOLDER / "words.txt").read_text(encoding="utf-8").split("\n")
    assert len(keys) == len(set(keys))
    assert all(key == key_of(key) for key in keys)


def test_dogs_are_the_classes_that_wordnet_calls_dogs(lexicon):
    share = lexicon.meaning([Named("dogs")]).class_share[:, 0]
    dogs = np.zeros(1000, bool)
    dogs[151:269] = True  # the breeds, in ImageNet's order
    assert share[dogs].min() > 0.8
    assert share[~dogs].max() < 0.6  # wolves and foxes come nearest
    assert np.median(share[~dogs]) < 0.01


def test_narrower_category_takes_its_classes_from_the_broader_one(lexicon):
    share = lexicon.meaning([Named("Animals"), Named("Animals/Cats")]).class_share
    tabby, goldfish = share[281], share[1]
    assert tabby[1] > 4 * tabby[0]
    assert tabby.sum() > 0.8
    assert goldfish[0] > 0.8
    assert goldfish[1] < 0.1


def test_same_category_twice_shares_alike(lexicon):
    share = lexicon.meaning([Named("dog"), Named("a photo of a dog")]).class_share
    assert np.allclose(share[:, 0], share[:, 1])
    assert share[207].sum() <= 1


def test_prompts_replace_the_name(lexicon):
    by_prompts = lexicon.meaning([Named("Rex", ("a dog", "a photo of a dog"))])
    by_name = lexicon.meaning([Named("dog")])
    assert np.allclose(by_prompts.class_share, by_name.class_share)
    assert np.allclose(by_prompts.vectors, by_name.vectors)


def test_woman_is_less_than_a_person(lexicon):
    people = CONCEPTS.index("people")
    assert lexicon.meaning([Named("people")]).concept_meant[people] == 1
    assert lexicon.meaning([Named("women")]).concept_meant[people] == 0.5
    both = lexicon.meaning([Named("people"), Named("women")]).concept_share[people]
    assert both[0] > 0.9


def test_receipt_is_a_document_unless_there_are_receipts(lexicon):
    receipt = CONCEPTS.index("receipt")
    alone = lexicon.meaning([Named("documents")])
    assert alone.concept_meant[receipt] == 1
    assert lexicon.meaning([Named("documents"), Named("receipts")]).concept_share[receipt][1] > 0.9


@pytest.mark.parametrize("name", ["love", "Paris", "Anna", "2019", "birthday party", "xyzzyq", "others", "politics"])
def test_what_the_starter_cannot_see_is_unknown(lexicon, name):
    meaning = lexicon.meaning([Named(name), Named("dogs")])
    assert meaning.is_known.tolist() == [False, True]
    assert not meaning.class_share[:, 0].any()
    assert not meaning.concept_share[:, 0].any()


def test_unknown_category_takes_nothing_from_the_others(lexicon):
    alone = lexicon.meaning([Named("dogs")])
    beside = lexicon.meaning([Named("love"), Named("dogs")])
    assert np.allclose(alone.class_share[:, 0], beside.class_share[:, 1], atol=1e-6)


@pytest.mark.parametrize(
    "names",
    [["dog"], ["dog", "cat", "dogs", "animals"], ["people", "documents", "love"], ["a/b/Food", "food and drinks"]],
)
def test_no_class_and_no_concept_is_given_away_more_than_once(lexicon, names):
    meaning = lexicon.meaning([Named(name) for name in names])
    for shares in (meaning.class_share, meaning.concept_share):
        assert shares.min() >= 0
        assert shares.sum(axis=1).max() <= 1 + 1e-6


def test_kinds_are_rising_ranges_of_classes(lexicon):
    for ranges in lexicon._kinds.values():
        assert all(0 <= first <= last < 1000 for first, last in ranges)
        assert all(before[1] < after[0] for before, after in pairwise(ranges))
