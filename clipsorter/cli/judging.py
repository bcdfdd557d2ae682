"""An answer for each photo: the model's, or that of the user, who was asked once and outranks it for ever."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from clipsorter.analyse import Embedded, Event, Failed, Finished, Found, Progress, Scored
from clipsorter.errors import PhotoError
from clipsorter.library.decisions import Decisions, LabelledPhoto
from clipsorter.photos.fingerprint import FingerprintedPhoto, fingerprint
from clipsorter.photos.photo import Photo
from clipsorter.sorting.category import Category
from clipsorter.sorting.classifier import Decision


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a photo, and by whom; the predictions are the model's in any case."""

    photo: Photo
    decision: Decision
    by: Literal["human", "model"]


def answers(
    events: Iterable[Event], decisions: Decisions | None, categories: Sequence[Category]
) -> Iterator[Answer | Found | Failed | Progress | Finished]:
    """Turn the scores of an analysis into answers, and pass on what else it tells.

    What the user said counts where it answers this question: a photo that was put into a category asked for is in it;
    one that was taken out of a category is at least not there.
    """
    asked = {category.name for category in categories}
    said: dict[Photo, LabelledPhoto] = {}
    for event in events:
        match event:
            case Embedded(photos, _, names):
                said = _said(decisions, photos, names)
            case Scored(photos, ranking):
                for row, photo in enumerate(photos):
                    yield _answer(photo, ranking.decision(row), said.get(photo), asked)
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
