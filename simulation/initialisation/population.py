"""The world at week 0: organisations, staff, leaders and what they know, drawn from a scenario."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from .. import draws, entities
from ..compiled import compiled
from ..draws import uniform
from ..entities import ADOPTED, AWARE, COUNCIL_OFFICER, KINDS, SENIOR, TIERS
from ..mathematics import clipped, normal_quantile, on_grid
from ..own_data.tables import Tables, read
from ..people import People
from ..rules.convening import is_present
from ..rules.gates import MOST_APPROVALS
from ..scenario import Scenario
from ..world import UNKNOWN, Array, Network, Partners, World, empty_record, records
from . import given
from .given import Places
from .leadership import draw_leaders, draw_skills
from .network import Ties, habits, partnerships, standing, ties
from .organisations import Listed, draw_organisations, draw_traits, listed, normals, settle, world_key

_CLINICAL = ((0.73, 0.0, 0.27, 0.0), (0.83, 0.17, 0.0, 0.0), (0.40, 0.60, 0.0, 0.0), (0.30, 0.70, 0.0, 0.0))
_COUNCIL = ((0.0, 0.05, 0.35, 0.60), (0.0, 0.30, 0.20, 0.50), (0.0, 0.40, 0.0, 0.60), (0.0, 0.20, 0.0, 0.80))
_PROVIDER = ((0.05, 0.05, 0.90, 0.0), (0.10, 0.60, 0.30, 0.0), (0.0, 0.90, 0.10, 0.0), (0.0, 1.0, 0.0, 0.0))
_COMMISSIONER = ((0.20, 0.70, 0.0, 0.10), (0.25, 0.65, 0.0, 0.10), (0.3, 0.7, 0.0, 0.0), (0.3, 0.6, 0.0, 0.1))
_PROFESSIONS = {"council": _COUNCIL, "care_provider": _PROVIDER, "commissioner": _COMMISSIONER}
"""Share of professions by tier and kind: clinician, manager, care professional, council officer (assumed; of all staff
of trusts, about one in 33 then manages, as is reported of them). Receptionists and clerks count as care professionals."""


def professions_by_kind() -> Array:
    """Return cumulative shares of professions, shape (kinds, tiers, professions)."""
    table = np.array([_PROFESSIONS.get(kind, _CLINICAL) for kind in KINDS])
    return np.cumsum(table, axis=2)


def build(scenario: Scenario, groups: Mapping[str, Any], weeks: int, seeds: tuple[int, int]) -> World:
    """Return the world at week 0.

    Parameters
    ----------
    scenario : Scenario
        The health economy.
    groups : mapping
        Every group of parameters, by name.
    weeks : int
        How many weeks will be recorded.
    seeds : tuple of int
        Seed and replicate.
    """
    key = world_key(*seeds)
    parts = own_parts(scenario, groups, key) if scenario.tables else drawn_parts(listed(scenario), groups, key)
    return assembled(scenario, groups, weeks, key, parts)


class Parts(NamedTuple):
    """What a world is made of, whether drawn or a user's own."""

    organisations: Array
    staff: Array
    circles_start: Array  # int64 (circles + 1,)
    ties: Ties
    strengths: Array | None  # (ties,) as the network keeps them; none: all ties are equally strong
    step: float = 1.0  # of strengths, as the network keeps it


def drawn_parts(wanted: Sequence[Listed], groups: Mapping[str, Any], key: Any) -> Parts:
    """Return organisations as listed, and staff and ties drawn for them."""
    organisations, tier_rows, tier_weights, circles_start = draw_organisations(wanted, groups, key)
    staff = _staff(organisations, tier_rows, tier_weights, circles_start)
    draw_staff(staff, organisations, groups, key)
    drawn = ties(staff, organisations, tier_rows, habits(groups["population"], groups["isolation"]), key)
    return Parts(organisations, staff, circles_start, drawn, None)


def own_parts(scenario: Scenario, groups: Mapping[str, Any], key: Any) -> Parts:
    """Return the organisations, staff and ties of a user's own tables; what these leave out is drawn.

    Raises
    ------
    Invalid
        With every problem of every table.
    """
    tables = read(scenario.tables, scenario.directed)
    where = given.places(tables)
    if not tables.staff_ids:
        organisations, tier_rows, tier_weights, circles = draw_organisations(given.listed(tables, where), groups, key)
        given.write_organisations(organisations, tables, where)
        settle(organisations, groups["pressure"])
        staff = _staff(organisations, tier_rows, tier_weights, circles)
        draw_staff(staff, organisations, groups, key)
    else:
        tier_rows = given.tier_rows(where)
        organisations = given.organisations(tables, where)
        draw_traits(organisations, groups, key)
        given.write_organisations(organisations, tables, where)
        settle(organisations, groups["pressure"])
        staff = _own_staff(tables, where, organisations, groups, key)
        circles = np.arange(len(staff) + 1)
    if tables.ties is not None:
        return Parts(organisations, staff, circles, *given.given_ties(tables, where, scenario.directed))
    drawn = ties(staff, organisations, tier_rows, habits(groups["population"], groups["isolation"]), key)
    return Parts(organisations, staff, circles, drawn, None)


def _own_staff(tables: Tables, where: Places, organisations: Array, groups: Mapping[str, Any], key: Any) -> Array:
    """Return staff as their table has them, each heard on their own, with what it leaves out drawn."""
    staff = given.people(tables, where)
    stages = given.given_stages(tables, where)
    drawn = []
    for share in (groups["population"].adopters, 0.0, 1.0):
        drawn.append(staff.copy())
        population = groups["population"]._replace(adopters=share)
        draw_staff(drawn[-1], organisations, {**groups, "population": population}, key)
    given.settle_stages(drawn[0], stages, (drawn[1], drawn[2]))
    given.write_staff(drawn[0], tables, where)
    return drawn[0]


def assembled(scenario: Scenario, groups: Mapping[str, Any], weeks: int, key: Any, parts: Parts) -> World:
    """Return a world made of organisations, staff, circles and ties, with everything that belongs to them."""
    organisations, staff, circles, drawn, strengths, step = parts
    conveners = _conveners(organisations, len(circles) - 1, groups["convening"])
    standing(drawn, staff, np.append(organisations["first"], len(staff))[_bounds(organisations)])
    leaders = draw_leaders(scenario, groups, organisations, _bounds(organisations), key)
    visible, weights = np.zeros(len(staff), np.int64), np.zeros((len(organisations), len(entities.TIE_KINDS)), np.int64)
    mask = np.uint64(0 if strengths is None else 2**64 - 1)
    strengths = np.ones(1, np.int32) if strengths is None else strengths
    people = People.of(staff)
    return World(
        staff=people,
        organisations=organisations,
        leaders=leaders,
        skills=draw_skills(groups, leaders, key),
        knowledge=_knowledge(leaders, organisations, key),
        conveners=conveners,
        patients=records(entities.Patients, len(conveners)),
        regulators=records(entities.Regulator, MOST_APPROVALS),
        circles=circles,
        bookings=records(entities.Booking, len(circles) - 1),
        access=np.full((len(leaders), int((conveners["end_circle"] - conveners["first_circle"]).max())), UNKNOWN),
        network=Network(*drawn, strengths, mask, np.float64(step), weights, visible),
        partners=Partners(*partnerships(_bounds(organisations), groups["population"].partners, key)),
        found=np.zeros(len(people), np.int64),
        record=empty_record(weeks, len(organisations)),
        faults=records(entities.Fault, 1),
    )


def _bounds(organisations: Array) -> Array:
    """Return where the organisations of each system begin, and the last end."""
    systems = int(organisations["system"].max()) + 1
    return np.searchsorted(organisations["system"], np.arange(systems + 1))


def _conveners(organisations: Array, circles: int, convening: Any) -> Array:
    """Return the convener of each system, with who sits at its table."""
    bounds = _bounds(organisations)
    conveners = records(entities.Convener, len(bounds) - 1)
    conveners["first"], conveners["end"] = bounds[:-1], bounds[1:]
    first_circles = np.append(organisations["first_circle"], circles)[bounds]
    conveners["first_circle"], conveners["end_circle"] = first_circles[:-1], first_circles[1:]
    for convener in conveners:
        table = organisations[convener["first"] : convener["end"]]
        convener["weight"], convener["mean_cost"] = table["weight"].sum(), table["cost"].mean()
    conveners["present"] = is_present(0, convening)
    return conveners


def _knowledge(leaders: Array, organisations: Array, key: Any) -> Array:
    """Return what each leader knows of each organisation: which way they misread it."""
    knowledge = records(entities.Knowledge, len(leaders) * len(organisations))
    if len(leaders):
        knowledge["error"] = normals(key, draws.READING, len(knowledge))
    return knowledge.reshape(len(leaders), len(organisations))


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

    independent: float
    threshold: float
    threshold_spread: float
    strain: float
    juniors: float
    purpose: float
    trust: float
    informed: float
    skill: float
    stubbornness: float


def draw_staff(staff: Array, organisations: Array, groups: Mapping[str, Any], key: Any) -> None:
    """Draw everyone's profession, traits and state at the start, in place."""
    training, conversation = groups["training"], groups["conversation"]
    pressure, isolation, influence = groups["pressure"], groups["isolation"], groups["influence"]
    start = _Start(
        groups["contagion"].independent,
        groups["contagion"].threshold,
        groups["contagion"].threshold_spread,
        pressure.strain if pressure.on else 0.0,
        isolation.juniors if isolation.on else 0.0,
        conversation.purpose_usual,
        conversation.trust_usual,
        conversation.informed_usual,
        training.staff if training.on else 0.0,
        influence.stubbornness if influence.on else 0.0,
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
        if uniform(key, draws.STAFF_TRAITS, i, 9) < start.independent:
            person.threshold = 0.0
        person.strain = start.strain * normal_quantile(uniform(key, draws.STAFF_TRAITS, i, 6))
        person.skill = clipped(_trait(p.skill, 0.1, key, i, 7) + start.skill)
        person.conviction = on_grid(_trait(p.conviction, p.conviction_spread, key, i, 8))
        person.stubbornness = start.stubbornness
        person.purpose = start.purpose
        person.trust = start.trust
        person.informed = start.informed
        if uniform(key, draws.STAFF_START, i) < p.adopters:
            person.stage = ADOPTED
            person.first_adopted = 0
            person.conviction = on_grid(p.adopters_conviction)
            person.ownership = p.adopters_ownership
        elif uniform(key, draws.STAFF_START, i, 1) < p.aware:
            person.stage = AWARE
        person.first_opinion = person.conviction
