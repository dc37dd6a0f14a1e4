"""What people saw when they adopted, and what followed their adoption, as netdiffuseR counts it.

A person's exposure is the share of those to whom they look who have adopted at an earlier time; their threshold is the
exposure at which they adopted. Infectiousness and susceptibility are those of Valente, Dyal, Chu, Wipfli and Fujimoto
(2015), with one step of time and normalised: netdiffuseR's `infection` and `susceptibility` as they are by default.
"""

from __future__ import annotations

from math import nan
from typing import NamedTuple

import numpy as np

from experiments.validity.adoptions import Adoptions, Array, Ties


class Thresholds(NamedTuple):
    """The exposure at adoption over all who adopted and look to anybody: mean, standard deviation, share with none."""

    mean: float
    sd: float
    zero: float


def at_adoption(data: Adoptions) -> Array:
    """Return each person's exposure when they adopted; NaN where they did not, or look to nobody."""
    ties = _ties(data)
    who, seen = ties.who, ties.seen
    earlier = data.times[seen] < data.times[who]
    counts = np.bincount(who[earlier], minlength=data.people)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = counts / ties.degrees
    return np.where(data.adopted, share, nan)


def thresholds(exposures: Array) -> Thresholds:
    """Return what thresholds are like.

    >>> thresholds(np.array([0.0, 0.5, 1.0, np.nan]))
    Thresholds(mean=0.5, sd=0.5, zero=0.3333333333333333)
    """
    known = exposures[~np.isnan(exposures)]
    if len(known) < 2:
        return Thresholds(nan, nan, nan)
    return Thresholds(float(known.mean()), float(known.std(ddof=1)), float((known == 0.0).mean()))


def susceptibility(data: Adoptions) -> Array:
    """Return, of those a person looks to who adopted before, the share who did so one step before, by how many did.

    NaN for those who did not adopt.
    """
    return _normalised(data, _ties(data).who, -1.0)


def infectiousness(data: Adoptions) -> Array:
    """Return, of those who look to a person and adopted after, the share who did so one step after, by how many did.

    NaN for those who did not adopt.
    """
    return _normalised(data, _ties(data).seen, 1.0)


def _gaps(later: Array, earlier: Array) -> Array:
    """Return how long one adopted after the other; NaN where either did not adopt."""
    with np.errstate(invalid="ignore"):
        return np.where(np.isfinite(later) & np.isfinite(earlier), later - earlier, nan)


def _normalised(data: Adoptions, ends: Array, step: float) -> Array:
    """Return, for the people at one end of each tie, the share of those at the other who adopted a step apart."""
    ties = _ties(data)
    gap = _gaps(data.times[ties.who], data.times[ties.seen])
    one_step, ever = (np.bincount(ends[apart], minlength=data.people) for apart in (gap == 1, gap >= 1))
    moments, counts = np.unique(data.times[data.adopted], return_counts=True)
    by_moment = dict(zip(moments.tolist(), counts.tolist(), strict=True))
    then = np.array([by_moment.get(time + step, 0) for time in data.times.tolist()], np.float64)
    share = np.divide(one_step, ever * then, out=np.zeros(data.people), where=(ever > 0) & (then > 0))
    return np.where(data.adopted, share, nan)


def _ties(data: Adoptions) -> Ties:
    if data.ties is None:
        raise ValueError("exposure needs ties")
    return data.ties
