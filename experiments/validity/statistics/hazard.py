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
    """People at risk by time, exposure and what else is held alike, those alike in one row."""

    period: Array  # int64
    exposure: Array  # float64
    at_risk: Array  # float64
    adopting: Array  # float64
    held: Array | None = None  # float64


class OddsRatio(NamedTuple):
    """How much an exposure of 1 multiplies the odds of adopting now, against none, with its interval."""

    value: float
    low: float
    high: float
    slope: float
    error: float
    at_risk: int  # people, counted at each time at which they could adopt
    adopting: int


def person_periods(data: Adoptions, among_all: bool = False) -> Rows:
    """Return those at risk at every time at which anybody adopts, with the exposure they then had.

    Who looks to nobody has none to be exposed to, and is left out. Only one time is held in memory at once. With
    `among_all` they count too, as exposed to nobody, and by how many each is looked to is held alike.
    """
    assert data.ties is not None
    degrees, popular = np.maximum(data.ties.degrees, 1), data.ties.looked_at if among_all else None
    looks = data.ties.degrees >= (0 if among_all else 1)
    by_seen = np.argsort(data.ties.seen, kind="stable")
    listeners, first = data.ties.who[by_seen], np.concatenate([[0], np.cumsum(data.ties.looked_at)])
    moments = np.unique(data.times[data.adopted])
    order = np.argsort(data.times, kind="stable")
    ends = np.searchsorted(data.times[order], moments, side="right")
    adopted_contacts = np.zeros(data.people, np.int64)
    found, begin = [], 0
    for k, moment in enumerate(moments.tolist()):
        at_risk = looks & (data.times >= moment) & (data.observed >= moment)
        exposure = adopted_contacts[at_risk] / degrees[at_risk]
        held = None if popular is None else popular[at_risk]
        found.append(_alike(k, exposure, held, data.times[at_risk] == moment))
        for person in order[begin : ends[k]].tolist():
            adopted_contacts[listeners[first[person] : first[person + 1]]] += 1
        begin = int(ends[k])
    if not found:
        return Rows(*(np.zeros(0) for _ in range(4)))
    period, exposures, risk, adopting, also = zip(*found, strict=True)
    rows = Rows(*map(np.concatenate, (period, exposures, risk, adopting)))
    return rows._replace(held=np.concatenate(also)) if among_all else rows


def _alike(period: int, exposure: Array, held: Array | None, adopting: Array) -> Rows:
    values, place = np.unique(exposure, return_inverse=True)
    also = None
    if held is not None:
        others, other = np.unique(held, return_inverse=True)
        both, place = np.unique(place * len(others) + other, return_inverse=True)
        values, also = values[both // len(others)], others[both % len(others)].astype(np.float64)
    counts = np.bincount(place, minlength=len(values)).astype(np.float64)
    leaving = np.bincount(place, adopting, minlength=len(values))
    return Rows(np.full(len(values), period), values, counts, leaving, also)


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
    kept = Rows(renumbered, *(column[mixed] for column in (rows.exposure, rows.at_risk, rows.adopting)))
    return kept if rows.held is None else kept._replace(held=rows.held[mixed])


def _fitted(rows: Rows) -> tuple[float, float] | None:
    """Return slope and standard error by Newton's method; the constants are eliminated, one a period."""
    place, columns = rows.period, _columns(rows)
    risk, events = (np.bincount(place, column) for column in (rows.at_risk, rows.adopting))
    constants, slopes = special.logit(events / risk), np.zeros(len(columns))
    for _ in range(ROUNDS):
        chance = special.expit(constants[place] + slopes @ columns)
        weight = rows.at_risk * chance * (1.0 - chance)
        left = rows.adopting - rows.at_risk * chance
        own, shared = np.bincount(place, weight), np.array([np.bincount(place, weight * one) for one in columns])
        information = (columns * weight) @ columns.T - (shared / own) @ shared.T
        if not np.linalg.det(information) > 0.0:
            return None
        score = np.bincount(place, left)
        step = np.linalg.solve(information, columns @ left - (shared / own) @ score)
        step = np.clip(step, -LARGEST_STEP, LARGEST_STEP)
        constants = constants + (score - step @ shared) / own
        slopes = slopes + step
        if abs(slopes).max() > 30.0 or not np.isfinite(constants).all():
            return None
        if abs(step).max() < CLOSE:
            return float(slopes[0]), sqrt(np.linalg.inv(information)[0, 0])
    return None


def _columns(rows: Rows) -> Array:
    """Return exposure, and what is held alike if it differs, in steps of its largest value."""
    if rows.held is None or np.ptp(rows.held) == 0.0:
        return rows.exposure[None, :]
    return np.array([rows.exposure, rows.held / rows.held.max()])
