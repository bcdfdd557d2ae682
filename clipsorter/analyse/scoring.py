"""Answers from stored vectors: arithmetic only, no photo is opened."""

import numpy as np
from numpy.typing import NDArray

from clipsorter.analyse.events import Question
from clipsorter.clip.encoder import Encoder
from clipsorter.sorting.classifier import Ranking, rank

_BLOCK = 65_536  # rows scored at once: what lies between the vectors and the ranking stays small


def score(encoder: Encoder, embeddings: NDArray[np.float32], question: Question) -> Ranking:
    """Judge any number of stored vectors, float32 [N, D]; an edit of a category costs this and its new prompts."""
    names = [category.name for category in question.categories]
    parts = []
    for start in range(0, max(len(embeddings), 1), _BLOCK):
        scores = encoder.score(embeddings[start : start + _BLOCK], question.categories)
        parts.append(
            rank(scores.similarity, scores.probability, scores.none_wins, names, question.thresholds, question.top)
        )
    if len(parts) == 1:
        return parts[0]
    return Ranking(
        names,
        np.concatenate([part.best for part in parts]),
        np.concatenate([part.probability for part in parts]),
        np.concatenate([part.similarity for part in parts]),
        np.concatenate([part.is_sure for part in parts]),
    )
