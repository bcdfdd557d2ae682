"""An answer for each photo: the model's, or that of the user, who was asked once and outranks it for ever."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clipsorter.analyse import Embedded, Event, Failed, Finished, Found, Progress, Scored
from clipsorter.errors import PhotoError
from clipsorter.library.decisions import Decisions, LabelledPhoto
from clipsorter.photos.fingerprint import FingerprintedPhoto, fingerprint
from clipsorter.photos.photo import Photo
from clipsorter.sorting.category import Category
from clipsorter.sorting.classifier import Decision
from clipsorter.sorting.several import Fit, Fitting, fits_of, with_word

Fitter = Callable[[NDArray[np.float32]], Fitting]


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a photo, and by whom; the predictions are the model's in any case.

    `categories` are all that fit, the user's first, then the surest; None where only one is asked for.
    """

    photo: Photo
    decision: Decision
    by: Literal["human", "model"]
    categories: tuple[Fit, ...] | None = None


def answers(
    events: Iterable[Event], decisions: Decisions | None, categories: Sequence[Category], fitter: Fitter | None = None
) -> Iterator[Answer | Found | Failed | Progress | Finished]:
    """Turn the scores of an analysis into answers, and pass on what else it tells.

    What the user said counts where it answers this question: a photo that was put into a category asked for is in it;
    one that was taken out of a category is at least not there. With a `fitter`, which judges vectors float32 [N, D],
    each photo gets all that fits beside the one answer.
    """
    asked = {category.name for category in categories}
    said: dict[Photo, LabelledPhoto] = {}
    fits: list[list[Fit]] = []
    for event in events:
        match event:
            case Embedded(photos, embeddings, names):
                said = _said(decisions, photos, names)
                fits = fits_of(fitter(embeddings)) if fitter is not None else []
            case Scored(photos, ranking):
                for row, photo in enumerate(photos):
                    answer = _answer(photo, ranking.decision(row), said.get(photo), asked)
                    yield _with_all(answer, fits[row], said.get(photo), asked) if fits else answer
            case _:
                yield event


def _said(
    decisions: Decisions | None, photos: Sequence[Photo], fingerprints: Sequence[bytes]
) -> dict[Photo, LabelledPhoto]:
    if decisions is None:
        return {}
    if fingerprints:
        named = [FingerprintedPhoto(photo, name) for photo, name in zip(photos, fingerprints, strict=True)]
    else:  # nothing is remembered but the decisions
        named = [entry for photo in photos if (entry := _named(photo))]
    return {labelled.photo.photo: labelled for labelled in decisions.labels(named)}


def _named(photo: Photo) -> FingerprintedPhoto | None:
    try:
        return FingerprintedPhoto(photo, fingerprint(photo.path))
    except PhotoError:
        return None


def _answer(photo: Photo, decision: Decision, labelled: LabelledPhoto | None, asked: set[str]) -> Answer:
    if labelled is not None:
        if labelled.category in asked:
            return Answer(photo, replace(decision, category=labelled.category), "human")
        if decision.category in labelled.refused:
            return Answer(photo, replace(decision, category=None), "human")
    return Answer(photo, decision, "model")


def _with_all(answer: Answer, fits: Sequence[Fit], labelled: LabelledPhoto | None, asked: set[str]) -> Answer:
    """Add all that fits to an answer; of the user's word all counts that answers this question."""
    said = labelled.labels if labelled else ()
    decided = [each.category for each in said if each.is_positive and each.category in asked]
    own = answer.decision.category if answer.by == "model" else None
    sure = (each for each in answer.decision.predictions if each.category == own)
    best = next((Fit(each.category, each.probability, each.similarity) for each in sure), None)
    return replace(answer, categories=with_word(fits, best, decided, labelled.refused if labelled else ()))
