"""The worker's judgement: the categories that count now, and what the model says of photos by them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clipsorter.analyse import Question, score
from clipsorter.clip.encoder import Encoder
from clipsorter.settings import Settings
from clipsorter.sorting.category import Category
from clipsorter.sorting.classifier import Thresholds
from clipsorter.ui.news import Answers
from clipsorter.ui.vectors import Vectors

_TOP = 5


class Judge:
    """Remembers the newest question, and whether all photos so far have been answered by it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._categories: tuple[Category, ...] = ()
        self._question = self._answered_question = 0

    @property
    def is_due(self) -> bool:
        """Tell whether all photos have to be answered anew."""
        return self._answered_question != self._question

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

    def unknown(self, encoder: Encoder) -> tuple[str, ...]:
        """Return the categories of which the model knows no word; raise ClipsorterError."""
        return tuple(encoder.unknown(self._categories))

    def answer_all(self, encoder: Encoder, vectors: Vectors) -> Answers:
        """Answer all photos so far; raise ClipsorterError for a prompt that is too long."""
        self._answered_question = self._question
        return self.answer(encoder, vectors.rows, vectors.matrix)

    def give_up(self) -> Answers:
        """Ask nothing more, and take back all answers: the categories can't be used."""
        self._categories = ()
        return Answers(self._question, [], None)

    def answer(self, encoder: Encoder, rows: Sequence[int], embeddings: NDArray[np.float32]) -> Answers:
        """Answer some photos, float32 [rows, D]."""
        if not self._categories or not len(embeddings):
            return Answers(self._question, [], None)
        suggested = Thresholds(encoder.card.min_probability, encoder.card.min_margin)
        question = Question(self._categories, _thresholds(self._settings) or suggested, _TOP)
        return Answers(self._question, list(rows), score(encoder, embeddings, question))


def _thresholds(settings: Settings) -> Thresholds | None:
    """Return the unsure band that the user chose, None if it is the model's."""
    return None if settings.unsure_as_suggested else Thresholds(settings.min_probability, settings.min_margin)
