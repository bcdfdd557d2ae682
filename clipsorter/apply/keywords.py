"""Keywords that photos have already, taken for the user's own decisions where they name a category."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from clipsorter.apply.books import Books
from clipsorter.errors import PhotoError
from clipsorter.metadata.keywords import Keyword, folded, keyword_of
from clipsorter.metadata.reading import read_keywords
from clipsorter.moves.journal import Journal
from clipsorter.photos.fingerprint import FingerprintedPhoto, fingerprint
from clipsorter.photos.photo import Photo

_AT_ONCE = 64  # photos whose labels share a transaction


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one photo: the categories that are the user's word now, or why its keywords can't be read."""

    photo: Path
    categories: tuple[str, ...]
    problem: str = ""


def import_keywords(photos: Sequence[Photo], categories: Sequence[str], books: Books) -> Iterator[Imported]:
    """Record keywords that equal a category as the user's decisions, and yield what became of each photo.

    A keyword names a category if both are the same path, or if one of them is a single name and the other ends in it;
    upper and lower case are the same. What the user said of a photo in the window stays as it is, and what Clipsorter
    itself wrote for the model is nobody's decision. Needs `books.decisions`; raises LibraryError.
    """
    assert books.decisions is not None
    own = _written_by_model(books)
    by_path = {photo.path: photo for photo in photos}
    entries = read_keywords(by_path)
    while group := list(islice(entries, _AT_ONCE)):
        imported: list[Imported] = []
        labels: dict[str, list[FingerprintedPhoto]] = {}
        for found in group:
            names = [name for name in categories if any(names_category(each, name) for each in found.keywords)]
            names = [name for name in names if (found.photo, folded(keyword_of(name))) not in own]
            try:
                named = FingerprintedPhoto(by_path[found.photo], fingerprint(found.photo)) if names else None
            except PhotoError as error:
                imported.append(Imported(found.photo, (), str(error)))
                continue
            if named is not None:
                said = {label.category for each in books.decisions.labels([named]) for label in each.labels}
                names = [] if said & set(categories) else names
                for name in names:
                    labels.setdefault(name, []).append(named)
            imported.append(Imported(found.photo, tuple(names), found.problem))
        for name, named_photos in labels.items():
            books.decisions.record_labels(named_photos, name, is_positive=True)
        yield from imported


def names_category(keyword: Keyword, category: str) -> bool:
    """Tell whether a keyword names a category, by its path, or by its last level where one of them has no other."""
    one, other = folded(keyword), folded(keyword_of(category))
    return one == other or (1 in (len(one), len(other)) and one[-1] == other[-1])


def _written_by_model(books: Books) -> set[tuple[Path, Keyword]]:
    if not books.journal_file.exists():
        return set()
    with Journal.open(books.journal_file) as journal:
        written = journal.written()
        now = journal.places_now((bundle_id, photo) for bundle_id, photo, _ in written)
    return {(now[photo], folded(keyword_of(each.category))) for _, photo, each in written if each.decided_by == "model"}
