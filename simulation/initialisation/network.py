"""Who listens to whom: ties drawn straight into rows, in organisation order.

Ties are directed: a row lists those to whom a person listens. Strong ties lie inside the organisation, most in the
own tier and team; weak ties lead across, more from upper tiers. A popular few are listened to by many.
"""

from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from .. import draws
from ..compiled import compiled
from ..draws import uniform
from ..entities import ACROSS, CONVENED, INSIDE, PEER, RIVAL, SENIOR
from ..world import Array

_OWN_TIER, _TIER_ABOVE = 0.6, 0.25
"""Share of contacts inside who come from the own tier and from the one above; the rest come from below (assumed)."""
_TEAM = 8
_SAME_TIER_ACROSS = 0.8
_TRIES = 4
"""How often a contact inside is looked for before a person makes do with fewer: a small team has few to offer."""


class Ties(NamedTuple):
    """Rows of contacts."""

    start: Array  # int64 (people + 1,)
    contacts: Array  # int32 (ties,)
    kinds: Array  # int8 (ties,)


class Society(NamedTuple):
    """Who could be tied to whom."""

    staff: Array  # in organisation order, tiers together
    organisations: Array  # systems together, and in them kinds
    tier_rows: Array  # int64 (organisations, 5): the first row of each tier, and the end
    same_kind: Array  # int64 (organisations, 2): the range of those of its kind in its system
    systems: Array  # int64 (systems + 1,): the first organisation of each system, and the end


class Habits(NamedTuple):
    """How many contacts people have, and of what sort: the parameters that ties are drawn with."""

    inside: float
    across: float
    across_by_tier: float
    juniors_keep: float
    convened: float
    peers: float
    clustering: float
    popularity: float
    rivals: float
    far: float


def habits(population: Any, isolation: Any) -> Habits:
    """Return the habits that the parameters describe; where juniors are not isolated, they keep all their ties."""
    p = population
    kept = isolation.ties_kept if isolation.on else 1.0
    across = (p.ties_across, p.ties_across_by_tier, kept)
    return Habits(
        p.ties_inside, *across, p.convened_ties, p.peer_ties, p.clustering, p.popularity, p.rival_ties, p.far_ties
    )


def ties(staff: Array, organisations: Array, tier_rows: Array, habits_: Habits, key: Any) -> Ties:
    """Return the ties of a drawn population.

    Parameters
    ----------
    staff, organisations : ndarray of records
        In organisation order, with systems and kinds together.
    tier_rows : ndarray of int64, shape (organisations, 5)
        The first row of each tier of each organisation, and the end.
    habits_ : Habits
        How many contacts people have.
    key : uint64
        The key of the week that draws the world.
    """
    society = Society(staff, organisations, tier_rows, _runs_of_kind(organisations), _system_ranges(organisations))
    most = _meetings(society, habits_, key)
    drawn = Ties(np.zeros(len(staff) + 1, np.int64), np.empty(most, np.int32), np.empty(most, np.int8))
    count = _fill(society, habits_, key, drawn)
    return Ties(drawn.start, drawn.contacts[:count], drawn.kinds[:count])


def _system_ranges(organisations: Array) -> Array:
    systems = organisations["system"]
    return np.searchsorted(systems, np.arange(systems.max() + 2)).astype(np.int64)


def _runs_of_kind(organisations: Array) -> Array:
    """Return, for each organisation, the range of those of its kind in its system."""
    code = organisations["system"].astype(np.int64) * 100 + organisations["kind"]
    return np.stack([np.searchsorted(code, code, "left"), np.searchsorted(code, code, "right")], axis=1)


@compiled
def _count_inside(h: Habits, key: Any, i: int) -> int:
    return int(h.inside * (0.5 + uniform(key, draws.TIES_INSIDE, i, 0)) + 0.5)


@compiled
def _count_across(person: Any, h: Habits, key: Any, i: int) -> int:
    mean = h.across + h.across_by_tier * person.tier
    if person.junior:
        mean *= h.juniors_keep
    return int(mean + uniform(key, draws.TIES_ACROSS, i, 0))


@compiled
def _count_convened(person: Any, h: Habits, key: Any, i: int) -> int:
    return int(h.convened + uniform(key, draws.TIES_CONVENED, i, 0)) if person.tier >= SENIOR else 0


@compiled
def _count_peers(person: Any, h: Habits, key: Any, i: int) -> int:
    return int(h.peers + uniform(key, draws.TIES_PEERS, i, 0)) if person.junior else 0


@compiled
def _meetings(society: Society, h: Habits, key: Any) -> int:
    """Return how many contacts will be drawn in all, so that no more room is taken than that."""
    total = 0
    for i in range(len(society.staff)):
        person = society.staff[i]
        total += _count_inside(h, key, i) + _count_across(person, h, key, i)
        total += _count_convened(person, h, key, i) + _count_peers(person, h, key, i)
    return total


@compiled
def _popular(first: int, end: int, u: float, popularity: float) -> int:
    """Return a row between `first` and `end`; the earlier, the more popular."""
    share = u
    if popularity > 1.0:
        share = u * (1.0 - (popularity - 1.0) * (1.0 - u))  # between u and its square
    return first + int(share * (end - first))


@compiled
def _in_tier(tier_rows: Array, organisation: int, tier: int, u: float, popularity: float) -> Any:
    """Return a row of a tier of an organisation, or -1 where it has nobody; a tier beyond the last is the last."""
    tier = min(max(tier, 0), 3)
    first, end = tier_rows[organisation, tier], tier_rows[organisation, tier + 1]
    return _popular(first, end, u, popularity) if end > first else -1


@compiled
def _inside(society: Society, h: Habits, key: Any, i: int, k: int) -> Any:
    o, tier = society.staff[i].organisation, society.staff[i].tier
    u = uniform(key, draws.TIES_INSIDE, i, 4 * k + 1)
    chosen = tier
    if u > _OWN_TIER + _TIER_ABOVE:
        chosen = tier - 1
    elif u > _OWN_TIER:
        chosen = tier + 1
    v = uniform(key, draws.TIES_INSIDE, i, 4 * k + 2)
    if chosen == tier and uniform(key, draws.TIES_INSIDE, i, 4 * k + 3) < h.clustering:
        first, end = society.tier_rows[o, tier], society.tier_rows[o, tier + 1]
        team = first + (i - first) // _TEAM * _TEAM
        return team + int(v * (min(team + _TEAM, end) - team))
    return _in_tier(society.tier_rows, o, chosen, v, h.popularity)


@compiled
def _other(first: int, end: int, self: int, u: float) -> int:
    """Return another organisation than `self` from a range, or -1 where there is none."""
    if end - first < 2:
        return -1
    o = first + int(u * (end - first - 1))
    return o if o < self else o + 1


@compiled
def _elsewhere(society: Society, h: Habits, o: int, u: float, v: float) -> tuple[int, int]:
    """Return another organisation and the kind of tie to it: a rival's, one far away, or any of the system."""
    other = -1
    if u < h.rivals:
        other = _other(society.same_kind[o, 0], society.same_kind[o, 1], o, v)
        if other >= 0:
            return other, RIVAL
    elif u > 1.0 - h.far:
        other = _other(0, len(society.organisations), o, v)
    if other < 0:
        here = society.organisations[o].system
        other = _other(society.systems[here], society.systems[here + 1], o, v)
    return other, ACROSS


@compiled
def _across(society: Society, h: Habits, key: Any, i: int, k: int) -> tuple[int, int]:
    """Return a contact outside the organisation, or -1, and the kind of tie; most are in one's own tier."""
    o, tier = society.staff[i].organisation, society.staff[i].tier
    u = uniform(key, draws.TIES_ACROSS, i, 4 * k + 1)
    v = uniform(key, draws.TIES_ACROSS, i, 4 * k + 2)
    other, kind = _elsewhere(society, h, o, u, v)
    if other < 0:
        return -1, kind
    w = uniform(key, draws.TIES_ACROSS, i, 4 * k + 3)
    if w < _SAME_TIER_ACROSS:
        return _in_tier(society.tier_rows, other, tier, w / _SAME_TIER_ACROSS, h.popularity), kind
    spread = (w - _SAME_TIER_ACROSS) / (1.0 - _SAME_TIER_ACROSS)
    return _in_tier(society.tier_rows, other, tier + 1, spread, h.popularity), kind


@compiled
def _brought_together(society: Society, key: Any, purpose: int, i: int, k: int) -> Any:
    """Return someone of one's own tier elsewhere in the system, or -1: whom a convener or a peer set brings."""
    o = society.staff[i].organisation
    here = society.organisations[o].system
    other = _other(society.systems[here], society.systems[here + 1], o, uniform(key, purpose, i, 2 * k + 1))
    if other < 0:
        return -1
    return _in_tier(society.tier_rows, other, society.staff[i].tier, uniform(key, purpose, i, 2 * k + 2), 1.0)


@compiled
def _add(drawn: Ties, count: int, i: int, j: int, kind: int) -> int:
    """Write a contact, unless there is none or it stands already, and return how many there are."""
    if j < 0 or j == i:
        return count
    for e in range(drawn.start[i], count):
        if drawn.contacts[e] == j:
            return count
    drawn.contacts[count] = j
    drawn.kinds[count] = kind
    return count + 1


@compiled
def _fill_inside(society: Society, h: Habits, key: Any, drawn: Ties, i: int, count: int) -> int:
    """Write a person's contacts inside; someone met twice counts once, and another is looked for.

    Otherwise people of a small sample, who meet the same few again and again, would have fewer contacts than those
    for whom they stand.
    """
    wanted = _count_inside(h, key, i)
    enough = count + wanted
    for k in range(_TRIES * wanted):
        if count == enough:
            break
        count = _add(drawn, count, i, _inside(society, h, key, i, k), INSIDE)
    return count


@compiled
def _fill(society: Society, h: Habits, key: Any, drawn: Ties) -> int:
    """Write everyone's contacts, row by row, and return how many there are."""
    count = 0
    for i in range(len(society.staff)):
        drawn.start[i] = count
        person = society.staff[i]
        count = _fill_inside(society, h, key, drawn, i, count)
        for k in range(_count_across(person, h, key, i)):
            j, kind = _across(society, h, key, i, k)
            count = _add(drawn, count, i, j, kind)
        for k in range(_count_convened(person, h, key, i)):
            count = _add(drawn, count, i, _brought_together(society, key, draws.TIES_CONVENED, i, k), CONVENED)
        for k in range(_count_peers(person, h, key, i)):
            count = _add(drawn, count, i, _brought_together(society, key, draws.TIES_PEERS, i, k), PEER)
    drawn.start[len(society.staff)] = count
    return count


@compiled
def draw_partners(bounds: Array, most: int, key: Any, start: Array, partners: Array) -> int:
    """Write, in rows, the organisations of the same system on whose change each one's gain depends.

    Each organisation has a number drawn for each other one; the `most` lowest are its partners, lowest first.
    """
    count = 0
    for system in range(len(bounds) - 1):
        for o in range(bounds[system], bounds[system + 1]):
            start[o] = count
            for other in range(bounds[system], bounds[system + 1]):
                if other == o:
                    continue
                drawn = uniform(key, draws.PARTNERS, o, other)
                place = count
                while place > start[o] and drawn < uniform(key, draws.PARTNERS, o, partners[place - 1]):
                    place -= 1
                if place - start[o] >= most:
                    continue
                count = min(count + 1, start[o] + most)
                for e in range(count - 1, place, -1):
                    partners[e] = partners[e - 1]
                partners[place] = other
    start[bounds[-1]] = count
    return count


def partnerships(bounds: Array, most: int, key: Any) -> tuple[Array, Array]:
    """Return the partners of each organisation, in rows: where each row starts, and organisations of its system.

    Parameters
    ----------
    bounds : ndarray of int64, shape (systems + 1,)
        The first organisation of each system, and the end.
    most : int
        How many partners an organisation has at most.
    key : uint64
        The key of the week that draws the world.
    """
    sizes = np.diff(bounds)
    start = np.zeros(int(bounds[-1]) + 1, np.int64)
    partners = np.zeros(int((sizes * np.minimum(sizes - 1, most)).sum()), np.int32)
    draw_partners(bounds, most, key, start, partners)
    return start, partners


def standing(ties_: Ties, staff: Array, system_rows: Array) -> None:
    """Write into the staff how much each is listened to, and how far their contacts lie outside."""
    listened = np.zeros(len(staff))
    _stand(ties_, staff, listened)
    for first, end in pairwise(system_rows):
        most = listened[first:end].max() if end > first else 0.0
        staff["listeners"][first:end] = listened[first:end] / most if most else 0.0


@compiled
def _stand(ties_: Ties, staff: Array, listened: Array) -> None:
    """Count, over the ties that last, who listen to each, and write which share of their contacts is outside."""
    for i in range(len(staff)):
        contacts = outside = 0
        for e in range(ties_.start[i], ties_.start[i + 1]):
            if ties_.kinds[e] > RIVAL:
                continue
            listened[ties_.contacts[e]] += 1.0
            contacts += 1
            outside += 1 if ties_.kinds[e] != INSIDE else 0
        staff[i].brokerage = outside / max(contacts, 1)
