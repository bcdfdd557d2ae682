"""Sentences to token ids, as CLIP was trained with: lower-case byte-level byte-pair encoding.

The algorithm is that of Sennrich et al. 2016, on UTF-8 bytes; the vocabulary is resources/clip/vocabulary.txt.
"""

import html
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

import ftfy
import numpy as np
import regex
from numpy.typing import NDArray

from clipsorter.errors import UsageError
from clipsorter.paths import resource

CONTEXT_LENGTH = 77
_END_OF_WORD = "</w>"
_START, _END = "<|startoftext|>", "<|endoftext|>"
_WORDS = regex.compile(
    rf"{regex.escape(_START)}|{regex.escape(_END)}|'(?:s|t|re|ve|m|ll|d)|\p{{L}}+|\p{{N}}|[^\s\p{{L}}\p{{N}}]+",
    regex.IGNORECASE,
)


@cache
def _byte_letters() -> list[str]:
    """Give each byte a printable letter: itself where it is one, else one from U+0100 on."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in printable]
    letters = {byte: chr(byte) for byte in printable} | {byte: chr(256 + i) for i, byte in enumerate(others)}
    return [letters[byte] for byte in range(256)]


@cache
def _vocabulary() -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    """Return the rank of each merge, and the id of each token: letters, word-final letters, merges, two specials."""
    lines = resource("clip/vocabulary.txt").read_text(encoding="utf-8").splitlines()
    merges = [(left, right) for left, right in (line.split(" ") for line in lines)]
    # Ids follow the order of the letters' code points, printable bytes first: that of the published vocabulary.
    letters = sorted(_byte_letters())
    tokens = letters + [letter + _END_OF_WORD for letter in letters]
    tokens += [left + right for left, right in merges] + [_START, _END]
    return {merge: rank for rank, merge in enumerate(merges)}, {token: i for i, token in enumerate(tokens)}


@lru_cache(maxsize=65536)
def _word_ids(word: str) -> tuple[int, ...]:
    """Merge the letters of one word, best-ranked pair first, until no pair is in the vocabulary."""
    ranks, ids = _vocabulary()
    if word in (_START, _END):
        return (ids[word],)
    letters = _byte_letters()
    parts = [letters[byte] for byte in word.encode("utf-8")]
    parts[-1] += _END_OF_WORD
    while len(parts) > 1:
        best = min(pairwise(parts), key=lambda pair: ranks.get(pair, len(ranks)))
        if best not in ranks:
            break
        merged: list[str] = []
        i = 0
        while i < len(parts):
            if tuple(parts[i : i + 2]) == best:
                merged.append(parts[i] + parts[i + 1])
                i += 2
            else:
                merged.append(parts[i])
                i += 1
        parts = merged
    return tuple(ids[part] for part in parts)


def clean(text: str) -> str:
    """Repair mojibake, resolve HTML entities (twice, as the training data did), fold whitespace and case."""
    text = html.unescape(html.unescape(ftfy.fix_text(text)))
    return regex.sub(r"\s+", " ", text.strip()).strip().lower()


def encode(text: str) -> list[int]:
    """Turn one text of any length into ids, without start and end."""
    return [token for word in _WORDS.findall(clean(text)) for token in _word_ids(word)]


def tokenize_array(
    texts: str | Sequence[str], context_length: int = CONTEXT_LENGTH, truncate: bool = False
) -> NDArray[np.int32]:
    """Turn texts into ids, int32 [len(texts), context_length]: start, text, end, zeros.

    A text that is too long is cut before the end token if `truncate`, else raises UsageError.
    """
    texts = [texts] if isinstance(texts, str) else texts
    _, ids = _vocabulary()
    result = np.zeros((len(texts), context_length), dtype=np.int32)
    for row, text in zip(result, texts, strict=True):
        tokens = [ids[_START], *encode(text), ids[_END]]
        if len(tokens) > context_length:
            if not truncate:
                raise UsageError(
                    f"“{text[:60]}…” is too long for the model: {len(tokens)} tokens, {context_length} fit. Shorten it."
                )
            tokens = [*tokens[: context_length - 1], ids[_END]]
        row[: len(tokens)] = tokens
    return result
