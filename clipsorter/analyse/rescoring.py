"""Answers for the same photos again and again: what words say, and how near each example is, is computed once."""

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from clipsorter.analyse.events import Example, Question
from clipsorter.analyse.fitting import fitted
from clipsorter.analyse.scoring import ranked
from clipsorter.clip.encoder import Encoder, Scores, Shelf
from clipsorter.sorting.classifier import Ranking
from clipsorter.sorting.discover import result_of
from clipsorter.sorting.examples import Examples, Near, closeness_of, length_of
from clipsorter.sorting.learn import Pool, learn
from clipsorter.sorting.lesson import Lesson, logs_of
from clipsorter.sorting.several import Fitting

_POOL = 1000
Floats = NDArray[np.float32]
_STEPS = 32_767  # from 0 to 1: cosines are kept as whole numbers, finer than half precision and fast to read
_NONE = (np.empty(0, np.float32),) * 2


class Rescoring:
    """Belongs to one encoder and one growing matrix of vectors; a decision costs one product of it with a vector.

    It is several times faster for vectors that lie on the shelf by then, the first ones of the matrix. Of more than a
    few thousand, their cosines are off by 0.0004 (root mean square).
    """

    def __init__(self, shelf: Shelf | None = None) -> None:
        self.lesson: Lesson | None = None
        self.examples: Sequence[Example] = ()  # from which the lesson was learned
        self._shelf = shelf
        self._asked: object = None  # the words that `_scores` and `_words_of` are about
        self._is_known = np.empty(0, bool)  # of which categories the words mean something
        self._scores: Scores | None = None
        self._logs: Floats | None = None  # of the probabilities in `_scores`
        self._words_of: dict[bytes, tuple[Floats, bool]] = {}
        self._space_of: dict[bytes, Floats] = {}
        self._columns: dict[bytes, NDArray[np.int16]] = {}  # cosines of all photos to an example, in steps
        self._gather: dict[tuple[bytes, ...], tuple[Floats, Floats]] = {}  # sums and maxima of `_columns`
        self._pool: tuple[int, Scores | None, Pool | None] = 0, None, None  # of so many photos, with these scores

    def answer(self, encoder: Encoder, embeddings: Floats, question: Question, examples: Sequence[Example]) -> Ranking:
        """Judge stored vectors [N, D], of which the first ones are those of the last time, by words and examples."""
        return result_of(self.answer_in_steps(encoder, embeddings, question, examples))

    def answer_in_steps(
        self, encoder: Encoder, embeddings: Floats, question: Question, examples: Sequence[Example]
    ) -> Generator[None, None, Ranking]:
        """Do what `answer` does, with pauses; of what was done until one, most need not be done again."""
        scores, logs = self._score(encoder, embeddings, question)
        yield
        lesson = self._learn(encoder, embeddings, question, examples)
        self.lesson, self.examples = lesson, examples
        yield
        if lesson is None or lesson.is_words_alone:
            return ranked(scores, question, lesson, logs)
        near_some = self._nearness(encoder, embeddings, lesson)
        yield
        return ranked(scores, question, lesson, logs, near_some)

    def beside(self) -> "Rescoring":
        """Return one for the same vectors that needn't compute anew how near they are to examples; words may differ."""
        other = Rescoring(self._shelf)
        other._space_of, other._columns, other._gather = dict(self._space_of), dict(self._columns), dict(self._gather)
        other._pool = self._pool
        return other

    def fit(self, encoder: Encoder, embeddings: Floats, question: Question, least: float) -> Fitting:
        """Find every category that fits, by what was learned for the last answer; see `fitting.fit`."""
        found = None
        if self.lesson is not None and not self.lesson.is_words_alone:
            near_some = self._nearness(encoder, embeddings, replace(self.lesson, regression=None))  # has no say here
            found = near_some(slice(0, len(embeddings)))
        return fitted(encoder.presence(embeddings, question.categories), question, least, self.lesson, found)

    def _score(self, encoder: Encoder, embeddings: Floats, question: Question) -> tuple[Scores, Floats]:
        """Return what words say, and the logarithms of their shares."""
        asked = [(category.name, category.prompts) for category in question.categories]
        if asked != self._asked:
            unknown = set(encoder.unknown(question.categories))
            self._is_known = np.array([category.name not in unknown for category in question.categories])
            self._asked, self._scores = asked, None
            self._words_of.clear()
        known = 0 if self._scores is None else len(self._scores.none_wins)
        if self._scores is not None and self._logs is not None and known == len(embeddings):
            return self._scores, self._logs
        new = encoder.score(embeddings[known:] if known else embeddings, question.categories)
        if self._scores is not None:
            new = Scores(
                np.concatenate([self._scores.similarity, new.similarity]),
                np.concatenate([self._scores.probability, new.probability]),
                np.concatenate([self._scores.none_wins, new.none_wins]),
            )
        # A category along memory, as judging wants it.
        scores = Scores(np.asfortranarray(new.similarity), np.asfortranarray(new.probability), new.none_wins)
        logs = logs_of(scores.probability)
        self._scores, self._logs = scores, logs
        return scores, logs

    def _meet(self, encoder: Encoder, question: Question, vectors: dict[bytes, Floats]) -> None:
        """Find what words say of new examples, all at once, and where they are in example space."""
        if new := [name for name in vectors if name not in self._words_of or name not in self._space_of]:
            stacked = np.stack([vectors[name] for name in new])  # one array: an encoder remembers what it made of it
            said = encoder.score(stacked, question.categories)
            self._words_of.update(zip(new, zip(said.probability, said.none_wins.tolist(), strict=True), strict=True))
            self._space_of.update(zip(new, encoder.example_space(stacked), strict=True))

    def _learn(
        self, encoder: Encoder, embeddings: Floats, question: Question, examples: Sequence[Example]
    ) -> Lesson | None:
        places = {category.name: place for place, category in enumerate(question.categories)}
        meant = [example for example in examples if example.category in places]
        if not meant:
            self._columns.clear()
            self._gather.clear()
            return None
        self._meet(encoder, question, {example.fingerprint: example.embedding for example in meant})
        given = Examples(
            np.stack([self._space_of[example.fingerprint] for example in meant]),
            np.stack([self._words_of[example.fingerprint][0] for example in meant]),
            np.array([self._words_of[example.fingerprint][1] for example in meant]),
            np.array([places[example.category] for example in meant]),
            np.array([example.is_positive for example in meant]),
        )
        pool, last = self._some(encoder, embeddings), self.lesson
        if last is None or last.is_words_alone:
            return learn(given, self._is_known, pool)
        with ThreadPoolExecutor(1) as beside:  # comparing waits for memory, and learning keeps one core busy
            compared = beside.submit(self._fill, encoder, embeddings, {each.tobytes(): each for each in given.vectors})
            lesson = learn(given, self._is_known, pool)
            compared.result()
        return lesson

    def _some(self, encoder: Encoder, embeddings: Floats) -> Pool:
        """Return some of the photos, spread evenly."""
        count, scores, pool = self._pool
        if pool is None or count != len(embeddings) or scores is not self._scores:
            assert self._scores is not None
            rows = np.arange(0, len(embeddings), max(1, -(-len(embeddings) // _POOL)))
            if pool is None or count != len(embeddings):
                vectors = encoder.example_space(embeddings[rows])
            else:  # only the words changed
                vectors = pool.vectors
            pool = Pool(vectors, self._scores.probability[rows])
            self._pool = len(embeddings), self._scores, pool
        return pool

    def _nearness(self, encoder: Encoder, embeddings: Floats, lesson: Lesson) -> Callable[[slice], Near]:
        """Return what tells of some rows how near they are to each category, and the logits of a regression."""
        examples, count = lesson.examples, len(lesson.is_known)
        names = [vector.tobytes() for vector in examples.vectors]
        self._columns = {name: self._columns[name] for name in names if name in self._columns}
        self._fill(encoder, embeddings, dict(zip(names, examples.vectors, strict=True)))
        is_refused = not examples.is_positive.all()  # else nobody asks which photo is the nearest
        kept, gathered = {}, []
        for column in range(count):
            for is_positive in (True, False):
                if len(mine := examples.of(column, is_positive=is_positive)):
                    key = tuple(names[row] for row in mine)
                    total, most = kept[key] = self._gathered(key, len(embeddings))
                    gathered.append((column, is_positive, total, most, length_of(examples.vectors[mine])))
        self._gather = kept
        logits_of = None if lesson.regression is None else self._logits(names, lesson.regression.duals)

        def near_some(rows: slice) -> Near:
            shape = count, rows.stop - rows.start  # a category lies along memory
            closeness = np.full(shape, np.nan, np.float32)
            yes, no = (np.full(shape, -1, np.float32) if is_refused else closeness for _ in range(2))
            for column, is_positive, total, most, length in gathered:
                if is_refused:
                    (yes if is_positive else no)[column] = most[rows]
                if is_positive:
                    closeness_of(total[rows], most[rows], length, out=closeness[column])
            return Near(closeness.T, yes.T, no.T, logits_of(rows) if logits_of else None)

        return near_some

    def _logits(self, names: list[bytes], duals: Floats) -> Callable[[slice], Floats]:
        """Return what gives logits of some photos, by duals [M, R] of examples; photos needn't be read again."""
        rows = np.flatnonzero(duals.any(axis=1))
        columns = [self._columns[names[row]] for row in rows]
        weights = duals[rows].T / np.float32(_STEPS)

        def logits_of(photos: slice) -> Floats:
            logits: Floats = weights @ np.stack([steps[photos] for steps in columns], dtype=np.float32)
            return logits.T

        return logits_of

    def _gathered(self, names: tuple[bytes, ...], size: int) -> tuple[Floats, Floats]:
        """Return the sum of the cosines of `size` photos to some examples, and the largest of them, float32 [N] each.

        What is known of the last ones of these examples is not computed anew: the newest come first.
        """
        new = next((at for at in range(len(names)) if len(self._gather.get(names[at:], _NONE)[0]) == size), len(names))
        total, most = self._gather.get(names[new:], (np.zeros(size, np.float32), np.full(size, -1, np.float32)))
        for name in reversed(names[:new]):
            cosine = self._columns[name] * np.float32(1 / _STEPS)
            total, most = total + cosine, np.maximum(most, cosine)
        return total, most

    def _fill(self, encoder: Encoder, embeddings: Floats, of: dict[bytes, Floats]) -> None:
        """Compute what is not there yet of the cosines of all photos to examples [E]."""
        for known in {len(self._columns[name]) for name in of if name in self._columns} - {len(embeddings)}:
            short = [name for name in of if name in self._columns and len(self._columns[name]) == known]
            more = self._compare(encoder, embeddings, np.stack([of[name] for name in short]), known)
            for name, cosine in zip(short, more.T, strict=True):
                self._columns[name] = np.concatenate([self._columns[name], _steps(cosine)])
        if new := [name for name in of if name not in self._columns]:  # at once: reading the photos is what takes time
            found = self._compare(encoder, embeddings, np.stack([of[name] for name in new]))
            self._columns.update(zip(new, map(_steps, found.T), strict=True))

    def _compare(self, encoder: Encoder, embeddings: Floats, examples: Floats, first: int = 0) -> Floats:
        """Return the cosines of vectors [N, D], but the first ones, to examples [M, E], float32 [N − first, M]."""
        if self._shelf is None or (shelved := len(self._shelf)) <= first:
            return encoder.compare(embeddings[first:] if first else embeddings, examples)
        found = self._shelf.compare(examples)[first : len(embeddings)]
        if shelved < len(embeddings):
            found = np.concatenate([found.T, encoder.compare(embeddings[shelved:], examples).T], axis=1).T
        return found


def _steps(cosine: Floats) -> NDArray[np.int16]:
    steps = cosine * np.float32(_STEPS)
    np.rint(steps, out=steps)
    return np.clip(steps, -_STEPS, _STEPS, out=steps).astype(np.int16)
