"""What a study rests on is counted over what is in force in its runs, and nothing else."""

import dataclasses

import example_results
import pytest

from experiments.analysis.assumptions import arms_of, assumptions_of
from experiments.analysis.tables import read_outcomes
from simulation import catalogue, rules

ARMS = ("none", "seeding")
SWITCHES = {name: catalogue.parameters().get(f"{name}.on") for name in rules.names}
ON = [name for name, switch in SWITCHES.items() if switch is None or switch.default]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    return read_outcomes(example_results.write(tmp_path_factory.mktemp("sweep"), ARMS, replicates=3, weeks=4))


def study(**more):
    """A study of two arms, with more said of the second."""
    second = {"name": "seeding", "scenario": "tiny", "tactics": {"seeding": 1}, **more}
    return {"arms": [{"name": "none", "scenario": "tiny", "tactics": {}, **({"settings": more["settings"]} if "settings" in more else {})}, second]}  # fmt: skip


def size(*groups):
    return sum(parameter.group in groups for parameter in catalogue.parameters().values())


def test_parameters_of_what_is_off_or_not_held_are_not_in_force(outcomes):
    found = assumptions_of(study(), outcomes)
    assert found.known.total() == size("population", "leaders", "seeding", *ON)
    off = assumptions_of(study(settings={"credit.on": False}), outcomes)
    assert found.known.total() - off.known.total() == size("credit")
    assert [(one.parameter.name, one.values) for one in off.settings] == [
        ("credit.on", {False: ["No leader", "Seeding an idea"]})
    ]


@pytest.mark.parametrize("arm", ["settings", "schedule"])
def test_a_mechanism_that_is_on_in_one_arm_or_for_a_while_is_in_force(outcomes, arm):
    only = {"credit.on": False}
    said = study(settings=only) if arm == "schedule" else study()
    said["arms"][0]["settings"] = only
    if arm == "schedule":
        said["arms"][1]["schedule"] = [[2, {"settings": {"credit.on": True}}]]
    assert assumptions_of(said, outcomes).known == assumptions_of(study(), outcomes).known


def test_a_swept_switch_is_in_force_where_any_point_has_it_on(outcomes):
    for levels, off in (([True, False], 0), ([False, False], size("credit"))):
        runs = outcomes.runs.assign(**{"credit.on": [levels[row % 2] for row in range(len(outcomes.runs))]})
        swept = dataclasses.replace(outcomes, runs=runs, parameters=("credit.on",))
        found = assumptions_of(study(), swept)
        assert found.known.total() == size("population", "leaders", "seeding", *ON) - off


def test_tactics_count_also_where_they_come_later_or_come_with_a_stance(outcomes):
    later = study(schedule=[[2, {"tactics": {"coalition": 1}}]])
    alone = study(tactics={"forgoing_credit": 1})
    base = size("population", "leaders", *ON)
    assert assumptions_of(later, outcomes).known.total() == base + size("seeding", "coalition")
    assert assumptions_of(alone, outcomes).known.total() == base + size("forgoing_credit", "plain_case")


def test_files_of_a_users_own_are_named_and_never_looked_for(outcomes, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours.toml").write_text("no scenario at all")
    found = assumptions_of(study(scenario="ours.toml", change="new.toml"), outcomes)
    assert found.unread == ["new.toml", "ours.toml"]


def test_what_is_not_of_the_right_kind_in_a_study_is_passed_over():
    said = {"name": "a", "tactics": {"seeding": "1", "coalition": 1}, "settings": [1], "schedule": [4, [1], [1, 2]]}
    nothing, arm = arms_of({"arms": [7, said]})
    assert (nothing.tactics, nothing.settings, nothing.schedule) == ({}, {}, [])
    assert (arm.tactics, arm.settings, arm.schedule) == ({"coalition": 1.0}, {}, [(1, {})])
    assert arms_of({"arms": 3}) == []
