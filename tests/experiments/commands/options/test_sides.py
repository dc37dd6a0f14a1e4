"""The two sides of a comparison: arms and mixes as they are written, and what is run for them."""

import pytest

from experiments.commands.options.against import Laid, requests_of
from experiments.commands.options.sides import side_of
from experiments.design import study_file
from simulation.errors import Invalid

STUDY = """\
scenario = "tiny"
weeks = 30

[arms.plain]
settings = { "gates.delay" = 8, "pressure.finance" = 0.6 }
tactics = { plain_case = 1 }

[arms.quick]
settings = { "gates.delay" = 2, "pressure.finance" = 0.6 }
tactics = { plain_case = 1 }
"""


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "study.toml"
    path.write_text(STUDY)
    return str(path)


def test_a_mix_is_read_as_it_is_written():
    titles, (first, second) = requests_of("seeding=.5+forgoing_credit", "none", Laid())
    assert first.tactics == {"seeding": 0.5, "forgoing_credit": 1.0}
    assert second.tactics == {}
    assert (first.scenario, first.weeks, first.seed, first.replicate) == ("ics-small", 260, 1, 0)
    assert first._replace(tactics={}) == second
    assert titles[1] == "No leader"


@pytest.mark.parametrize("word", ["tactics:bundle", "bundle"])
def test_an_arm_is_that_of_its_study(word):
    arm = next(arm for arm in study_file.load("tactics").arms if arm.name == "bundle")
    _, (first, _) = requests_of(word, "none", Laid())
    assert first.tactics == arm.tactics
    assert first.settings == arm.settings


def test_a_name_that_studies_give_to_different_arms_is_refused_with_those_that_there_are():
    with pytest.raises(Invalid, match=r"backfires:shoes_forgoing, failures:shoes_forgoing"):
        side_of("shoes_forgoing")


def test_a_tactic_that_arms_are_named_after_is_that_tactic_alone():
    assert side_of("others_shoes").arm.tactics == {"others_shoes": 1}
    assert side_of("others_shoes").arm.settings == {}


def test_one_mix_in_two_places_is_named_with_them():
    titles, (first, second) = requests_of("seeding@tiny", "seeding@ics-small", Laid())
    assert (first.scenario, second.scenario) == ("tiny", "ics-small")
    assert first._replace(scenario="ics-small") == second
    assert titles[0] != titles[1]


def test_a_mix_beside_an_arm_is_run_as_its_study_is(study):
    _, (first, second) = requests_of(f"{study}:plain", "seeding", Laid())
    assert (second.scenario, second.weeks) == ("tiny", 30)
    assert second.settings == {"pressure.finance": 0.6}
    assert first.settings == {"gates.delay": 8, "pressure.finance": 0.6}


def test_the_command_line_stands_over_the_study(study):
    laid = Laid("ics-small", "simple", {"pressure.finance": 0.3}, 20, 7)
    _, requests = requests_of(f"{study}:plain", "none", laid)
    for request in requests:
        assert (request.scenario, request.change, request.weeks, request.seed) == ("ics-small", "simple", 20, 7)
        assert request.settings["pressure.finance"] == 0.3


def test_what_would_take_away_the_difference_is_refused(study):
    with pytest.raises(Invalid, match=r"--set gates\.delay"):
        requests_of(f"{study}:plain", f"{study}:quick", Laid(settings={"gates.delay": 4}))


def test_arms_of_different_length_need_to_be_told_how_long(study):
    with pytest.raises(Invalid, match="--weeks"):
        requests_of(f"{study}:plain", "tactics:bundle", Laid())
    _, requests = requests_of(f"{study}:plain", "tactics:bundle", Laid(weeks=40))
    assert [request.weeks for request in requests] == [40, 40]


def test_a_scenario_that_would_hold_nowhere_is_refused():
    with pytest.raises(Invalid, match="--scenario"):
        requests_of("seeding@tiny", "none@tiny", Laid(scenario="ics-small"))


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("seding", "'seeding'"),
        ("seding=1", "'seeding'"),
        ("tactics:bundel", "'bundle'"),
        ("tactcs:bundle", "'tactics'"),
        ("seeding@tny", "'tiny'"),
    ],
)
def test_a_name_that_is_not_known_is_met_with_the_nearest(word, nearest):
    with pytest.raises(Invalid, match=nearest):
        requests_of(word, "none", Laid())


def test_everything_that_is_wrong_is_said_at_once():
    with pytest.raises(Invalid) as told:
        requests_of("seding", "tactics:bundel", Laid())
    assert len(told.value.problems) == 2
    with pytest.raises(Invalid) as told:
        requests_of("seeding=2", "none@nowhere", Laid(weeks=-1))
    assert len(told.value.problems) == 3


@pytest.mark.parametrize("word", ["", "@tiny", "seeding@", "seeding=", "+", "a:b:c", "=1"])
def test_what_is_neither_arm_nor_mix_is_refused(word):
    with pytest.raises(Invalid):
        requests_of(word, "none", Laid())
