"""What `classify` and `sort` share: the model, the question, what is remembered, and an answer for each photo."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial

import numpy as np

from clipsorter.analyse import Failed, Finished, Found, Memory, Progress, Question, analyse, score, teach
from clipsorter.analyse.fitting import fit
from clipsorter.analyse.teaching import examples_of, pool_of, said_of_all
from clipsorter.cli.judging import Answer, answers
from clipsorter.cli.memory import opened_decisions, opened_memory
from clipsorter.cli.model import ready_encoder
from clipsorter.cli.progress import ProgressLine
from clipsorter.cli.question import read_categories
from clipsorter.cli.text import printable
from clipsorter.clip.catalog import catalog
from clipsorter.clip.encoder import Encoder
from clipsorter.clip.tuning import tune
from clipsorter.errors import UsageError
from clipsorter.library.decisions import Decisions
from clipsorter.photos.scan import scan
from clipsorter.settings import load_settings
from clipsorter.sorting.category import Category
from clipsorter.sorting.classifier import NO_BAND, Thresholds
from clipsorter.sorting.lesson import Lesson


@dataclass(frozen=True, slots=True)
class Asking:
    """A question on its way: the answers as they come, and the books that are open meanwhile."""

    categories: Sequence[Category]
    answers: Iterator[Answer | Found | Failed | Progress | Finished]
    progress: ProgressLine
    memory: Memory | None
    decisions: Decisions | None
    model: str


@contextmanager
def asking(options: argparse.Namespace, *, several: bool = False) -> Iterator[Asking]:
    """Ask of each photo of a folder what the options ask; raise UsageError before any photo is opened.

    With `several` each answer has every category that fits.
    """
    categories = read_categories(options)
    scan(options.folder)  # refuses a folder that isn't there before the model is loaded
    settings = load_settings()
    encoder = ready_encoder(options, settings)
    tuning = tune(encoder)
    question = Question(categories, thresholds(options.min_confidence, encoder), options.top)
    score(encoder, np.empty((0, encoder.card.embed_dim), np.float32), question)  # refuses a prompt that is too long
    with ExitStack() as stack:
        memory = stack.enter_context(opened_memory(settings, wanted=not options.no_index))
        decisions = stack.enter_context(opened_decisions(may_write=not options.no_index))
        lesson = learned(encoder, question, memory, decisions) if options.learns else None
        _introduce(encoder, categories, lesson)
        progress = stack.enter_context(ProgressLine())
        run = analyse(
            options.folder, encoder, question,
            lesson=lesson, memory=memory, recursive=options.recursive, retry=options.retry, tuning=tuning,
        )  # fmt: skip
        events = stack.enter_context(closing(run))
        least = options.min_confidence or encoder.card.min_presence
        fitter = partial(fit, encoder, question=question, least=least, lesson=lesson) if several else None
        answered = answers(events, decisions, categories, fitter)
        yield Asking(categories, answered, progress, memory, decisions, encoder.key)


def learned(encoder: Encoder, question: Question, memory: Memory | None, decisions: Decisions | None) -> Lesson | None:
    """Learn from all that was said of these categories."""
    index = memory.index if memory else None
    if not (said := said_of_all(decisions, question.categories)):
        return None
    return teach(encoder, question, examples_of(said, index, encoder), pool_of(index, encoder))


def taught_names(categories: Sequence[Category], lesson: Lesson | None) -> set[str]:
    """Return the categories of which there are examples."""
    if lesson is None:
        return set()
    return {category.name for category, is_taught in zip(categories, lesson.is_taught, strict=True) if is_taught}


def _introduce(encoder: Encoder, categories: Sequence[Category], lesson: Lesson | None) -> None:
    """Say which model answers, what it can't, how to get a better one, and what was learned."""
    card = encoder.card
    taught = taught_names(categories, lesson)
    unknown = [name for name in encoder.unknown(categories) if name not in taught]
    if len(unknown) == len(categories):
        raise UsageError(
            f"{card.title} knows none of these words: {', '.join(unknown)}. Use plain English nouns, "
            "or get CLIP, which reads whole sentences: clipsorter models download ViT-B/32"
        )
    for name in unknown:
        print(
            f"clipsorter: {card.title} does not know the word “{printable(name)}”, so nothing will be put there.",
            file=sys.stderr,
        )
    if taught:
        how = "words alone are better here" if lesson and not lesson.weight else "examples count beside words"
        print(f"Taught: {', '.join(map(printable, taught))}; {how}.", file=sys.stderr)
    where = encoder.device.upper()
    if card.id == "starter":
        size_mb = catalog()["ViT-B/32"].size_mb
        print(
            f"Judged by the starter on the {where}: it knows {card.knows}. "
            f"For whole sentences and fewer unsure photos get CLIP ({size_mb} MB, once): "
            "clipsorter models download ViT-B/32",
            file=sys.stderr,
        )
    else:
        print(f"Judged by {printable(card.title)} on the {where}.", file=sys.stderr)


def thresholds(min_confidence: float | None, encoder: Encoder) -> Thresholds:
    """Return the band of the model's card, or the user's; 0 switches it off."""
    if min_confidence == 0:
        return NO_BAND
    return Thresholds(min_confidence or encoder.card.min_probability, encoder.card.min_margin)
