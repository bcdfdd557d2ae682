"""`clipsorter search` and `clipsorter similar`: the photos of a folder, or of all that is remembered, that fit best."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from clipsorter.analyse import (
    Block,
    Embedded,
    Failed,
    Memory,
    Progress,
    analyse,
    best_of,
    sought_by,
    unknown_phrases,
    vector_of,
)
from clipsorter.cli.found_rows import write_hits
from clipsorter.cli.memory import opened_memory
from clipsorter.cli.model import ready_encoder
from clipsorter.cli.progress import ProgressLine
from clipsorter.cli.text import counted, printable
from clipsorter.clip.encoder import Encoder, Sought
from clipsorter.clip.tuning import Tuning, tune
from clipsorter.errors import UsageError
from clipsorter.photos.scan import absolute, scan
from clipsorter.settings import load_settings
from clipsorter.sorting.query import Like, Query, parse_query


def search(options: argparse.Namespace) -> int:
    """Print the photos that fit a query; 1 if some photos could not be read."""
    query = parse_query(options.query)
    if query.is_empty:
        raise UsageError("The query says nothing to look for: write some words, such as 'beach at sunset -people'.")
    if options.folder is None and os.sep in options.query and Path(options.query).is_dir():
        raise UsageError(
            f"Say what to look for in {options.query} as well: clipsorter search FOLDER 'beach at sunset -people'"
        )
    return _find(options, query)


def similar(options: argparse.Namespace) -> int:
    """Print the photos that are like one; 1 if some photos could not be read."""
    return _find(options, Query(photos=(Like(options.photo),)))


def _find(options: argparse.Namespace, query: Query) -> int:
    folder: Path | None = options.folder
    named = [like.path for like in query.photos]
    scan(named if folder is None else [folder, *named])  # refuses what isn't there before the model is loaded
    settings = load_settings()
    encoder = ready_encoder(options, settings)
    _tell_unknown(encoder, query)
    tuning = tune(encoder)
    with opened_memory(settings, wanted=not options.no_index) as memory, ProgressLine() as progress:
        sought = _sought(query, encoder, memory, tuning)
        source = _Source(options, encoder, memory, tuning, progress)
        excluded = {absolute(like.path) for like in query.photos}
        hits = best_of(encoder, source.blocks(), sought, options.top + len(excluded))
        hits = [hit for hit in hits if hit.photo.path not in excluded][: options.top]
        write_hits(options.format, hits, absolute(folder) if folder else None, progress.console)
    where = printable(folder) if folder else "all that Clipsorter remembers"
    failed = f", {source.failed} could not be read" if source.failed else ""
    print(f"The best {len(hits)} of {counted(source.seen, 'photo')} of {where}{failed}.", file=sys.stderr)
    return 1 if source.failed else 0


def _sought(query: Query, encoder: Encoder, memory: Memory | None, tuning: Tuning) -> Sought:
    """Look at the photos that others should be like, and at a prompt that may be too long, before all others."""
    likes = [vector_of(like.path, encoder, memory, tuning).embeddings for like in query.photos]
    sought = sought_by(query, np.concatenate(likes) if likes else None)
    encoder.relevance(np.empty((0, encoder.card.embed_dim), np.float32), sought)
    return sought


def _tell_unknown(encoder: Encoder, query: Query) -> None:
    unknown = unknown_phrases(encoder, query)
    if unknown and len(unknown) == len(query.phrases) and not query.photos:
        raise UsageError(
            f"{encoder.card.title} knows none of these words: {', '.join(unknown)}. Use plain English nouns, "
            "or get CLIP, which reads whole sentences: clipsorter models download ViT-B/32"
        )
    for phrase in unknown:
        print(
            f"clipsorter: {encoder.card.title} does not know “{printable(phrase)}”, so it is passed over.",
            file=sys.stderr,
        )


class _Source:
    """The vectors that are searched, block by block, and the counts of what was seen."""

    def __init__(
        self,
        options: argparse.Namespace,
        encoder: Encoder,
        memory: Memory | None,
        tuning: Tuning,
        progress: ProgressLine,
    ) -> None:
        self._options, self._encoder, self._memory = options, encoder, memory
        self._tuning, self._progress = tuning, progress
        self.seen = self.failed = 0

    def blocks(self) -> Iterator[Block]:
        """Yield the photos of the folder, looked at where they are new, or all that the index holds."""
        for photos, embeddings in self._of_library() if self._options.folder is None else self._of_folder():
            self.seen += len(photos)
            yield photos, embeddings

    def _of_library(self) -> Iterator[Block]:
        if self._memory is None:
            raise UsageError("Without the index there is nothing to search but a folder: name one.")
        yield from self._memory.index.blocks(self._encoder.key)

    def _of_folder(self) -> Iterator[Block]:
        options = self._options
        run = analyse(
            options.folder, self._encoder,
            memory=self._memory, recursive=options.recursive, retry=options.retry, tuning=self._tuning,
        )  # fmt: skip
        with closing(run) as events:
            for event in events:
                match event:
                    case Embedded(photos, embeddings):
                        yield photos, embeddings
                    case Failed(path, reason):
                        self.failed += 1
                        print(f"clipsorter: {printable(path)} {printable(reason)}.", file=sys.stderr)
                    case Progress():
                        self._progress.show(event)
