"""What a search says: how often patterns hold, alone and two at once, which keep one another out, and what moves their statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from scipy import stats

from experiments.analysis.statistics.multiplicity import family
from experiments.validity.adoptions import Array
from experiments.validity.patterns.search import World

SURE = 0.05
FEWEST = 10
"""Worlds that must have a statistic for it to be held against a number of theirs."""


class Pair(NamedTuple):
    """Two patterns: in how many worlds both hold, in how many if neither knew of the other, and how sure that is."""

    one: str
    other: str
    worlds: int
    expected: float
    p_value: float  # of holding together no more often than that, by Fisher; adjusted for all pairs


class Mover(NamedTuple):
    """A number that a statistic surely goes with over worlds: their rank correlation."""

    statistic: str
    parameter: str
    correlation: float
    p_value: float  # adjusted for all statistics and numbers


class Spread(NamedTuple):
    """One statistic over worlds: the middle nine tenths of its medians, and the share of worlds in which it is accepted."""

    pattern: str
    statistic: str
    low: float
    middle: float
    high: float
    accepted: float


def held(worlds: Sequence[World]) -> dict[str, Array]:
    """Return in which worlds each pattern holds."""
    return {key: np.array([world.held[key] for world in worlds]) for key in worlds[0].held}


def most(worlds: Sequence[World]) -> tuple[int, list[tuple[tuple[str, ...], int]]]:
    """Return how many patterns hold at once at the most, and which those are in how many worlds."""
    sets = Counter(tuple(key for key, holds in world.held.items() if holds) for world in worlds)
    largest = max(map(len, sets))
    return largest, [(which, number) for which, number in sets.most_common() if len(which) == largest]


def pairs(worlds: Sequence[World]) -> list[Pair]:
    """Return every pair of patterns, those first that hold together least often for what each does alone."""
    columns = held(worlds)
    p_values, counts = {}, {}
    for one, other in combinations(columns, 2):
        a, b = columns[one], columns[other]
        table = [[(a & b).sum(), (a & ~b).sum()], [(~a & b).sum(), (~a & ~b).sum()]]
        p_values[one, other] = float(stats.fisher_exact(table, "less").pvalue)
        counts[one, other] = int((a & b).sum()), float(a.sum() * b.mean())
    adjusted = family(p_values)
    found = [Pair(*names, *counts[names], adjusted[names]) for names in counts]
    return sorted(found, key=lambda pair: pair.worlds - pair.expected)


def movers(worlds: Sequence[World]) -> list[Mover]:
    """Return the numbers that each statistic surely goes with over worlds, those that it goes with most first."""
    columns = {name: np.array([float(world.settings[name]) for world in worlds]) for name in worlds[0].settings}
    p_values, correlations = {}, {}
    for statistic, values in statistics(worlds).items():
        known = np.isfinite(values)
        if known.sum() < FEWEST or np.ptp(values[known]) == 0.0:
            continue
        for name, column in columns.items():
            if np.ptp(column[known]) > 0.0:
                found = stats.spearmanr(column[known], values[known])
                p_values[statistic, name], correlations[statistic, name] = float(found.pvalue), float(found.statistic)
    adjusted = family(p_values)
    sure = [Mover(*names, correlations[names], p) for names, p in adjusted.items() if p < SURE]
    return sorted(sure, key=lambda one: -abs(one.correlation))


def statistics(worlds: Sequence[World]) -> dict[str, Array]:
    """Return each statistic by world."""
    named = [[(number.statistic, number.value) for one in world.verdicts for number in one.numbers] for world in worlds]
    return {name: np.array([world[place][1] for world in named]) for place, (name, _) in enumerate(named[0])}


def spreads(worlds: Sequence[World]) -> list[Spread]:
    """Return each statistic over worlds."""
    found = []
    for place, verdict in enumerate(worlds[0].verdicts):
        for number, first in enumerate(verdict.numbers):
            there = [world.verdicts[place].numbers[number] for world in worlds]
            known = np.array([one.value for one in there if np.isfinite(one.value)])
            low, middle, high = np.quantile(known, [0.05, 0.5, 0.95]).tolist() if len(known) else [np.nan] * 3
            accepted = float(np.mean([bool(one.is_accepted) for one in there]))
            found.append(Spread(verdict.pattern, first.statistic, low, middle, high, accepted))
    return found
