"""Organisations at week 0: how large each is, whom its sample stands for, and what it is like."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from .. import draws, entities
from ..compiled import compiled
from ..draws import uniform
from ..entities import KINDS
from ..mathematics import exponential, normal_quantile
from ..scenario import OrganisationRow, Scenario
from ..world import Array, records

LARGEST = 1_000_000
"""Most people in one organisation, however large it was drawn; with it, sums over people stay exact."""
REAL_TIERS = {
    "acute": (0.8395, 0.149, 0.010, 0.0015),
    "mental_health": (0.8395, 0.149, 0.010, 0.0015),
    "community": (0.838, 0.148, 0.012, 0.002),
    "ambulance": (0.838, 0.148, 0.012, 0.002),
    "primary_care": (0.79, 0.15, 0.05, 0.01),
    "council": (0.80, 0.16, 0.03, 0.01),
    "care_provider": (0.84, 0.11, 0.04, 0.01),
    "commissioner": (0.35, 0.45, 0.15, 0.05),
}
"""Share of staff by tier; from NHS pay bands for trusts (from memory, rough), assumed for the others."""

SAMPLE_TIERS = (0.55, 0.25, 0.12, 0.08)
"""Share of a decision-relevant sample by tier: oversampled at the top (assumed)."""

_SPREAD_OF_SYSTEMS = 0.45
"""Standard deviation of the logarithm of a system's size; of the 42 systems of 2022, by networks: 0.48 (computed)."""


def world_key(seed: int, replicate: int) -> np.uint64:
    """Return the key with which the world at the start is drawn."""
    return np.uint64(draws.week_key(draws.run_key(seed, replicate), draws.WORLD_WEEK))


@compiled
def _normals(key: Any, purpose: int, count: int, index: int, out: Array) -> None:
    for i in range(count):
        out[i] = normal_quantile(uniform(key, purpose, i, index))


@compiled
def _evens(key: Any, purpose: int, count: int, index: int, out: Array) -> None:
    for i in range(count):
        out[i] = 2.0 * uniform(key, purpose, i, index) - 1.0


def normals(key: Any, purpose: int, count: int, index: int = 0) -> Array:
    """Return one standard normal number an agent."""
    out = np.empty(count)
    _normals(key, purpose, count, index, out)
    return out


def _sizes_of_systems(count: int, systems: int) -> list[int]:
    """Return how many of `count` organisations belong to each system; systems vary as the real ones do.

    Where there are enough, every system has one; the others go by size, which is spread lognormally.

    >>> _sizes_of_systems(3, 3), _sizes_of_systems(30, 3)
    ([1, 1, 1], [6, 10, 14])
    """
    each = 1 if count >= systems else 0
    shares = [exponential(_SPREAD_OF_SYSTEMS * normal_quantile((s + 0.5) / systems)) for s in range(systems)]
    edges = np.floor(np.cumsum(shares) / sum(shares) * (count - each * systems) + 0.5).astype(int)
    return [each + int(more) for more in np.diff(np.concatenate([[0], edges]))]


Listed = tuple[int, int, OrganisationRow]
"""One organisation to come: its system, its kind, and the row of the scenario that describes it."""


@lru_cache(maxsize=16)
def listed(scenario: Scenario) -> tuple[Listed, ...]:
    """Return every organisation of a scenario, systems and kinds together."""
    found: list[Listed] = []
    for row in scenario.organisations:
        for system, count in enumerate(_sizes_of_systems(row.count, scenario.systems)):
            found += [(system, KINDS.index(row.kind), row)] * count
    return tuple(sorted(found, key=lambda entry: entry[:2]))


def draw_organisations(
    listed: Sequence[Listed], groups: Mapping[str, Any], key: Any
) -> tuple[Array, Array, Array, Array]:
    """Return organisations, the first row and the weight of each of their tiers, and the first row of each circle."""
    organisations = records(entities.Organisation, len(listed))
    rows = [row for _, _, row in listed]
    spread = np.array([row.spread for row in rows])
    factors = spread * normals(key, draws.SIZES, len(rows)) - 0.5 * spread * spread
    factors = np.array([exponential(factor) for factor in factors.tolist()])
    real, simulated, sampled = _counts_by_tier(rows, factors, groups["population"].scale)
    ends = np.cumsum(simulated.ravel()).reshape(simulated.shape)
    tier_rows = np.concatenate([ends - simulated, ends[:, -1:]], axis=1)
    tier_weights = np.rint(1024 * real / simulated).astype(np.int64)
    organisations["system"] = [system for system, _, _ in listed]
    organisations["kind"] = [kind for _, kind, _ in listed]
    organisations["first"], organisations["end"] = tier_rows[:, 0], tier_rows[:, -1]
    organisations["end_circle"] = np.cumsum(sampled.sum(axis=1))
    organisations["first_circle"] = organisations["end_circle"] - sampled.sum(axis=1)
    organisations["weight"] = (tier_weights * simulated).sum(axis=1)
    draw_traits(organisations, groups, key)
    return (
        organisations,
        tier_rows,
        tier_weights,
        _circles(tier_rows[:, :-1].ravel(), simulated.ravel(), sampled.ravel()),
    )


def _circles(firsts: Array, simulated: Array, sampled: Array) -> Array:
    """Return the first row of each circle, and the end: each tier's people are dealt to its decision-relevant ones.

    >>> _circles(np.array([0, 5]), np.array([5, 2]), np.array([2, 2])).tolist()
    [0, 2, 5, 6, 7]
    """
    tier = np.repeat(np.arange(len(sampled)), sampled)
    place = np.arange(len(tier)) - (np.cumsum(sampled) - sampled)[tier]
    starts = firsts[tier] + place * simulated[tier] // sampled[tier]
    return np.append(starts, firsts[-1] + simulated[-1])


def _counts_by_tier(rows: Sequence[OrganisationRow], factors: Array, scale: float) -> tuple[Array, Array, Array]:
    """Return the real, the simulated and the decision-relevant staff by organisation and tier.

    Parameters
    ----------
    rows : sequence of OrganisationRow
        The row that describes each organisation.
    factors : ndarray of float64
        By how much each is larger than described.
    scale : float
        Staff simulated for each decision-relevant one.
    """
    headcount = np.clip(factors * [row.staff for row in rows], 4.0, LARGEST)[:, None]
    wanted = np.maximum(factors * [row.sample for row in rows], 4.0)[:, None]
    real = _people(headcount * [REAL_TIERS[row.kind] for row in rows])
    sampled = np.minimum(real, _people(wanted * SAMPLE_TIERS))
    simulated = np.minimum(real, _people(sampled * scale))
    return real, simulated, np.minimum(sampled, simulated)


def _people(numbers: Array) -> Array:
    """Return whole people, at least one."""
    people: Array = np.maximum(np.rint(numbers), 1.0).astype(np.int64)
    return people


def draw_traits(organisations: Array, groups: Mapping[str, Any], key: Any) -> None:
    """Draw what every organisation is like, in place."""
    count = len(organisations)

    def normal(index: int) -> Array:
        return normals(key, draws.ORGANISATION_TRAITS, count, index)

    def even(index: int) -> Array:
        out = np.empty(count)
        _evens(key, draws.ORGANISATION_TRAITS, count, index, out)
        return out

    competition, nature, pressure = groups["competition"], groups["nature"], groups["pressure"]
    if competition.on:
        organisations["competition"] = np.clip(competition.level + competition.spread * normal(0), 0.0, 1.0)
    organisations["pride"] = 0.1 * normal(1) + groups["population"].pride
    organisations["cost"] = nature.cost + nature.cost_spread * even(2)
    organisations["gain"] = np.maximum(nature.gain + nature.gain_spread * even(3), 0.0)
    organisations["fit"] = groups["appraisal"].fit * _partly_shared(
        normal(4), organisations["system"], groups["appraisal"].fit_shared, key
    )
    if pressure.on:
        organisations["demand"] = pressure.spread * normal(5)
    if groups["population"].gates_open:
        organisations["committed"] = 0
    settle(organisations, pressure)


def _partly_shared(own: Array, systems: Array, shared: float, key: Any) -> Array:
    """Return standard normal numbers of which a share of the variance is that of the system."""
    of_systems = normals(key, draws.ORGANISATION_TRAITS, int(systems.max()) + 1, 6)
    mixed: Array = np.sqrt(1.0 - shared) * own + np.sqrt(shared) * of_systems[systems]
    return mixed


def settle(organisations: Array, pressure: Any) -> None:
    """Write what follows from the organisations' traits at the start: the pressure and the cost that they feel."""
    if pressure.on:
        organisations["pressure"] = np.clip(pressure.finance + organisations["demand"], 0.0, 1.0)
    organisations["burden"] = organisations["cost"]
