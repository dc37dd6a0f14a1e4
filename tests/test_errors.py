"""What a user is told: all problems at once, each with what to change."""

import pytest

from simulation import Request, catalogue, run
from simulation.errors import Invalid, nearest


def problems_of(**fields):
    with pytest.raises(Invalid) as told:
        Request(**fields).check()
    return told.value.problems


def test_every_problem_is_named_at_once():
    problems = problems_of(
        tactics={"seding": 1, "coalition": 2},
        settings={"gates.delai": 3, "gates.veto": 7.0, "gates.on": 1},
        weeks=-1,
        seed=-3,
        engine="fast",
    )
    assert len(problems) == 8
    assert len(set(problems)) == 8


def test_an_invalid_request_prints_one_problem_a_line():
    told = Invalid(["one.", "two."])
    assert str(told) == "one.\ntwo."
    assert told.problems == ["one.", "two."]


def test_invalid_is_a_value_error():
    assert issubclass(Invalid, ValueError)


def test_a_misspelt_tactic_is_answered_with_the_nearest():
    assert "'seeding'" in problems_of(tactics={"seding": 1})[0]


def test_a_misspelt_parameter_is_answered_with_the_nearest():
    assert "'gates.delay'" in problems_of(settings={"gates.delai": 1})[0]


def test_a_parameter_named_without_its_group_is_answered_with_the_full_name():
    assert nearest("autonomy", catalogue.parameters()) == "Did you mean 'population.autonomy'?"


def test_a_misspelt_scenario_is_answered_with_the_nearest():
    assert "'ics-small'" in problems_of(scenario="ics-smal")[0]


def test_a_name_like_no_other_gets_no_hint():
    assert nearest("qqqqqq", ["seeding", "coalition"]) == ""


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -0.1, 1.1, "0.5", True, None])
def test_a_share_outside_its_range_is_refused_with_the_range(value):
    (problem,) = problems_of(tactics={"seeding": value})
    assert "[0, 1]" in problem
    assert "`seeding`" in problem


@pytest.mark.parametrize("value", [float("nan"), float("-inf"), 5201.0, 0.5, "long", True, None, [1]])
def test_a_parameter_outside_its_range_is_refused_by_name(value):
    (problem,) = problems_of(settings={"gates.delay": value})
    assert "`gates.delay`" in problem


def test_a_missing_scenario_file_is_named():
    assert "nowhere.toml" in problems_of(scenario="nowhere.toml")[0]


def test_a_broken_scenario_file_is_named_and_refused(tmp_path):
    file = tmp_path / "broken.toml"
    file.write_text("title = \n")
    assert str(file) in problems_of(scenario=str(file))[0]


def test_absurd_sizes_are_refused_before_anything_is_built(tmp_path):
    file = tmp_path / "absurd.toml"
    file.write_text(
        'title = "too many"\n[settings]\n"population.scale" = 10000.0\n'
        '[[organisations]]\nkind = "acute"\ncount = 20000\nstaff = 200000\nsample = 100\n'
    )
    with pytest.raises(Invalid, match="the limit is"):
        run(Request(str(file), weeks=1))


def test_a_parameter_of_the_start_cannot_change_during_the_run():
    (problem,) = problems_of(schedule=((4, {"settings": {"population.ego": 0.5}}),))
    assert "population.ego" in problem
    assert "week 4" in problem


def test_problems_within_a_schedule_are_found_too():
    problems = problems_of(schedule=((4, {"tactics": {"seding": 1}}), (9, {"setings": {}})))
    assert len(problems) == 2
