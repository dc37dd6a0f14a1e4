"""Two arms against one another, pair by pair: what each came to, by how much they differ, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf, nan
from typing import NamedTuple

import numpy as np

from experiments.analysis.asked import Asked, declared
from experiments.analysis.outcomes import TIMES
from experiments.analysis.statistics import estimates, survival
from experiments.analysis.statistics.estimates import ANY, Floats, Interval, PairedDifference
from experiments.analysis.statistics.precision import Looks
from experiments.analysis.statistics.proportions import Superiority, share, superiority
from experiments.analysis.study_facts import ALL, SOME
from simulation import Request, catalogue
from simulation.errors import Invalid, nearest

Row = Mapping[str, float | None]
"""The observables of one run, None where one never came about."""
Pair = tuple[Row, Row]

TO_HALF = "weeks_to_50"
NOBODY = "no run got there"
BENEFIT = "nature.benefit"


def asked_about(name: str, requests: Sequence[Request]) -> Asked:
    """Return an outcome as it is to be read of the runs of checked requests.

    Raises
    ------
    Invalid
        There is no such outcome.
    """
    known = catalogue.observables()
    if name not in known:
        hint = nearest(name, known) or "`syslead list observables` names them."
        raise Invalid([f"No outcome is called {name!r}. {hint}"])
    default = catalogue.parameters()[BENEFIT].default
    harms = {request.in_force().get(BENEFIT, default) < 0 for request in requests}
    harm = {frozenset({True}): ALL, frozenset({True, False}): SOME}.get(frozenset(harms), "")
    return declared(name, requests[0].weeks, harm)


def values(rows: Iterable[Row], asked: Asked) -> Floats:
    """Return an outcome run by run, NaN where it is not known; a run that never got there counts as the whole length."""
    missing = asked.high if asked.name.startswith(TIMES) else nan
    found = (row.get(asked.name) for row in rows)
    return np.array([missing if value is None else value for value in found], dtype=np.float64)


class Reached(NamedTuple):
    """What one arm came to: the outcome's mean and median, and in what share of runs half the staff adopted."""

    mean: Interval
    median: Interval
    half: Interval
    reached_half: int


class Contrast(NamedTuple):
    """The first arm against the second.

    ``time_saved`` is the difference in restricted mean weeks to half the staff, above zero where the first is faster.
    ``ahead`` is the chance that the first does better (or has more, where neither is better) with the same random
    numbers, and ``behind`` in how many pairs it does worse. ``unknown`` counts pairs of which the outcome is not known.
    """

    first: Reached
    second: Reached
    difference: PairedDifference
    time_saved: Interval
    ahead: Superiority
    behind: int
    pairs: int
    unknown: int
    met: bool

    @property
    def sign(self) -> int:
        """Whether the interval of the difference lies above nothing (1), below it (-1), or neither (0)."""
        return sign_of(self.difference)


def sign_of(found: PairedDifference | Interval) -> int:
    """Return whether an interval lies above nothing (1), below it (-1), or neither (0), as where there is none.

    >>> [sign_of(Interval(value, value - 1, value + 1, 20, "")) for value in (3, 0.5, -3)]
    [1, 0, -1]
    """
    return int(found.low > 0) - int(found.high < 0)


def until_precise(pairs: Iterable[Pair], asked: Asked, wanted: float, is_same: bool = False) -> list[Pair]:
    """Take pairs until the difference is known as precisely as is wanted, or there are no more.

    Parameters
    ----------
    pairs : iterable of pair
        One replicate after another; those that come are taken.
    asked : Asked
        The outcome.
    wanted : float
        Half the width of the interval of its difference, in its unit.
    is_same : bool
        Whether both arms are one and the same, so that the first look tells all.
    """
    taken: list[Pair] = []
    looks = Looks(wanted)
    for pair in pairs:
        taken.append(pair)
        if looks.is_due(len(taken)) and (is_same or looks.is_enough(np.subtract(*known(taken, asked)))):
            break
    return taken


def known(pairs: Sequence[Pair], asked: Asked) -> tuple[Floats, Floats]:
    """Return an outcome in both arms of every pair of which it is known."""
    first, second = (values((pair[side] for pair in pairs), asked) for side in (0, 1))
    both = ~(np.isnan(first) | np.isnan(second))
    return first[both], second[both]


def contrast_of(pairs: Sequence[Pair], asked: Asked, wanted: float, weeks: int, is_same: bool = False) -> Contrast:
    """Return what pairs say of an outcome, and of the time to half the staff; see `until_precise`.

    Raises
    ------
    Invalid
        The outcome is known of no pair.
    """
    first, second = known(pairs, asked)
    if not first.size:
        raise Invalid(
            [f"`{asked.name}` is known of none of these runs: {asked.meaning[0].lower()}{asked.meaning[1:]}."]
        )
    turn = asked.better or 1
    ahead = superiority(turn * first, turn * second)
    difference = estimates.paired_difference(first, second, reach=asked.reach)
    return Contrast(
        first=_reached(first, [row for row, _ in pairs]),
        second=_reached(second, [row for _, row in pairs]),
        difference=difference,
        time_saved=_time_saved(pairs, weeks),
        ahead=ahead,
        behind=ahead.runs - ahead.wins - ahead.ties,
        pairs=len(pairs),
        unknown=len(pairs) - int(first.size),
        met=is_same or (difference.high - difference.low) / 2 <= wanted,
    )


def _reached(values: Floats, rows: Sequence[Row]) -> Reached:
    there = sum(row.get(TO_HALF) is not None for row in rows)
    return Reached(estimates.mean(values, ANY), estimates.median(values), share(there, len(rows)), there)


def _time_saved(pairs: Sequence[Pair], weeks: int) -> Interval:
    """Compare restricted means: as every run is watched to the horizon, means of the weeks up to it."""
    to_half = [np.array([inf if row.get(TO_HALF) is None else row[TO_HALF] for row in side], np.float64)
               for side in zip(*pairs, strict=True)]  # fmt: skip
    got_there = [np.isfinite(side) for side in to_half]
    if not any(side.any() for side in got_there):
        return Interval(nan, nan, nan, len(pairs), NOBODY)
    ours, theirs = (np.minimum(side, weeks) for side in to_half)
    gap = estimates.paired_difference(theirs, ours, reach=weeks)
    means = [survival.restricted_mean(side, there, weeks)
             for side, there in zip((ours, theirs), got_there, strict=True)]  # fmt: skip
    return Interval(means[1] - means[0], gap.low, gap.high, gap.runs, gap.note)
