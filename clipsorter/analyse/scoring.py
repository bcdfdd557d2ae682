"""Answers from stored vectors: arithmetic only, no photo is opened."""

import numpy as np
from numpy.typing import NDArray

from clipsorter.analyse.events import Question
from clipsorter.clip.encoder import Encoder
from clipsorter.sorting.classifier import Ranking, rank


def score(encoder: Encoder, embeddings: NDArray[np.float32], question: Question) -> Ranking:
    """Judge any number of stored vectors, float32 [N, D]; an edit of a category costs this and its new prompts.

    Give the same array again rather than parts of it: an encoder may remember what it made of it.
    """
    scores = encoder.score(embeddings, question.categories)
    names = [category.name for category in question.categories]
    own_min = [category.threshold for category in question.categories]
    return rank(
        scores.similarity, scores.probability, scores.none_wins, names, question.thresholds, question.top, own_min
    )
