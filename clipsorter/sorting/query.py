"""What a line in the search box asks for: phrases and photos, each with a weight."""

import re
from dataclasses import dataclass
from pathlib import Path

MOST_WEIGHT = 10.0

# A minus before it, `like:` before it, quotes or none around it, a weight behind it. A quote that is not closed yet, as
# while it is typed, goes to the end; two of them inside stand for one, which may be in a file's name.
_PART = re.compile(
    r"""(?P<minus>-)?
        (?P<like>like:)?
        (?:"(?P<quoted>(?:[^"]|"")*)(?:"|$)|(?P<bare>[^\s"*]+))
        (?:\*(?P<weight>\d+(?:\.\d*)?|\.\d+)?)?
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that photos should fit, or with a weight below 0 should not fit."""

    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Like:
    """A photo that others should be like, or with a weight below 0 unlike."""

    path: Path
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Query:
    """All that is asked for at once; empty if nothing is."""

    phrases: tuple[Phrase, ...] = ()
    photos: tuple[Like, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is asked for."""
        return not self.phrases and not self.photos


def parse_query(text: str) -> Query:
    """Read a line such as `beach at sunset -people`, `dog*2 "on a lawn"` or `snow like:winter/IMG_2041.jpg`.

    Plain words are one phrase together; what has a sign, a weight or quotes stands for itself. Every line means
    something, so that results can be shown while it is typed: signs without words are passed over.
    """
    plain: list[str] = []
    phrases: list[Phrase] = []
    photos: list[Like] = []
    for part in _PART.finditer(text):
        words = (part["bare"] if part["quoted"] is None else part["quoted"].replace('""', '"')).strip()
        weight = min(float(part["weight"] or 1), MOST_WEIGHT) * (-1 if part["minus"] else 1)
        if not words or not weight or words.casefold() == "like:":
            continue
        if part["like"]:
            photos.append(Like(_path(words), weight))
        elif part["minus"] or part["weight"] or part["quoted"] is not None:
            phrases.append(Phrase(words, weight))
        elif any(sign.isalnum() for sign in words):
            plain.append(words)
    whole = [Phrase(" ".join(plain))] if plain else []
    return Query(tuple(whole + phrases), tuple(photos))


def like_photo(path: Path) -> str:
    """Return how a line asks for photos like one."""
    doubled = str(path).replace('"', '""')
    return f'like:"{doubled}"'


def _path(words: str) -> Path:
    """Return the path that is meant; `~` is the user's folder, and `~name` that of another who is known here."""
    try:
        return Path(words).expanduser()
    except RuntimeError:  # nobody of that name: half of a path that is being typed, or a file that begins like this
        return Path(words)
