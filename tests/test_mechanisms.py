"""Every mechanism can be switched off, and then its parameters change nothing, bit for bit; leaders have no authority."""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from worlds import ALL_STATE, BUNDLE, BUSY, EVERYTHING, HEROIC, SELFLESS, differences, lived, traces

from simulation import Request, catalogue, run
from simulation.compiled import CACHE
from simulation.entities import ADOPTED, AWARE, COMPLYING, NEVER

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


# Switches


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
        ({"nature.divergence": 0.0}, ["nature.divergence_raises"]),
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


# No authority


@pytest.mark.parametrize("scenario", ["tiny", "ics-small"])
@pytest.mark.parametrize("tactics", [{"plain_case": 1.0}, SELFLESS, HEROIC, {"undeclared": 1.0, "giving": 1.0}])
def test_leaders_without_hours_are_no_leaders_bit_for_bit(scenario, tactics):
    settings = {"population.adopters": 0.2, "gates.support": 0.2}
    idle = lived(Request(scenario, tactics, {**settings, "leaders.hours": 0.0}, weeks=110))
    nobody = lived(Request(scenario, {}, settings, weeks=110))
    assert differences(traces(nobody), traces(idle)) == []
    assert nobody.record.adopted[-1].sum() != nobody.record.adopted[0].sum()


def test_no_leaders_at_all_are_no_leaders_bit_for_bit():
    none = lived(Request("tiny", SELFLESS, {"leaders.number": 0, "population.adopters": 0.2}, weeks=110))
    assert differences(traces(lived(Request("tiny", {}, {"population.adopters": 0.2}, weeks=110))), traces(none)) == []


def test_leaders_with_hours_change_something():
    assert differences(traces(lived(Request("tiny", weeks=20))), traces(lived(Request("tiny", SELFLESS, weeks=20))))


CLOSED = {"gates.veto": 1.0, "gates.approvals": 2}


@pytest.mark.parametrize("tactics", [{}, SELFLESS, HEROIC, {**SELFLESS, "line_authority": 1.0, "payment": 1.0}])
def test_where_no_approval_is_granted_adoption_stays_at_pilots(tactics):
    settings = {**CLOSED, "population.adopters": 0.05, "gates.pilot": 0.1, "gates.support": 0.05, "leaders.hours": 30.0}
    for seed in (1, 2):
        world = lived(Request("ics-small", tactics, settings, weeks=260, seed=seed))
        organisations = world.organisations
        heaviest = np.maximum.reduceat(world.staff["weight"], organisations["first"])
        most = np.maximum(world.record.by_organisation[0], 0.1 * organisations["weight"] + 0.5 * heaviest)
        assert (world.record.by_organisation <= most).all()
        assert (organisations["committed"] == NEVER).all()


def test_the_same_leaders_pass_the_pilots_where_approvals_are_granted():
    settings = {"gates.veto": 0.0, "population.adopters": 0.05, "gates.pilot": 0.1, "leaders.hours": 30.0}
    assert run(Request("ics-small", SELFLESS, settings, weeks=260)).adopted_share[-1] > 0.3


def test_conversations_alone_move_nobody_beyond_aware():
    untouched = {**CLOSED, "population.adopters": 0.0, "contagion.hazard": 0.0, "leaders.hours": 40.0}
    every = dict.fromkeys([*BUNDLE, "plain_case"], 1.0)
    world = lived(Request("ics-small", {**every, "forgoing_credit": 1.0, "giving": 1.0}, untouched, weeks=104))
    assert (world.staff["stage"] == AWARE).mean() > 0.5
    assert world.staff["stage"].max() == AWARE


@pytest.mark.parametrize(
    "tactics", [{"line_authority": 1.0}, {"payment": 1.0}, {"line_authority": 1.0, "payment": 1.0}]
)
def test_mandate_and_payment_reach_compliance_in_name_at_most(tactics):
    settings = {"population.adopters": 0.0, "contagion.hazard": 0.0}
    world = lived(Request("ics-small", tactics, settings, weeks=104))
    assert (world.staff["stage"] == COMPLYING).mean() > 0.3
    assert (world.staff["stage"] != ADOPTED).all()
    assert world.record.adopted.sum() == 0


def test_declared_is_adopted_and_complying_together():
    result = run(Request("ics-small", {"line_authority": 1.0}, weeks=104))
    assert (result.declared_share >= result.adopted_share).all()
    assert result.declared_share[-1] - result.adopted_share[-1] > 0.1


# Common random numbers


def test_an_arm_that_draws_more_leaves_everyone_elses_luck_as_it_was():
    # Ideas are sown in thousands of conversations, and none matures: only the leaders' own draws differ.
    settings = {"ideas.on": False, "seeding.takes": 1.0, "telling.on": False, "nature.complexity": 0.0}
    settings["nature.divergence"] = 0.0  # or failing with resisters would cost trust
    nobody = traces(lived(Request("ics-small", {}, settings, weeks=104)))
    sowing = traces(lived(Request("ics-small", {"seeding": 1.0}, {**settings, "leaders.hours": 40.0}, weeks=104)))
    assert set(differences(nobody, sowing)) <= {"staff.planted", "record.hours"}


def test_pressures_are_the_same_whatever_leaders_do_as_long_as_no_gate_opens():
    arms = ({}, {"plain_case": 1.0}, SELFLESS, HEROIC)
    worlds = [lived(Request("ics-small", tactics, CLOSED, weeks=60)) for tactics in arms]
    for world in worlds:
        assert np.array_equal(world.organisations["pressure"], worlds[0].organisations["pressure"])


def test_the_world_at_the_start_is_the_same_in_every_arm():
    traits = [
        traces(lived(Request("ics-small", tactics, weeks=0)))
        for tactics in ({}, SELFLESS, {"line_authority": 1.0, "payment": 1.0})
    ]
    assert traits[0] == traits[1] == traits[2]


def test_a_replicate_depends_on_no_other():
    alone = run(Request("tiny", SELFLESS, weeks=52, replicate=3))
    among = [run(Request("tiny", SELFLESS, weeks=52, replicate=r)) for r in (5, 0, 3, 1)]
    assert np.array_equal(alone.by_organisation, among[2].by_organisation)
    assert len({result.by_organisation.tobytes() for result in among}) == 4


def test_a_longer_run_begins_as_the_shorter_one():
    short, long = (run(Request("tiny", SELFLESS, weeks=weeks)) for weeks in (30, 80))
    assert np.array_equal(short.adopted_share, long.adopted_share[:31])
    assert np.array_equal(short.by_organisation, long.by_organisation[:31])


def test_a_schedule_that_changes_nothing_changes_nothing():
    plain = run(Request("tiny", SELFLESS, weeks=60))
    idle = ((10, {"tactics": SELFLESS}), (20, {"settings": {"leaders.hours": 8.0}}), (30, {}))
    assert np.array_equal(
        plain.by_organisation, run(Request("tiny", SELFLESS, weeks=60, schedule=idle)).by_organisation
    )


def test_arms_that_part_in_a_later_week_are_one_until_then():
    one = run(Request("tiny", SELFLESS, weeks=60))
    other = run(Request("tiny", SELFLESS, weeks=60, schedule=((25, {"tactics": {}}),)))
    assert np.array_equal(one.by_organisation[:26], other.by_organisation[:26])


def test_leaders_who_leave_are_replayed_by_a_schedule_in_which_they_stop():
    # From week 30 on nobody leads, whether the tactics end or the hours do.
    ended = lived(Request("tiny", {"plain_case": 1.0}, weeks=60, schedule=((30, {"tactics": {}}),)))
    idle = lived(Request("tiny", {"plain_case": 1.0}, weeks=60, schedule=((30, {"settings": {"leaders.hours": 0.0}}),)))
    assert differences(traces(ended), traces(idle)) == []


# The cache of compiled code

PROBE = '''"""A compiled function that calls a rule of another file."""

from simulation.compiled import compiled
from simulation.rules import pressure


@compiled
def probe(p):
    return pressure.felt(0.5, 0.25, p)
'''
ASK = """
import json, sys
from simulation.probe import probe, pressure
value = probe(pressure.Parameters())
print(json.dumps([value, sum(probe.stats.cache_hits.values()), sum(probe.stats.cache_misses.values())]))
"""


def asked(folder: Path) -> tuple[float, int, int]:
    env = {**os.environ, "PYTHONPATH": str(folder), "SYSLEAD_CACHE": str(folder / "cache"), "SYSLEAD_TACTICS": ""}
    done = subprocess.run([sys.executable, "-c", ASK], cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return tuple(json.loads(done.stdout))


@pytest.fixture
def a_copy(tmp_path):
    """A copy of the package, with a compiled function that calls a rule."""
    source = Path(__file__).parent.parent / "simulation"
    shutil.copytree(source, tmp_path / "simulation", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "simulation" / "probe.py").write_text(PROBE)
    return tmp_path


def test_a_rule_that_changes_is_compiled_anew_and_one_that_does_not_is_not(a_copy):
    assert asked(a_copy) == (0.75, 0, 1)
    assert asked(a_copy) == (0.75, 1, 0)
    rule = a_copy / "simulation" / "rules" / "pressure.py"
    rule.write_text(rule.read_text().replace("return clipped(pressure + strain)", "return clipped(pressure - strain)"))
    assert asked(a_copy) == (0.25, 0, 1)
    assert asked(a_copy) == (0.25, 1, 0)


def compiled_files():
    return {str(file): file.stat().st_mtime_ns for file in sorted(CACHE.rglob("*")) if file.suffix in (".nbi", ".nbc")}


def test_a_second_start_compiles_nothing():
    run(Request("tiny", weeks=1))
    before = compiled_files()
    start = "from simulation import Request, run; run(Request('tiny', weeks=1))"
    subprocess.run([sys.executable, "-W", "error", "-c", start], check=True, timeout=60)
    assert before
    assert compiled_files() == before


def test_no_hours_for_leaders_are_none_for_those_whom_a_scenario_names(tmp_path):
    file = tmp_path / "named.toml"
    text = (
        'title = "Named"\nsource = "made up"\n[[organisations]]\nkind = "acute"\ncount = 2\nstaff = 40\nsample = 20\n'
    )
    file.write_text(text + '[[leaders]]\ntier = "senior"\nhours = 20\ntactics = { seeding = 1 }\n')
    assert run(Request(str(file), weeks=20)).observables["leader_hours"] > 0
    assert run(Request(str(file), {}, {"leaders.hours": 0.0}, weeks=20)).observables["leader_hours"] == 0
