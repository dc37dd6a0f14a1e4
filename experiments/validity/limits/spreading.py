"""Adoption by chance: alone, from contacts, from everyone, with giving up."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from experiments.analysis.statistics.survival import kaplan_meier, restricted_mean, survival_at
from experiments.validity.checks import ERRORS, Check, exact, law, mean
from experiments.validity.limits import files
from simulation import Request, run
from simulation.world import Array

ALONE, TEAM = 0.02, 100
INNOVATION, IMITATION, YEARS = 0.03, 0.38, 10.0
ADOPTING, GIVING_UP = 0.03, 0.05


def _counts(scenario: str, size: int, weeks: int, replicates: int) -> Array:
    """Return how many have adopted in each of many groups alike, shape (weeks + 1, groups)."""
    runs = [run(Request(scenario, weeks=weeks, replicate=r)).by_organisation for r in range(replicates)]
    counts: Array = np.rint(np.concatenate(runs, axis=1) * size).astype(np.int64)
    return counts


def _first_weeks(counts: Array, wanted: int) -> tuple[Array, Array]:
    """Return the first week in which so many had adopted, or the last, and whether that many ever had."""
    reached = counts >= wanted
    seen = reached.any(axis=0)
    return np.where(seen, reached.argmax(axis=0), len(counts) - 1), np.asarray(seen)


def independent(folder: Path, quick: bool) -> Iterator[Check]:
    """Everyone adopts alone, with the same chance a week, and runs end before all have."""
    from scipy.stats import binom

    horizon = 40
    counts = _counts("limit-independent", TEAM, horizon, 1 if quick else 2)
    for week in (10, 20, 40):
        yield mean(f"share not there in week {week}", 1.0 - counts[week] / TEAM, (1.0 - ALONE) ** week)
    area = (1.0 - (1.0 - ALONE) ** horizon) / ALONE
    yield mean("mean weeks of a person, up to 40", (1.0 - counts[:horizon] / TEAM).sum(axis=0), area)
    law_of_counts = binom.pmf(np.arange(TEAM + 1), TEAM, 1.0 - (1.0 - ALONE) ** 20)
    yield law("number of a team, week 20", np.bincount(counts[20], minlength=TEAM + 1), law_of_counts)
    # A team gets to half in a week or before with the chance that at least half of it have adopted by then.
    later = binom.cdf(TEAM // 2 - 1, TEAM, 1.0 - (1.0 - ALONE) ** np.arange(horizon + 1))
    times, seen = _first_weeks(counts, TEAM // 2)
    curve = kaplan_meier(times, seen)
    for week in (30, 35):
        there = seen & (times <= week)
        yield mean(f"share of teams at half by week {week}", there, 1.0 - later[week])
        yield exact(
            f"the same from the Kaplan-Meier curve, week {week}",
            1.0 - survival_at(curve, week),
            there.mean(),
        )
    yield mean("share of teams that never got there", ~seen, later[horizon])
    yield mean("mean weeks of a team to half, up to 40", times, later[:horizon].sum())
    yield exact("the same from the Kaplan-Meier curve", restricted_mean(times, seen, horizon), times.mean())


def chain_binomial(size: int, chance: float, weeks: int) -> Array:
    """Return the law of how many have adopted where everyone knows everyone, from one on, shape (weeks + 1, size + 1)."""
    from scipy.stats import binom

    found = np.zeros((weeks + 1, size + 1))
    found[0, 1] = 1.0
    for week in range(weeks):
        for k in range(1, size + 1):
            found[week + 1, k:] += found[week, k] * binom.pmf(
                np.arange(size + 1 - k), size - k, 1.0 - (1.0 - chance) ** k
            )
    return found


def chain(folder: Path, quick: bool) -> Iterator[Check]:
    """Everyone knows everyone, and each adopter wins each other person with the same chance a week."""
    counts = _counts(str(folder / "chain.toml"), files.GROUP, 20, 30 if quick else 200)
    laws = chain_binomial(files.GROUP, 0.02, 120)
    numbers = np.arange(files.GROUP + 1)
    for week in (5, 10, 20):
        yield mean(f"adopters in week {week}", counts[week], float(laws[week] @ numbers))
    yield law("number of adopters, week 10", np.bincount(counts[10], minlength=files.GROUP + 1), laws[10])
    half = files.GROUP // 2
    for week in (10, 15):
        yield mean(f"share of groups at half by week {week}", counts[week] >= half, laws[week][half:].sum())


def bass(t: float) -> float:
    """Return the share that has adopted after so many years, in continuous time."""
    decayed = math.exp(-(INNOVATION + IMITATION) * t)
    return (1.0 - decayed) / (1.0 + IMITATION / INNOVATION * decayed)


def bass_in_steps(step: float, years: float = YEARS) -> float:
    """Return the same share where years are made of steps."""
    share = 0.0
    for _ in range(round(years / step)):
        share += (1.0 - share) * (1.0 - math.exp(-(INNOVATION + IMITATION * share) * step))
    return share


def _bass_runs(step: float, replicates: int) -> Array:
    settings: dict[str, Any] = {
        "contagion.spontaneous": 1.0 - math.exp(-INNOVATION * step),
        "contagion.contact": IMITATION * step,
    }
    asked = Request("limit-bass", settings=settings, weeks=round(YEARS / step))
    return np.array([run(asked._replace(replicate=r)).adopted_share for r in range(replicates)])


def well_mixed(folder: Path, quick: bool) -> Iterator[Check]:
    """Innovation and imitation among 10,000 people, in steps of a tenth of a year and longer ones."""
    fine = _bass_runs(0.1, 16 if quick else 40)
    yield mean("share after 10 years, steps of 0.1", fine[:, 100], bass_in_steps(0.1))
    yield mean("share after 5 years, steps of 0.1", fine[:, 50], bass_in_steps(0.1, 5.0))
    if quick:
        return
    gaps = {step: bass(YEARS) - _bass_runs(step, 100)[:, -1] for step in (0.5, 0.25)}
    for step, gap in gaps.items():
        yield mean(f"share short of continuous time, steps of {step:g}", gap, bass(YEARS) - bass_in_steps(step))
    yield _halving(gaps[0.5], gaps[0.25])


def _halving(coarse: Array, fine: Array) -> Check:
    """Hold by how much halving the step brings the share nearer to continuous time against what it must be."""
    ratio = coarse.mean() / fine.mean()
    relative = [gap.std(ddof=1) / math.sqrt(gap.size) / gap.mean() for gap in (coarse, fine)]
    expected = (bass(YEARS) - bass_in_steps(0.5)) / (bass(YEARS) - bass_in_steps(0.25))
    tolerance = ERRORS * ratio * math.hypot(*relative)
    return Check("what halving the step divides that by", expected, float(ratio), tolerance, "4 standard errors")


def two_states(folder: Path, quick: bool) -> Iterator[Check]:
    """Everyone adopts alone and gives up alone."""
    shares = np.array(
        [run(Request("limit-two-state", weeks=100, replicate=r)).adopted_share for r in range(4 if quick else 16)]
    )
    left = 1.0 - ADOPTING - GIVING_UP
    for week in (5, 20, 100):
        yield mean(f"share in week {week}", shares[:, week], ADOPTING / (ADOPTING + GIVING_UP) * (1.0 - left**week))


def reed_frost(size: int, chance: float) -> Array:
    """Return the chance that so many of a group are reached in the end, from one on, by exact enumeration."""
    from scipy.stats import binom

    now = np.zeros((size + 1, size + 1))  # by those who are left, and those who have it this week
    now[size - 1, 1] = 1.0
    reached = np.zeros(size + 1)
    for _ in range(size + 1):
        later = np.zeros_like(now)
        for left, having in product(range(size + 1), repeat=2):
            if having and now[left, having]:
                new = np.arange(left + 1)
                later[left - new, new] += now[left, having] * binom.pmf(new, left, 1.0 - (1.0 - chance) ** having)
        reached += later[:, 0][::-1]
        later[:, 0] = 0.0
        now = later
    return reached


def final_size(folder: Path, quick: bool) -> Iterator[Check]:
    """Everyone knows everyone; who has it passes it on for a week and is through with it."""
    replicates, size = 20 if quick else 100, files.HOUSEHOLD
    scenario = str(folder / "final-size.toml")
    ends = [
        _ever(run(Request(scenario, weeks=size + 1, replicate=r)).by_organisation * size) for r in range(replicates)
    ]
    counts, laws = np.concatenate(ends), reed_frost(size, 0.15)
    yield mean("reached in the end", counts, float(laws @ np.arange(size + 1)))
    yield law("number reached in the end", np.bincount(counts, minlength=size + 1), laws)


def _ever(having: Array) -> Array:
    """Return how many ever had it, where each has it for one week: the sum of the weeks."""
    ever: Array = np.rint(having).astype(np.int64).sum(axis=0)
    return ever


def along_ties(ties: list[files.Tie], size: int, contact: float, weeks: int) -> Array:
    """Return the law of how many have adopted on a network, from person 0 on, from all its states."""
    neighbours = [[j for pair in ties if i in pair for j in pair if j != i] for i in range(size)]
    chances = np.zeros(2**size)
    chances[1] = 1.0
    for _ in range(weeks):
        later = np.zeros_like(chances)
        for state in np.flatnonzero(chances):
            spread = {int(state): float(chances[state])}
            for i in range(size):
                if not state >> i & 1:
                    seen = sum(int(state) >> j & 1 for j in neighbours[i]) / len(neighbours[i])
                    new = 1.0 - math.exp(-contact * seen)
                    won = {to | 1 << i: chance * new for to, chance in spread.items() if new}
                    spread = {to: chance * (1.0 - new) for to, chance in spread.items()} | won
            for to, chance in spread.items():
                later[to] += chance
        chances = later
    return np.bincount([state.bit_count() for state in range(2**size)], chances, minlength=size + 1)


def small_world(folder: Path, quick: bool) -> Iterator[Check]:
    """It spreads along the ties of a small network."""
    size = files.RING
    counts = _counts(str(folder / "small-world.toml"), size, 8, 5 if quick else 40)
    for week in (4, 8):
        laws = along_ties(files.small_world(), size, 0.6, week)
        yield mean(f"adopters in week {week}", counts[week], float(laws @ np.arange(size + 1)))
        yield law(f"number of adopters, week {week}", np.bincount(counts[week], minlength=size + 1), laws)
