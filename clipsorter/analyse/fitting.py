"""Every category that fits, from stored vectors: what `scoring` is where a photo is in one category only."""

import numpy as np
from numpy.typing import NDArray

from clipsorter.analyse.events import Question
from clipsorter.clip.encoder import Encoder, Presence
from clipsorter.sorting import several
from clipsorter.sorting.examples import Near, near
from clipsorter.sorting.lesson import Lesson
from clipsorter.sorting.several import Fitting


def fit(
    encoder: Encoder, embeddings: NDArray[np.float32], question: Question, least: float, lesson: Lesson | None = None
) -> Fitting:
    """Judge stored vectors, float32 [N, D], by each category alone; `least` counts where one has no threshold.

    A `lesson` of the same question makes examples count beside words.
    """
    found = None
    if lesson is not None and not lesson.is_words_alone:
        cosines = encoder.compare(embeddings, lesson.examples.vectors)
        found = near(cosines, lesson.examples, len(question.categories))
    return fitted(encoder.presence(embeddings, question.categories), question, least, lesson, found)


def fitted(words: Presence, question: Question, least: float, lesson: Lesson | None, found: Near | None) -> Fitting:
    """Decide from what words say, and from how near photos are to examples; None where examples change nothing."""
    probability = words.probability
    if lesson is not None and found is not None:
        probability = several.present(lesson, probability, found)
    names = [category.name for category in question.categories]
    own_min = [category.threshold for category in question.categories]
    return several.fit(words.similarity, probability, names, least, own_min)
