"""How a run of edits is told: each photo as it ends, with the books that follow it, and sums that add up."""

from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from clipsorter.apply.books import Books, photo_of, renewed
from clipsorter.apply.events import Begun, Event, Finished, Progress, Report, Stayed, Tagged
from clipsorter.errors import LibraryError
from clipsorter.library.decisions import Provenance
from clipsorter.moves.journal import Journal, Outcome, Run
from clipsorter.photos.fingerprint import FingerprintedPhoto
from clipsorter.photos.photo import Photo

_FOLLOWED_AT_ONCE = 64


@dataclass(slots=True)
class Aside:
    """What the planning of photos leaves for the telling: notes, names of contents, reasons, and who was unchanged."""

    notes: dict[Path, str] = field(default_factory=dict)
    fingerprints: dict[Path, bytes] = field(default_factory=dict)
    lost: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why photos get their categories: the entries for the library, and its run."""

    run_id: int
    by_photo: Mapping[Path, tuple[Provenance, ...]]


def tell_tagging(
    journal: Journal,
    books: Books,
    run: Run,
    photos: int,
    outcomes: Generator[Outcome, None, None],
    aside: Aside | None = None,
    reasons: Reasons | None = None,
) -> Iterator[Event]:
    """Turn outcomes into events, let the other books follow in groups, and close the run with its report."""
    aside = aside or Aside()
    yield Begun(run.run_id, photos)
    counts = {"done": 0, "back": 0, "intended": 0}
    files = 0
    notices: dict[str, None] = dict.fromkeys(journal.notices)
    group: list[Outcome] = []
    with closing(outcomes):
        for outcome in outcomes:
            counts[outcome.state] += 1
            group.append(outcome)
            if outcome.state == "done":
                files += len(outcome.bundle.edits)
                yield _tagged(outcome, aside)
            else:
                yield Stayed(photo_of(outcome.bundle), outcome.failure, outcome.state == "intended")
            if len(group) >= _FOLLOWED_AT_ONCE:
                notices |= dict.fromkeys(_follow(books, group, aside, reasons))
                group = []
            yield Progress(sum(counts.values()) + aside.unchanged, photos)
    notices |= dict.fromkeys(_follow(books, group, aside, reasons))
    if reasons is not None and books.decisions is not None:
        failed = counts["back"] + counts["intended"]
        books.decisions.finish_run(reasons.run_id, photo_count=counts["done"], failed_count=failed)
    journal.finish_run(run.run_id)
    yield Finished(
        Report(
            run.run_id, run.kind, run.mode, photos,
            counts["done"], files, counts["back"], counts["intended"], tuple(notices), aside.unchanged,
        )
    )  # fmt: skip


def _tagged(outcome: Outcome, aside: Aside) -> Tagged:
    bundle = outcome.bundle
    path = photo_of(bundle)
    categories = aside.lost.get(path) or tuple(written.category for written in bundle.written)
    return Tagged(_now(path), categories, tuple(edit.path for edit in bundle.edits), aside.notes.get(path, ""))


def _now(path: Path) -> Photo:
    try:
        status = path.stat()
    except OSError:  # something else took it away just now
        return Photo(path, 0, 0)
    return Photo(path, status.st_size, status.st_mtime_ns)


def _follow(books: Books, group: list[Outcome], aside: Aside, reasons: Reasons | None) -> tuple[str, ...]:
    """Let vectors, labels and thumbnails stay with the photos, and keep why they got their categories."""
    entries = [entry for each in group if (entry := renewed(each, aside.fingerprints.get(photo_of(each.bundle), b"")))]
    notices = books.renew(entries)
    if reasons is None or books.decisions is None:
        return notices
    named = {entry.now.photo.path: entry.now for entry in entries}
    try:
        books.decisions.record_provenance(reasons.run_id, _provenance(group, named, aside, reasons))
    except LibraryError as error:
        notices += (str(error),)
    return notices


def _provenance(
    group: list[Outcome], named: Mapping[Path, FingerprintedPhoto], aside: Aside, reasons: Reasons
) -> list[Provenance]:
    found = []
    for outcome in group:
        path = photo_of(outcome.bundle)
        written = {each.category for each in outcome.bundle.written} if outcome.state == "done" else set()
        for entry in reasons.by_photo.get(path, ()):
            if entry.category in written:
                photo = named.get(path) or FingerprintedPhoto(entry.photo.photo, aside.fingerprints[path])
                found.append(
                    Provenance(
                        photo, entry.category, entry.probability, entry.similarity, entry.prompt, entry.decided_by
                    )
                )
    return found
