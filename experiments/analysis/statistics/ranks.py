"""The rank correlation of pairs: whether one rises or falls with the other, and how surely."""

from __future__ import annotations

from math import atanh, nan, sqrt, tanh
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special, stats

from experiments.analysis.statistics.estimates import CORRELATION_NEEDS, pairs

FISHER = "Fisher's z, with the error of Bonett and Wright"


class Correlation(NamedTuple):
    """A rank correlation with its interval; ``note`` says which interval it is, or why there is none."""

    value: float
    low: float
    high: float
    p_value: float
    points: int
    note: str


def rank_correlation(a: ArrayLike, b: ArrayLike, level: float = 0.95) -> Correlation:
    """Return Spearman's rank correlation of pairs that are independent of one another.

    Five pairs that all agree are no proof of a perfect correlation, so an estimate near ±1 is drawn in a little before
    its interval is taken, the more the fewer the pairs; the interval then reaches to the end.

    References
    ----------
    Bonett, D. G. and Wright, T. A. (2000). Sample size requirements for estimating Pearson, Kendall and Spearman
    correlations. Psychometrika 65, 23-28.

    Examples
    --------
    >>> found = rank_correlation(range(12), [0, 2, 1, 4, 3, 5, 7, 6, 9, 8, 11, 10])
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2)
    (0.97, 0.81, 0.99)
    """
    first, second = pairs(a, b)
    number = int(first.size)
    if number < CORRELATION_NEEDS:
        return Correlation(nan, nan, nan, nan, number, f"needs {CORRELATION_NEEDS} points")
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return Correlation(nan, nan, nan, nan, number, "all values are alike")
    value = float(np.corrcoef(stats.rankdata(first), stats.rankdata(second))[0, 1])
    most = 1 - number**-1.5
    drawn = min(max(value, -most), most)
    error = sqrt((1 + drawn * drawn / 2) / (number - 3))
    half = error * float(special.stdtrit(number - 2, 0.5 + level / 2))
    low = -1.0 if drawn == -most else tanh(atanh(drawn) - half)
    high = 1.0 if drawn == most else tanh(atanh(drawn) + half)
    p_value = 2 * float(special.stdtr(number - 2, -abs(atanh(drawn)) / error))
    return Correlation(value, low, high, p_value, number, FISHER)
