"""What came out over all replicates, and whether a pattern holds, fails or cannot be asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf, isfinite, nan
from typing import NamedTuple

import numpy as np

from experiments.analysis.statistics import estimates, proportions
from experiments.analysis.statistics.estimates import Interval
from experiments.validity.adoptions import Array
from experiments.validity.patterns import measured, setups
from experiments.validity.patterns.catalogue import (
    ASKED_ELSEWHERE,
    DISCRIMINATING,
    NULL,
    PATTERNS,
    SIMPLE,
    Pattern,
    Range,
)
from experiments.validity.patterns.setups import Setup

HOLDS, FAILS, NOT_ASKED = "holds", "fails", "cannot be asked"
FEWEST = 3
"""Runs from which on a statistic is judged."""
DRAWS = 400
Outcomes = Mapping[str, Array]
"""Every statistic by replicate."""


class Number(NamedTuple):
    """One statistic over all runs, and what is accepted of it."""

    statistic: str
    value: float
    low: float
    high: float
    runs: int
    accept_low: float
    accept_high: float
    is_accepted: bool | None  # None: it could not be had


class Verdict(NamedTuple):
    """Whether one pattern holds for one change."""

    pattern: str
    title: str
    verdict: str
    numbers: list[Number]
    why: str = ""


def outcomes_of(setup: Setup, replicates: int, everything: bool = True) -> dict[str, Array]:
    """Return every statistic by replicate; what a replicate does not have is NaN."""
    rows = [measured.of_replicate(setup, replicate, everything) for replicate in range(replicates)]
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: np.array([row.get(name, nan) for row in rows]) for name in names}


def verdicts(outcomes: Outcomes, change: str, patterns: Iterable[Pattern] = PATTERNS) -> list[Verdict]:
    """Return the verdict on each pattern for a change, which is judged by the ranges that are for it."""
    return [_verdict(pattern, outcomes, change) for pattern in patterns]


def _verdict(pattern: Pattern, outcomes: Outcomes, change: str) -> Verdict:
    if pattern.key in ASKED_ELSEWHERE:
        return Verdict(pattern.key, pattern.title, NOT_ASKED, [], ASKED_ELSEWHERE[pattern.key])
    numbers = [_number(one, outcomes) for one in ranges_for(pattern, change)]
    known = [number.is_accepted for number in numbers]
    if False in known:
        return Verdict(pattern.key, pattern.title, FAILS, numbers)
    if None in known or not known:
        return Verdict(pattern.key, pattern.title, NOT_ASKED, numbers, "the runs do not have it")
    return Verdict(pattern.key, pattern.title, HOLDS, numbers)


def ranges_for(pattern: Pattern, change: str) -> list[Range]:
    """Return the ranges by which a change is judged; one that is neither simple nor null is judged as complex."""
    kind = change if change in (SIMPLE, NULL) else "complex"
    return [one for one in pattern.ranges if one.of in ("", kind)]


def _number(wanted: Range, outcomes: Outcomes) -> Number:
    found = _found(wanted.statistic, outcomes)
    return Number(
        wanted.statistic, found.value, found.low, found.high, found.runs, wanted.low, wanted.high, _accepts(wanted, found)
    )  # fmt: skip


def _accepts(wanted: Range, found: Interval) -> bool | None:
    """Return whether a number is accepted, or nothing where it cannot be told."""
    if not isfinite(found.low if wanted.surely else found.value):
        return None
    if wanted.surely:
        return wanted.low < found.low and found.high < wanted.high
    return wanted.low <= found.value <= wanted.high


def _found(statistic: str, outcomes: Outcomes) -> Interval:
    """Return a statistic over all runs: the median mostly, the share of runs of what happens or not."""
    if statistic == "bimodality":
        return _bimodality(outcomes["final"])
    values = outcomes.get(statistic, np.zeros(0))
    known = values[np.isfinite(values)]
    if len(known) < FEWEST:
        return Interval(nan, nan, nan, len(known), "too few runs have it")
    if statistic == "laggards":
        return proportions.share(float(known.sum()), len(known))
    return estimates.median(known, noun="runs")


def bimodality(values: Array) -> float:
    """Return Sarle's coefficient of bimodality: 5/9 where values are spread evenly, 1 for two values, 1/3 if normal.

    >>> bimodality(np.array([0.0, 1.0] * 500)).__round__(2), bimodality(np.linspace(0, 1, 1000)).__round__(2)
    (1.0, 0.55)
    """
    number = len(values)
    centred = values - values.mean()
    spread = float((centred**2).mean())
    if number < 4 or spread < 1e-12:
        return nan
    skewness = float((centred**3).mean()) / spread**1.5 * (number * (number - 1)) ** 0.5 / (number - 2)
    peaked = float((centred**4).mean()) / spread**2 - 3.0
    excess = (number - 1) / ((number - 2) * (number - 3)) * ((number + 1) * peaked + 6.0)
    found: float = (skewness**2 + 1.0) / (excess + 3.0 * (number - 1) ** 2 / ((number - 2) * (number - 3)))
    return found


def _bimodality(finals: Array) -> Interval:
    number = len(finals)
    random = np.random.default_rng(1)
    drawn = [bimodality(finals[random.integers(number, size=number)]) for _ in range(DRAWS)] if number > 3 else [nan]
    known = np.array(drawn)[np.isfinite(drawn)]
    low, high = np.quantile(known, [0.025, 0.975]).tolist() if len(known) else (nan, nan)
    return Interval(bimodality(finals) if number > 3 else nan, low, high, number, "runs drawn anew")


class KnockedOut(NamedTuple):
    """What becomes of the patterns without one mechanism: those that hold no more, and those that hold only then."""

    mechanism: str
    verdicts: dict[str, str]
    lost: list[str]
    gained: list[str]


def knock_outs(setup: Setup, replicates: int, names: Sequence[str] | None = None) -> list[KnockedOut]:
    """Return, for each mechanism, what switching it off does to the patterns that discriminate and to P16."""
    judged = [pattern for pattern in PATTERNS if pattern.key in (*DISCRIMINATING, "P16")]
    usual = _by_key(verdicts(outcomes_of(setup, replicates, False), setup.name, judged))
    found = [KnockedOut("nothing", usual, [], [])]
    for name in setups.mechanisms() if names is None else names:
        now = _by_key(verdicts(outcomes_of(setups.without(setup, name), replicates, False), setup.name, judged))
        lost = [key for key in usual if usual[key] == HOLDS != now[key]]
        gained = [key for key in usual if usual[key] != HOLDS == now[key]]
        found.append(KnockedOut(name, now, lost, gained))
    return found


def _by_key(found: Iterable[Verdict]) -> dict[str, str]:
    return {one.pattern: one.verdict for one in found}


def accepted(number: Number) -> str:
    """Return what is accepted of a number, in words.

    >>> accepted(Number("x", 0, 0, 0, 1, 0.0, inf, True)), accepted(Number("x", 0, 0, 0, 1, 0.1, 0.4, True))
    ('above 0', '0.1 to 0.4')
    """
    if number.accept_high == inf:
        return f"above {number.accept_low:g}"
    if number.accept_low == -inf:
        return f"below {number.accept_high:g}"
    return f"{number.accept_low:.3g} to {number.accept_high:.3g}"
