"""What goes with what in a sample of points: the rank correlation of each swept parameter with what arms reach.

The points of a sample were drawn at random, so what a parameter goes with it does, up to chance; the chance is that of
the points. Random numbers that all points share move them together, and so hide nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import atanh, nan, sqrt, tanh
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special, stats

from experiments.analysis.comparisons import AT_THE_END
from experiments.analysis.outcomes import Outcomes
from experiments.analysis.statistics import multiplicity
from experiments.analysis.statistics.estimates import CORRELATION_NEEDS, pairs

FISHER = "Fisher's z, with the error of Bonett and Wright"


class Correlation(NamedTuple):
    """A rank correlation with its interval; ``adjusted_p`` is Holm's over all of a sweep.

    ``note`` says which interval it is, or why there is none.
    """

    value: float
    low: float
    high: float
    p_value: float
    points: int
    note: str
    adjusted_p: float | None = None

    @property
    def sign(self) -> int:
        """Whether it is significantly above (1) or below (-1) nothing at 5 %, or neither (0)."""
        return multiplicity.sign(self.value, self.adjusted_p)


class Factor(NamedTuple):
    """A swept parameter, and its rank correlation with what each arm reaches in the end."""

    name: str
    arms: Mapping[str, Correlation]


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


def correlations(outcomes: Outcomes, parameters: list[str]) -> list[Factor]:
    """Return the rank correlation of each numeric parameter with the share at the end, in the order of the study.

    A point is one pair, its share the average over replicates. Words have no order, so parameters that are words are
    left out; so is everything where there are fewer than five points.
    """
    if outcomes.points < CORRELATION_NEEDS:
        return []
    numeric = [name for name in parameters if pd.api.types.is_numeric_dtype(outcomes.runs[name])]
    values = outcomes.runs.drop_duplicates("point").set_index("point")[numeric].astype(np.float64).sort_index()
    # Averages that are the same may differ in their last digit, which is no rank.
    shares = {arm: outcomes.of(arm).groupby("point", sort=True)[AT_THE_END].mean().round(12) for arm in outcomes.arms}
    found = {
        (name, arm): rank_correlation(values[name], share.reindex(values.index))
        for name in numeric
        for arm, share in shares.items()
    }
    adjusted = multiplicity.family({key: one.p_value for key, one in found.items()})
    return [
        Factor(name, {arm: found[name, arm]._replace(adjusted_p=adjusted.get((name, arm))) for arm in outcomes.arms})
        for name in numeric
    ]
