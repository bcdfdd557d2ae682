"""Tells categories with many examples apart: multinomial logistic regression, kept small by an L2 penalty.

It minimises ½ Σ |w_c|² + C Σ cross-entropy, as scikit-learn's LogisticRegression does without an intercept and with
balanced classes. At the minimum w_c is a sum of examples, C Σ (y_ic − p_ic) x_i (Zhu & Hastie 2005, “Kernel Logistic
Regression and the Import Vector Machine”): cosines are all it needs, of examples to learn and of photos to judge.
scikit-learn itself would take a second to import and 130 MB of disk, for what is one small matrix here; tests compare
with it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipsorter.sorting.examples import SAME, Examples, Floats

FEWEST = 10  # examples of a category from which on it takes part
_STRENGTH = 10.0  # C, for classes of one size; measured, as the next one is
_FOLDS = 5
_MOST = 320  # examples in all: time grows with their square
_MOST_STEPS, _CLOSE = 200, 3e-3  # the second is the change of a logit that ends them


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """Tells R categories apart, by cosines to M examples.

    `columns` int64 [R] are the categories. `duals` float32 [M, R]: cosines [N, M] times these are logits [N, R].
    `held_back` float32 [M, R] are the logits of the examples themselves, each from those of the other folds.
    """

    columns: NDArray[np.int64]
    duals: Floats
    held_back: Floats


def regress(examples: Examples, is_given: NDArray[np.bool_], count: int) -> Regression | None:
    """Learn to tell apart the categories of `count` that have enough given examples; None if there aren't two.

    Of very many examples the first of each category count, and of very many categories none.
    """
    mine = [np.flatnonzero((examples.category == c) & examples.is_positive & is_given) for c in range(count)]
    columns = np.array([column for column, rows in enumerate(mine) if len(rows) >= FEWEST])
    if len(columns) < 2 or (share := _MOST // len(columns)) < FEWEST:
        return None
    rows = np.concatenate([mine[column][:share] for column in columns])
    classes = np.searchsorted(columns, examples.category[rows])
    cosines = examples.cosines[:, rows]
    is_same = cosines > SAME
    fold = _folds(is_same[rows], classes)
    fits = fit_duals(cosines[rows], classes, fold != np.arange(-1, _FOLDS)[:, None], _CLOSE)
    held_back = cosines @ fits[0]
    for number in range(_FOLDS):
        out = is_same[:, fold == number].any(axis=1)  # whatever else was said of these photos
        held_back[out] = cosines[out] @ fits[1 + number]
    duals = np.zeros((len(examples.category), len(columns)), np.float32)
    duals[rows] = fits[0]
    return Regression(columns, duals, held_back)


def fit_duals(cosines: Floats, classes: NDArray[np.int64], is_kept: NDArray[np.bool_], close_enough: float) -> Floats:
    """Fit F times to those of m examples that are kept, bool [F, m], by their cosines [m, m]: duals float32 [F, m, R].

    `classes` int64 [m] are numbers below R. They weigh the same, however many examples they have. Steps are Newton's
    with a bound for the curvature (Böhning 1992), which is one matrix for all, and have momentum (Nesterov) until one
    goes uphill. They end where no logit changes by more than `close_enough`.
    """
    truth = np.eye(classes.max() + 1, dtype=np.float32)[:, classes]
    sizes = is_kept @ truth.T  # [F, R]
    strength = (_STRENGTH * sizes.mean(axis=1, keepdims=True) / np.maximum(sizes, 1))[:, classes] * is_kept
    strength = strength.astype(np.float32)  # [F, m]
    inverse = np.linalg.inv(np.eye(len(classes), dtype=np.float32) + strength.max(axis=0)[:, None] / 2 * cosines)

    def times(matrix: Floats, values: Floats) -> Floats:
        product: Floats = values.reshape(-1, len(matrix)) @ matrix.T
        return product.reshape(values.shape)

    # Classes first, so that what is summed over them lies apart in memory: many times faster than side by side.
    duals = logits = ahead = ahead_logits = np.zeros((len(truth), *strength.shape), np.float32)
    pace = 1.0
    for _ in range(_MOST_STEPS):
        step = times(inverse, ahead - strength * (truth[:, None] - softmax(ahead_logits, axis=0)))
        change = times(cosines, step)
        new, new_logits = ahead - step, ahead_logits - change
        if np.abs(change).max() < close_enough:
            break
        if float(np.sum(step * (new_logits - logits))) > 0:
            pace = 1.0
        faster = (1 + np.sqrt(1 + 4 * pace**2)) / 2
        momentum = np.float32((pace - 1) / faster)
        ahead, ahead_logits = new + momentum * (new - duals), new_logits + momentum * (new_logits - logits)
        duals, logits, pace = new, new_logits, faster
    return new.transpose(1, 2, 0)


def told_apart(together: Floats, logits: Floats) -> Floats:
    """Deal out what R categories have together: logarithms of shares [R, N], from that of their sum [N] and logits."""
    most = logits.max(axis=0)
    shares: Floats = logits + (together - most - np.log(np.exp(logits - most).sum(axis=0)))
    return shares


def softmax(logits: Floats, axis: int = -1) -> Floats:
    """Return shares along an axis."""
    shares: Floats = np.exp(logits - logits.max(axis=axis, keepdims=True))
    shares /= shares.sum(axis=axis, keepdims=True)
    return shares


def _folds(is_same: NDArray[np.bool_], classes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Deal m examples out, class by class, int64 [m]; what was said of one photo, bool [m, m], stays together."""
    fold = np.empty(len(classes), np.int64)
    for number in np.unique(classes):
        mine = np.flatnonzero(classes == number)
        fold[mine] = np.arange(len(mine)) % _FOLDS
    together: NDArray[np.int64] = fold[is_same.argmax(axis=1)]
    return together
