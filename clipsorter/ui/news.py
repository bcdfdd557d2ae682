"""What the worker tells the window: plain data, nothing that belongs to a thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from clipsorter.photos.photo import Photo
from clipsorter.sorting.classifier import Ranking


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What the model says of photos; row i of the ranking belongs to the photo `rows[i]`.

    `question` counts the edits of the categories: a greater number than before answers all photos anew, and a
    ranking of None takes all answers back, since there is no category.
    """

    question: int
    rows: Sequence[int]
    ranking: Ranking | None


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """All that happened since the last one; rows count the photos of the folder in the order found."""

    job: int
    photos: Sequence[Photo] = ()
    known: Sequence[int] = ()
    failures: Mapping[int, str] = field(default_factory=dict)
    labels: Mapping[int, str] = field(default_factory=dict)
    answers: Sequence[Answers] = ()


@dataclass(frozen=True, slots=True)
class Pace:
    """How far the run is; `total` is None while not yet counted."""

    job: int
    done: int
    total: int | None
    rate: float
    left_s: float | None


@dataclass(frozen=True, slots=True)
class Ended:
    """The run is over."""

    job: int
    photos: int
    failed: int
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class ModelReady:
    """The model that answers, where it runs, and what it knows."""

    title: str
    device: str
    knows: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that the user asked for can't be done: a sentence, and details for a report."""

    sentence: str
    details: str = ""
