"""The books that a move is entered in: the journal, the index, and the decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clipsorter.errors import LibraryError, PhotoError
from clipsorter.library.decisions import Decisions
from clipsorter.library.index import Index
from clipsorter.moves.journal import Outcome
from clipsorter.moves.step import Bundle, Kind, Step
from clipsorter.photos.fingerprint import FingerprintedPhoto, fingerprint
from clipsorter.photos.photo import Photo
from clipsorter.photos.thumbnail import ThumbnailCache


@dataclass(frozen=True, slots=True)
class Books:
    """Where the journal is, and what else follows a photo to its new place, if it is at hand."""

    journal_file: Path
    index: Index | None = None
    decisions: Decisions | None = None
    thumbnails: ThumbnailCache | None = None

    def follow(self, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
        """Let vectors and labels go with the photos; return what the user should know if that fails.

        Nothing is lost then: both find a photo again by its content.
        """
        done = [outcome.bundle for outcome in outcomes if outcome.state == "done"]
        steps = [step for bundle in done for step in bundle.steps if step.info is None]  # all but to and from a trash
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

    def renew(self, photos: Sequence["Renewed"]) -> tuple[str, ...]:
        """Let vectors, labels and thumbnails stay with photos that got keywords; return what the user should know."""
        try:
            if self.index is not None:
                self.index.renew([(each.before, each.now) for each in photos])
            if self.decisions is not None:
                self.decisions.renew([(each.old_fingerprint, each.now) for each in photos])
        except LibraryError as error:
            return (f"{error} The photos have their keywords; they will be looked at again.",)
        if self.thumbnails is not None:
            for each in photos:
                self.thumbnails.renew(each.old_fingerprint, each.now.fingerprint)
        return ()


@dataclass(frozen=True, slots=True)
class Renewed:
    """A photo whose file holds other keywords than before: as it was, and as it is."""

    before: Photo
    old_fingerprint: bytes
    now: FingerprintedPhoto


def files_of(bundle: Bundle) -> tuple[tuple[Path, Path], ...]:
    """Return each file's place before and after, the leading one first."""
    edited = tuple((edit.path, edit.path) for edit in bundle.edits)
    return (*((step.source, step.target) for step in bundle.steps), *edited)


def photo_of(bundle: Bundle) -> Path:
    """Return the photo that a bundle is about, with which others may go along."""
    return bundle.photo or bundle.steps[0].source


def renewed(outcome: Outcome, old_fingerprint: bytes = b"") -> Renewed | None:
    """Return the photo whose own file got other keywords, None if none did, or if it is gone since."""
    photo = outcome.bundle.photo
    own = next((edit for edit in outcome.bundle.edits if edit.path == photo and edit.old and edit.new), None)
    if photo is None or own is None or own.old is None or outcome.state != "done":
        return None
    try:
        status = photo.stat()
        now = FingerprintedPhoto(Photo(photo, status.st_size, status.st_mtime_ns), fingerprint(photo))
    except (OSError, PhotoError):
        return None
    return Renewed(Photo(photo, own.old.size, own.old.mtime_ns), old_fingerprint, now)


def _places(step: Step) -> tuple[Photo, Photo]:
    time_ns = step.before.mtime_ns if step.copy_mtime_ns is None else step.copy_mtime_ns
    return Photo(step.source, step.before.size, step.before.mtime_ns), Photo(step.target, step.before.size, time_ns)
