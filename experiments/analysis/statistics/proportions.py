"""How often something happens, with intervals that never claim certainty; how often one arm beats another."""

from __future__ import annotations

from math import nan
from typing import NamedTuple

from numpy.typing import ArrayLike

from experiments.analysis.statistics.estimates import Interval, pairs
from experiments.analysis.statistics.exact import share_edges

EXACT = "exact (Clopper and Pearson)"
SAME = 0.01
"""Difference in a share of staff up to which two runs count as the same."""


class Superiority(NamedTuple):
    """Probability that one arm beats another with the same random numbers; a tie counts half.

    ``note`` says which interval ``low`` and ``high`` are, or why there is none.
    """

    value: float
    low: float
    high: float
    wins: int
    ties: int
    runs: int
    note: str


def share(successes: float, trials: int, level: float = 0.95, why_none: str = "") -> Interval:
    """Share of independent trials with its exact interval: never "0 ± 0".

    Parameters
    ----------
    successes : float
        How often it happened; halves are allowed, for ties.
    trials : int
        How often it could have.
    level : float
        Confidence level, in (0, 1).
    why_none : str
        Why no interval may be given, where that is so.

    Examples
    --------
    >>> [round(number, 3) for number in share(0, 40)[:3]]
    [0.0, 0.0, 0.088]
    """
    if why_none or trials == 0:
        return Interval(successes / trials if trials else nan, nan, nan, trials, why_none or "no pairs")
    low, high = share_edges(successes, trials, level)
    return Interval(successes / trials, low, high, trials, EXACT)


def superiority(a: ArrayLike, b: ArrayLike, level: float = 0.95, why_none: str = "") -> Superiority:
    """Probability that arm ``a`` ends above arm ``b`` with the same random numbers.

    >>> chance = superiority([0.4, 0.5, 0.6, 0.7], [0.3, 0.5, 0.5, 0.8])
    >>> chance.value, chance.wins, chance.ties
    (0.625, 2, 1)
    """
    first, second = pairs(a, b)
    wins, ties = int((first > second).sum()), int((first == second).sum())
    found = share(wins + ties / 2, first.size, level, why_none)
    return Superiority(found.value, found.low, found.high, wins, ties, found.runs, found.note)


def leans(ahead: int, behind: int) -> bool:
    """Whether more pairs are on one side than chance alone would often bring about: half lies outside the exact interval.

    >>> leans(15, 3), leans(12, 8)
    (True, False)
    """
    if ahead + behind == 0:
        return False
    chance = share(ahead, ahead + behind)
    return chance.low > 0.5 or chance.high < 0.5
