"""One number or law that came out of runs, held against what it must be."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

ERRORS = 4.0
"""Standard errors that a mean may be off: a correct model fails for about one seed in 16,000."""
LEAST_P = 1e-4
"""The smallest p of a chi-square test that passes: a correct model fails for one seed in 10,000."""
FEWEST = 10.0
"""Expected in each cell of a chi-square test at least."""
EXACTLY = 1e-6
"""How far a number may be off that no luck comes into; opinions are kept in steps of 2⁻³⁰."""


class Check(NamedTuple):
    """What came out, what was expected, and how far the two may lie apart.

    Of a law, `got` is the p of its chi-square test, which must reach `tolerance`, and nothing else is expected.
    """

    what: str
    expected: float | None
    got: float
    tolerance: float
    rule: str

    @property
    def passed(self) -> bool:
        """Whether what came out is what was expected."""
        if self.expected is None:
            return self.got >= self.tolerance
        return abs(self.got - self.expected) <= self.tolerance


def mean(what: str, values: ArrayLike, expected: float) -> Check:
    """Hold the mean of independent values against the exact one.

    >>> mean("heads", [0, 1, 1, 0], 0.5).passed
    True
    """
    found = np.asarray(values, dtype=np.float64)
    error = float(found.std(ddof=1)) / math.sqrt(found.size)
    return Check(what, expected, float(found.mean()), ERRORS * error, "4 standard errors")


def law(what: str, counts: ArrayLike, chances: ArrayLike) -> Check:
    """Hold how often each outcome came out against its chance; rare outcomes beside one another are put together.

    >>> law("a fair coin", [52, 48], [0.5, 0.5]).passed
    True
    """
    from scipy.stats import chisquare

    seen, chance = np.asarray(counts, dtype=np.float64), np.asarray(chances, dtype=np.float64)
    together = np.array(_cells(seen, chance * seen.sum()))
    return Check(what, None, float(chisquare(*together.T).pvalue), LEAST_P, "p of a chi-square test at least")


def _cells(seen: NDArray[np.float64], expected: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Return what was seen and expected in cells of outcomes side by side, each with enough expected in it."""
    cells = [(0.0, 0.0)]
    for got, chance in zip(seen, expected, strict=True):
        if cells[-1][1] >= FEWEST:
            cells.append((0.0, 0.0))
        cells[-1] = (cells[-1][0] + got, cells[-1][1] + chance)
    if len(cells) > 1 and cells[-1][1] < FEWEST:
        rest = cells.pop()
        cells[-1] = (cells[-1][0] + rest[0], cells[-1][1] + rest[1])
    return cells


def exact(what: str, got: float, expected: float, tolerance: float = EXACTLY) -> Check:
    """Hold a number that no luck comes into against what it must be.

    >>> exact("a third", 1 / 3, 0.333333).passed
    True
    """
    return Check(what, expected, float(got), tolerance, "absolute")
