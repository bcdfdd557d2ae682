import numpy as np

from clipsorter.analyse import Example, Question, score, teach
from clipsorter.analyse.rescoring import Rescoring
from clipsorter.sorting.category import Category
from clipsorter.sorting.classifier import Thresholds
from tests.colour_encoder import ColourEncoder

QUESTION = Question([Category("red"), Category("green"), Category("Mizzo")], Thresholds(0.5, 0.1), top=3)


class Encoder(ColourEncoder):
    """Knows no Mizzo."""

    def score(self, embeddings, categories):
        similarity, probability = (np.zeros((len(embeddings), 3), np.float32) for _ in range(2))
        fresh = super().score(embeddings, [Category("red"), Category("green")])
        similarity[:, :2], probability[:, :2] = fresh.similarity, fresh.probability
        return type(fresh)(similarity, probability, fresh.none_wins)


def vectors(count, seed=0):
    drawn = np.random.default_rng(seed).random((count, 3), np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def example(number, category, vector, is_positive=True):
    return Example(bytes([number]) * 16, None, category, is_positive, np.array(vector, np.float32))


def assert_same(ranking, other, atol=2e-3):
    np.testing.assert_allclose(ranking.probability, other.probability, atol=atol)
    assert (ranking.is_sure == other.is_sure).mean() > 0.98


def test_answers_are_those_of_scoring_anew_after_each_decision_and_for_more_photos():
    encoder, kept, matrix = Encoder(), Rescoring(), vectors(300)
    examples = []
    for number, (category, vector, is_positive) in enumerate(
        [("Mizzo", (0, 0, 1), True), ("Mizzo", (0.1, 0, 0.99), True), ("red", (0, 0.1, 0.99), False)]
    ):
        examples.insert(0, example(number, category, vector, is_positive))  # the newest comes first, as in the window
        ranking = kept.answer(encoder, matrix, QUESTION, examples)
        assert_same(ranking, score(encoder, matrix, QUESTION, kept.lesson))
        assert (ranking.best[:, 0] == 2).any()
    larger = np.concatenate([matrix, vectors(200, seed=1)])
    assert_same(
        kept.answer(encoder, larger, QUESTION, examples),
        score(encoder, larger, QUESTION, teach(encoder, QUESTION, examples, larger)),
    )


class Shelved:
    """Some of the vectors, and tells how many examples it was asked for."""

    def __init__(self, matrix):
        self.matrix, self.asked = matrix, 0

    def __len__(self):
        return len(self.matrix)

    def compare(self, examples):
        self.asked += len(examples)
        return self.matrix @ examples.T


def test_what_is_on_the_shelf_is_compared_there_and_the_rest_as_before():
    encoder, matrix = Encoder(), vectors(300)
    shelf = Shelved(matrix[:0])
    kept, other = Rescoring(shelf), Rescoring()
    examples = []
    for number, shelved in enumerate((0, 100, 300, 300)):
        shelf.matrix = np.concatenate([matrix, vectors(9, seed=2)])[:shelved]
        examples.append(example(number, "Mizzo", (0.1 * number, 0, 1 - 0.1 * number)))
        count = 200 if number < 2 else 300  # photos come meanwhile
        ranking = kept.answer(encoder, matrix[:count], QUESTION, examples)
        assert_same(ranking, other.answer(encoder, matrix[:count], QUESTION, examples), atol=1e-5)
    assert shelf.asked == 14  # examples and what stands in for them: new ones, and once all, for photos that came


def test_examples_that_were_not_asked_for_while_photos_came_catch_up():
    encoder, kept, matrix = Encoder(), Rescoring(), vectors(300)
    ours, red = example(1, "Mizzo", (0, 0, 1)), example(2, "red", (1, 0, 0))
    kept.answer(encoder, matrix[:100], QUESTION, [ours])
    kept.answer(encoder, matrix[:200], QUESTION, [red])
    assert kept.lesson is not None
    assert kept.lesson.is_words_alone
    ranking = kept.answer(encoder, matrix, QUESTION, [red, ours])
    assert_same(ranking, score(encoder, matrix, QUESTION, kept.lesson))


def test_taking_all_back_is_words_alone_again():
    encoder, kept, matrix = Encoder(), Rescoring(), vectors(50)
    kept.answer(encoder, matrix, QUESTION, [example(1, "Mizzo", (0, 0, 1))])
    ranking = kept.answer(encoder, matrix, QUESTION, [])
    assert kept.lesson is None
    assert (ranking.probability == score(encoder, matrix, QUESTION).probability).all()


def test_answers_of_a_regression_are_those_of_scoring_anew_too():
    """Two categories differ in how green they are; closeness sees how red they are, which differs much more."""
    encoder, kept = Encoder(), Rescoring()
    kinds = np.arange(20_000) % 2
    shades = np.random.default_rng(0).uniform(0, [1.2, 0.15, 0.1], (len(kinds), 3))
    shades += np.array([[0, 0.1, 0.6], [0, 0.3, 0.6]])[kinds]
    matrix = (shades / np.linalg.norm(shades, axis=1, keepdims=True)).astype(np.float32)
    examples = [example(row, ("Mizzo", "green")[kinds[row]], matrix[row]) for row in range(60)]
    ranking = kept.answer(encoder, matrix, QUESTION, examples)
    assert kept.lesson is not None
    assert kept.lesson.regression is not None
    atol = 1e-2  # photos are so much alike that the half precision of kept cosines shows
    assert_same(ranking, score(encoder, matrix, QUESTION, kept.lesson), atol)
    assert_same(kept.answer(encoder, matrix, QUESTION, examples), ranking, 0)
    larger = np.concatenate([matrix, matrix])
    assert_same(kept.answer(encoder, larger, QUESTION, examples), score(encoder, larger, QUESTION, kept.lesson), atol)
    kept.answer(encoder, larger, QUESTION, examples[:30])  # whatever was said last counts
    examples[0] = example(0, "green", matrix[0])
    assert_same(kept.answer(encoder, larger, QUESTION, examples), score(encoder, larger, QUESTION, kept.lesson), atol)


def test_lesson_and_its_examples_change_together():
    encoder, kept, matrix = Encoder(), Rescoring(), vectors(50)
    examples = [example(1, "Mizzo", (0, 0, 1))]
    kept.answer(encoder, matrix, QUESTION, examples)
    steps = kept.answer_in_steps(encoder, matrix, QUESTION, [example(2, "Mizzo", (0, 0.1, 0.9)), *examples])
    next(steps)  # words are known, nothing was learned anew yet
    assert kept.examples == examples
    assert len(kept.lesson.examples.category[kept.lesson.is_given]) == 1
    next(steps)
    assert len(kept.examples) == len(kept.lesson.examples.category[kept.lesson.is_given]) == 2
