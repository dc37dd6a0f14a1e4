"""Intervals and paired differences: what a sweep lets one say, and how surely.

Arrays go in, named tuples come out; nothing here runs a model or reads a file. Arms of a sweep share their random
numbers replicate by replicate, so everything that compares two arms works on pairs: the same replicate in both.

Which interval is offered follows from the number of values and from the bounds of the outcome, never from what the
values are: exact within bounds from 3 values, Student's t from 10, exact for a median from 6. Fewer get none, and values
that do not vary get none either: the note says why.
"""

from __future__ import annotations

from math import inf, nan, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from experiments.analysis.statistics import exact
from experiments.analysis.statistics.exact import ORDER_NEEDS, Edges

Floats = NDArray[np.float64]
Bounds = tuple[float, float]

SHARE: Bounds = (0.0, 1.0)
ANY: Bounds = (-inf, inf)
BOUNDED_NEEDS, T_NEEDS, CORRELATION_NEEDS = 3, 10, 5
STUDENT, BOUNDED, ORDER = "Student's t", "exact within bounds", "exact, by order"
ALIKE, MOSTLY_ALIKE = "all values are alike", "most values are alike"


class Interval(NamedTuple):
    """An estimate with its confidence interval and the number of values behind it.

    Where no interval is offered, ``low`` and ``high`` are NaN; ``note`` says which interval it is, or why there is none.
    """

    value: float
    low: float
    high: float
    runs: int
    note: str


class PairedDifference(NamedTuple):
    """Mean of the differences between two arms that share their random numbers.

    ``p_value`` is at most 5 % exactly where ``low`` and ``high`` leave 0 out.
    ``median`` is that of the differences, which bears skew better. ``correlation`` is that between the arms, and
    ``saving`` how many times as many unpaired runs the same precision would have taken: pairing is shown to work here,
    not claimed. Both need 5 pairs.
    """

    value: float
    low: float
    high: float
    p_value: float
    median: Interval
    correlation: float
    saving: float
    skewness: float
    runs: int
    note: str


class _Found(NamedTuple):
    edges: Edges
    p_value: float
    note: str


NONE = Edges(nan, nan)


def mean(values: ArrayLike, bounds: Bounds = SHARE, level: float = 0.95, why_none: str = "") -> Interval:
    """Mean of independent values, with the interval that their number and bounds allow.

    Parameters
    ----------
    values : array_like
        One number per replicate.
    bounds : (float, float)
        What no value can lie below or above: 0 and 1 for shares.
    level : float
        Confidence level, in (0, 1).
    why_none : str
        Why no interval may be given, where that is so.

    Examples
    --------
    >>> [round(number, 3) for number in mean([0.1, 0.2, 0.3])[:3]]
    [0.2, 0.053, 0.767]
    >>> mean([0.1, 0.2]).note
    'needs 3 replicates'
    """
    array = _finite(values)
    found = _found(array, bounds, level, why_none, "replicates")
    return Interval(_centre(array), *found.edges, int(array.size), found.note)


def median(values: ArrayLike, level: float = 0.95, why_none: str = "", noun: str = "replicates") -> Interval:
    """Median of independent values, with its exact interval; infinite values count as larger than any.

    >>> median([1, 2, 3, 4, 5, 60])[:3]
    (3.5, 1.0, 60.0)
    """
    array = np.sort(np.asarray(values, dtype=np.float64))
    if array.size == 0:
        return Interval(nan, nan, nan, 0, why_none or f"no {noun}")
    middle = (array[(array.size - 1) // 2], array[array.size // 2])
    centre = float(middle[0] if middle[0] == middle[1] else sum(middle) / 2)
    edges = exact.median_edges(array.tolist(), level)
    why = why_none or ("" if edges else f"needs {ORDER_NEEDS} {noun}") or ("" if _varies(array) else ALIKE)
    if why or edges is None or edges.low == edges.high:
        return Interval(centre, nan, nan, int(array.size), why or MOSTLY_ALIKE)
    return Interval(centre, *edges, int(array.size), ORDER)


def paired_difference(
    a: ArrayLike, b: ArrayLike, reach: float = inf, level: float = 0.95, why_none: str = ""
) -> PairedDifference:
    """Mean of ``a - b`` over replicates that share their random numbers.

    Parameters
    ----------
    a, b : array_like
        The same observable in two arms, in the same order of replicates.
    reach : float
        What no difference can exceed, in the unit of the observable: 1 for shares.
    level : float
        Confidence level, in (0, 1).
    why_none : str
        Why no interval may be given, where that is so.

    Raises
    ------
    ValueError
        If the arms have different numbers of replicates, or values are missing.

    Examples
    --------
    >>> gain = paired_difference([0.30, 0.52, 0.41, 0.58] * 3, [0.20, 0.43, 0.30, 0.50] * 3)
    >>> round(gain.value, 3), round(gain.low, 3), round(gain.high, 3)
    (0.095, 0.088, 0.102)
    """
    first, second = pairs(a, b)
    differences = _finite(first - second)
    found = _found(differences, (-reach, reach), level, why_none, "pairs")
    enough = differences.size >= CORRELATION_NEEDS
    spread = float(differences.var(ddof=1)) if enough else nan
    apart = float(first.var(ddof=1) + second.var(ddof=1)) if enough else nan
    return PairedDifference(
        _centre(differences),
        *found.edges,
        found.p_value,
        median(differences, level, why_none, "pairs"),
        _correlation(first, second) if enough else nan,
        apart / spread if spread > 0 else nan,
        _skewness(differences),
        int(differences.size),
        found.note,
    )


def _found(values: Floats, bounds: Bounds, level: float, why_none: str, noun: str) -> _Found:
    """Return the interval that a number of values within bounds allows, and the p-value of a mean of 0."""
    known = np.isfinite(bounds).all()
    needed = BOUNDED_NEEDS if known else T_NEEDS
    if why_none or values.size < needed:
        return _Found(NONE, nan, why_none or f"needs {needed} {noun}")
    if not _varies(values):
        # The sign test: what every pair does alike is no matter of means.
        return _Found(NONE, 2 * 0.5**values.size if values.any() else 1.0, ALIKE)
    if values.size < T_NEEDS:
        edges = exact.bounded_mean(values.tolist(), *bounds, level)
        return _Found(edges, exact.bounded_p_value(values.tolist(), *bounds), BOUNDED)
    centre, error, free = _centre(values), float(values.std(ddof=1)) / sqrt(values.size), values.size - 1
    half = float(special.stdtrit(free, 0.5 + level / 2)) * error
    p_value = 2 * float(special.stdtr(free, -abs(centre) / error))
    return _Found(Edges(max(bounds[0], centre - half), min(bounds[1], centre + half)), p_value, STUDENT)


def _finite(values: ArrayLike) -> Floats:
    array = np.asarray(values, dtype=np.float64)
    if not np.isfinite(array).all():
        raise ValueError("A mean over missing or infinite values is refused: drop them by name first.")
    return array


def _centre(values: Floats) -> float:
    return float(values.mean()) if values.size else nan


def pairs(a: ArrayLike, b: ArrayLike) -> tuple[Floats, Floats]:
    """Two arms as arrays, refused unless they can be paired."""
    first, second = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    if first.shape != second.shape:
        raise ValueError(f"Pairs need two arms of equal length, but there are {first.size} and {second.size} values.")
    return first, second


def _varies(values: Floats) -> bool:
    """Whether values differ by more than the rounding of their own arithmetic."""
    if values.size < 2 or values.max() == values.min():
        return False
    return not float(values.max() - values.min()) <= 1e-12 * float(np.abs(values).max()) < inf


def _correlation(first: Floats, second: Floats) -> float:
    if not (_varies(first) and _varies(second)):
        return nan
    return float(np.corrcoef(first, second)[0, 1])


def _skewness(values: Floats) -> float:
    if not _varies(values):
        return nan
    away = values - values.mean()
    return float((away**3).mean() / (away**2).mean() ** 1.5)
