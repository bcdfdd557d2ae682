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
from clipsorter.analyse.library_search import LibraryShelf
from clipsorter.analyse.run import Memory, analyse
from clipsorter.analyse.scoring import score, teach
from clipsorter.analyse.search import (
    Block,
    Hit,
    best_of,
    best_on,
    fits_query,
    rank_vectors,
    sought_by,
    unknown_phrases,
    vector_of,
)
from clipsorter.clip.encoder import Sought

__all__ = [
    "Block", "Compared", "Comparing", "Embedded", "Event", "Example", "Failed", "Finished", "Found", "Hit",
    "LibraryShelf", "Memory", "Progress", "Question", "Scored", "Sought", "analyse", "best_of", "best_on",
    "find_duplicates", "fits_query", "rank_vectors", "score", "sought_by", "teach", "unknown_phrases", "vector_of",
]  # fmt: skip
