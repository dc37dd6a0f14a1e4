"""What is laid over a study: the same as if its file said so, and refused where it would not hold in every arm."""

import pytest

from experiments.design import study_file
from experiments.design.jobs import jobs_of
from experiments.design.overlay import Overlay
from simulation.errors import Invalid

TOP = """
scenario = "tiny"
weeks = 26
replicates = 2
"""
SETTINGS = """
[settings]
gates.delay = 9
pressure.finance = 0.4
"""
ARMS = """
[arms.none]

[arms.giving]
tactics = { seeding = 1, giving = 1 }

[arms.vain]
tactics = { seeding = 1 }
settings = { "leaders.ego" = 0.9 }

[arms.complex]
change = "complex"

[arms.later]
schedule = [{ week = 9, settings = { "leaders.hours" = 2 } }]
"""
GRID = """
[factors]
"competition.level" = [0.1, 0.9]
"""


@pytest.fixture
def written(tmp_path):
    def write(text: str):
        (tmp_path / "my.toml").write_text(text)
        return tmp_path / "my.toml"

    return write


def refused(path, overlay) -> list[str]:
    with pytest.raises(Invalid) as problems:
        study_file.load(path, overlay=overlay)
    return problems.value.problems


@pytest.mark.parametrize(
    ("overlay", "before", "after"),
    [
        (Overlay(scenario="village"), 'scenario = "tiny"', 'scenario = "village"'),
        (Overlay(change="simple"), "weeks = 26", 'weeks = 26\nchange = "simple"'),
        (Overlay(weeks=52), "weeks = 26", "weeks = 52"),
        (Overlay(settings={"gates.delay": 20}), "gates.delay = 9", "gates.delay = 20"),
        (Overlay(settings={"reach.on": False}), "[settings]", "[settings]\nreach.on = false"),
        (
            Overlay("village", "simple", 30, {"gates.delay": 4}),
            f"{TOP}{SETTINGS}",
            f'change = "simple"\n{TOP}{SETTINGS}'.replace("tiny", "village").replace("26", "30").replace("= 9", "= 4"),
        ),
    ],
)
def test_what_is_laid_over_a_study_is_what_its_file_could_have_said(written, overlay, before, after):
    text = f"{TOP}{SETTINGS}{ARMS}{GRID}"
    laid = study_file.load(written(text), overlay=overlay)
    said = study_file.load(written(text.replace(before, after)))
    assert laid == said != study_file.load(written(text))
    assert [job.key for job in jobs_of(laid)] == [job.key for job in jobs_of(said)]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("competition.level", "is a factor"),
        ("leaders.ego", "`vain` (it sets 0.9)"),
        ("leaders.generosity", "`giving` (`giving` sets it)"),
        ("leaders.hours", "`later` (it sets 2 from week 9 on)"),
        ("nature.complexity", "`complex` (its change `complex` sets 0.9)"),
        ("tactics.seeding", "only parameters"),
    ],
)
def test_what_an_arm_a_stance_a_factor_a_schedule_or_a_change_sets_is_not_laid_over_and_both_are_named(
    written, name, told
):
    (problem,) = refused(written(f"{TOP}{SETTINGS}{ARMS}{GRID}"), Overlay(settings={name: 0.5}))
    assert problem.startswith(f"--set {name}: ") and told in problem


def test_a_factor_that_is_a_stance_is_named_where_it_sets_the_same(written):
    text = f'{TOP}[arms.one]\ntactics = {{ seeding = 1 }}\n[factors]\n"tactics.giving" = [0.0, 1.0]\n'
    (problem,) = refused(written(text), Overlay(settings={"leaders.generosity": 0.2}))
    assert "--set leaders.generosity" in problem and "the factor `tactics.giving` sets it" in problem


def test_in_a_design_of_one_at_a_time_what_is_laid_over_moves_the_centre(written):
    text = f'{TOP}{GRID}[design]\nkind = "one-at-a-time"\n'
    moved = study_file.load(written(text), overlay=Overlay(settings={"competition.level": 0.3})).design
    assert [row["competition.level"] for row in map(moved.row, range(3))] == [0.3, 0.1, 0.9]
    alone = text.replace("0.1, 0.9", "0.9")
    (problem,) = refused(written(alone), Overlay(settings={"competition.level": 0.9}))
    assert "line " in problem and "`--set competition.level`" in problem


def test_what_is_laid_over_a_sample_of_worlds_is_no_longer_drawn(written):
    text = f'{TOP}[design]\nkind = "latin-hypercube"\npoints = 2\naround = "prior"\n'
    drawn = study_file.load(written(text)).design.columns
    laid = study_file.load(written(text), overlay=Overlay(settings={"appraisal.cost": 2.0}))
    assert set(drawn) - set(laid.design.columns) == {"appraisal.cost"}
    assert jobs_of(laid)[0].request.settings["appraisal.cost"] == 2.0


def test_everything_wrong_with_what_is_laid_over_is_told_at_once_where_it_was_said(written):
    overlay = Overlay("tinny", "smple", 6000, {"gates.dealy": 3.0, "leaders.ego": 1.0, "gates.veto": 7.0})
    found = refused(written(f"{TOP}{ARMS}"), overlay)
    for place in ("--scenario", "--change", "--weeks", "--set gates.dealy", "--set leaders.ego", "--set gates.veto"):
        assert any(problem.startswith(f"{place}: ") for problem in found), place


@pytest.mark.parametrize("key", ["scenario", "change"])
def test_what_every_arm_has_of_its_own_is_not_laid_over(written, key):
    lines = [
        f'[arms.{arm}]\n{key} = "{arm}"\n'
        for arm in {"scenario": ("tiny", "village"), "change": ("simple", "complex")}[key]
    ]
    overlay = Overlay(**{key: {"scenario": "ics-small", "change": "simple"}[key]})
    (problem,) = refused(written("weeks = 8\n" + "".join(lines)), overlay)
    assert problem.startswith(f"--{key}: ") and "every arm has its own" in problem


def test_a_schedule_that_no_longer_fits_is_refused_where_it_stands(written):
    assert all("line " in problem for problem in refused(written(f"{TOP}{ARMS}"), Overlay(weeks=9)))


@pytest.mark.parametrize("name", study_file.studies())
def test_every_built_in_study_runs_on_another_system(name):
    laid = study_file.load(name, overlay=Overlay(scenario="village"))
    assert {arm.scenario for arm in laid.arms} == {"village"}
