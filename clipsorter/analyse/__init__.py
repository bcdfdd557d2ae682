"""The read side: from a folder to an answer for each photo, as typed events for whoever listens."""

from clipsorter.analyse.events import (
    Embedded,
    Event,
    Failed,
    Finished,
    Found,
    Progress,
    Question,
    Scored,
)
from clipsorter.analyse.run import Memory, analyse
from clipsorter.analyse.scoring import score

__all__ = [
    "Embedded", "Event", "Failed", "Finished", "Found", "Memory", "Progress", "Question", "Scored", "analyse", "score",
]  # fmt: skip
