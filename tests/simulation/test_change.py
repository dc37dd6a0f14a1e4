"""Changes: what is to be adopted has a file of its own, which describes the change and nothing else."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toml_text import fuzzed

from simulation import Request, SystemModel, catalogue, run
from simulation.change import changes, describing, load
from simulation.errors import Invalid
from simulation.running import prepared
from simulation.scenario import FOLDER, economy

OWN = 'title = "Ours"\nsource = "made up"\n[settings]\n"nature.complexity" = 0.8\n'


@pytest.fixture
def file(tmp_path):
    """Return a function that writes a file and returns its path."""

    def written(text, name="ours.toml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return written


def problems(**asked):
    with pytest.raises(Invalid) as caught:
        Request("tiny", **asked).check()
    return caught.value.problems


def differs(one: Request, two: Request) -> bool:
    a, b = run(one), run(two)
    return not np.array_equal(a.adopted_share, b.adopted_share)


def test_a_simple_and_a_complex_change_are_built_in():
    assert {"simple", "complex"} <= changes().keys()


@pytest.mark.parametrize("name", sorted(changes()))
def test_a_built_in_change_has_no_fault_and_says_of_each_number_how_it_is_known(name):
    Request("tiny", change=name).check()
    found = load(name)
    assert found.source and 20 < len(found.title) < 140
    text = Path(__file__).parents[2].joinpath("simulation", "changes", f"{name}.toml").read_text(encoding="utf-8")
    told = [line for line in text.partition("[settings]")[2].splitlines() if line]
    assert len(told) == len(found.settings) and all("  # A; " in line for line in told)


def test_the_complex_change_is_the_more_complex_and_divergent_and_its_costs_differ_more():
    simple, complex_ = load("simple").settings, load("complex").settings
    for name in ("nature.complexity", "nature.divergence", "nature.cost", "nature.cost_spread", "gates.approvals"):
        assert simple[name] < complex_[name], name
    assert simple["nature.evidence"] > complex_["nature.evidence"]


def test_costs_of_the_complex_change_are_savings_to_some_organisations():
    def costs(name):
        return prepared(Request("ics-small", weeks=0, change=name))[1].organisations["cost"]

    simple, complex_ = costs("simple"), costs("complex")
    assert simple.min() > 0 > complex_.min()
    assert np.ptp(simple) < np.ptp(complex_)


@pytest.mark.parametrize("engine", ["compiled", "agents"])
def test_a_change_is_the_same_as_its_settings(engine):
    asked = Request("tiny", {"seeding": 1.0}, weeks=26, engine=engine)
    named, spelt = asked._replace(change="complex"), asked._replace(settings=load("complex").settings)
    assert not differs(named, spelt) and differs(named, asked)


def test_the_model_takes_a_change_and_says_which_when_asked_for_its_request():
    model = SystemModel("tiny", weeks=4, change="simple")
    model.run_model()
    assert model.request().change == "simple"
    assert np.array_equal(model.result().adopted_share, run(Request("tiny", weeks=4, change="simple")).adopted_share)


def test_what_the_scenario_sets_stands_over_the_change_and_what_the_run_sets_over_both():
    stands = economy("limit-bass", "complex").settings
    assert (stands["nature.divergence"], stands["nature.complexity"]) == (0.0, 0.9)
    phase = prepared(Request("limit-bass", settings={"nature.complexity": 0.2}, weeks=1, change="complex"))[2][0]
    nature = phase.groups["nature"]
    assert (nature.divergence, nature.complexity, nature.evidence) == (0.0, 0.2, 0.5)


def test_a_scenario_may_name_a_change_by_its_path_from_there_and_the_run_another(file, tmp_path):
    file(OWN)
    scenario = file('change = "ours.toml"\n' + (FOLDER / "tiny.toml").read_text(), "economy.toml")
    Request(scenario).check()
    assert economy(scenario, None).settings["nature.complexity"] == 0.8
    assert economy(scenario, "simple").settings == economy("tiny", "simple").settings
    file(OWN.replace("0.8", "0.7"))
    assert economy(scenario, None).settings["nature.complexity"] == 0.7, "an edited change is read anew"
    (tmp_path / "ours.toml").unlink()
    with pytest.raises(Invalid, match=r"economy.toml, line 1: The change file .*ours.toml' does not exist"):
        Request(scenario).check()


def test_whatever_does_not_describe_a_change_is_refused_at_once_with_what_may_be_set(file):
    found = problems(change=file(OWN + '"nature.cots" = 2\n"leaders.hours" = 3\n"nature.evidence" = 4\nx = 1\n'))
    assert len(found) == 5
    for number, (line, words) in enumerate(
        ((5, "Did you mean 'nature.cost'?"), (6, "`leaders.hours`"), (7, "[0, 1]"), (8, "`x`"))
    ):
        assert f"line {line}: " in found[number] and words in found[number]
    assert all(f"`{name}`" in found[4] for name in describing())


@given(st.sampled_from(sorted(catalogue.parameters())))
@fuzzed(60)
def test_every_parameter_either_describes_a_change_or_is_refused(tmp_path, name):
    path = tmp_path / "one.toml"
    value = catalogue.parameters()[name].default
    path.write_text(
        f'[settings]\n"{name}" = {str(value).lower() if isinstance(value, bool | int | float) else repr(value)}\n'
    )
    if name.startswith("nature.") or name == "gates.approvals":
        assert load(str(path)).settings == {name: value}
    else:
        assert name in problems(change=str(path))[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "it sets nothing"),
        ('title = "Ours"', "it sets nothing"),
        ("titel = 1", "Did you mean 'title'?"),
        ("settings = 3", "`settings` must be a table"),
        ("[settings", "it is not TOML"),
        ('[settings]\nnature.cost = 1\n"nature.cost" = 2', "stands twice"),
        ("[settings]\nnature.cost = true", "must be a number"),
        ("weeks = 3\n[arms.one]", "`weeks` is not known"),
    ],
)
def test_what_is_no_change_is_refused_in_words(file, text, words):
    assert words in problems(change=file(text))[0]


@pytest.mark.parametrize("name", ["complx", "nothing.toml", "", "\0.toml", "x" * 300 + ".toml", 3, "."])
def test_what_is_nowhere_is_refused_in_one_sentence(name):
    assert len(problems(change=name)) == 1


def test_faults_of_the_change_are_told_with_those_of_the_scenario_and_the_run():
    with pytest.raises(Invalid) as caught:
        Request("tny", settings={"leaders.egoo": 1}, change="simpl").check()
    assert len(caught.value.problems) == 3
