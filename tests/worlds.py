"""Runs seen whole: every trajectory and every final array, and hypothesis strategies for who takes part in them."""

import hashlib
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from simulation import Request, SystemModel, catalogue
from simulation.entities import Effect, Organisation, Situation, Staff

CONVERSATIONS = [name for name, tactic in catalogue.tactics().items() if tactic.kind == "conversation"]
BUNDLE = dict.fromkeys(
    [
        "others_shoes",
        "longer_term_goal",
        "seeding",
        "patient_argument",
        "patient_voice",
        "higher_goals",
        "coalition",
    ],
    1.0,
)
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


def engines() -> list[str]:
    """Return the engines there are."""
    return ["compiled", "agents"] if hasattr(import_module("simulation.agents"), "advance") else ["compiled"]


def lived(request: Request) -> Any:
    """Return the world as a run leaves it."""
    model = SystemModel(
        request.scenario,
        request.tactics,
        request.settings,
        request.seed,
        request.weeks,
        request.replicate,
        request.engine,
        request.schedule,
    )
    model.advance(request.weeks)
    return model.world


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
    "aptitudes",
    "attempts",
    "successes",
    "knowledge",
    "conveners",
    "patients",
    "regulators",
)


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Return the names of what differs between two runs."""
    return [name for name in one if one[name] != other.get(name)]


SHARE = st.floats(0, 1)
STAGES = st.integers(0, 4)


def _of(cls: Any, **fields: Any) -> Any:
    return st.builds(cls, **fields)


PEOPLE = _of(
    Staff,
    organisation=st.just(0),
    tier=st.integers(0, 3),
    profession=st.integers(0, 3),
    junior=st.integers(0, 1),
    circle=st.just(0),
    weight=st.integers(1, 10**6),
    ego=SHARE,
    dissatisfaction=SHARE,
    threshold=st.floats(0, 2),
    autonomy=SHARE,
    strain=st.floats(-0.5, 0.5),
    listeners=SHARE,
    brokerage=SHARE,
    stage=STAGES,
    planted=st.integers(0, 1),
    advocate=st.integers(0, 1),
    credited=st.integers(0, 1),
    leader=st.integers(-1, 4),
    spoke=st.integers(-1, 300),
    conviction=SHARE,
    ownership=SHARE,
    purpose=SHARE,
    understood=SHARE,
    own_interest=SHARE,
    trust=SHARE,
    fidelity=SHARE,
    motivation=SHARE,
    skill=SHARE,
    exposure=SHARE,
    surrounding=SHARE,
    profession_exposure=SHARE,
    urging=st.floats(0, 60),
)
ORGANISATIONS = _of(
    Organisation,
    kind=st.integers(0, 7),
    system=st.just(0),
    first=st.just(0),
    end=st.just(1),
    first_circle=st.just(0),
    end_circle=st.just(1),
    weight=st.just(1024),
    competition=SHARE,
    cost=st.floats(-2, 3),
    gain=st.floats(0, 3),
    fit=st.floats(-2, 2),
    demand=st.floats(-0.3, 0.3),
    burden=st.floats(-2, 3),
    pressure=SHARE,
    asked=st.integers(-1, 300),
    refused=st.integers(-1, 300),
    committed=st.integers(-1, 300),
    adopted_share=SHARE,
    partners=SHARE,
    realised=SHARE,
    seen=SHARE,
    favours=st.floats(0, 20),
    heard=st.floats(0, 100),
)
SITUATIONS = _of(
    Situation, draw=SHARE, match=SHARE, evidence=SHARE, benefit=st.floats(-1, 1), freshness=SHARE, skill=SHARE
)


def parameters(cls: Any, group: str) -> Any:
    """Return a strategy for the parameters of a group, anywhere in their ranges."""
    return st.builds(cls, **{name: within(f"{group}.{name}") for name in cls._fields})


def within(name: str) -> Any:
    """Return a strategy for the stored values of a parameter."""
    parameter = catalogue.parameters()[name]
    if parameter.kind == "number":
        return st.floats(parameter.low, parameter.high)
    if parameter.kind == "switch":
        return st.booleans()
    return st.integers(int(parameter.low), int(parameter.high))


def someone(person: Staff) -> Any:
    """Return a person whose record can be written, as the engines' can."""
    return SimpleNamespace(**person._asdict())


def shares(effect: Effect) -> tuple[float, ...]:
    """Return the parts of an effect that move a state."""
    return tuple(value for value in effect if not isinstance(value, bool))
