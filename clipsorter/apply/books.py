"""The books that a move is entered in: the journal, the index, and the decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clipsorter.errors import LibraryError
from clipsorter.library.decisions import Decisions
from clipsorter.library.index import Index
from clipsorter.moves.journal import Outcome
from clipsorter.moves.step import Bundle, Kind, Step
from clipsorter.photos.photo import Photo


@dataclass(frozen=True, slots=True)
class Books:
    """Where the journal is, and what else follows a photo to its new place, if it is at hand."""

    journal_file: Path
    index: Index | None = None
    decisions: Decisions | None = None

    def follow(self, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
        """Let vectors and labels go with the photos; return what the user should know if that fails.

        Nothing is lost then: both find a photo again by its content.
        """
        steps = [step for outcome in outcomes if outcome.state == "done" for step in outcome.bundle.steps]
        moved = [_places(step) for step in steps if step.kind in (Kind.RENAME, Kind.CARRY)]
        copied = [_places(step) for step in steps if step.kind is Kind.COPY]
        try:
            if self.index is not None:
                self.index.follow(moved)
                self.index.follow(copied, is_copy=True)
            if self.decisions is not None:
                self.decisions.follow([(old.path, new.path) for old, new in moved])
        except LibraryError as error:
            return (f"{error} The photos are in their places; they are recognised there by their content.",)
        return ()


def files_of(bundle: Bundle) -> tuple[tuple[Path, Path], ...]:
    """Return each file's place before and after, the leading one first."""
    return tuple((step.source, step.target) for step in bundle.steps)


def _places(step: Step) -> tuple[Photo, Photo]:
    time_ns = step.before.mtime_ns if step.copy_mtime_ns is None else step.copy_mtime_ns
    return Photo(step.source, step.before.size, step.before.mtime_ns), Photo(step.target, step.before.size, time_ns)
