"""No run ends with a number that is none: one that comes to it fails in both engines alike, and says where."""

import math
import pickle

import numpy as np
import pytest

from simulation import Request, run, tactics
from simulation.errors import FailedRun, Invalid
from simulation.running import engine_named, lead, prepared, result
from simulation.soundness import BOUNDS, refuse_observables
from simulation.story.told import told
from simulation.week import listen

ENGINES = ("compiled", "agents")
NUMBERS = [
    ("openness", "patient_voice", "openness", 0),
    ("conviction", "coalition", "conviction", -1),
    ("informed", "plain_case", "informed", -1),
    ("purpose", "patient_argument", "purpose", -1),
    ("understood", "others_shoes", "understood", -1),
    ("own_interest", "longer_term_goal", "own_interest", -1),
    ("trust", "others_shoes", "trust", -1),
]
WRONG = [math.nan, math.inf, -math.inf, 1e300, -2e9]


def failed(request, **numbers):
    """What is said of a run whose tactic has parameters that no door would let through."""
    (name,) = request.tactics
    scenario, world, (phase,) = prepared(request)
    own = getattr(phase.settings.tactics, name)._replace(**numbers)
    settings = phase.settings._replace(tactics=phase.settings.tactics._replace(**{name: own}))
    lead(world, scenario, phase, request)
    with pytest.raises(FailedRun) as caught:
        engine_named(request.engine).advance(world, settings, phase.plan, phase.start, phase.stop)
    return str(caught.value)


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize(("number", "tactic", "parameter", "least"), NUMBERS)
def test_a_tactics_number_that_cannot_be_fails_the_run_in_both_engines_alike(number, tactic, parameter, least, wrong):
    busy = {"leaders.hours": 40.0, "population.dissatisfaction": 0.8}
    said = {failed(Request("tiny", {tactic: 1}, busy, 3, engine=name), **{parameter: wrong}) for name in ENGINES}
    assert len(said) == 1
    (words,) = said
    assert f"`{tactic}`" in words and f"{tactic}.py" in words and f"`{number}`" in words
    assert "in week 0, for person " in words and f"but must lie in [{least}, 1]" in words


@pytest.mark.parametrize("name", ENGINES)
def test_the_week_and_the_person_are_those_where_it_first_happens(name):
    request = Request("tiny", {"others_shoes": 1}, weeks=5, engine=name)
    scenario, world, (phase,) = prepared(request)
    lead(world, scenario, phase, request)
    engine = engine_named(name)
    engine.advance(world, phase.settings, phase.plan, 0, 2)
    spoke = world.staff["spoke"].copy()
    own = phase.settings.tactics.others_shoes._replace(trust=math.nan, understood=math.nan)
    settings = phase.settings._replace(tactics=phase.settings.tactics._replace(others_shoes=own))
    with pytest.raises(FailedRun, match="in week 2, for person") as caught:
        engine.advance(world, settings, phase.plan, 2, 5)
    person = int(str(caught.value).split("for person ")[1].split(",")[0])
    assert spoke[person] != world.staff["spoke"][person] == 2
    assert world.faults["week"][0] == 2


def test_what_a_faulty_tactic_says_reaches_nobody():
    request = Request("tiny", {"plain_case": 1}, weeks=1)
    failed(request, informed=math.nan)
    _, world, _ = prepared(request)
    assert all(np.isfinite(world.staff[name]).all() for name in BOUNDS)


@pytest.mark.parametrize("name", BOUNDS)
@pytest.mark.parametrize("wrong", [math.nan, math.inf, 1.5, -1.5])
def test_a_state_outside_its_range_fails_the_run(name, wrong):
    request = Request("tiny", weeks=0)
    _, world, _ = prepared(request)
    column = world.staff[name]
    column[7] = wrong
    world.staff[name] = column
    with pytest.raises(FailedRun, match=f"`{name}` of person 7"):
        result(request, world)


@pytest.mark.parametrize("carried", [run, told], ids=["run", "told"])
def test_a_state_that_leaves_its_range_on_the_way_is_told_with_tactic_person_and_week(monkeypatch, carried):
    affected, heard = listen.affected, []

    def faulty(person, effect):
        after = affected(person, effect)
        if getattr(person, "spoke", None) != 1:
            return after
        heard.append(person.row)
        return after._replace(purpose=1.5)

    monkeypatch.setattr(listen, "affected", faulty)
    with pytest.raises(FailedRun) as caught:
        carried(Request("tiny", {"plain_case": 1}, {"leaders.hours": 40.0}, weeks=4, engine="agents"))
    said = str(caught.value)
    # A little of it has faded by the end of the week.
    assert "In week 2, `purpose` of person" in said and "is 1.4" in said and "must lie in [0, 1]" in said
    assert f"person {min(heard)}, who had heard `plain_case`" in said and "plain_case.py" in said


def test_an_observable_that_is_no_number_fails_the_run():
    with pytest.raises(FailedRun, match="`trust` is inf"):
        refuse_observables({"adopted_share": 0.5, "weeks_to_50": None, "trust": math.inf})


CONDUCTS = {
    "nan": (lambda degree, p: {"leaders.ego": math.nan * degree}, "`leaders.ego` must lie in"),
    "outside": (lambda degree, p: {"leaders.ego": 7.0}, "`leaders.ego` must lie in"),
    "unknown": (lambda degree, p: {"leaders.eggo": 0.5}, "'leaders.eggo'"),
    "no table": (lambda degree, p: 0.5, "TypeError"),
    "an error": (lambda degree, p: {"leaders.ego": 1 / (degree - degree)}, "ZeroDivisionError"),
}


@pytest.mark.parametrize("allow_large", [False, True])
@pytest.mark.parametrize("name", CONDUCTS)
def test_a_stance_that_sets_what_cannot_be_is_refused_with_its_name(monkeypatch, name, allow_large):
    conduct, told = CONDUCTS[name]
    monkeypatch.setattr(tactics.modules["forgoing_credit"], "conduct", conduct)
    with pytest.raises(Invalid) as caught:
        # A degree that no other run has asked for, as what a mix comes to is kept.
        degree = 0.123 + list(CONDUCTS).index(name) / 100 + allow_large / 10
        run(Request("tiny", {"forgoing_credit": degree}, weeks=1), allow_large)
    assert len(caught.value.problems) == 1
    assert "`forgoing_credit`" in str(caught.value) and told in str(caught.value)


def test_what_is_wrong_comes_whole_from_one_process_to_another():
    sent = pickle.loads(pickle.dumps(Invalid(["First.", "Second."])))
    assert sent.problems == ["First.", "Second."] and str(sent) == "First.\nSecond."
