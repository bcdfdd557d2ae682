"""Fetches a published checkpoint over whatever connection there is, and trusts nothing of it but its SHA-256.

Lengths and ranges that a server announces only guide the work; the file gets its name when its hash is right.
"""

import http.client
import re
import threading
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from io import FileIO
from pathlib import Path
from urllib.parse import quote, urlsplit

from clipsorter.clip.catalog import ModelCard
from clipsorter.clip.connection import SCHEMES, BrokenError, host_of, open_at, read_some
from clipsorter.clip.models_folder import (
    changing,
    demand_space,
    failure_at,
    in_mb,
    known_sha256,
    part_of,
    put_in_place,
    remember_sha256,
    sha256_of,
)
from clipsorter.errors import CancelledError, DownloadError, UsageError

RETRY_DELAYS_S = (1.0, 2.0, 4.0, 8.0)
_PROGRESS_BYTES = 2**20  # so much gained, and the tries are counted anew: a long download may break often
_CHUNK_BYTES = 2**18
_EVENT_S = 0.1
_RATE_EVENTS = 50  # the rate is that of the last five seconds


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is; `bytes_total` is None where the server does not say."""

    bytes_done: int
    bytes_total: int | None
    bytes_per_s: float


@dataclass(frozen=True, slots=True)
class Retry:
    """The download did not go on, for a `reason` that is a sentence, and tries again after `delay_s`."""

    reason: str
    delay_s: float


@dataclass(frozen=True, slots=True)
class _Order:
    card: ModelCard
    url: str
    part: Path
    cancel: threading.Event


def download(
    card: ModelCard,
    models_dir: Path,
    *,
    base_url: str,
    cancel: threading.Event | None = None,
    retry_delays_s: Sequence[float] = RETRY_DELAYS_S,
) -> Generator[Progress | Retry, None, None]:
    """Put the file of `card` into `models_dir`, going on from what an earlier try left there.

    The file is looked for at BASE_URL/SHA256/FILE. When the generator is used up, the file is there and proved;
    nothing happens if it was before. What was fetched is kept for the next try, unless it is wrong. To stop, set
    `cancel` from any thread, or close the generator.
    Raises UsageError (no address, another program at work, disk too full or not writable), DownloadError (what the
    server does), CancelledError (between two pieces; at the latest when the connection times out).
    """
    target = models_dir / card.file
    order = _Order(card, _address(card, base_url), part_of(target), cancel or threading.Event())
    with changing(models_dir):
        try:
            if target.is_file() and known_sha256(target, models_dir) == card.sha256:
                return
        except OSError as error:
            raise failure_at(target, error) from error
        yield from _fetch(order, retry_delays_s)
        put_in_place(order.part, target)
        remember_sha256(target, card.sha256, target.stat(), models_dir)


def _address(card: ModelCard, base_url: str) -> str:
    if not card.file:
        raise UsageError(f"{card.title} is part of the program; there is nothing to download.")
    try:
        parts = urlsplit(base_url)
        is_web = parts.scheme in SCHEMES and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web:
        raise UsageError(f"{base_url!r} is no address to download from: it has to begin with https:// or http://.")
    return f"{base_url.rstrip('/')}/{card.sha256}/{quote(card.file)}"


def _fetch(order: _Order, retry_delays_s: Sequence[float]) -> Iterator[Progress | Retry]:
    """Fill the part with the published file, however often the connection breaks."""
    furthest, delays, has_restarted = _size(order.part), iter(retry_delays_s), False
    while True:
        try:
            offset = yield from _receive(order)
        except BrokenError as error:
            if _size(order.part) >= furthest + _PROGRESS_BYTES:
                furthest, delays = _size(order.part), iter(retry_delays_s)
            delay_s = next(delays, None)
            if delay_s is None:
                raise DownloadError(f"{error} {_advice(order)}") from error
            yield Retry(str(error), delay_s)
            order.cancel.wait(delay_s)
            continue
        if _is_published(order):
            return
        _discard(order.part)
        if offset == 0 or has_restarted:
            raise DownloadError(
                f"What {host_of(order.url)} sent is not {order.card.title}: its SHA-256 is wrong. It was removed. "
                "Try again, or from another address."
            )
        has_restarted = True
        yield Retry("What an earlier try left does not fit the rest, so all of it is fetched again.", 0.0)


def _receive(order: _Order) -> Generator[Progress, None, int]:
    """Add the bytes of one answer to the part, and return at which offset they began."""
    card, part, host = order.card, order.part, host_of(order.url)
    _heed(order)
    offset = _size(part)
    response = open_at(order.url, offset)
    if response is None:
        return offset
    with response:
        place = _place(response, offset)
        if place is None:
            _discard(part)
            raise BrokenError(f"{host} sends another piece of {card.file} than it was asked for.")
        offset, total_bytes = place
        if total_bytes is not None and total_bytes > _most_bytes(card):
            raise DownloadError(
                f"{host} announces {in_mb(total_bytes)}, but {card.title} has {card.size_mb} MB: "
                "this is another file. Try another address."
            )
        try:
            file = part.open("ab" if offset else "wb", buffering=0)
        except OSError as error:
            raise failure_at(part, error) from error
        with file:
            demand_space(part.parent, (total_bytes or card.size_mb * 2**20) - offset, card.title)
            done = yield from _append(order, response, file, offset, total_bytes)
    if done > (_most_bytes(card) if total_bytes is None else total_bytes):
        _discard(part)
        raise DownloadError(f"{host} sends more than {card.title} has. It was removed. Try another address.")
    if total_bytes is not None and done < total_bytes and not _is_published(order):
        raise BrokenError(f"{host} broke off after {in_mb(done)} of {in_mb(total_bytes)}.")
    return offset


def _append(
    order: _Order, response: http.client.HTTPResponse, file: FileIO, offset: int, total_bytes: int | None
) -> Generator[Progress, None, int]:
    """Write the answer's bytes as they come, until there are too many, and return how many the file has then."""
    done, limit_bytes = offset, _most_bytes(order.card) if total_bytes is None else total_bytes
    samples = deque([(time.monotonic(), done)], maxlen=_RATE_EVENTS)
    yield Progress(done, total_bytes, 0.0)
    while done <= limit_bytes and (chunk := read_some(response, _CHUNK_BYTES)):
        _write(file, chunk, order.part)
        done += len(chunk)
        now_s = time.monotonic()
        if now_s - samples[-1][0] >= _EVENT_S:
            samples.append((now_s, done))
            yield Progress(done, total_bytes, (done - samples[0][1]) / (now_s - samples[0][0]))
        _heed(order)
    passed_s = max(time.monotonic() - samples[0][0], 1e-3)
    yield Progress(done, total_bytes, (done - samples[0][1]) / passed_s)
    return done


def _write(file: FileIO, chunk: bytes, part: Path) -> None:
    """Write all of a chunk, unbuffered, so that a full disk shows here and not when the file is closed."""
    rest = memoryview(chunk)
    try:
        while rest:
            rest = rest[file.write(rest) :]
    except OSError as error:
        raise failure_at(part, error) from error


def _place(response: http.client.HTTPResponse, offset: int) -> tuple[int, int | None] | None:
    """Read off an answer's head at which offset it begins and how long the file is; None: not what was asked for."""
    if response.status != HTTPStatus.PARTIAL_CONTENT:  # the server knows no ranges: it begins again
        return 0, response.length
    said = re.fullmatch(r"bytes (\d{1,18})-\d{1,18}/(\d{1,18}|\*)", response.headers.get("Content-Range", ""))
    if said is None or int(said[1]) != offset:
        return None
    if said[2] != "*":
        return offset, int(said[2])
    return offset, None if response.length is None else offset + response.length


def _advice(order: _Order) -> str:
    if _size(order.part):
        return f"{in_mb(_size(order.part))} were fetched and are kept; try again later."
    return "Try again later, or import the model from a file that you have."


def _heed(order: _Order) -> None:
    if order.cancel.is_set():
        raise CancelledError(
            f"The download of {order.card.title} was stopped at {in_mb(_size(order.part))}; "
            "the next one goes on from there."
        )


def _most_bytes(card: ModelCard) -> int:
    """Bound the file's size, which the cards give roughly."""
    return (card.size_mb * 11 // 10 + 1) * 2**20


def _size(part: Path) -> int:
    return part.stat().st_size if part.is_file() else 0


def _is_published(order: _Order) -> bool:
    try:
        return order.part.is_file() and sha256_of(order.part) == order.card.sha256
    except OSError as error:
        raise failure_at(order.part, error) from error


def _discard(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError as error:
        raise failure_at(part, error) from error
