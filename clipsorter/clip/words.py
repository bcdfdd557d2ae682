"""The starter's dictionary: phrases to sentence vectors by tables instead of a text model.

`packaging/make_starter_tables.py` makes the tables: one row for each whole word that MiniLM knows and for several
thousand terms of more than one word. A row is the sentence vector of its key, int8 up to a factor.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipsorter.clip.vectors import unit

DIMENSIONS = 384
ROWS_A_FILE = 5000  # keeps each file of the table under 2 MB
_LONGEST_KEY = 5  # words

_BETWEEN_ALTERNATIVES = re.compile(r"[,;&+|/]|\b(?:and|or)\b", re.IGNORECASE)
_MEANINGLESS = frozenset(
    "a an the my our your his her their its some any all other others of in on at with without for to from by is are "
    "this that these those photo photos photograph photographs picture pictures pic pics image images shot shots "
    "misc miscellaneous various".split()
)
_PLURALS = (("men", "man"), ("ies", "y"), ("ves", "f"), ("ves", "fe"), ("es", ""), ("s", ""))


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without accents, hyphens and possessives."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return re.findall(r"[^\W_]+", re.sub(r"'s?\b", "", plain))


def key_of(text: str) -> str:
    """Return a text in the spelling of the tables."""
    return " ".join(words_of(text))


def alternatives(phrase: str) -> list[str]:
    """Split what the user joined: `boats and ships` are boats or ships."""
    return [part for part in (part.strip() for part in _BETWEEN_ALTERNATIVES.split(phrase)) if part]


def meaningful(phrase: str) -> str:
    """Return the key of a phrase without the words that every photo could have: `a photo of my dog` is `dog`."""
    return " ".join(word for word in words_of(phrase) if word not in _MEANINGLESS)


class Dictionary:
    """Looks up vectors of phrases; nothing is read but the rows that are asked for."""

    def __init__(self, folder: Path) -> None:
        """Open the tables words.txt, words-*.npy and plurals.json of a folder."""
        keys = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
        self._row = {key: row for row, key in enumerate(keys)}
        parts = -(-len(keys) // ROWS_A_FILE)
        self._parts = [np.load(folder / f"words-{part}.npy", mmap_mode="r") for part in range(parts)]
        self._irregular: dict[str, str] = json.loads((folder / "plurals.json").read_text(encoding="utf-8"))

    def __contains__(self, key: str) -> bool:
        return key in self._row

    def forms(self, key: str) -> Iterator[str]:
        """Give a key and then what it may be the plural of."""
        yield key
        before, space, last = key.rpartition(" ")
        if last in self._irregular:
            yield before + space + self._irregular[last]
        if last.endswith("ss"):
            return
        for plural, singular in _PLURALS:
            if last.endswith(plural) and (len(last) > len(plural) + 1 or last == "men"):
                yield before + space + last.removesuffix(plural) + singular

    def vector(self, phrase: str) -> NDArray[np.float32] | None:
        """Return the unit vector float32 [384] of a phrase: the mean over its words, or None if none is known.

        Words that have a row together (`hot dog`) count as one.
        """
        rows = list(self._rows(words_of(phrase)))
        return unit(np.sum(rows, axis=0)) if rows else None

    def _rows(self, words: list[str]) -> Iterator[NDArray[np.float32]]:
        start = 0
        while start < len(words):
            for length in range(min(_LONGEST_KEY, len(words) - start), 0, -1):
                key = " ".join(words[start : start + length])
                if key in _MEANINGLESS:
                    continue
                known = next((form for form in self.forms(key) if form in self._row), None)
                if known is not None:
                    yield self._read(self._row[known])
                    break
            start += length

    def _read(self, row: int) -> NDArray[np.float32]:
        part, place = divmod(row, ROWS_A_FILE)
        return unit(self._parts[part][place].astype(np.float32))
