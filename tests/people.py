"""Who takes part in a rule or a tactic, anywhere they can be: strategies for records and for parameters.

Tests of rules and tactics vary one thing in one person, everything else equal. What comes out at the level of the
system is a finding, and stands in no test of a rule.
"""

from types import ModuleType, SimpleNamespace
from typing import Any

from hypothesis import strategies as st

from simulation import catalogue
from simulation.entities import (
    FRONTLINE,
    Convener,
    Effect,
    Knowledge,
    Leader,
    Organisation,
    Patients,
    Situation,
    Staff,
)

SHARE = st.floats(0, 1)
PAIR = st.tuples(SHARE, SHARE).map(sorted)
"""A lower and a higher share."""
SIGNED_PAIR = st.tuples(st.floats(-1, 1), st.floats(-1, 1)).map(sorted)
"""A lower and a higher number between -1 and 1."""
WEEKS = st.integers(0, 300)
ROUNDING = 1e-12
"""Our exponential and logarithm are exact to 1e-10 at worst, and need not be monotonic in the last bits."""

SOMEONE = Staff(0, FRONTLINE, 0, 0, 0, 1024)
SOMEWHERE = Organisation(0, 0, 0, 1, 0, 1, 1024)
A_LEADER = Leader(organisation=0, system=0, tier=0, start=0, end=-1, hours=2.0)
A_TALK = Situation(draw=0.5, match=1.0, evidence=1.0, benefit=1.0, freshness=1.0, skill=1.0)
"""A conversation in which everything helps."""

PEOPLE = st.builds(
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
    stubbornness=SHARE,
    strain=st.floats(-0.5, 0.5),
    listeners=SHARE,
    brokerage=SHARE,
    stage=st.integers(0, 4),
    planted=st.integers(0, 1),
    advocate=st.integers(0, 1),
    leader=st.integers(-1, 4),
    spoke=st.integers(-1, 300),
    conviction=SHARE,
    first_opinion=SHARE,
    ownership=SHARE,
    purpose=SHARE,
    understood=SHARE,
    own_interest=SHARE,
    trust=SHARE,
    informed=SHARE,
    pull=st.floats(-1, 1),
    labelled=SHARE,
    fidelity=SHARE,
    motivation=SHARE,
    skill=SHARE,
    exposure=SHARE,
    surrounding=SHARE,
    profession_exposure=SHARE,
    passed_on=SHARE,
    urging=st.floats(0, 60),
)
ORGANISATIONS = st.builds(
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
    recognition=st.floats(-1, 1),
    favours=st.floats(0, 20),
    heard=st.floats(0, 100),
    claimed=SHARE,
)
LEADERS = st.builds(
    Leader,
    organisation=st.just(0),
    system=st.just(0),
    tier=st.integers(0, 3),
    start=st.just(0),
    end=st.just(-1),
    hours=st.floats(0, 60),
    ego=SHARE,
    ego_shown=SHARE,
    reflection=SHARE,
    asking=SHARE,
    credit_forgone=SHARE,
    generosity=SHARE,
    label=SHARE,
    capital=st.floats(-1, 1),
    withdrawn=SHARE,
)
KNOWLEDGE = st.builds(
    Knowledge,
    error=st.floats(-4, 4),
    visits=st.integers(0, 500),
    visited=st.integers(-1, 100),
    given=st.floats(0, 50),
    returned=st.floats(0, 50),
    pressure=SHARE,
)
CONVENERS = st.builds(Convener, relations=SHARE, disrupted=st.integers(-1, 300), present=st.integers(0, 1))
VOICES = st.builds(Patients, fatigue=SHARE, asked=st.integers(0, 500), idle=st.integers(0, 500))
BENEFITS = st.floats(-1, 1)
"""What a person may believe a change does to patients."""
SITUATIONS = st.builds(
    Situation, draw=SHARE, match=SHARE, evidence=SHARE, benefit=st.floats(-1, 1), freshness=SHARE, skill=SHARE
)


def varied(record: Any, field: str, pair: tuple[float, float]) -> tuple[Any, Any]:
    """Return a record twice, with a lower and a higher value of one field."""
    return record._replace(**{field: pair[0]}), record._replace(**{field: pair[1]})


def parameters(module: ModuleType) -> st.SearchStrategy[Any]:
    """Return a strategy for the parameters of a rule or a tactic: the defaults, or anywhere in their ranges."""
    group = module.__name__.rpartition(".")[2]
    drawn = st.builds(module.Parameters, **{name: within(f"{group}.{name}") for name in module.Parameters._fields})
    return st.one_of(st.just(module.Parameters()), drawn)


def on(module: ModuleType) -> st.SearchStrategy[Any]:
    """Return a strategy for a rule's parameters with its switch on."""
    return parameters(module).map(lambda p: p._replace(on=True))


def off(module: ModuleType) -> st.SearchStrategy[Any]:
    """Return a strategy for a rule's parameters with its switch off."""
    return parameters(module).map(lambda p: p._replace(on=False))


def within(name: str) -> st.SearchStrategy[Any]:
    """Return a strategy for the stored values of a parameter."""
    parameter = catalogue.parameters()[name]
    if parameter.kind == "number":
        return st.floats(parameter.low, parameter.high)
    if parameter.kind == "switch":
        return st.booleans()
    return st.integers(int(parameter.low), int(parameter.high))


def writable(person: Staff) -> Any:
    """Return a person whose record can be written, as the engines' can."""
    return SimpleNamespace(**person._asdict())


def shares(effect: Effect) -> tuple[float, ...]:
    """Return the parts of an effect that move a state."""
    return tuple(value for value in effect if not isinstance(value, bool))
