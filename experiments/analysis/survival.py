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

from experiments.analysis.statistics import Floats, Interval, pairs


class Survival(NamedTuple):
    """A Kaplan-Meier curve: the share that has not got there yet, at each time.

    ``at_risk`` counts those not yet there, and still watched, just before the
    time; ``low`` and ``high`` are the log-log interval.
    """

    times: Floats
    survival: Floats
    low: Floats
    high: Floats
    at_risk: NDArray[np.int64]
    events: NDArray[np.int64]
    censored: int
    runs: int


class Median(NamedTuple):
    """Median time to an event; infinite where half never get there."""

    value: float
    low: float
    high: float


def kaplan_meier(times: ArrayLike, observed: ArrayLike, level: float = 0.95) -> Survival:
    """Kaplan-Meier curve of times of which some are only known to be longer.

    Parameters
    ----------
    times : array_like
        Time of the event, or the last time seen without it.
    observed : array_like of bool
        Whether the event was seen; false for a censored time.
    level : float
        Level of the log-log interval, in (0, 1).

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
    low, high = _log_log_band(at_risk, events, level)
    return Survival(ticks, share, low, high, at_risk, events, int((~seen).sum()), int(time.size))


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


def _log_log_band(at_risk: NDArray[np.int64], events: NDArray[np.int64], level: float) -> tuple[Floats, Floats]:
    """Log-log interval; where the curve is still 1 or already 0 the interval is that point."""
    share: Floats = np.cumprod(1 - events / at_risk).astype(np.float64)
    low, high = share.copy(), share.copy()
    inside = (share > 0) & (share < 1)
    with np.errstate(divide="ignore"):
        variance = np.cumsum(events / (at_risk * (at_risk - events)))
    log = np.log(share[inside])
    half = float(stats.norm.ppf(0.5 + level / 2)) * np.sqrt(variance[inside]) / np.abs(log)
    low[inside] = share[inside] ** np.exp(half)
    high[inside] = share[inside] ** np.exp(-half)
    return low, high


def survival_at(curve: Survival, time: float) -> Interval:
    """Share that has not got there by a time, with the log-log interval.

    >>> survival_at(kaplan_meier([6, 7, 9, 10], [True, True, False, True]), 8).value
    0.5
    """
    place = int(np.searchsorted(curve.times, time, side="right")) - 1
    if place < 0:
        return Interval(1.0, 1.0, 1.0, curve.runs)
    return Interval(float(curve.survival[place]), float(curve.low[place]), float(curve.high[place]), curve.runs)


def median_time(curve: Survival) -> Median:
    """Time by which half have got there; infinite if half never do.

    The interval reads the log-log band at one half, as Brookmeyer and Crowley
    (1982) do. Runs that never got there count: they push the median up.

    >>> median_time(kaplan_meier([6, 7, 9, 9], [True, True, False, False])).value
    7.0
    >>> median_time(kaplan_meier([6, 9, 9, 9], [True, False, False, False])).value
    inf
    """

    def first_below(line: Floats) -> float:
        places = np.flatnonzero(line <= 0.5 + 1e-12)
        return float(curve.times[places[0]]) if places.size else float("inf")

    return Median(first_below(curve.survival), first_below(curve.low), first_below(curve.high))


def restricted_mean(times: ArrayLike, observed: ArrayLike, horizon: float) -> float:
    """Mean time to the event up to a horizon: the area under the Kaplan-Meier curve.

    Unlike the mean over those who got there, it does not forget those who did not.

    >>> restricted_mean([10, 30, 40, 40], [True, True, False, False], horizon=40)
    30.0
    """
    time, seen = _durations(times, observed)
    weights = np.ones((1, time.size))
    return float(_restricted_means(time, seen, horizon, weights)[0])


def _restricted_means(time: Floats, seen: NDArray[np.bool_], horizon: float, weights: Floats) -> Floats:
    """Area under the Kaplan-Meier curve for each row of weights on the runs."""
    if horizon > time.max() and not seen[time == time.max()].all():
        raise ValueError(f"The horizon {horizon:g} lies beyond the last time watched, {time.max():g}.")
    ticks = np.unique(time[seen & (time < horizon)])
    at_risk = weights @ (time[:, None] >= ticks)
    events = weights @ ((time[:, None] == ticks) & seen[:, None])
    hazard = np.divide(events, at_risk, out=np.zeros_like(events), where=at_risk > 0)
    share = np.hstack([np.ones((len(weights), 1)), np.cumprod(1 - hazard, axis=1)])
    lengths = np.diff(np.concatenate([[0.0], ticks, [horizon]]))
    area: Floats = share @ lengths
    return area


def restricted_mean_difference(
    a: tuple[ArrayLike, ArrayLike],
    b: tuple[ArrayLike, ArrayLike],
    horizon: float,
    level: float = 0.95,
    resamples: int = 4000,
    seed: int = 20120401,
) -> Interval:
    """Difference in restricted mean time, ``a - b``; negative where ``a`` is faster.

    Parameters
    ----------
    a, b : (times, observed)
        Two arms in the same order of replicates.
    horizon : float
        Time up to which the mean is taken, not beyond the end of the runs.
    level : float
        Level of the percentile interval of the bootstrap.
    resamples, seed : int
        Replicates are drawn anew, with both arms of a replicate kept together,
        so that the shared random numbers are not wasted.

    Examples
    --------
    >>> seen = [True, True, True, False]
    >>> faster = restricted_mean_difference(
    ...     ([10, 20, 30, 40], seen), ([14, 26, 33, 40], seen), horizon=40)
    >>> faster.value, faster.low < faster.value < faster.high
    (-3.25, True)
    """
    a_time, a_seen = _durations(*a)
    b_time, b_seen = _durations(*b)
    pairs(a_time, b_time)
    size = a_time.size
    rows = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), size=resamples)
    weights = np.vstack([np.ones(size), rows])
    means_a, means_b = (_restricted_means(*arm, horizon, weights) for arm in ((a_time, a_seen), (b_time, b_seen)))
    differences = means_a - means_b
    low, high = np.quantile(differences[1:], [0.5 - level / 2, 0.5 + level / 2])
    return Interval(float(differences[0]), float(low), float(high), size)
