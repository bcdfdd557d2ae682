"""The worker's judgement: the categories that count now, and what the model says of photos by them."""

from collections.abc import Generator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from clipsorter.analyse import Example, Question, score, teach
from clipsorter.analyse.measuring import decided_photos
from clipsorter.analyse.rescoring import Rescoring
from clipsorter.analyse.teaching import look, said_of_all, with_vectors
from clipsorter.clip.encoder import Encoder
from clipsorter.library.decisions import Decisions
from clipsorter.library.index import Index
from clipsorter.library.taught import Said, vectors_of
from clipsorter.settings import Settings
from clipsorter.sorting.category import Category
from clipsorter.sorting.classifier import Ranking, Thresholds
from clipsorter.sorting.confidence import Decided
from clipsorter.sorting.lesson import nearest_examples
from clipsorter.sorting.several import Fitting
from clipsorter.ui.folder_shelf import FolderShelf
from clipsorter.ui.news import Answers
from clipsorter.ui.vectors import Vectors

_TOP = 5
_LOOKS = 4  # examples that a new model looks at before the photos are answered again


class Judge:
    """Remembers the newest question, and whether all photos so far have been answered by it."""

    def __init__(self, settings: Settings, shelf: FolderShelf) -> None:
        self._settings, self._shelf = settings, shelf
        self._categories: tuple[Category, ...] = ()
        self._question = self._answered_question = 0
        self._is_taught_anew = False
        self.refused: dict[int, frozenset[str]] = {}  # by row: where the user said that a photo doesn't belong
        self._examples: list[Example] = []
        self._vector_of: dict[bytes, NDArray[np.float32]] = {}
        self._model = ""  # whose vectors these are
        self._gone: set[bytes] = set()
        self._kept: tuple[Vectors | None, Rescoring] = None, Rescoring()
        self._given: Ranking | None = None  # the last answers for all photos, before what was refused

    @property
    def is_due(self) -> bool:
        """Tell whether all photos have to be answered anew."""
        return self._answered_question != self._question or self._is_taught_anew

    @property
    def has_examples(self) -> bool:
        """Tell whether something was taught of these categories."""
        return bool(self._examples)

    def teach(self) -> None:
        """Have all photos answered anew: something was decided."""
        self._is_taught_anew = bool(self._categories)

    def learn(self, encoder: Encoder, index: Index, decisions: Decisions) -> None:
        """Find the examples of the categories; of those that this model never saw, a few are looked at each time."""
        if encoder.key != self._model:
            self._model = encoder.key
            self._vector_of.clear()
            self._gone.clear()
        said = said_of_all(decisions, self._categories)
        new = {each.fingerprint: each for each in said if each.fingerprint not in self._vector_of}
        self._vector_of |= vectors_of(index, new, encoder.key)
        unseen = [each for name, each in new.items() if name not in self._vector_of and name not in self._gone]
        for each in unseen[:_LOOKS]:
            self._look(each, encoder, index)
        self._examples = with_vectors(said, self._vector_of)
        self._is_taught_anew = len(unseen) > _LOOKS

    def example_counts(self) -> dict[str, int]:
        """Return how many photos show each category that was taught."""
        counts: dict[str, int] = {}
        for example in self._examples:
            if example.is_positive:
                counts[example.category] = counts.get(example.category, 0) + 1
        return counts

    def examples_like(self, encoder: Encoder, vector: NDArray[np.float32], category: str) -> list[Example]:
        """Return the examples for which a photo, float32 [D], is in a category; none where words decided."""
        lesson = self._kept[1].lesson
        names = [each.name for each in self._categories]
        if lesson is None or category not in names or len(lesson.is_taught) != len(names):
            return []
        cosines = encoder.compare(vector[None], lesson.examples.vectors)[0]
        given = [each for each in self._kept[1].examples if each.category in names]
        return [given[row] for row in nearest_examples(lesson, cosines, names.index(category))]

    def _look(self, said: Said, encoder: Encoder, index: Index) -> None:
        if (vector := look(said, index, encoder)) is None:
            self._gone.add(said.fingerprint)
        else:
            self._vector_of[said.fingerprint] = vector

    def ask(self, question: int, categories: tuple[Category, ...]) -> None:
        """Judge by these categories from now on."""
        self._question, self._categories = question, categories

    def configure(self, settings: Settings) -> bool:
        """Go by these settings from now on; tell whether they change the answers."""
        before, self._settings = self._settings, settings
        if is_changed := _thresholds(before) != _thresholds(settings):
            self.start_over()
        return is_changed

    def start_over(self) -> None:
        """Have all photos answered anew."""
        self._answered_question = -1

    def let_go(self) -> None:
        """Keep nothing of a model that another one takes the place of; it will answer all photos anew."""
        self._kept, self._given = (None, Rescoring()), None
        self.start_over()

    def unknown(self, encoder: Encoder) -> tuple[str, ...]:
        """Return the categories of which the model knows no word, nor was taught any; raise ClipsorterError."""
        taught = self.example_counts()
        return tuple(name for name in encoder.unknown(self._categories) if name not in taught)

    def answer_in_steps(self, encoder: Encoder, vectors: Vectors) -> Generator[None, None, Answers]:
        """Answer all photos so far; raise ClipsorterError for a prompt that is too long.

        In the pauses no photo may be answered; whoever asks for other categories, or of another folder, begins anew.
        """
        number = self._answered_question = self._question
        self._given = None
        if self._kept[0] is not vectors:
            self._kept = vectors, Rescoring(self._shelf.filled(encoder, vectors))
        if not self._categories or not vectors.rows:
            if self._categories:  # the photos that come next are judged by examples, too
                nothing = np.empty((0, encoder.card.embed_dim), np.float32)
                kept = self._kept[1]
                kept.examples = self._examples
                kept.lesson = teach(encoder, self._asked(encoder), self._examples, nothing)
            return Answers(number, [], None)
        rows, asked = list(vectors.rows), self._asked(encoder)
        ranking = yield from self._kept[1].answer_in_steps(encoder, vectors.matrix, asked, self._examples)
        self._given = _copied(ranking)
        return self._answers(rows, ranking)

    def beside(self) -> "Judge":
        """Return one for other categories and the same photos, with what this one knows of the photos."""
        other = Judge(self._settings, self._shelf)
        other._model, other._vector_of, other._gone = self._model, dict(self._vector_of), set(self._gone)
        other._kept, other.refused = (self._kept[0], self._kept[1].beside()), self.refused
        return other

    def fit_all(self, encoder: Encoder, vectors: Vectors) -> Fitting | None:
        """Find every category that fits each photo so far; None without categories, or without photos."""
        if not self._categories or self._kept[0] is not vectors or not vectors.rows:
            return None
        own = 0.0 if self._settings.unsure_as_suggested else self._settings.min_probability
        least = own or encoder.card.min_presence  # who switches “unsure” off doesn't want every photo everywhere
        return self._kept[1].fit(encoder, vectors.matrix, self._asked(encoder), least)

    @property
    def answered(self) -> int:
        """The number of the question that was answered last."""
        return self._answered_question

    def give_up(self) -> Answers:
        """Ask nothing more, and take back all answers: the categories can't be used."""
        self._categories = ()
        return Answers(self._question, [], None)

    def answer(self, encoder: Encoder, rows: Sequence[int], embeddings: NDArray[np.float32]) -> Answers:
        """Answer some photos, float32 [rows, D]."""
        if not self._categories or not len(embeddings):
            return Answers(self._question, [], None)
        lesson = self._kept[1].lesson
        return self._answers(rows, score(encoder, embeddings, self._asked(encoder), lesson))

    def decided(self, encoder: Encoder, boundless: str = "") -> Decided | None:
        """Judge what the user decided, each photo without itself, None without such; see `ranking`."""
        lesson, question = self._kept[1].lesson, self._asked(encoder, boundless)
        if lesson is None or len(lesson.is_known) != len(question.categories):
            return None
        return decided_photos(lesson, question, self._kept[1].examples)

    @property
    def is_corrected(self) -> bool:
        """Tell whether percentages are corrected by how often they came true."""
        lesson = self._kept[1].lesson
        return lesson is not None and not lesson.calibration.changes_nothing

    def held_back(self, encoder: Encoder) -> dict[bytes, int]:
        """Return the answer to each example as if it had not been given, by its content: a category's place, or −1."""
        if (decided := self.decided(encoder)) is None:
            return {}
        said = np.where(decided.answers.is_sure, decided.answers.best[:, 0], -1).tolist()
        return dict(zip(dict.fromkeys(example.fingerprint for example in self._kept[1].examples), said, strict=True))

    def question(self, encoder: Encoder) -> Question:
        """Return what is asked now."""
        return self._asked(encoder)

    def ranking(self, encoder: Encoder, vectors: Vectors, boundless: str = "") -> Ranking | None:
        """Return the answers of now for all photos so far, but with no threshold of its own for one category."""
        if self._kept[0] is not vectors or not self._categories or not vectors.rows:
            return None
        if self._given is not None and not boundless and not self.is_due and len(self._given) == len(vectors.rows):
            return _copied(self._given)
        return self._kept[1].answer(encoder, vectors.matrix, self._asked(encoder, boundless), self._examples)

    def column_of(self, category: str) -> int:
        """Return the place of a category in the answers, -1 if it is not asked for."""
        return next((place for place, each in enumerate(self._categories) if each.name == category), -1)

    def _asked(self, encoder: Encoder, boundless: str = "") -> Question:
        suggested = Thresholds(encoder.card.min_probability, encoder.card.min_margin)
        categories = tuple(
            replace(each, threshold=0.0) if each.name == boundless else each for each in self._categories
        )
        return Question(categories, _thresholds(self._settings) or suggested, _TOP)

    def _answers(self, rows: Sequence[int], ranking: Ranking) -> Answers:
        """Pass answers on; what was said not to belong somewhere is never surely there."""
        if self.refused:
            for place, row in enumerate(rows):
                if ranking.names[ranking.best[place, 0]] in self.refused.get(row, ()):
                    ranking.is_sure[place] = False
        return Answers(self._question, list(rows), ranking)


def _copied(ranking: Ranking) -> Ranking:
    """Return the same with a copy of what is sure, from which some is taken."""
    return replace(ranking, is_sure=ranking.is_sure.copy())


def _thresholds(settings: Settings) -> Thresholds | None:
    """Return the unsure band that the user chose, None if it is the model's."""
    return None if settings.unsure_as_suggested else Thresholds(settings.min_probability, settings.min_margin)
