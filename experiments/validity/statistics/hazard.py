"""Whether exposure makes adoption likelier: a logit model of who adopts at each time, among those who have not yet.

Every time at which anybody adopts has a constant of its own, so that what changes for all of them at once is not taken
for exposure. Times at which nobody, or everybody left, adopts say nothing of exposure and are left out.
"""

from __future__ import annotations

from math import exp, nan, sqrt
from typing import NamedTuple

import numpy as np
from scipy import special

from experiments.validity.adoptions import Adoptions, Array

ROUNDS, CLOSE = 100, 1e-10
LARGEST_STEP = 5.0
LARGEST_ERROR = 100.0
"""Of a slope: above, the data tell nothing of it."""


class Rows(NamedTuple):
    """People at risk by time and exposure, those alike in one row."""

    period: Array  # int64
    exposure: Array  # float64
    at_risk: Array  # float64
    adopting: Array  # float64


class OddsRatio(NamedTuple):
    """How much an exposure of 1 multiplies the odds of adopting now, against none, with its interval."""

    value: float
    low: float
    high: float
    slope: float
    error: float
    at_risk: int  # people, counted at each time at which they could adopt
    adopting: int


def person_periods(data: Adoptions) -> Rows:
    """Return those at risk at every time at which anybody adopts, with the exposure they then had.

    Who looks to nobody has none to be exposed to, and is left out. Only one time is held in memory at once.
    """
    assert data.ties is not None
    degrees = data.ties.degrees
    looks = degrees > 0
    by_seen = np.argsort(data.ties.seen, kind="stable")
    listeners, first = data.ties.who[by_seen], np.concatenate([[0], np.cumsum(data.ties.looked_at)])
    moments = np.unique(data.times[data.adopted])
    order = np.argsort(data.times, kind="stable")
    ends = np.searchsorted(data.times[order], moments, side="right")
    adopted_contacts = np.zeros(data.people, np.int64)
    found, begin = [], 0
    for k, moment in enumerate(moments.tolist()):
        at_risk = looks & (data.times >= moment) & (data.observed >= moment)
        found.append(_alike(k, (adopted_contacts[at_risk], degrees[at_risk]), data.times[at_risk] == moment))
        for person in order[begin : ends[k]].tolist():
            adopted_contacts[listeners[first[person] : first[person + 1]]] += 1
        begin = int(ends[k])
    return Rows(*(np.concatenate(column) for column in zip(*found, strict=True))) if found else Rows(*_nothing())


def _alike(period: int, fractions: tuple[Array, Array], adopting: Array) -> Rows:
    values, place = np.unique(fractions[0] / fractions[1], return_inverse=True)
    counts = np.bincount(place, minlength=len(values)).astype(np.float64)
    return Rows(np.full(len(values), period), values, counts, np.bincount(place, adopting, minlength=len(values)))


def _nothing() -> tuple[Array, ...]:
    return tuple(np.zeros(0) for _ in Rows._fields)


def odds_ratio(rows: Rows, level: float = 0.95) -> OddsRatio:
    """Return the odds ratio of exposure, by maximum likelihood with a constant for every period.

    NaN where exposure does not differ among those at risk, or tells them apart wholly.
    """
    kept = _informative(rows)
    at_risk, adopting = int(rows.at_risk.sum()), int(rows.adopting.sum())
    fit = _fitted(kept) if len(kept.period) and np.ptp(kept.exposure) > 0 else None
    if fit is None or fit[1] > LARGEST_ERROR:
        return OddsRatio(nan, nan, nan, nan, nan, at_risk, adopting)
    slope, error = fit
    half = float(special.ndtri(0.5 + level / 2)) * error
    return OddsRatio(exp(slope), exp(slope - half), exp(slope + half), slope, error, at_risk, adopting)


def _informative(rows: Rows) -> Rows:
    periods, place = np.unique(rows.period, return_inverse=True)
    risk, events = (np.bincount(place, column, minlength=len(periods)) for column in (rows.at_risk, rows.adopting))
    mixed = ((events > 0) & (events < risk))[place]
    _, renumbered = np.unique(rows.period[mixed], return_inverse=True)
    return Rows(renumbered, *(column[mixed] for column in rows[1:]))


def _fitted(rows: Rows) -> tuple[float, float] | None:
    """Return slope and standard error by Newton's method; the constants are eliminated, one a period."""
    place = rows.period
    risk, events = (np.bincount(place, column) for column in (rows.at_risk, rows.adopting))
    constants, slope = special.logit(events / risk), 0.0
    for _ in range(ROUNDS):
        chance = special.expit(constants[place] + slope * rows.exposure)
        weight = rows.at_risk * chance * (1.0 - chance)
        left = rows.adopting - rows.at_risk * chance
        own, shared = np.bincount(place, weight), np.bincount(place, weight * rows.exposure)
        information = float(weight @ rows.exposure**2 - (shared**2 / own).sum())
        if not information > 0.0:
            return None
        score = np.bincount(place, left)
        step = (float(left @ rows.exposure) - float((shared / own) @ score)) / information
        step = min(max(step, -LARGEST_STEP), LARGEST_STEP)
        constants = constants + (score - shared * step) / own
        slope += step
        if abs(slope) > 30.0 or not np.isfinite(constants).all():
            return None
        if abs(step) < CLOSE:
            return slope, 1.0 / sqrt(information)
    return None
