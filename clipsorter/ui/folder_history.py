"""Which folders were opened, for going back and forward, and which of them and of the favourites are to be listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_MAX_RECENT = 8


class History:
    """The folders of this session in the order in which they were opened, and where in it one is."""

    def __init__(self) -> None:
        self._folders: list[Path] = []
        self._place = -1

    def visit(self, folder: Path) -> None:
        """Go on to a folder; what lay ahead is forgotten, unless it is the folder where one is already."""
        if self._place >= 0 and self._folders[self._place] == folder:
            return
        self._folders = [*self._folders[: self._place + 1], folder]
        self._place += 1

    def step(self, by: int) -> Path | None:
        """Go back (-1) or forward (1); return the folder there, or None at the end."""
        if not self.can_step(by):
            return None
        self._place += by
        return self._folders[self._place]

    def can_step(self, by: int) -> bool:
        """Tell whether there is a folder in that direction."""
        return self._place >= 0 and 0 <= self._place + by < len(self._folders)


@dataclass(frozen=True, slots=True)
class Places:
    """Folders that are kept: favourites in the user's order, and the last that were opened, newest first."""

    favourites: tuple[Path, ...] = ()
    recent: tuple[Path, ...] = ()

    @classmethod
    def from_lines(cls, favourites: str, recent: str) -> "Places":
        """Read what `lines` wrote; what is no absolute path is left out."""
        return cls(_read(favourites), _read(recent)[:_MAX_RECENT])

    def lines(self) -> tuple[str, str]:
        """Return favourites and recent folders, one a line."""
        return _write(self.favourites), _write(self.recent)

    def with_opened(self, folder: Path) -> "Places":
        """Return the same with a folder as the newest."""
        others = (each for each in self.recent if each != folder)
        return Places(self.favourites, (folder, *others)[:_MAX_RECENT])

    def with_favourite(self, folder: Path, is_favourite: bool) -> "Places":
        """Return the same with a folder added to the favourites, or taken out."""
        others = tuple(each for each in self.favourites if each != folder)
        if is_favourite and folder in self.favourites:
            return self
        return Places((*others, folder) if is_favourite else others, self.recent)

    def without_recent(self, folder: Path) -> "Places":
        """Return the same without a folder among the recent ones."""
        return Places(self.favourites, tuple(each for each in self.recent if each != folder))


def _read(lines: str) -> tuple[Path, ...]:
    found = (Path(line) for line in lines.splitlines() if line.strip() and "\0" not in line)
    return tuple(dict.fromkeys(path for path in found if path.is_absolute()))


def _write(folders: Sequence[Path]) -> str:
    return "\n".join(name for folder in folders if len((name := str(folder)).splitlines()) == 1 and name.isprintable())
