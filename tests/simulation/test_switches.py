"""Every mechanism can be switched off, and then its parameters change nothing, bit for bit; on, each changes something."""

import random

import pytest
from worlds import ALL_STATE, BUSY, EVERYTHING, differences, lived, traces

from simulation import Request, catalogue

PARAMETERS = catalogue.parameters()
SWITCHED = [name.partition(".")[0] for name in PARAMETERS if name.endswith(".on")]


def drawn(name, luck, but=None):
    """Return a value of a parameter anywhere in its range, and never its default or another one named."""
    parameter = PARAMETERS[name]
    avoided = parameter.default if but is None else but
    for _ in range(100):
        if parameter.kind == "number":
            value = luck.uniform(parameter.low, parameter.high)
        elif parameter.kind == "integer":
            # Weeks may lie beyond the run; half of the draws do not.
            most = luck.choice([int(parameter.high), min(int(parameter.high), 60)])
            value = luck.randint(int(parameter.low), most)
        else:
            value = luck.choice(parameter.choices or (False, True))
        if value != avoided:
            return value
    raise AssertionError(name)


def others_of(group, but=("on",)):
    return [name for name in PARAMETERS if name.partition(".")[0] == group and name.partition(".")[2] not in but]


BUSY_YEARS = Request("tiny", EVERYTHING, BUSY, weeks=90, seed=5)


def with_settings(request, settings):
    return request._replace(settings={**request.settings, **settings})


def busy(settings, parts=ALL_STATE):
    return traces(lived(with_settings(BUSY_YEARS, settings)), parts)


def silent_ones(off, names, lucks=(1, 2)):
    """Return what differs, bit for bit, when the named parameters are drawn at random with a mechanism off."""
    without = busy(off)
    found = []
    for seed in lucks:
        luck = random.Random(seed)
        found += differences(without, busy({**{name: drawn(name, luck) for name in names}, **off}))
    return found


@pytest.mark.parametrize("group", SWITCHED)
def test_a_mechanism_that_is_off_has_no_parameter_that_changes_anything(group):
    assert silent_ones({f"{group}.on": False}, others_of(group)) == []


@pytest.mark.parametrize("group", SWITCHED)
def test_a_mechanism_that_is_on_changes_something(group):
    # Training is off, and full alignment silent, unless asked for; the others do something in every busy year.
    assert differences(busy({f"{group}.on": True}), busy({f"{group}.on": False}))


@pytest.mark.parametrize(
    ("off", "names"),
    [
        ({"convening.kind": "none"}, others_of("convening", ("kind",))),
        ({"patients.tokenism": False}, ["patients.habituation", "patients.fatigue", "patients.recovery"]),
        (
            {"contagion.lapse": False},
            [
                "contagion.lapsing",
                "contagion.under_pressure",
                "contagion.steady_lapsing",
                "contagion.gate_protects",
                "contagion.ownership_protects",
                "contagion.ownership_lost",
                "contagion.again",
            ],
        ),
        (
            {"incentives.payment": 0.0},
            [
                "incentives.payment_start",
                "incentives.payment_end",
                "incentives.payment_reach",
                "incentives.paid_compliance",
            ],
        ),
        (
            {"incentives.mandate": 0.0},
            [
                "incentives.mandate_start",
                "incentives.mandate_end",
                "incentives.ordered_compliance",
                "incentives.reactance",
            ],
        ),
        ({"gates.approvals": 0}, ["gates.delay", "gates.veto", "gates.veto_harm", "gates.again", "gates.caseload"]),
        ({"nature.divergence": 0.0}, ["nature.divergence_raises", "advocacy.liability"]),
        ({"nature.complexity": 0.0}, ["nature.complexity_raises"]),
        (
            {"isolation.juniors": 0.0},
            ["isolation.ties_kept", "isolation.decay", "isolation.recovery", "isolation.lowest"],
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_is_set_to_nothing_silences_what_belongs_to_it(off, names):
    assert silent_ones(off, names) == []


OTHER_WORLDS = [
    {"leaders.number": 6, "credit.capital": 1.0},
    {"targeting.rule": "all_levels", "nature.benefit": -0.5, "nature.cost": -0.5},
    {"contagion.steady_lapsing": 0.05, "gates.on": False, "incentives.payment_end": 30, "incentives.mandate_end": 30},
    {"leaders.hours": 0.0, "competition.spur": 0.5, "gates.veto": 0.9, "gates.again": 2},
    {"leaders.hours": 0.0, "influence.awareness": 0.02, "population.conviction": 0.9, "population.ties_inside": 1.0},
    {"leaders.placement": "outside", "population.conviction": 0.8},
    {"training.on": False, "convening.kind": "none", "nature.benefit": -1.0, "turnover.exit": 30},
]
"""Worlds among which every parameter finds one where it matters."""


@pytest.fixture(scope="module")
def busy_place(tmp_path_factory):
    """Two small systems, so that some are far away and not everyone is everyone's partner."""
    place = tmp_path_factory.mktemp("busy") / "two-systems.toml"
    place.write_text(
        'title = "two systems"\nsystems = 2\n[[organisations]]\nkind = "acute"\ncount = 2\nstaff = 60\nsample = 12\n'
        '[[organisations]]\nkind = "primary_care"\ncount = 12\nstaff = 20\nsample = 6\n'
    )
    return str(place)


@pytest.fixture(scope="module")
def other_worlds(busy_place):
    """Requests for those worlds, each with what comes of it as it stands."""
    requests = [with_settings(BUSY_YEARS._replace(scenario=busy_place), settings) for settings in OTHER_WORLDS]
    return [(request, traces(lived(request), ALL_STATE)) for request in requests]


def changes_something(name, worlds):
    luck = random.Random(name)
    for _ in range(4):
        for request, without in worlds:
            value = drawn(name, luck, request.settings.get(name))
            if differences(without, traces(lived(with_settings(request, {name: value})), ALL_STATE)):
                return True
    return False


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_parameter_changes_something_somewhere(name, other_worlds):
    group = name.partition(".")[0]
    if group in catalogue.tactics() and group not in EVERYTHING:
        request = Request("tiny", {group: 0.5}, weeks=60)
        other_worlds = [(request, traces(lived(request), ALL_STATE))]
    assert changes_something(name, other_worlds)
