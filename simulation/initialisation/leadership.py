"""Leaders at week 0, and what they do: where they stand, what they can, how they spend their time."""

import math
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

import numpy as np

from .. import draws, entities, tactics
from ..entities import KINDS, NEVER, TIERS
from ..rules.training import trained_skill
from ..scenario import LeaderRow, Scenario
from ..settings import mix
from ..world import Array, Plan, records
from .organisations import normals

_PLACEMENTS = {
    0: ("executive", "middle", "frontline", "senior", "middle"),
    1: ("executive", "senior"),
    2: ("middle",),
    3: ("frontline",),
    4: ("executive",),
}
"""Tiers of a system's leaders, in turn, by the choice `leaders.placement`."""


def leader_rows(scenario: Scenario, leaders: Any) -> list[LeaderRow]:
    """Return one row a leader of each system."""
    if scenario.leaders:
        return [row for row in scenario.leaders for _ in range(row.count)]
    tiers = _PLACEMENTS[leaders.placement]
    home = "" if leaders.placement == 4 else "any"
    return [LeaderRow(tier=tiers[k % len(tiers)], home=home) for k in range(leaders.number)]


def draw_leaders(scenario: Scenario, groups: Mapping[str, Any], organisations: Array, bounds: Array, key: Any) -> Array:
    """Return the leaders, system by system."""
    rows = leader_rows(scenario, groups["leaders"])
    leaders = records(entities.Leader, len(rows) * (len(bounds) - 1))
    for number in range(len(leaders)):
        system, row = number // len(rows), rows[number % len(rows)]
        leader = leaders[number]
        leader["system"], leader["tier"] = system, TIERS.index(row.tier)
        leader["start"], leader["end"] = row.start, row.end
        leader["organisation"] = _home(row.home, system, number, organisations, bounds, key)
    return leaders


def _home(home: str, system: int, number: int, organisations: Array, bounds: Array, key: Any) -> int:
    """Return the organisation where a leader works, or -1 for one from outside."""
    candidates = np.arange(bounds[system], bounds[system + 1])
    if home in KINDS:
        candidates = candidates[organisations["kind"][candidates] == KINDS.index(home)]
    if not home or not len(candidates):
        return NEVER
    return int(candidates[int(draws.uniform(int(key), draws.LEADER_TRAITS, number, 1) * len(candidates))])


def draw_skills(groups: Mapping[str, Any], leaders: Array, key: Any) -> Array:
    """Return leaders' skill in each conversation; the tactic's name, not its place, decides the draw.

    Where nobody learns, nobody is short of aptitude either.
    """
    learning = groups["learning"]
    shape = len(leaders), len(tactics.conversations)
    skills = records(entities.Skill, shape[0] * shape[1]).reshape(shape)
    for k, name in enumerate(tactics.conversations):
        index = int.from_bytes(sha256(name.encode()).digest()[:4], "big")
        z = normals(key, draws.APTITUDES, len(leaders), index)
        drawn = np.clip(learning.aptitude + learning.aptitude_spread * z, 0.0, 1.0)
        skills["aptitude"][:, k] = drawn if learning.on else 1.0
    skills["skill"] = np.minimum(groups["conversation"].skill, skills["aptitude"])
    for skill in skills.flat if groups["training"].on else ():
        skill["skill"] = trained_skill(float(skill["skill"]), float(skill["aptitude"]), groups["training"])
    return skills


def conducted(leaders: Array, scenario: Scenario, p: Any, key: Any) -> None:
    """Write into the leaders what the parameters say of their conduct; what a scenario says of one of them stands."""
    rows = leader_rows(scenario, p)
    systems = len(leaders) // max(len(rows), 1)
    means = np.array([p.ego if row.ego is None else row.ego for row in rows] * systems)
    egos = np.clip(means + p.ego_spread * normals(key, draws.LEADER_TRAITS, len(leaders)), 0.0, 1.0)
    # Where the parameters say what they said before, what feedback has made of the ego shown stands.
    said = egos != leaders["ego"]
    leaders["ego"][said] = leaders["ego_shown"][said] = egos[said]
    # No hours for leaders is no hours for anyone, whatever the scenario gives some of them.
    leaders["hours"] = [p.hours if row.hours is None or p.hours == 0.0 else row.hours for row in rows] * systems
    leaders["reflection"] = p.reflection
    leaders["asking"] = p.asking
    leaders["credit_forgone"] = p.credit_forgone
    leaders["generosity"] = p.generosity
    leaders["label"] = p.label


def planned(
    leaders: Array, scenario: Scenario, groups: Mapping[str, Any], chosen: Mapping[str, float], seeds: tuple[int, int]
) -> Plan:
    """Return what leaders do: the mix of conversations of each, the season and the key of the run's random numbers."""
    plan = _plan(scenario, tuple(chosen.items()), groups["leaders"], groups["pressure"], len(leaders))
    return plan._replace(run_key=np.uint64(draws.run_key(*seeds)))


@lru_cache(maxsize=256)
def _plan(scenario: Scenario, chosen: tuple[tuple[str, float], ...], p: Any, pressure: Any, leaders: int) -> Plan:
    """Return a plan without that key, which the arms of a sweep share."""
    rows = leader_rows(scenario, p)
    mixes = [mix(dict(chosen) if row.tactics is None else row.tactics) for row in rows]
    names = sorted({name for shares in mixes for name in shares})
    shares = np.array([[shares.get(name, 0.0) for name in names] for shares in mixes]).reshape(len(rows), len(names))
    every = np.tile(np.cumsum(shares, axis=1), (leaders // max(len(rows), 1), 1))
    codes = np.array([tactics.conversations.index(name) for name in names], np.int32)
    by_patients = np.array([getattr(tactics.modules[name], "BY_PATIENTS", False) for name in names], np.int8)
    weeks = np.arange(52) - pressure.winter_peak
    winter = np.array([round(pressure.winter * math.cos(2.0 * math.pi * week / 52.0), 12) for week in weeks])
    return Plan(every, codes, by_patients, winter, np.uint64(0))
