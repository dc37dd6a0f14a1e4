"""Runs seen whole: every trajectory and every final array."""

import hashlib
from typing import Any

import numpy as np

from experiments.validity.patterns.setups import CONVERSATIONS
from simulation import Request, running
from simulation.running import prepared
from simulation.world import World

BUNDLE = dict.fromkeys(CONVERSATIONS, 1.0)
SELFLESS = {**BUNDLE, "forgoing_credit": 1.0}
HEROIC = {**BUNDLE, "heroic_leader": 1.0}
EVERYTHING = {**BUNDLE, "plain_case": 1.0, "forgoing_credit": 0.5, "giving": 1.0, "line_authority": 0.3, "payment": 0.5}
"""A mix in which every mechanism has something to do."""
BUSY = {
    "convening.kind": "place_with_authority",
    "convening.start": 10,
    "convening.end": 60,
    "isolation.peer_sets": True,
    "training.on": True,
    "leaders.hours": 20.0,
    "population.adopters": 0.1,
    "gates.support": 0.2,
    "gates.delay": 4.0,
    "turnover.staff": 0.3,
    "turnover.leaders": 1.0,
    "nature.divergence": 0.5,
    "promises.weeks": 20,
    "alignment.direction": 0.3,
}
"""Settings in which every mechanism has something to do within two years."""


def lived(request: Request, threads: int = 1) -> World:
    """Return the world as a run leaves it."""
    request.check()
    return running.lived(request, threads)


def traces(world: Any, parts: tuple[str, ...] = ("staff", "organisations", "record")) -> dict[str, str]:
    """Return a hash of every trajectory and of every final column of the named parts, by name."""
    found = {}
    for part in parts:
        value = getattr(world, part)
        if isinstance(value, tuple):
            columns = value._asdict()
        elif value.dtype.names:
            columns = {name: value[name] for name in value.dtype.names}
        else:
            columns = {"": value}
        for name, column in columns.items():
            found[f"{part}.{name}"] = hashlib.sha256(np.ascontiguousarray(column).tobytes()).hexdigest()
    return found


ALL_STATE = (
    "staff",
    "organisations",
    "record",
    "leaders",
    "skills",
    "knowledge",
    "conveners",
    "patients",
    "regulators",
)


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Return the names of what differs between two runs."""
    return [name for name in one if one[name] != other.get(name)]


def at_start(scenario: str, settings: dict[str, Any] | None = None, seed: int = 1, replicate: int = 0) -> World:
    """Return the world of a scenario at week 0."""
    return prepared(Request(scenario, settings=settings or {}, weeks=0, seed=seed, replicate=replicate))[1]
