"""Makes percentages come true: two numbers, fitted on what was decided, correct how sure answers sound.

The shares of a row that belong to categories are sharpened or flattened by a temperature (Guo et al. 2017), and how
much of the whole they are is corrected on the scale of log odds by that temperature and a shift (Alexandari et al.
2020 do so for each class; here it is “none of these” alone). The order in a row stays.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipsorter.sorting.examples import Floats
from clipsorter.sorting.regression import softmax

FEWEST = 20  # decisions below which nothing is corrected
_MOST = 300  # decisions that are looked at: more change little, and each costs time
_TEMPERATURES = 2.0 ** (np.arange(-2, 5) / 4)
_SHIFTS = np.arange(-4, 3) / 2
# Priors, measured by tests/benchmarks/calibration.py: stronger ones correct too little, and weaker ones make what
# belongs nowhere too sure, since nobody decides on that.
_TEMPERATURE_PRIOR, _SHIFT_PRIOR = 4.0, 0.5
_LEAST = 1e-3  # a share that a decision counts for at least: one slip of the hand is no proof
_TINY = np.float32(1e-6)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Over 1, `temperature` makes categories less sure among themselves; over 0, `none_shift` favours none of them."""

    temperature: float = 1.0
    none_shift: float = 0.0

    @property
    def changes_nothing(self) -> bool:
        """Tell whether shares stay as they are."""
        return self.temperature == 1 and self.none_shift == 0

    def shares(self, logs: Floats, inside: Floats) -> Floats:
        """Return corrected shares, float32 [C, N]; a photo's sum to at most 1.

        `logs` [C, N] are logarithms of what each category has, but for a constant of each photo; `inside` [N] is what
        they have together, 0..1.
        """
        shares: Floats = logs - logs.max(axis=0)
        if self.temperature != 1:
            shares /= np.float32(self.temperature)
        np.exp(shares, out=shares)
        shares *= self.together(inside) / shares.sum(axis=0)
        return shares

    def corrected(self, plain: Floats, logs: Floats, inside: Floats) -> Floats:
        """Return what `shares` does; `plain` float32 [C, N] are the shares before correction."""
        if self.temperature == 1:  # what categories are among themselves stays
            shares: Floats = plain * (self.together(inside) / np.maximum(inside, _TINY)).astype(np.float32)
            return shares
        return self.shares(logs, inside)

    def together(self, inside: Floats) -> Floats:
        """Return the corrected share that belongs to categories, float32 [N], from that share, 0..1."""
        if self.changes_nothing:
            return inside
        odds = np.log(np.maximum(1 - inside, _TINY)) - np.log(np.maximum(inside, _TINY))
        odds = odds / np.float32(self.temperature) + np.float32(self.none_shift)
        corrected: Floats = (1 / (1 + np.exp(odds))).astype(np.float32)
        return corrected


UNCORRECTED = Calibration()


def fit_calibration(probability: Floats, category: NDArray[np.int64], is_positive: NDArray[np.bool_]) -> Calibration:
    """Return the correction under which decisions are likeliest, none for fewer than 20 photos that belong somewhere.

    `probability` float32 [M, C] must come from judging each photo without its own decision. `category` int64 [M] and
    `is_positive` bool [M]: the photo belongs there, or it does not.
    """
    if int(is_positive.sum()) < FEWEST:
        return UNCORRECTED
    rows = np.arange(0, len(category), -(-len(category) // _MOST))
    probability, category, is_positive = probability[rows], category[rows], is_positive[rows]
    best, likeliest = UNCORRECTED, -np.inf
    logs: Floats = np.log(np.maximum(probability, _TINY))
    inside = np.minimum(probability.sum(axis=1), 1)
    for temperature in _TEMPERATURES.tolist():
        among = softmax(logs / np.float32(temperature))[np.arange(len(rows)), category]
        for shift in _SHIFTS.tolist():
            tried = Calibration(temperature, shift)
            share = among * tried.together(inside)
            likelihood = np.log(np.maximum(np.where(is_positive, share, 1 - share), _LEAST)).sum()
            likelihood -= _TEMPERATURE_PRIOR * np.log(temperature) ** 2 + _SHIFT_PRIOR * shift**2
            if likelihood > likeliest:
                best, likeliest = tried, likelihood
    return best
