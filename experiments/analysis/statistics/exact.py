"""Intervals that hold for any number of values: for means within known bounds, for medians, for shares of runs.

Student's t needs either values that are nearly normal or many of them. Shares of staff are often neither: near 0 in some
runs, near .9 in the others, and three runs may all fall on one side. These intervals count on nothing but the bounds, or
on order alone; they are wide, and cover more often than they say.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy import optimize, special, stats

ORDER_NEEDS = 6
"""Values below which the smallest and the largest do not enclose the median in 95 of 100 cases."""


class Edges(NamedTuple):
    """The two ends of an interval."""

    low: float
    high: float


def chance_below(points: Sequence[float], edge: float) -> float:
    """Return the chance that a mean of points with random weights is at most an edge.

    The weights are even over all that sum to 1 (Dirichlet's distribution with ones). The recursion is that of splines:
    it only averages, so nothing cancels.

    >>> chance_below([0.0, 1.0], 0.25)
    0.25
    >>> round(chance_below([0.0, 0.0, 0.0, 1.0], 1 - 0.025 ** (1 / 3)), 6)
    0.975
    """
    above = [point - edge for point in points if point > edge]
    below = [edge - point for point in points if point <= edge]
    chances = [1.0] * (len(below) + 1)
    for up in above:
        chances[0] = 0.0
        for place, down in enumerate(below, 1):
            chances[place] = (down * chances[place] + up * chances[place - 1]) / (down + up)
    return chances[-1]


def bounded_mean(values: Sequence[float], low: float, high: float, level: float = 0.95) -> Edges:
    """Return an interval of the mean of values that cannot leave their bounds, for any number and shape of them.

    Gaffke's bounds: one more value stands at the far end of the range, and weights are drawn at random. Where all values
    stand at the bounds this is the interval of Clopper and Pearson, and so proven; for others no case is known in which
    it covers too seldom (docs/intervals.md has ours).

    Parameters
    ----------
    values : sequence of float
        At least one.
    low, high : float
        What no value can lie below or above, whatever its unit.
    level : float
        Confidence level, in (0, 1).

    References
    ----------
    Learned-Miller, E. and Thomas, P. S. (2019). A new confidence interval for the mean of a bounded random variable.
    arXiv:1905.06208.

    Examples
    --------
    >>> [round(edge, 3) for edge in bounded_mean([0, 0, 1], 0, 1)]
    [0.008, 0.906]
    """
    share = 0.5 + level / 2
    return Edges(_quantile([*values, low], 1 - share), _quantile([*values, high], share))


def _quantile(points: Sequence[float], share: float) -> float:
    """Return below what the mean with random weights lies with a given chance."""
    smallest, largest = min(points), max(points)
    if smallest == largest:
        return smallest
    root = optimize.brentq(lambda edge: chance_below(points, edge) - share, smallest, largest, xtol=1e-10)
    return float(root)


def bounded_p_value(values: Sequence[float], low: float, high: float) -> float:
    """Return the p-value of a mean of 0: at most 5 % exactly where `bounded_mean` leaves 0 out."""
    above, below = chance_below([*values, low], 0.0), 1 - chance_below([*values, high], np.nextafter(0.0, -1.0))
    return min(1.0, 2 * min(above, below))


def median_edges(values: Sequence[float], level: float = 0.95) -> Edges | None:
    """Return an interval of the median from the order of values alone, None where there are too few for its level.

    Values may be infinite: a run that never gets there counts as later than any.

    >>> median_edges([3, 1, 2, 6, 5, 4])
    Edges(low=1.0, high=6.0)
    >>> median_edges([3, 1, 2, 5, 4]) is None
    True
    """
    ordered = np.sort(np.asarray(values, dtype=np.float64))
    out = _place(ordered.size, level)
    if out < 1:
        return None
    return Edges(float(ordered[out - 1]), float(ordered[ordered.size - out]))


@lru_cache
def _place(number: int, level: float) -> int:
    """Return which of so many values, counted from either end, bound the interval of their median."""
    return int(stats.binom.ppf(0.5 - level / 2, number, 0.5)) if number else 0


def share_edges(successes: float, trials: int, level: float = 0.95) -> Edges:
    """Return the interval of a share after Clopper and Pearson (1934); halves, for ties, are allowed.

    >>> [round(edge, 3) for edge in share_edges(39, 40)]
    [0.868, 0.999]
    """
    if not 0 <= successes <= trials or trials == 0:
        raise ValueError(f"successes must lie in [0, {trials}], of at least one trial, but is {successes}.")
    tail = 0.5 - level / 2
    low = 0.0 if successes == 0 else float(special.betaincinv(successes, trials - successes + 1, tail))
    high = 1.0 if successes == trials else float(special.betaincinv(successes + 1, trials - successes, 1 - tail))
    return Edges(low, high)
