"""What the worker tells the window: plain data, nothing that belongs to a thread."""

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clipsorter.analyse.discovering import PhotoGroup
from clipsorter.errors import ClipsorterError
from clipsorter.photos.photo import Photo
from clipsorter.sorting.checkup import Finding
from clipsorter.sorting.classifier import Ranking
from clipsorter.sorting.confidence import Evidence, Precision
from clipsorter.sorting.several import Fitting
from clipsorter.ui.sentences import say_sentence


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
class AllFits:
    """Every category that fits, asked for by a number; row i of the fitting belongs to the photo `rows[i]`.

    `question` is the one of the categories, as in Answers. `refused` are by row the categories where the user said
    that a photo doesn't belong, `several` where more than one was named. The fitting is None where there are no
    categories, or no photos.
    """

    number: int
    question: int
    rows: Sequence[int]
    fitting: Fitting | None
    refused: Mapping[int, frozenset[str]]
    several: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """All that happened since the last one; rows count the photos of the folder in the order found.

    `is_anew`: another model looks from here on, so what was known and answered before no longer counts.
    `elsewhere` are rows of photos that are not of the folder: a search of everything found them.
    """

    job: int
    photos: Sequence[Photo] = ()
    known: Sequence[int] = ()
    failures: Mapping[int, str] = field(default_factory=dict)
    labels: Mapping[int, str] = field(default_factory=dict)
    answers: Sequence[Answers] = ()
    is_anew: bool = False
    elsewhere: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """The photos for which a photo of a row is in a category, the likest first; none where words decided."""

    job: int
    row: int
    category: str
    examples: Sequence[Photo] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """How right each category is on what was decided, and by how many decisions percentages are corrected, 0: not."""

    precisions: Mapping[str, Precision]
    corrected_by: int


@dataclass(frozen=True, slots=True, eq=False)
class Inquiry:
    """What is asked about one category of the photos of a job; `closed` int64 are the rows that need no question."""

    job: int
    category: str
    closed: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Questions:
    """The rows of photos to ask about, those that say most, in the order to ask."""

    inquiry: Inquiry
    rows: Sequence[int]


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What all decisions tell of a category; None where there are none."""

    inquiry: Inquiry
    evidence: Evidence | None


@dataclass(frozen=True, slots=True, eq=False)
class Confusion:
    """What the user decided about M photos of the folder, beside what the model says of each as if that were not so.

    `rows` int64 [M]; `truth` and `said` int64 [M] are places in `names`, its length for unsure; `table`
    int64 [C, C + 1] counts them.
    """

    names: tuple[str, ...]
    rows: NDArray[np.int64]
    truth: NDArray[np.int64]
    said: NDArray[np.int64]
    table: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class CategoryCheck:
    """What is odd about the categories, on so many photos of a job that are looked at; rows are those of the folder.

    While the check is not over, there may be more.
    """

    job: int
    photos: int
    findings: Sequence[Finding]
    confusion: Confusion | None
    is_over: bool = True


@dataclass(frozen=True, slots=True)
class Pace:
    """How far the run is; `total` is None while not yet counted."""

    job: int
    done: int
    total: int | None
    rate: float
    left_s: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Findings:
    """What a search found: rows of photos, the best first, of how many that are looked at; or why it can't search.

    `unknown` are phrases that mean nothing to the model; `read` counts the photos that were made ready for a search of
    everything, while that is not over.
    """

    number: int
    rows: Sequence[int] = ()
    total: int = 0
    unknown: Sequence[str] = ()
    problem: str = ""
    read: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class SavedFound:
    """The photos that fit each saved search, as rows int64 [n], the best first, of so many that are looked at."""

    job: int
    rows: Mapping[str, NDArray[np.int64]]
    total: int


@dataclass(frozen=True, slots=True, eq=False)
class Supposed:
    """What the model would say of photos by other categories; row i of the ranking belongs to the photo `rows[i]`.

    A ranking of None: there would be no category, or there is no photo. `unknown` are categories, and `unknown_words`
    words of those that were asked about, which mean nothing to the model. A `problem` is a sentence on why such
    categories can't be used.
    """

    asker: str
    number: int
    rows: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    ranking: Ranking | None = None
    unknown: Sequence[str] = ()
    unknown_words: Sequence[str] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """Groups of photos by their rows, the largest first, of how many photos that are looked at."""

    number: int
    groups: Sequence[PhotoGroup]
    photos: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The run is over."""

    job: int
    photos: int
    failed: int
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class ModelReady:
    """The model that answers, where it runs, what it knows, and why it isn't fast although that is wanted.

    `offered` is the title of a model to get where the starter is all there is, and `offered_mb` its size.
    """

    title: str
    device: str
    knows: str
    id: str = ""
    is_fast: bool = False
    fast_note: str = ""
    offered: str = ""
    offered_mb: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that the user asked for can't be done: a sentence, and details for a report.

    A bug is what the program did not reckon with: it is shown apart. What is about categories is over once they change.
    """

    sentence: str
    details: str = ""
    is_bug: bool = False
    is_about_categories: bool = False


def failure_of(error: Exception) -> Failure:
    """Return what to say of an error: its own sentence where it has one for the user, else that it is a bug."""
    details = "".join(traceback.format_exception(error))
    if isinstance(error, ClipsorterError):
        return Failure(say_sentence(str(error)), details)
    return Failure(f"Something in Clipsorter went wrong, so this was not done: {error}.", details, is_bug=True)
