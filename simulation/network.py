"""Who listens to whom: ties drawn straight into rows, in organisation order.

Ties are directed: a row lists those to whom a person listens. Strong ties lie inside the organisation, most in the
own tier and team; weak ties lead across, more from upper tiers. A popular few are listened to by many.
"""

from typing import Any, NamedTuple

import numpy as np

from . import draws
from .compiled import compiled
from .draws import uniform
from .entities import ACROSS, CONVENED, INSIDE, PEER, RIVAL, SENIOR
from .world import Array

_OWN_TIER, _TIER_ABOVE = 0.6, 0.25
"""Share of contacts inside who come from the own tier and from the one above; the rest come from below (assumed)."""
_TEAM = 8
_SAME_TIER_ACROSS = 0.8


class Ties(NamedTuple):
    """Rows of contacts."""

    start: Array
    contacts: Array
    kinds: Array


def ties(staff: Array, organisations: Array, tier_rows: Array, population: Any, isolation: Any, key: Any) -> Ties:
    """Return the ties of a drawn population.

    Parameters
    ----------
    staff, organisations : ndarray of records
        In organisation order, with systems and kinds together.
    tier_rows : ndarray of int64, shape (organisations, 5)
        The first row of each tier of each organisation, and the end.
    population, isolation : named tuples
        Parameters of the population and of juniors' isolation.
    key : uint64
        The key of the week that draws the world.
    """
    same_kind = _runs_of_kind(organisations)
    systems = _system_ranges(organisations)
    most = (
        int(population.ties_inside * 1.5 + 1)
        + int(population.ties_across + 3 * population.ties_across_by_tier + 1)
        + int(population.convened_ties + 1)
        + int(population.peer_ties + 1)
    )
    start = np.zeros(len(staff) + 1, np.int64)
    contacts = np.empty(len(staff) * most, np.int32)
    kinds = np.empty(len(staff) * most, np.int8)
    count = _fill(
        staff,
        organisations,
        tier_rows,
        same_kind,
        systems,
        population,
        isolation.ties_kept,
        key,
        start,
        contacts,
        kinds,
    )
    return Ties(start, contacts[:count].copy(), kinds[:count].copy())


def _system_ranges(organisations: Array) -> Array:
    systems = organisations["system"]
    return np.searchsorted(systems, np.arange(systems.max() + 2)).astype(np.int64)


def _runs_of_kind(organisations: Array) -> Array:
    """Return, for each organisation, the range of those of its kind in its system."""
    code = organisations["system"].astype(np.int64) * 100 + organisations["kind"]
    return np.stack([np.searchsorted(code, code, "left"), np.searchsorted(code, code, "right")], axis=1)


@compiled
def _popular(first: int, end: int, u: float, popularity: float) -> int:
    """Return a row between `first` and `end`; the earlier, the more popular."""
    share = u
    if popularity > 1.0:
        share = u * (1.0 - (popularity - 1.0) * (1.0 - u))  # between u and its square
    return first + int(share * (end - first))


@compiled
def _in_tier(tier_rows: Array, organisation: int, tier: int, u: float, popularity: float) -> int:
    """Return a row of a tier of an organisation, each of which has at least one; a tier beyond the last is the last."""
    tier = min(max(tier, 0), 3)
    return _popular(tier_rows[organisation, tier], tier_rows[organisation, tier + 1], u, popularity)


@compiled
def _inside(staff: Array, tier_rows: Array, i: int, k: int, population: Any, key: Any) -> int:
    o, tier = staff[i].organisation, staff[i].tier
    u = uniform(key, draws.TIES_INSIDE, i, 4 * k + 1)
    chosen = tier
    if u > _OWN_TIER + _TIER_ABOVE:
        chosen = tier - 1
    elif u > _OWN_TIER:
        chosen = tier + 1
    v = uniform(key, draws.TIES_INSIDE, i, 4 * k + 2)
    if chosen == tier and uniform(key, draws.TIES_INSIDE, i, 4 * k + 3) < population.clustering:
        first, end = tier_rows[o, tier], tier_rows[o, tier + 1]
        team = first + (i - first) // _TEAM * _TEAM
        return team + int(v * (min(team + _TEAM, end) - team))
    return _in_tier(tier_rows, o, chosen, v, population.popularity)


@compiled
def _other(first: int, end: int, self: int, u: float) -> int:
    """Return another organisation than `self` from a range, or -1 where there is none."""
    if end - first < 2:
        return -1
    o = first + int(u * (end - first - 1))
    return o if o < self else o + 1


@compiled
def _add(i: int, j: int, kind: int, start: Array, contacts: Array, kinds: Array, count: int) -> int:
    if j < 0 or j == i:
        return count
    for e in range(start[i], count):
        if contacts[e] == j:
            return count
    contacts[count] = j
    kinds[count] = kind
    return count + 1


@compiled
def _fill(  # noqa: C901, PLR0913 - one pass over people, one block a kind of tie
    staff: Array,
    organisations: Array,
    tier_rows: Array,
    same_kind: Array,
    systems: Array,
    population: Any,
    ties_kept: float,
    key: Any,
    start: Array,
    contacts: Array,
    kinds: Array,
) -> int:
    count = 0
    for i in range(len(staff)):
        start[i] = count
        o, tier = staff[i].organisation, staff[i].tier
        here = organisations[o].system
        inside = int(population.ties_inside * (0.5 + uniform(key, draws.TIES_INSIDE, i, 0)) + 0.5)
        for k in range(inside):
            count = _add(i, _inside(staff, tier_rows, i, k, population, key), INSIDE, start, contacts, kinds, count)
        mean = population.ties_across + population.ties_across_by_tier * tier
        if staff[i].junior:
            mean *= ties_kept
        for k in range(int(mean + uniform(key, draws.TIES_ACROSS, i, 0))):
            u = uniform(key, draws.TIES_ACROSS, i, 4 * k + 1)
            v = uniform(key, draws.TIES_ACROSS, i, 4 * k + 2)
            kind = ACROSS
            other = -1
            if u < population.rival_ties:
                other = _other(same_kind[o, 0], same_kind[o, 1], o, v)
                kind = RIVAL
            elif u > 1.0 - population.far_ties:
                other = _other(0, len(organisations), o, v)
                kind = ACROSS
            if other < 0:
                other = _other(systems[here], systems[here + 1], o, v)
                kind = ACROSS
            if other < 0:
                continue
            w = uniform(key, draws.TIES_ACROSS, i, 4 * k + 3)
            chosen = tier if w < _SAME_TIER_ACROSS else tier + 1
            spread = (
                w / _SAME_TIER_ACROSS if w < _SAME_TIER_ACROSS else (w - _SAME_TIER_ACROSS) / (1.0 - _SAME_TIER_ACROSS)
            )
            j = _in_tier(tier_rows, other, chosen, spread, population.popularity)
            count = _add(i, j, kind, start, contacts, kinds, count)
        if tier >= SENIOR:
            for k in range(int(population.convened_ties + uniform(key, draws.TIES_CONVENED, i, 0))):
                other = _other(systems[here], systems[here + 1], o, uniform(key, draws.TIES_CONVENED, i, 2 * k + 1))
                if other >= 0:
                    w = uniform(key, draws.TIES_CONVENED, i, 2 * k + 2)
                    j = _in_tier(tier_rows, other, tier, w, 1.0)
                    count = _add(i, j, CONVENED, start, contacts, kinds, count)
        if staff[i].junior:
            for k in range(int(population.peer_ties + uniform(key, draws.TIES_PEERS, i, 0))):
                other = _other(systems[here], systems[here + 1], o, uniform(key, draws.TIES_PEERS, i, 2 * k + 1))
                if other >= 0:
                    w = uniform(key, draws.TIES_PEERS, i, 2 * k + 2)
                    j = _in_tier(tier_rows, other, tier, w, 1.0)
                    count = _add(i, j, PEER, start, contacts, kinds, count)
    start[len(staff)] = count
    return count


def standing(ties_: Ties, staff: Array, system_rows: Array) -> None:
    """Write into the staff how much each is listened to, and how far their contacts lie outside."""
    lasting = ties_.kinds <= RIVAL
    listened = np.bincount(ties_.contacts[lasting], minlength=len(staff)).astype(float)
    for first, end in zip(system_rows[:-1], system_rows[1:], strict=True):
        most = listened[first:end].max() if end > first else 0.0
        staff["listeners"][first:end] = listened[first:end] / most if most else 0.0
    rows = np.repeat(np.arange(len(staff)), np.diff(ties_.start))[lasting]
    outside = ties_.kinds[lasting] != INSIDE
    contacts = np.bincount(rows, minlength=len(staff))
    staff["brokerage"] = np.bincount(rows[outside], minlength=len(staff)) / np.maximum(contacts, 1)
