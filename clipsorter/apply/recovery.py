"""What every start does first: bring to rest what a crash left in flight."""

import logging
from dataclasses import dataclass
from pathlib import Path

from clipsorter.apply.books import Books, photo_of, renewed
from clipsorter.errors import ClipsorterError, UsageError
from clipsorter.moves.disk import Disk
from clipsorter.moves.journal import Journal
from clipsorter.moves.lock import sorting_alone
from clipsorter.moves.recovery import recover

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recovered:
    """How many bundles were finished and taken back, and a sentence for each that is open still or was odd."""

    finished: int
    taken_back: int
    open_photos: tuple[tuple[Path, str], ...]
    notices: tuple[str, ...]

    def sentences(self) -> tuple[str, ...]:
        """Return what to tell the user."""
        found = []
        if self.finished + self.taken_back:
            found.append(
                "Clipsorter was interrupted while it moved or tagged photos. None is lost: finished since "
                f"{self.finished}, taken back {self.taken_back}."
            )
        found += [f"{photo} is not settled yet: {reason}." for photo, reason in self.open_photos]
        return (*found, *self.notices)


def recovery_news(books: Books) -> tuple[str, ...]:
    """Recover, and return what to tell the user; a journal that can't be used stops nothing but moving photos."""
    try:
        recovered = recover_at_start(books)
    except ClipsorterError as error:
        return (str(error),)
    return recovered.sentences() if recovered else ()


def recover_at_start(books: Books) -> Recovered | None:
    """Finish or take back what was in flight; None if there was nothing, or another process is moving photos now.

    Creates nothing where nothing was ever moved. Raises LibraryError if the journal can't be used.
    """
    if not books.journal_file.exists():
        return None
    with Journal.open(books.journal_file) as journal:
        if not journal.in_flight() and not journal.unfinished() and not journal.notices:
            return None
        try:
            with sorting_alone(books.journal_file):
                recovered = recover_in_flight(journal, books, Disk())
        except UsageError:
            return None
    return recovered if recovered.sentences() else None


def recover_in_flight(journal: Journal, books: Books, disk: Disk) -> Recovered:
    """Finish or take back what is in flight in an open journal; the caller holds the lock."""
    outcomes = recover(journal, disk)
    tagged = [entry for each in outcomes if (entry := renewed(each))]
    notices = [*journal.notices, *books.follow(outcomes), *books.renew(tagged)]
    by_state = {state: [each for each in outcomes if each.state == state] for state in ("done", "back", "intended")}
    notices += [f"{each.failure}." for each in by_state["back"] if each.failure]
    recovered = Recovered(
        len(by_state["done"]),
        len(by_state["back"]),
        tuple((photo_of(each.bundle), each.failure) for each in by_state["intended"]),
        tuple(notices),
    )
    for sentence in recovered.sentences():
        _log.info("%s", sentence)
    return recovered
