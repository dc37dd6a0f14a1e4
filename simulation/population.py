"""The world at week 0: organisations, staff, leaders and what they know, drawn from a scenario."""

import math
from collections.abc import Mapping
from hashlib import sha256
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from . import draws, entities, tactics
from .compiled import compiled
from .draws import uniform
from .entities import ADOPTED, AWARE, COUNCIL_OFFICER, KINDS, NEVER, SENIOR, TIERS
from .mathematics import clipped, exponential, normal_quantile, on_grid
from .network import habits, partnerships, standing, ties
from .plan import mix
from .rules.convening import is_present
from .rules.training import trained_skill
from .scenario import LeaderRow, Scenario
from .world import Array, Plan, World, empty_record, records

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

_CLINICAL = ((0.70, 0.05, 0.25, 0.0), (0.60, 0.40, 0.0, 0.0), (0.40, 0.60, 0.0, 0.0), (0.30, 0.70, 0.0, 0.0))
_COUNCIL = ((0.0, 0.05, 0.35, 0.60), (0.0, 0.30, 0.20, 0.50), (0.0, 0.40, 0.0, 0.60), (0.0, 0.20, 0.0, 0.80))
_PROVIDER = ((0.05, 0.05, 0.90, 0.0), (0.10, 0.60, 0.30, 0.0), (0.0, 0.90, 0.10, 0.0), (0.0, 1.0, 0.0, 0.0))
_COMMISSIONER = ((0.20, 0.70, 0.0, 0.10), (0.25, 0.65, 0.0, 0.10), (0.3, 0.7, 0.0, 0.0), (0.3, 0.6, 0.0, 0.1))
_PROFESSIONS = {"council": _COUNCIL, "care_provider": _PROVIDER, "commissioner": _COMMISSIONER}
"""Share of professions by tier and kind: clinician, manager, care professional, council officer (assumed)."""


_SPREAD_OF_SYSTEMS = 0.45
"""Standard deviation of the logarithm of a system's size; of the 42 systems of 2022, by networks: 0.48 (computed)."""


def professions_by_kind() -> Array:
    """Return cumulative shares of professions, shape (kinds, tiers, professions)."""
    table = np.array([_PROFESSIONS.get(kind, _CLINICAL) for kind in KINDS])
    return np.cumsum(table, axis=2)


def world_key(seed: int, replicate: int) -> np.uint64:
    """Return the key with which the world at the start is drawn."""
    return np.uint64(draws.week_key(draws.run_key(seed, replicate), draws.WORLD_WEEK))


@compiled
def _normals(key: Any, purpose: int, count: int, index: int, out: Array) -> None:
    for i in range(count):
        out[i] = normal_quantile(uniform(key, purpose, i, index))


def normals(key: Any, purpose: int, count: int, index: int = 0) -> Array:
    """Return one standard normal number an agent."""
    out = np.empty(count)
    _normals(key, purpose, count, index, out)
    return out


def build(scenario: Scenario, groups: Mapping[str, Any], weeks: int, luck: tuple[int, int]) -> World:
    """Return the world at week 0.

    Parameters
    ----------
    scenario : Scenario
        The health economy.
    groups : mapping
        Every group of parameters, by name.
    weeks : int
        How many weeks will be recorded.
    luck : tuple of int
        Seed and replicate.
    """
    key = world_key(*luck)
    organisations, tier_rows, tier_weights, circles_start = _organisations(scenario, groups, key)
    staff = _staff(organisations, tier_rows, tier_weights, circles_start)
    draw_staff(staff, organisations, groups, key)
    drawn = ties(staff, organisations, tier_rows, habits(groups["population"], groups["isolation"]), key)
    return assembled(scenario, groups, weeks, key, (organisations, staff, circles_start, drawn, None))


def assembled(scenario: Scenario, groups: Mapping[str, Any], weeks: int, key: Any, parts: Any) -> World:
    """Return a world made of organisations, staff, circles and ties, with everything that belongs to them."""
    organisations, staff, circles_start, drawn, strengths = parts
    systems = int(organisations["system"].max()) + 1
    bounds = np.searchsorted(organisations["system"], np.arange(systems + 1))
    rows = np.append(organisations["first"], len(staff))[bounds]
    standing(drawn, staff, rows)
    leaders = _leaders(scenario, groups, organisations, bounds, key)
    skills, aptitudes = _skills(groups, leaders, key)
    count, conversations = len(leaders), len(tactics.conversations)
    knowledge = records(entities.Knowledge, count * len(organisations)).reshape(count, len(organisations))
    if count:
        knowledge["error"] = normals(key, draws.READING, count * len(organisations)).reshape(knowledge.shape)
    conveners = records(entities.Convener, systems)
    conveners["present"] = is_present(0, groups["convening"])
    partners_start, partners = partnerships(bounds, groups["population"].partners, key)
    circles = len(circles_start) - 1
    world = World(
        staff=staff,
        organisations=organisations,
        leaders=leaders,
        skills=skills,
        aptitudes=aptitudes,
        attempts=np.zeros((count, conversations), np.int64),
        successes=np.zeros((count, conversations), np.int64),
        attempts_now=np.zeros((count, conversations), np.int64),
        successes_now=np.zeros((count, conversations), np.int64),
        knowledge=knowledge,
        conveners=conveners,
        patients=records(entities.Patients, systems),
        regulators=records(entities.Regulator, 8),
        mean_cost=np.array([organisations["cost"][a:b].mean() for a, b in pairwise(bounds)]),
        ties_start=drawn.start,
        contacts=drawn.contacts,
        tie_kinds=drawn.kinds,
        tie_strengths=np.ones(len(drawn.contacts), np.int8) if strengths is None else strengths,
        tie_weights=np.zeros((len(organisations), len(entities.TIE_KINDS)), np.int64),
        partners_start=partners_start,
        partners=partners,
        circles_start=circles_start,
        system_circles=np.append(organisations["first_circle"], circles)[bounds].astype(np.int64),
        visible=np.zeros(len(staff), np.int64),
        booked=np.full(circles, 2.0),
        booked_leader=np.zeros(circles, np.int32),
        booked_code=np.zeros(circles, np.int32),
        claimed=np.zeros(len(organisations), np.int64),
        taken=np.zeros(count, np.int64),
        given=np.zeros(count, np.int64),
        waiting=np.zeros(len(staff)),
        record=empty_record(weeks, len(organisations)),
    )
    return world


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


def _organisations(scenario: Scenario, groups: Mapping[str, Any], key: Any) -> tuple[Array, Array, Array, Array]:
    """Return organisations, the first row and the weight of each of their tiers, and the first row of each circle."""
    listed = []
    for row in scenario.organisations:
        for system, count in enumerate(_sizes_of_systems(row.count, scenario.systems)):
            listed += [(system, KINDS.index(row.kind), row)] * count
    listed.sort(key=lambda entry: entry[:2])
    organisations = records(entities.Organisation, len(listed))
    tier_rows = np.zeros((len(listed), len(TIERS) + 1), np.int64)
    tier_weights = np.zeros((len(listed), len(TIERS)), np.int64)
    circles: list[Array] = []
    rows = circle_count = 0
    spread = normals(key, draws.SIZES, len(listed))
    for o, (system, kind, row) in enumerate(listed):
        factor = exponential(row.spread * spread[o] - 0.5 * row.spread * row.spread)
        real, simulated, sampled = _counts_by_tier(row, factor, groups["population"].scale)
        tier_weights[o] = [round(1024 * r / n) for r, n in zip(real, simulated, strict=True)]
        first, first_circle = rows, circle_count
        for tier, (n, c) in enumerate(zip(simulated, sampled, strict=True)):
            tier_rows[o, tier] = rows
            circles.append(rows + (np.arange(c) * n) // c)
            rows, circle_count = rows + n, circle_count + c
        tier_rows[o, len(TIERS)] = rows
        weight = int(np.dot(tier_weights[o], simulated))
        fields = ["kind", "system", "first", "end", "first_circle", "end_circle", "weight"]
        for field, value in zip(fields, (kind, system, first, rows, first_circle, circle_count, weight), strict=True):
            organisations[field][o] = value
    circles_start = np.concatenate([*circles, [rows]]).astype(np.int64)
    return _with_traits(organisations, groups, key), tier_rows, tier_weights, circles_start


def _counts_by_tier(row: Any, factor: float, scale: float) -> tuple[list[int], list[int], list[int]]:
    """Return the real, the simulated and the decision-relevant staff of each tier of one organisation."""
    headcount = max(4.0, row.staff * factor)
    wanted = max(4.0, row.sample * factor)
    real = [max(1, round(share * headcount)) for share in REAL_TIERS[row.kind]]
    sampled = [min(r, max(1, round(share * wanted))) for share, r in zip(SAMPLE_TIERS, real, strict=True)]
    simulated = [min(r, max(1, round(n * scale))) for n, r in zip(sampled, real, strict=True)]
    return real, simulated, [min(c, n) for c, n in zip(sampled, simulated, strict=True)]


def _with_traits(organisations: Array, groups: Mapping[str, Any], key: Any) -> Array:
    count = len(organisations)

    def normal(index: int) -> Array:
        return normals(key, draws.ORGANISATION_TRAITS, count, index)

    def even(index: int) -> Array:
        return np.array(
            [2.0 * draws.uniform(int(key), draws.ORGANISATION_TRAITS, o, index) - 1.0 for o in range(count)]
        )

    competition, nature, pressure = groups["competition"], groups["nature"], groups["pressure"]
    if competition.on:
        organisations["competition"] = np.clip(competition.level + competition.spread * normal(0), 0.0, 1.0)
    organisations["pride"] = 0.1 * normal(1) + groups["population"].pride
    organisations["cost"] = nature.cost + nature.cost_spread * even(2)
    organisations["gain"] = np.maximum(nature.gain + nature.gain_spread * even(3), 0.0)
    organisations["fit"] = groups["appraisal"].fit * normal(4)
    if pressure.on:
        organisations["demand"] = pressure.spread * normal(5)
    if pressure.on:
        organisations["pressure"] = np.clip(pressure.finance + organisations["demand"], 0.0, 1.0)
    organisations["burden"] = organisations["cost"]
    if groups["population"].gates_open:
        organisations["committed"] = 0
    return organisations


def _staff(organisations: Array, tier_rows: Array, tier_weights: Array, circles_start: Array) -> Array:
    """Return the staff in their places: organisation, tier, circle and weight."""
    staff = records(entities.Staff, int(tier_rows[-1, -1]))
    staff["circle"] = np.repeat(np.arange(len(circles_start) - 1), np.diff(circles_start))
    sizes = np.diff(tier_rows, axis=1).ravel()
    staff["organisation"] = np.repeat(np.repeat(np.arange(len(organisations)), len(TIERS)), sizes)
    staff["tier"] = np.repeat(np.tile(np.arange(len(TIERS)), len(organisations)), sizes)
    staff["weight"] = np.repeat(tier_weights.ravel(), sizes)
    return staff


class _Start(NamedTuple):
    """Numbers from several groups that staff are drawn with."""

    threshold: float
    threshold_spread: float
    strain: float
    juniors: float
    purpose: float
    trust: float
    skill: float


def draw_staff(staff: Array, organisations: Array, groups: Mapping[str, Any], key: Any) -> None:
    """Draw everyone's profession, traits and state at the start, in place."""
    training, conversation = groups["training"], groups["conversation"]
    pressure, isolation = groups["pressure"], groups["isolation"]
    start = _Start(
        groups["contagion"].threshold,
        groups["contagion"].threshold_spread,
        pressure.strain if pressure.on else 0.0,
        isolation.juniors if isolation.on else 0.0,
        conversation.purpose_usual,
        conversation.trust_usual,
        training.staff if training.on else 0.0,
    )
    _draw_staff(staff, organisations, professions_by_kind(), groups["population"], start, key)


@compiled
def _profession(table: Array, kind: int, tier: int, u: float) -> int:
    for profession in range(COUNCIL_OFFICER):
        if u < table[kind, tier, profession]:
            return profession
    return COUNCIL_OFFICER


@compiled
def _trait(mean: float, spread: float, key: Any, i: int, index: int) -> float:
    return clipped(mean + spread * normal_quantile(uniform(key, draws.STAFF_TRAITS, i, index)))


@compiled
def _draw_staff(staff: Array, organisations: Array, table: Array, p: Any, start: Any, key: Any) -> None:
    for i in range(len(staff)):
        person = staff[i]
        organisation = organisations[person.organisation]
        tier = person.tier
        person.profession = _profession(table, organisation.kind, tier, uniform(key, draws.STAFF_TRAITS, i, 0))
        person.junior = 1 if tier < SENIOR and uniform(key, draws.STAFF_TRAITS, i, 1) < start.juniors else 0
        person.ego = _trait(p.ego + p.ego_by_tier * tier + organisation.pride - p.pride, p.ego_spread, key, i, 2)
        person.dissatisfaction = _trait(p.dissatisfaction, p.dissatisfaction_spread, key, i, 3)
        person.autonomy = _trait(p.autonomy, p.autonomy_spread, key, i, 4)
        person.threshold = max(
            0.0, start.threshold + start.threshold_spread * normal_quantile(uniform(key, draws.STAFF_TRAITS, i, 5))
        )
        person.strain = start.strain * normal_quantile(uniform(key, draws.STAFF_TRAITS, i, 6))
        person.skill = clipped(_trait(p.skill, 0.1, key, i, 7) + start.skill)
        person.conviction = on_grid(_trait(p.conviction, p.conviction_spread, key, i, 8))
        person.purpose = start.purpose
        person.trust = start.trust
        if uniform(key, draws.STAFF_START, i) < p.adopters:
            person.stage = ADOPTED
            person.adopted_week = 0
            person.conviction = on_grid(p.adopters_conviction)
            person.ownership = p.adopters_ownership
        elif uniform(key, draws.STAFF_START, i, 1) < p.aware:
            person.stage = AWARE


_PLACEMENTS = {
    0: ("executive", "middle", "frontline", "senior", "middle"),
    1: ("executive", "senior"),
    2: ("middle",),
    3: ("frontline",),
    4: ("executive",),
}
"""Tiers of a system's leaders, in turn, by the choice `leaders.placement`."""


def _leader_rows(scenario: Scenario, leaders: Any) -> list[LeaderRow]:
    """Return one row a leader of each system."""
    if scenario.leaders:
        return [row for row in scenario.leaders for _ in range(row.count)]
    tiers = _PLACEMENTS[leaders.placement]
    home = "" if leaders.placement == 4 else "any"
    return [LeaderRow(tier=tiers[k % len(tiers)], home=home) for k in range(leaders.number)]


def _leaders(scenario: Scenario, groups: Mapping[str, Any], organisations: Array, bounds: Array, key: Any) -> Array:
    """Return the leaders, system by system."""
    rows = _leader_rows(scenario, groups["leaders"])
    leaders = records(entities.Leader, len(rows) * (len(bounds) - 1))
    for number in range(len(leaders)):
        system, row = number // len(rows), rows[number % len(rows)]
        leader = leaders[number]
        leader["system"], leader["tier"] = system, TIERS.index(row.tier)
        leader["start"], leader["end"] = row.start, row.end
        leader["organisation"] = _home(row.home, system, number, organisations, bounds, key)
    leaders["reflection"] = groups["leaders"].reflection
    return leaders


def _home(home: str, system: int, number: int, organisations: Array, bounds: Array, key: Any) -> int:
    """Return the organisation where a leader works, or -1 for one from outside."""
    candidates = np.arange(bounds[system], bounds[system + 1])
    if home in KINDS:
        candidates = candidates[organisations["kind"][candidates] == KINDS.index(home)]
    if not home or not len(candidates):
        return NEVER
    return int(candidates[int(draws.uniform(int(key), draws.LEADER_TRAITS, number, 1) * len(candidates))])


def _skills(groups: Mapping[str, Any], leaders: Array, key: Any) -> tuple[Array, Array]:
    """Return leaders' skill and aptitude in each conversation; the tactic's name, not its place, decides the draw.

    Where nobody learns, nobody is short of aptitude either.
    """
    learning = groups["learning"]
    aptitudes = np.empty((len(leaders), len(tactics.conversations)))
    for k, name in enumerate(tactics.conversations):
        index = int.from_bytes(sha256(name.encode()).digest()[:4], "big")
        z = normals(key, draws.APTITUDES, len(leaders), index)
        aptitudes[:, k] = np.clip(learning.aptitude + learning.aptitude_spread * z, 0.0, 1.0) if learning.on else 1.0
    skills = np.minimum(groups["conversation"].skill, aptitudes)
    for (row, k), skill in np.ndenumerate(skills):
        skills[row, k] = trained_skill(float(skill), float(aptitudes[row, k]), groups["training"])
    return skills, aptitudes


def conducted(leaders: Array, scenario: Scenario, p: Any, key: Any) -> None:
    """Write into the leaders what the parameters say of their conduct; what a scenario says of one of them stands."""
    rows = _leader_rows(scenario, p)
    spread = normals(key, draws.LEADER_TRAITS, len(leaders))
    for number, leader in enumerate(leaders):
        row = rows[number % len(rows)]
        ego = clipped((p.ego if row.ego is None else row.ego) + p.ego_spread * float(spread[number]))
        if ego != leader["ego"]:
            leader["ego"] = leader["ego_shown"] = ego
        leader["hours"] = p.hours if row.hours is None else row.hours
    leaders["credit_forgone"] = p.credit_forgone
    leaders["generosity"] = p.generosity
    leaders["label"] = p.label


def planned(
    leaders: Array, scenario: Scenario, groups: Mapping[str, Any], chosen: Mapping[str, float], luck: Any
) -> Plan:
    """Return what leaders do: the mix of conversations of each, the season and the run's luck."""
    rows = _leader_rows(scenario, groups["leaders"])
    mixes = [mix(chosen if row.tactics is None else row.tactics) for row in rows]
    names = sorted({name for shares in mixes for name in shares})
    shares = np.array([[shares.get(name, 0.0) for name in names] for shares in mixes]).reshape(len(rows), len(names))
    every = np.tile(np.cumsum(shares, axis=1), (len(leaders) // max(len(rows), 1), 1))
    codes = np.array([tactics.conversations.index(name) for name in names], np.int32)
    by_patients = np.array([getattr(tactics.modules[name], "BY_PATIENTS", False) for name in names], np.int8)
    pressure = groups["pressure"]
    weeks = np.arange(52) - pressure.winter_peak
    winter = np.array([round(pressure.winter * math.cos(2.0 * math.pi * week / 52.0), 12) for week in weeks])
    return Plan(every, codes, by_patients, winter, np.uint64(draws.run_key(*luck)))
