"""`clipsorter check`: what is odd about a list of categories, told from how the photos of a folder fit it."""

import argparse
import json
import sys

import numpy as np
from numpy.typing import NDArray

from clipsorter.analyse import Compared, Memory, Question, score
from clipsorter.analyse.checking import Checked, Checking, check, without_refused
from clipsorter.cli.asking import learned, taught_names, thresholds
from clipsorter.cli.duplicates import look
from clipsorter.cli.finding_words import next_steps, sentence, title
from clipsorter.cli.found_rows import shown
from clipsorter.cli.memory import opened_decisions, opened_memory
from clipsorter.cli.model import ready_encoder
from clipsorter.cli.progress import ProgressLine
from clipsorter.cli.question import read_categories
from clipsorter.cli.text import counted, printable
from clipsorter.clip.encoder import Encoder
from clipsorter.library.decisions import Decisions
from clipsorter.photos.fingerprint import FingerprintedPhoto
from clipsorter.photos.scan import absolute, scan
from clipsorter.settings import load_settings
from clipsorter.sorting.checkup import Finding, photos_of

_SHOWN = 3


def check_categories(options: argparse.Namespace) -> int:
    """Print what is found; 1 if some photos could not be read."""
    categories = read_categories(options)
    scan(options.folder)  # refuses a folder that isn't there before the model is loaded
    settings = load_settings()
    encoder = ready_encoder(options, settings)
    question = Question(categories, thresholds(options.min_confidence, encoder), 5)
    score(encoder, np.empty((0, encoder.card.embed_dim), np.float32), question)  # refuses a prompt that is too long
    with opened_memory(settings) as memory, opened_decisions() as decisions, ProgressLine() as progress:
        assert memory is not None
        looked, failed = look(options, encoder, memory, progress)
        checked = _checked(encoder, question, looked, memory, decisions, options.learns)
        findings: list[Finding] = []
        for event in check(encoder, checked):
            if isinstance(event, Checking):
                progress.advance(round(event.done * len(looked.photos)), len(looked.photos), "checking")
            else:
                findings.append(event)
    for finding in findings:
        paths = [looked.photos[row].path for row in photos_of(finding).tolist()]
        if options.format == "jsonl":
            said = {"finding": title(finding), "explanation": sentence(finding), "next": next_steps(finding)}
            print(json.dumps({"kind": type(finding).__name__, **said, "photos": [str(path) for path in paths]}))
            continue
        print(printable(title(finding)))
        print(f"    {printable(sentence(finding))}")
        if paths:
            few = ", ".join(printable(shown(path, absolute(options.folder))) for path in paths[:_SHOWN])
            print(f"    Such as: {few}")
        for step in next_steps(finding):
            print(f"    → {printable(step)}")
    count = counted(len(findings), "finding") if findings else "Nothing is odd"
    names = f"{len(categories)} categor{'y' if len(categories) == 1 else 'ies'}"
    print(
        f"{count} about {names}, on {counted(len(looked.photos), 'photo')}; {failed} could not be read.",
        file=sys.stderr,
    )
    return 1 if failed else 0


def _checked(
    encoder: Encoder, question: Question, looked: Compared, memory: Memory, decisions: Decisions | None, learns: bool
) -> Checked:
    """Answer the question for all photos, with what the user said of them."""
    lesson = learned(encoder, question, memory, decisions) if learns else None
    embeddings = looked.embeddings.astype(np.float32)
    ranking = score(encoder, embeddings, question, lesson)
    named = [FingerprintedPhoto(*each) for each in zip(looked.photos, looked.fingerprints, strict=True)]
    labelled = decisions.labels(named) if decisions is not None else []
    places = {photo: place for place, photo in enumerate(looked.photos)}
    columns = {name: column for column, name in enumerate(ranking.names)}
    decided: NDArray[np.int64] = np.full(len(named), -1, np.int64)
    for each in labelled:
        decided[places[each.photo.photo]] = columns.get(each.category or "", -1)
    refused = {places[each.photo.photo]: each.refused for each in labelled}
    taught = taught_names(question.categories, lesson)
    return Checked(question, embeddings, without_refused(ranking, refused), decided, frozenset(taught))
