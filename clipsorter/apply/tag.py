"""Tags on disk: categories become keywords of photos, and what a run wrote can be removed again.

The way of a photo: plan (its files are read, and the new bytes proved) → intent in the journal with the way back →
write → done in the journal → vectors, labels and thumbnails stay with it.
"""

import threading
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from clipsorter.apply.books import Books
from clipsorter.apply.events import Event
from clipsorter.apply.history import tagging_run
from clipsorter.apply.recovery import recover_in_flight
from clipsorter.apply.telling import Aside, Reasons, tell_tagging
from clipsorter.errors import MetadataError, PhotoError
from clipsorter.library.decisions import Provenance
from clipsorter.metadata.keywords import folded, keyword_of
from clipsorter.metadata.preset import PRESETS, PresetName
from clipsorter.metadata.tagging import Edit, Placement, plan_removal, plan_tagging, preview_tagging
from clipsorter.moves.disk import Disk
from clipsorter.moves.journal import Journal, Outcome, Run
from clipsorter.moves.lock import sorting_alone
from clipsorter.moves.step import Written
from clipsorter.moves.tag import Rewriting, WantedEdit, carry_out_rewritings, refuse_edit, rewriting
from clipsorter.photos.fingerprint import FingerprintedPhoto, fingerprint
from clipsorter.photos.photo import Photo


@dataclass(frozen=True, slots=True)
class Tag:
    """A category that a photo is to have as a keyword, and why: probability 0..1, similarity -1..1, the prompt."""

    category: str
    decided_by: Literal["model", "human"]
    probability: float = 1.0
    similarity: float = 0.0
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """A photo as it was looked at, and the tags it is to have."""

    photo: Photo
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """Where keywords go: a preset by its name, or against it into pictures or sidecars; `iptc` asks for IPTC too."""

    preset: PresetName = "all"
    placement: Placement = "preset"
    iptc: bool = False


@dataclass(frozen=True, slots=True)
class Removal:
    """The categories whose keywords a run wrote into a photo, by the model, and that it is to lose."""

    photo: Path
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What tagging would do to a photo: `gained` categories, and `files` that would be changed or made, none if none.

    `note` is a sentence for the user where keywords would go elsewhere than asked; `f"{photo} can't be tagged:
    {problem}"` says why nothing could be done.
    """

    photo: Path
    gained: tuple[str, ...]
    files: tuple[Path, ...]
    note: str = ""
    problem: str = ""


def foresee(wishes: Iterable[Wish], where: Where) -> Iterator[Foreseen]:
    """Yield what `tag` would do to each photo, in order; nothing is written, and no picture decoded."""
    for wish in wishes:
        path = wish.photo.path
        by_keyword = {folded(keyword_of(each.category)): each.category for each in wish.tags}
        keywords = [keyword_of(each.category) for each in wish.tags]
        try:
            seen = preview_tagging(path, keywords, PRESETS[where.preset], where.placement, iptc=where.iptc)
        except MetadataError as error:
            yield Foreseen(path, (), (), problem=str(error))
        else:
            yield Foreseen(path, tuple(by_keyword[folded(keyword)] for keyword in seen.new), seen.files, seen.note)


def tag(
    wishes: Sequence[Wish],
    books: Books,
    *,
    folder: Path,
    model: str,
    where: Where,
    cancel: threading.Event | None = None,
    disk: Disk | None = None,
) -> Generator[Event, None, None]:
    """Write the keywords of photos below `folder`, and yield events until `Finished`: a `Tagged` for each that changed.

    `cancel` is read between photos. Raises UsageError if another process is changing photos, LibraryError if the
    journal can't be used; what is in flight then is brought to rest at the next start.
    """
    disk, aside = disk or Disk(), Aside()
    with _run(books, folder) as (journal, run):
        reasons = _start_reasons(books, run, model, wishes)
        planned = [partial(_plan, wish, where, aside) for wish in wishes]
        outcomes = carry_out_rewritings(journal, disk, run.run_id, planned, cancel or threading.Event())
        yield from tell_tagging(journal, books, run, len(wishes), outcomes, aside, reasons)


def removals(books: Books, run_id: int) -> list[Removal]:
    """Return what `remove_tags` is to take away of a run; raise UsageError if it is no tagging, LibraryError.

    A category that the user has given a photo since is the user's own, and stays.
    """
    with Journal.open(books.journal_file) as journal:
        return _removals(journal, books, run_id)


def remove_tags(
    books: Books, run_id: int, *, cancel: threading.Event | None = None, disk: Disk | None = None
) -> Generator[Event, None, None]:
    """Take away the keywords that a run wrote by the model, wherever its photos are by now; yield events as `tag`.

    What was there before, what the user decided, and all else in the files stays. It is a run that can be undone.
    """
    disk, aside = disk or Disk(), Aside()
    folder = tagging_run(books.journal_file, run_id).folder
    with _run(books, folder, untags=run_id) as (journal, run):
        wanted = _removals(journal, books, run_id)
        planned = [partial(_plan_removal, removal, aside) for removal in wanted]
        outcomes = carry_out_rewritings(journal, disk, run.run_id, planned, cancel or threading.Event())
        yield from tell_tagging(journal, books, run, len(wanted), outcomes, aside)


@contextmanager
def _run(books: Books, folder: Path, untags: int | None = None) -> Iterator[tuple[Journal, Run]]:
    with sorting_alone(books.journal_file), Journal.open(books.journal_file) as journal:
        recover_in_flight(journal, books, Disk())
        kind: Literal["tag", "untag"] = "tag" if untags is None else "untag"
        run = journal.run(journal.start_run(kind, "edit", folder, folder, untags))
        assert run is not None
        yield journal, run


def _start_reasons(books: Books, run: Run, model: str, wishes: Sequence[Wish]) -> Reasons | None:
    if books.decisions is None:
        return None
    by_photo = {
        wish.photo.path: tuple(
            Provenance(
                FingerprintedPhoto(wish.photo, b""), each.category, each.probability, each.similarity,
                each.prompt, each.decided_by,
            )
            for each in wish.tags
        )
        for wish in wishes
    }  # fmt: skip
    return Reasons(books.decisions.start_run(f"tag {run.run_id}", model), by_photo)


def _plan(wish: Wish, where: Where, aside: Aside) -> Rewriting | Outcome | None:
    path = wish.photo.path
    by_keyword = {folded(keyword_of(each.category)): each for each in wish.tags}
    try:
        status = path.stat()
        if (status.st_size, status.st_mtime_ns) != (wish.photo.size, wish.photo.mtime_ns):
            return refuse_edit(path, "it has changed since it was looked at: look again")
        aside.fingerprints[path] = fingerprint(path)
        keywords = [keyword_of(each.category) for each in wish.tags]
        tagging = plan_tagging(path, keywords, PRESETS[where.preset], where.placement, iptc=where.iptc)
    except (MetadataError, PhotoError) as error:
        return refuse_edit(path, str(error))
    except OSError as error:
        return refuse_edit(path, f"it can't be read: {error.strerror}")
    if not tagging.edits:
        aside.unchanged += 1
        return None
    aside.notes[path] = tagging.note
    written = [by_keyword[folded(keyword)] for keyword in tagging.new]
    return rewriting(
        path,
        [_wanted(path, edit) for edit in tagging.edits],
        [Written(each.category, each.decided_by) for each in written],
    )


def _plan_removal(removal: Removal, aside: Aside) -> Rewriting | Outcome | None:
    try:
        aside.fingerprints[removal.photo] = fingerprint(removal.photo)
        tagging = plan_removal(removal.photo, [keyword_of(name) for name in removal.categories])
    except (MetadataError, PhotoError) as error:
        return refuse_edit(removal.photo, str(error))
    if not tagging.edits:
        aside.unchanged += 1
        return None
    aside.lost[removal.photo] = removal.categories
    return rewriting(removal.photo, [_wanted(removal.photo, edit) for edit in tagging.edits])


def _wanted(photo: Path, edit: Edit) -> WantedEdit:
    """Let a photo keep its time; a sidecar gets the present one, since programs look by it for what is new."""
    new_ns = edit.mtime_ns if edit.path == photo else time.time_ns()
    return WantedEdit(edit.path, edit.before, edit.after, edit.mtime_ns, new_ns)


def _removals(journal: Journal, books: Books, run_id: int) -> list[Removal]:
    tagging_run(books.journal_file, run_id)
    written = journal.written(run_id)
    now = journal.places_now((bundle_id, photo) for bundle_id, photo, _ in written)
    by_photo: dict[Path, list[str]] = {}
    for _, photo, each in written:
        if each.decided_by == "model":
            by_photo.setdefault(now[photo], []).append(each.category)
    found = []
    for photo, categories in by_photo.items():
        own = _said(books, photo)
        if left := tuple(name for name in categories if folded(keyword_of(name)) not in own):
            found.append(Removal(photo, left))
    return found


def _said(books: Books, photo: Path) -> set[tuple[str, ...]]:
    """Return the categories that the user gave a photo."""
    if books.decisions is None:
        return set()
    try:
        named = FingerprintedPhoto(Photo(photo, 0, 0), fingerprint(photo))
    except PhotoError:
        return set()
    return {
        folded(keyword_of(label.category))
        for labelled in books.decisions.labels([named])
        for label in labelled.labels
        if label.is_positive
    }
