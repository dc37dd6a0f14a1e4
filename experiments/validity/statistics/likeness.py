"""What is alike: neighbours in a network, members of a unit, and the time in which a unit makes its change."""

from __future__ import annotations

from math import nan
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special, stats

from experiments.validity.adoptions import Array, Ties


class Moran(NamedTuple):
    """Moran's I; the mean of what it comes to when values change places inside units; the share of these as large."""

    value: float
    expected: float
    p_value: float
    permutations: int


class Intraclass(NamedTuple):
    """An intraclass correlation with its interval, which supposes normal values."""

    value: float
    low: float
    high: float
    units: int
    members: int


def morans_i(values: ArrayLike, ties: Ties) -> float:
    """Return Moran's I, the mean of those a person looks to against the person's own value.

    Each who looks to anybody counts once: weights of a person's ties add up to 1.

    >>> pairs = Ties.of(np.array([0, 1, 2, 3]), np.array([1, 0, 3, 2]), 4)
    >>> morans_i([1.0, 1.0, 2.0, 2.0], pairs), morans_i([1.0, 2.0, 1.0, 2.0], pairs)
    (1.0, -1.0)
    """
    return _moran(_centred(values), ties.who, ties.seen, ties.degrees)


def _centred(values: ArrayLike) -> Array:
    array = np.asarray(values, np.float64)
    centred: Array = array - array.mean()
    return centred


def _moran(centred: Array, who: Array, seen: Array, degrees: Array) -> float:
    looking = int((degrees > 0).sum())
    variation = float(centred @ centred)
    if not looking or variation == 0.0:
        return nan
    together = float((centred[who] * centred[seen] / degrees[who]).sum())
    return len(centred) / looking * together / variation


def moran_test(values: ArrayLike, ties: Ties, units: Array | None = None, permutations: int = 999) -> Moran:
    """Return Moran's I against values that change places inside their units, or among all where there are none.

    The share of permutations that come to as much counts the values as they are as one of them.
    """
    centred, who, degrees = _centred(values), ties.who, ties.degrees
    groups = np.zeros(len(centred), np.int64) if units is None else units
    random = np.random.default_rng(1)
    order = np.argsort(groups, kind="stable")
    found = _moran(centred, who, ties.seen, degrees)
    shuffled, drawn = np.empty(len(centred)), []
    for _ in range(permutations):
        # Sorted by unit and then by chance, the people of a unit stand where those of that unit stood.
        shuffled[order] = centred[np.lexsort((random.random(len(centred)), groups))]
        drawn.append(_moran(shuffled, who, ties.seen, degrees))
    as_large = int((np.array(drawn) >= found - 1e-12).sum())
    return Moran(found, float(np.mean(drawn)), (1 + as_large) / (1 + permutations), permutations)


def intraclass(values: ArrayLike, units: ArrayLike, level: float = 0.95) -> Intraclass:
    """Return the intraclass correlation from a one-way analysis of variance; units below 0 are left out.

    The interval is that of Searle for units of one size, with the usual mean size where sizes differ.

    >>> found = intraclass([1.0, 1.2, 3.0, 3.2], [0, 0, 1, 1])
    >>> round(found.value, 2)
    0.99
    """
    known = np.asarray(units) >= 0
    array = np.asarray(values, np.float64)[known]
    _, place = np.unique(np.asarray(units)[known], return_inverse=True)
    sizes = np.bincount(place)
    number, groups = len(array), len(sizes)
    if groups < 2 or number <= groups or np.ptp(array) == 0.0:
        return Intraclass(nan, nan, nan, groups, number)
    means = np.bincount(place, array) / sizes
    between = float((sizes * (means - array.mean()) ** 2).sum()) / (groups - 1)
    within = float(((array - means[place]) ** 2).sum()) / (number - groups)
    typical = (number - float((sizes * sizes).sum()) / number) / (groups - 1)
    if within == 0.0:
        return Intraclass(1.0, nan, nan, groups, number)
    ratio = between / within
    tails = [special.fdtri(groups - 1, number - groups, 0.5 + half) for half in (level / 2, -level / 2)]
    value, low, high = ((f - 1.0) / (f + typical - 1.0) for f in (ratio, *(ratio / tail for tail in tails)))
    return Intraclass(value, low, high, groups, number)


def steepest_shares(times: Array, units: Array, window: float, smallest: int = 1) -> Array:
    """Return, by unit, the largest share of all its adoptions that lie within a window of time.

    Units below 0, with fewer members than `smallest`, or without an adoption are left out.

    >>> steepest_shares(np.array([1.0, 2.0, 9.0, np.inf, 5.0]), np.array([0, 0, 0, 0, 1]), 6.0)
    array([0.66666667, 1.        ])
    """
    order = np.lexsort((times, units))
    unit, time = units[order], times[order]
    members = np.bincount(unit[unit >= 0])
    counts = np.isfinite(time) & (unit >= 0)
    unit, time = unit[counts], time[counts]
    # Units lie far apart on one line, so that one search finds the end of every window.
    apart = 2.0 * (float(np.ptp(time)) + window + 1.0) if len(time) else 1.0
    line = unit * apart + (time - (time.min() if len(time) else 0.0))
    inside = np.searchsorted(line, line + window - 1e-9, side="left") - np.arange(len(line))
    most = np.zeros(len(members))
    np.maximum.at(most, unit, inside)
    adopters = np.bincount(unit, minlength=len(members))
    kept = (adopters > 0) & (members >= smallest)
    return most[kept] / adopters[kept]


def shares_by_unit(adopted: Array, units: Array, smallest: int = 1) -> Array:
    """Return the share who adopted, by unit of at least so many members; units below 0 are left out.

    >>> shares_by_unit(np.array([True, False, True]), np.array([0, 0, 1]))
    array([0.5, 1. ])
    """
    known = units >= 0
    members = np.bincount(units[known])
    adopters = np.bincount(units[known], adopted[known], minlength=len(members))
    kept = members >= max(smallest, 1)
    return adopters[kept] / members[kept]


def rank_correlation_inside(a: ArrayLike, b: ArrayLike, units: Array | None = None) -> float:
    """Return Spearman's rank correlation, with what the ranks of a unit have in common taken out.

    >>> rank_correlation_inside([1, 2, 11, 12], [2, 1, 12, 11], np.array([0, 0, 1, 1]))
    -1.0
    """
    first, second = stats.rankdata(a), stats.rankdata(b)
    if units is not None:
        _, place = np.unique(units, return_inverse=True)
        sizes = np.bincount(place)
        first, second = (rank - (np.bincount(place, rank) / sizes)[place] for rank in (first, second))
    if np.ptp(first) == 0.0 or np.ptp(second) == 0.0:
        return nan
    return float(np.corrcoef(first, second)[0, 1])
