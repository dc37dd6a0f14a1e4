"""Time to an event when some runs never get there: survival curves and what to read off them.

Runs that end before half the staff have adopted are right-censored: the time
is known only to be longer than the run. Averaging the runs that got there
forgets the others, and flatters; everything here counts them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from experiments.analysis.statistics.estimates import Floats
from experiments.analysis.statistics.exact import share_edges


class Survival(NamedTuple):
    """A Kaplan-Meier curve: the share that has not got there yet, at each time.

    ``at_risk`` counts those not yet there, and still watched, just before the time.
    """

    times: Floats
    survival: Floats
    at_risk: NDArray[np.int64]
    events: NDArray[np.int64]
    censored: int
    runs: int


def kaplan_meier(times: ArrayLike, observed: ArrayLike) -> Survival:
    """Kaplan-Meier curve of times of which some are only known to be longer.

    Parameters
    ----------
    times : array_like
        Time of the event, or the last time seen without it.
    observed : array_like of bool
        Whether the event was seen; false for a censored time.

    References
    ----------
    Kaplan, E. L. and Meier, P. (1958). Nonparametric estimation from
    incomplete observations. Journal of the American Statistical Association
    53, 457-481.

    Examples
    --------
    >>> curve = kaplan_meier([6, 7, 9, 10], [True, True, False, True])
    >>> curve.survival.tolist(), curve.at_risk.tolist(), curve.censored
    ([0.75, 0.5, 0.5, 0.0], [4, 3, 2, 1], 1)
    """
    time, seen = _durations(times, observed)
    function = stats.ecdf(stats.CensoredData(uncensored=time[seen], right=time[~seen])).sf
    ticks = np.asarray(function.quantiles, dtype=np.float64)
    share = np.asarray(function.probabilities, dtype=np.float64)
    at_risk, events = _counts(time, seen, ticks)
    return Survival(ticks, share, at_risk, events, int((~seen).sum()), int(time.size))


def _durations(times: ArrayLike, observed: ArrayLike) -> tuple[Floats, NDArray[np.bool_]]:
    time, seen = np.asarray(times, dtype=np.float64), np.asarray(observed, dtype=bool)
    if time.shape != seen.shape or time.size == 0 or not np.isfinite(time).all():
        raise ValueError("Survival needs at least one finite time, and for each whether the event was seen.")
    return time, seen


def _counts(time: Floats, seen: NDArray[np.bool_], ticks: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many are still at risk just before each time, and how many get there at it."""
    every, reached = np.sort(time), np.sort(time[seen])
    at_risk = time.size - np.searchsorted(every, ticks, side="left")
    events = np.searchsorted(reached, ticks, "right") - np.searchsorted(reached, ticks, "left")
    return at_risk, events


def survival_at(curve: Survival, time: float) -> float:
    """Share that has not got there by a time.

    >>> survival_at(kaplan_meier([6, 7, 9, 10], [True, True, False, True]), 8)
    0.5
    """
    place = int(np.searchsorted(curve.times, time, side="right")) - 1
    return float(curve.survival[place]) if place >= 0 else 1.0


def median_time(curve: Survival) -> float:
    """Time by which half have got there; infinite if half never do.

    Runs that never got there count: they push the median up.

    >>> median_time(kaplan_meier([6, 7, 9, 9], [True, True, False, False]))
    7.0
    >>> median_time(kaplan_meier([6, 9, 9, 9], [True, False, False, False]))
    inf
    """
    places = np.flatnonzero(curve.survival <= 0.5 + 1e-12)
    return float(curve.times[places[0]]) if places.size else float("inf")


def band(curve: Survival, level: float = 0.95) -> tuple[Floats, Floats]:
    """Interval, at each time, of the share that has not got there.

    Where every run is watched until it gets there or to the one horizon of all, those not there yet are plain counts, and
    the interval is exact. Where runs were given up on the way it is that of Greenwood's variance on the scale of
    log(-log), which stays between 0 and 1; it has no width before the first event, nor where nobody is left.

    References
    ----------
    Kalbfleisch, J. D. and Prentice, R. L. (2002). The statistical analysis of failure time data, 2nd edition, section 1.4.

    Examples
    --------
    >>> low, high = band(kaplan_meier([6, 7, 9, 10], [True, True, False, True]))
    >>> [round(float(edge[0]), 3) for edge in (low, high)]
    [0.128, 0.961]
    """
    left = curve.at_risk - curve.events
    if not (curve.times.size and left[-1] != curve.censored):
        edges = [share_edges(int(count), curve.runs, level) for count in left]
        low, high = (np.array([edge[side] for edge in edges], dtype=np.float64) for side in (0, 1))
        return low, high
    return _greenwood(curve, level)


def _greenwood(curve: Survival, level: float) -> tuple[Floats, Floats]:
    left = curve.at_risk - curve.events
    inside = (curve.survival > 0) & (curve.survival < 1)
    steps = np.divide(curve.events, curve.at_risk * left, out=np.zeros(left.shape), where=left > 0)
    logs = np.log(curve.survival, out=np.full(left.shape, -1.0), where=inside)
    away = stats.norm.ppf(0.5 + level / 2) * np.sqrt(np.cumsum(steps)) / np.abs(logs)
    low, high = (np.where(inside, curve.survival ** np.exp(side * away), curve.survival) for side in (1, -1))
    return low, high


def restricted_mean(times: ArrayLike, observed: ArrayLike, horizon: float) -> float:
    """Mean time to the event up to a horizon: the area under the Kaplan-Meier curve.

    Unlike the mean over those who got there, it does not forget those who did not.

    >>> restricted_mean([10, 30, 40, 40], [True, True, False, False], horizon=40)
    30.0
    """
    time, seen = _durations(times, observed)
    if horizon > time.max() and not seen[time == time.max()].all():
        raise ValueError(f"The horizon {horizon:g} lies beyond the last time watched, {time.max():g}.")
    curve = kaplan_meier(time, seen)
    inside = curve.times < horizon
    lengths = np.diff(np.concatenate([[0.0], curve.times[inside], [horizon]]))
    return float(np.concatenate([[1.0], curve.survival[inside]]) @ lengths)
