"""The keywords of many photos, read one after the other for whoever shows or searches them; nothing is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from clipsorter.errors import MetadataError
from clipsorter.metadata.keywords import Keyword
from clipsorter.metadata.tagging import keywords_beside, names_in
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
