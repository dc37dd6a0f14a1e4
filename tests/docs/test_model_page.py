"""The page on the model says what the code does: the week, every rule, tactic, parameter and state."""

import inspect
import re
from pathlib import Path

import pytest
from documentation import ROOT

from simulation import catalogue, rules, tactics, week
from simulation.entities import Organisation, Staff

MODEL = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")

BUILT_IN = [name for name, module in tactics.modules.items() if Path(module.__file__ or "").is_relative_to(ROOT)]


def parts_of_a_week() -> list[str]:
    """Return the parts of a week in order, by the modules of what its stretches call or let everyone do."""
    source = "".join(map(inspect.getsource, week.WEEK))
    called = re.findall(r"(\w+)\.\w+\(w|everyone\(\((.*?)\), w", source)
    found = [[part] if part else [_part_of(act) for act in acts.split(", ")] for part, acts in called]
    return list(dict.fromkeys(part for parts in found for part in parts))


def _part_of(act: str) -> str:
    return str(getattr(week, act).__module__).rpartition(".")[2]


def test_the_order_of_the_week_in_the_documentation_is_that_of_the_code():
    listed = MODEL.partition("<!-- the order of the week")[2].partition("<!-- end of the order -->")[0]
    steps = re.findall(r"^(\d+)\. `(\w+)`", listed, re.M)
    assert [name for _, name in steps] == parts_of_a_week()
    assert [int(number) for number, _ in steps] == list(range(1, len(steps) + 1))


def submodels() -> dict[str, str]:
    """Return the text of each submodel by its heading."""
    parts = MODEL.partition("## 7. Submodels")[2].partition("\n## 8. Checks")[0].split("\n### ")[1:]
    return {part.partition("\n")[0].strip(): part for part in parts}


@pytest.mark.parametrize(
    "file", [*(f"rules/{name}" for name in rules.names), *(f"tactics/{name}" for name in BUILT_IN)]
)
def test_every_rule_and_every_tactic_has_tests_under_its_name(file):
    room, name = file.split("/")
    assert (ROOT / "tests" / room / f"test_{name}.py").is_file()


def test_every_rule_has_its_submodel_and_every_submodel_its_rule():
    assert sorted(submodels()) == sorted([*rules.names, "tactics"])


@pytest.mark.parametrize("rule", rules.names)
def test_every_parameter_of_a_rule_stands_in_its_submodel(rule):
    fields = [field for field in catalogue.groups()[rule]._fields if field != "on"]
    named = set(re.findall(r"(?<![\w.])[a-z_0-9]+", submodels()[rule].replace(f"`{rule}.", "`")))
    elsewhere = [field for field in fields if field not in named and f"{rule}.{field}" not in MODEL]
    assert not elsewhere


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_parameter_of_a_tactic_stands_in_the_model(name):
    assert not [p for p in tactics.modules[name].Parameters._fields if f"{name}.{p}" not in MODEL]


@pytest.mark.parametrize("group", ["population", "leaders"])
def test_every_parameter_of_the_world_at_the_start_is_mentioned(group):
    missing = [p for p in catalogue.groups()[group]._fields if f"{group}.{p}" not in MODEL]
    assert not missing


def test_every_state_of_staff_and_organisations_is_described():
    named = set(re.findall(r"\w+", MODEL))
    positions = {"first", "end", "first_circle", "end_circle"}
    assert not [field for field in {*Staff._fields, *Organisation._fields} - positions if field not in named]


def test_the_design_concepts_are_the_eleven_of_odd():
    section = MODEL.partition("## 4. Design concepts")[2].partition("\n## 5")[0]
    concepts = "Basic principles, Emergence, Adaptation, Objectives, Learning, Prediction, Sensing, Interaction, Stochasticity, Collectives, Observation"
    assert re.findall(r"^\*\*([\w ]+)\.\*\*", section, re.M) == concepts.split(", ")
