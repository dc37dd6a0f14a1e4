"""How often something happens, with intervals that never claim certainty; how often one arm beats another."""

from __future__ import annotations

from math import nan, sqrt
from typing import NamedTuple

from numpy.typing import ArrayLike
from scipy import stats

from experiments.analysis.statistics import Interval, pairs


class Superiority(NamedTuple):
    """Probability that one arm beats another with the same random numbers; a tie counts half."""

    value: float
    low: float
    high: float
    wins: int
    ties: int
    runs: int


def wilson(successes: float, trials: int, level: float = 0.95) -> Interval:
    """Wilson interval of a proportion: never "0 ± 0".

    Half successes (ties) are allowed, as the interval is a formula, not a count.

    >>> [round(number, 3) for number in wilson(0, 40)]
    [0.0, 0.0, 0.088, 40]
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"successes must lie in [0, {trials}], but is {successes}.")
    if trials == 0:
        return Interval(nan, 0.0, 1.0, 0)
    share, z = successes / trials, float(stats.norm.ppf(0.5 + level / 2))
    width = 1 + z * z / trials
    centre = (share + z * z / (2 * trials)) / width
    half = z / width * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    # At the edges centre ∓ half is the edge itself, up to rounding.
    low = 0.0 if successes == 0 else centre - half
    high = 1.0 if successes == trials else centre + half
    return Interval(share, low, high, trials)


def superiority(a: ArrayLike, b: ArrayLike, level: float = 0.95) -> Superiority:
    """Probability that arm ``a`` ends above arm ``b`` with the same random numbers.

    >>> chance = superiority([0.4, 0.5, 0.6, 0.7], [0.3, 0.5, 0.5, 0.8])
    >>> chance.value, chance.wins, chance.ties
    (0.625, 2, 1)
    """
    first, second = pairs(a, b)
    wins, ties = int((first > second).sum()), int((first == second).sum())
    share, low, high, runs = wilson(wins + ties / 2, first.size, level)
    return Superiority(share, low, high, wins, ties, runs)
