"""Which files are one picture: a photo and what belongs to it move together or not at all."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of one folder that move together: the leading photo, then other photos and sidecars, in order.

    The leader is the RAW file if there is one. `is_doubtful` tells that more than one photo could own one of the
    companions: they go together, so that nothing is parted, and whoever shows the bundle says so.
    """

    photo: Path
    companions: tuple[Path, ...] = ()
    is_doubtful: bool = False

    @property
    def files(self) -> tuple[Path, ...]:
        """Return all files, the leader first."""
        return (self.photo, *self.companions)


def bundles_in(folder: Path, names: Iterable[str], photos: Collection[str] = ()) -> list[Bundle]:
    """Group the names of one whole folder into bundles, each photo in exactly one, other files in at most one.

    `photos` are names that are photos whatever their suffix. Nothing is looked at: the names say it all.
    """
    raise NotImplementedError


def numbered_names(bundle: Bundle, number: int) -> tuple[str, ...] | None:
    """Return the names of the bundle's files with ` (number)` after the part that all share, in their order.

    Sidecars still belong to their photo by the new names. What would be too long is shortened before the number;
    None if there is no room. Number 1 gives the names as they are.
    """
    raise NotImplementedError
