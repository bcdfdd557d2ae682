"""The keywords of many photos, read one after the other for whoever shows or searches them; nothing is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from clipsorter.errors import MetadataError
from clipsorter.metadata.keywords import Keyword
from clipsorter.metadata.sidecar import sidecars_of
from clipsorter.metadata.tagging import keywords_beside, names_in
from clipsorter.photos.facts import Praise, stars_in
from clipsorter.photos.placeholder import IN_CLOUD, is_placeholder


@dataclass(frozen=True, slots=True)
class PhotoKeywords:
    """The keywords of a photo, from all its files; or none, and `f"{photo} {problem}"` says why."""

    photo: Path
    keywords: tuple[Keyword, ...]
    problem: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Return the keywords as they are shown: `Animals/Dog`."""
        return tuple("/".join(keyword) for keyword in self.keywords)


def read_keywords(photos: Iterable[Path]) -> Iterator[PhotoKeywords]:
    """Yield the keywords of each photo, in order; each folder is listed once. Meant for a thread of its own.

    A photo whose content is only in the cloud is not fetched.
    """
    listings: dict[Path, list[str]] = {}
    for photo in photos:
        try:
            if is_placeholder(photo):
                raise MetadataError(IN_CLOUD)
            if photo.parent not in listings:
                listings[photo.parent] = names_in(photo.parent)
            found = tuple(keywords_beside(photo, listings[photo.parent]))
        except MetadataError as error:
            yield PhotoKeywords(photo, (), f"has keywords that can't be read: {error}")
        else:
            yield PhotoKeywords(photo, found)


class PraiseReader:
    """Reads how photos were praised: stars from their sidecars, and keywords from all their files."""

    def __init__(self) -> None:
        self._listings: dict[Path, list[str]] = {}  # each folder is listed once

    def __call__(self, photo: Path) -> Praise:
        """Return what is said of a photo; what can't be read says nothing."""
        try:
            if is_placeholder(photo):
                return Praise()
            if photo.parent not in self._listings:
                self._listings[photo.parent] = names_in(photo.parent)
            names = self._listings[photo.parent]
            stars = [stars_in(sidecar.read_bytes()) for sidecar in sidecars_of(photo, names)]
            return Praise(
                max((each for each in stars if each is not None), default=None), len(keywords_beside(photo, names))
            )
        except (OSError, MetadataError):
            return Praise()
