"""How many pairs are enough: as many as it takes for an interval to be as narrow as was asked for.

Pairs are looked at 20 at first, then in tens, up to 400. What they say of a difference plays no part, only how widely
they scatter: whoever stops once a difference is significant finds one sooner or later. A sample that happens to scatter
little looks precise too early; so the interval must be narrow enough at three looks running, which is the look-ahead of
Hoad, Robinson and Davies (2010), Automated selection of the number of replications for a discrete-event simulation,
Journal of the Operational Research Society 61, 1632-1644.
"""

from __future__ import annotations

from math import isfinite, nan

from numpy.typing import ArrayLike

from experiments.analysis.statistics.estimates import ANY, Interval, mean

FIRST, STEP, MOST = 20, 10, 400
RUNNING = 3
"""Looks at which the interval must be narrow enough, one after another."""


def half_width(found: Interval) -> float:
    """Return half the width of an interval, NaN where there is none.

    >>> half_width(Interval(0.5, 0.25, 0.75, 20, "")), half_width(mean([0.1, 0.2]))
    (0.25, nan)
    """
    return (found.high - found.low) / 2 if isfinite(found.low) else nan


class Looks:
    """Looks at the differences of pairs as these come in.

    Parameters
    ----------
    wanted : float
        Half the width of the interval of their mean that is wanted, in their unit.

    Examples
    --------
    >>> looks = Looks(0.5)
    >>> [pairs for pairs in range(100) if looks.is_due(pairs) and looks.is_enough([0.0, 1.0] * (pairs // 2))]
    [40, 50, 60, 70, 80, 90]
    """

    def __init__(self, wanted: float) -> None:
        self._wanted = wanted
        self._narrow = 0

    @staticmethod
    def is_due(pairs: int) -> bool:
        """Whether so many pairs are looked at."""
        return pairs >= FIRST and (pairs - FIRST) % STEP == 0

    def is_enough(self, differences: ArrayLike) -> bool:
        """Whether the interval is narrow enough now, and was so at the looks before."""
        self._narrow = self._narrow + 1 if half_width(mean(differences, ANY)) <= self._wanted else 0
        return self._narrow >= RUNNING
