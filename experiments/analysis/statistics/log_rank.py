"""Whether two arms take equally long to get somewhere, when some runs never do: the log-rank test, whole and in pairs.

Arms of a sweep share their random numbers replicate by replicate, so runs of two arms are no independent groups: the test
is stratified by replicate. With one run of each arm in a stratum all that counts is which of them was there first, and the
log-rank test becomes the sign test of that, whose p-value is exact.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from experiments.analysis.statistics.estimates import Floats


class LogRank(NamedTuple):
    """Events beyond what is expected where arms do not differ, their variance, and what that comes to."""

    beyond: float
    variance: float
    chi_square: float
    p_value: float


class FirstThere(NamedTuple):
    """Pairs of runs in which one arm was there first, the other was, or neither; both may never have got there.

    ``chi_square`` is that of the log-rank test stratified by pair, ``p_value`` exact, after the binomial distribution.
    """

    first: int
    second: int
    neither: int
    chi_square: float
    p_value: float


def log_rank(times: ArrayLike, observed: ArrayLike, is_first: ArrayLike, strata: ArrayLike | None = None) -> LogRank:
    """Return the log-rank test of two groups, within strata where there are any.

    Parameters
    ----------
    times : array_like
        Time of the event, or the last time seen without it.
    observed : array_like of bool
        Whether the event was seen.
    is_first : array_like of bool
        Whether it is one of the first group.
    strata : array_like, optional
        What it is compared within.

    References
    ----------
    Mantel, N. (1966). Evaluation of survival data and two new rank order statistics arising in its consideration. Cancer
    Chemotherapy Reports 50, 163-170.

    Examples
    --------
    >>> found = log_rank([1, 2, 3, 4], [True, True, True, False], [True, True, False, False])
    >>> round(found.chi_square, 3)
    2.882
    """
    time = np.asarray(times, dtype=np.float64)
    seen, ours = (np.asarray(flags, dtype=bool) for flags in (observed, is_first))
    within = np.zeros(time.size, dtype=np.int64) if strata is None else np.unique(strata, return_inverse=True)[1]
    parts = [_stratum(time[at], seen[at], ours[at]) for at in (within == place for place in np.unique(within))]
    beyond, variance = (float(sum(part[side] for part in parts)) for side in (0, 1))
    square = beyond**2 / variance if variance > 0 else 0.0
    return LogRank(beyond, variance, square, float(stats.chi2.sf(square, 1)))


def _stratum(time: Floats, seen: NDArray[np.bool_], ours: NDArray[np.bool_]) -> tuple[float, float]:
    """Return by how many events the first group is beyond what is expected of it, and the variance of that."""
    moments = np.unique(time[seen])
    at_risk = (time >= moments[:, None]).astype(np.float64)
    events = ((time == moments[:, None]) & seen).sum(axis=1)
    all_left, ours_left = at_risk.sum(axis=1), at_risk @ ours
    share = ours_left / all_left
    ties = np.divide(all_left - events, all_left - 1, out=np.zeros(moments.size), where=all_left > 1)
    happened = ((time == moments[:, None]) & seen & ours).sum(axis=1)
    return float((happened - events * share).sum()), float((events * share * (1 - share) * ties).sum())


def first_there(ours: ArrayLike, theirs: ArrayLike) -> FirstThere:
    """Return how often either arm was there first, pair by pair, and whether that is more than chance.

    Parameters
    ----------
    ours, theirs : array_like
        Time of the event in both arms of every pair; infinite where it never came by the horizon, the same for all.

    Examples
    --------
    >>> first_there([10, 20, 30, float("inf")], [20, 30, 40, float("inf")])
    FirstThere(first=3, second=0, neither=1, chi_square=3.0, p_value=0.25)
    """
    first, second = np.asarray(ours, dtype=np.float64), np.asarray(theirs, dtype=np.float64)
    ahead, behind = int((first < second).sum()), int((first > second).sum())
    decided = ahead + behind
    square = (ahead - behind) ** 2 / decided if decided else 0.0
    p_value = float(stats.binomtest(ahead, decided).pvalue) if decided else 1.0
    return FirstThere(ahead, behind, first.size - decided, square, p_value)
