"""The read side: from a folder to an answer for each photo, as typed events for whoever listens."""

from clipsorter.analyse.duplicates import Compared, Comparing, find_duplicates
from clipsorter.analyse.events import (
    Embedded,
    Event,
    Example,
    Failed,
    Finished,
    Found,
    Progress,
    Question,
    Scored,
)
from clipsorter.analyse.run import Memory, analyse
from clipsorter.analyse.scoring import score, teach
from clipsorter.analyse.search import Block, Hit, best_of, rank_vectors, sought_by, unknown_phrases, vector_of

__all__ = [
    "Block", "Compared", "Comparing", "Embedded", "Event", "Example", "Failed", "Finished", "Found", "Hit", "Memory",
    "Progress", "Question", "Scored", "analyse", "best_of", "find_duplicates", "rank_vectors", "score", "sought_by",
    "teach", "unknown_phrases", "vector_of",
]  # fmt: skip
