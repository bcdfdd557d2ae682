"""The file names of a folder's photos, and their keywords: which have a text in them, and how names are ordered."""

import re
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

_DIGITS = re.compile(r"\d+")


class PhotoNames:
    """Names by row, in small and capital letters alike."""

    def __init__(self) -> None:
        self._folded: list[str] = []
        self._natural: list[str] = []  # whose order is that of their numbers: IMG_2 before IMG_10
        self._ranks = np.empty(0, np.int64)
        self._keywords: dict[int, str] = {}  # of rows whose keywords were read
        self._text, self._has_text = "", np.empty(0, bool)

    def add(self, names: Sequence[str]) -> None:
        """Take in the names of the rows that follow."""
        folded = [name.casefold() for name in names]
        self._folded += folded
        self._natural += [_DIGITS.sub(_padded, name) for name in folded]

    def set_keywords(self, words: Mapping[int, Sequence[str]]) -> bool:
        """Note the keywords of rows in place of earlier ones; tell whether a text may be found elsewhere now."""
        folded = {row: "\n".join(each).casefold() for row, each in words.items()}
        changed = {row: text for row, text in folded.items() if self._keywords.get(row, "") != text}
        self._keywords |= changed
        if changed:
            self._text = ""
        return bool(changed)

    def rows_of(self, names: Collection[str]) -> list[int]:
        """Return the rows that have one of these names."""
        wanted = {name.casefold() for name in names}
        return [row for row, name in enumerate(self._folded) if name in wanted]

    def with_text(self, text: str) -> NDArray[np.bool_]:
        """Tell of each row whether a text is in its name or a keyword, bool [N]; of those looked at, from memory."""
        text = text.casefold()
        is_new = text != self._text
        if is_new:
            self._text, self._has_text = text, np.empty(0, bool)
        new = self._folded[len(self._has_text) :]
        self._has_text = np.concatenate([self._has_text, np.fromiter((text in name for name in new), bool, len(new))])
        if is_new and self._keywords:
            self._has_text[[row for row, words in self._keywords.items() if text in words]] = True
        return self._has_text

    def ranks(self) -> NDArray[np.int64]:
        """Return the place of each name among all names, int64 [N]."""
        names = self._natural
        if len(self._ranks) != len(names):
            self._ranks = np.empty(len(names), np.int64)
            self._ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
        return self._ranks


def _padded(digits: re.Match[str]) -> str:
    return digits[0].zfill(12)
