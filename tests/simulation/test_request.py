"""What a request cannot be is refused before anything is built, every problem at once and by name."""

import math

import pytest

from simulation import Request
from simulation.errors import Invalid


def problems_of(request):
    with pytest.raises(Invalid) as refused:
        request.check()
    return refused.value.problems


def problem_of(request):
    (problem,) = problems_of(request)
    assert problem.count("\n") == 0 and len(problem) < 400
    return problem


@pytest.mark.parametrize(
    ("wrong", "count"),
    [
        (
            Request(
                tactics={"seding": 1, "coalition": 2},
                settings={"gates.delai": 3, "gates.veto": 7.0, "gates.on": 2},
                weeks=-1,
                seed=-3,
                engine="fast",
            ),
            8,
        ),
        (Request("nowhere", {"seding": 2.0}, {"gates.delay": 0.0}, weeks=-1, engine="fast"), 5),
    ],
)
def test_every_problem_is_named_at_once(wrong, count):
    assert len(set(problems_of(wrong))) == count


# Names


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [
        (Request("ics-smal"), "'ics-small'"),
        (Request(tactics={"seding": 1.0}), "'seeding'"),
        (Request(settings={"gates.dlay": 3.0}), "'gates.delay'"),
        (Request(settings={"ego": 0.5}), "ego'"),
    ],
)
def test_a_misspelt_name_is_answered_with_the_nearest(wrong, meant):
    assert meant in problem_of(wrong)


@pytest.mark.parametrize("name", ["", "..", "../tiny", "tiny/", "a" * 5000, "nul\0", "tiny.TOML", "\ud800"])
def test_names_that_no_scenario_has_are_refused(name):
    (problem,) = problems_of(Request(name))
    assert "scenario" in problem.lower()


@pytest.mark.parametrize(
    "name", ["nowhere.toml", "missing.toml", "a" * 5000 + ".toml", "nul\0.toml", "simulation.toml"]
)
def test_a_scenario_file_that_there_is_not_is_named(name):
    (problem,) = problems_of(Request(name))
    assert repr(name) in problem


def test_a_folder_is_no_scenario(tmp_path):
    (tmp_path / "folder.toml").mkdir()
    assert str(tmp_path / "folder.toml") in problem_of(Request(str(tmp_path / "folder.toml")))


# Values


@pytest.mark.parametrize("value", [math.nan, math.inf, -0.1, -1, 1.1, 1.5, 1 + 1e-12, "0.5", "1", True, None])
def test_a_share_of_a_tactic_outside_its_range_is_refused_with_the_range(value):
    problem = problem_of(Request("tiny", tactics={"seeding": value}))
    assert "[0, 1]" in problem
    assert "`seeding`" in problem


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("gates.delay", value) for value in (math.nan, -math.inf, 5201.0, 0.5, "long", True, None, [1])),
        *(("population.ego", value) for value in (math.nan, math.inf, -0.1, 1.1, "0.5", True, None)),
    ],
)
def test_a_parameter_outside_its_range_is_refused_by_name(name, value):
    assert f"`{name}`" in problem_of(Request("tiny", settings={name: value}))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("weeks", -1),
        ("weeks", 10**9),
        ("weeks", 1.5),
        ("seed", -1),
        ("replicate", 2**40),
        ("engine", "C"),
    ],
)
def test_a_field_of_a_request_out_of_range_is_refused_with_its_value(field, value):
    assert repr(value) in problem_of(Request("tiny")._replace(**{field: value}))


TOO_LONG = 10**5000
"""More digits than Python writes."""


@pytest.mark.parametrize(
    "wrong",
    [
        {"weeks": True},
        {"weeks": "5"},
        {"seed": 1.0},
        {"weeks": TOO_LONG},
        {"seed": -TOO_LONG},
        {"replicate": TOO_LONG},
        {"tactics": {"seeding": TOO_LONG}},
        {"settings": {"gates.approvals": TOO_LONG}},
        {"schedule": ((TOO_LONG, {"tactics": {"seeding": 1}}),)},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_an_impossible_number_is_refused_in_a_line(wrong):
    assert problem_of(Request("tiny", **wrong))


# The schedule


@pytest.mark.parametrize(
    "entry",
    [
        (3,),
        "week",
        (3, {"tactic": {}}),
        (-1, {}),
        ("3", {}),
        (True, {"tactics": {"seeding": 1}}),
    ],
    ids=["no changes", "no entry", "unknown key", "a week before the first", "text", "a switch"],
)
def test_a_schedule_that_cannot_be_followed_is_refused(entry):
    assert problem_of(Request("tiny", schedule=(entry,)))


def test_a_parameter_of_the_start_cannot_change_during_the_run():
    problem = problem_of(Request("tiny", schedule=((4, {"settings": {"population.ego": 0.5}}),)))
    assert "population.ego" in problem
    assert "week 4" in problem


def test_problems_within_a_schedule_are_found_too():
    assert len(problems_of(Request(schedule=((4, {"tactics": {"seding": 1}}), (9, {"setings": {}}))))) == 2


# Sizes


def test_many_ties_and_many_leaders_are_allowed_where_memory_suffices():
    everyone = {"population.scale": 10_000.0, "population.ties_inside": 64.0}
    Request("england-2022", settings=everyone).check()
    Request("england-2022", settings={"leaders.number": 500}).check()


def test_a_national_service_with_everyone_is_allowed():
    Request("england-2022", settings={"population.scale": 10_000.0}, weeks=520).check()
