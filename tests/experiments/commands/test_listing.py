"""`syslead params`: every parameter is explained, to people and to editors."""

from command_line import document

from experiments.commands.options import names
from simulation import catalogue


def test_params_explains_every_parameter(syslead):
    _, out, _ = syslead("params")
    flat = " ".join(out.split())
    for name, parameter in catalogue.parameters().items():
        assert name in flat
        assert " ".join(parameter.meaning.split()) in flat
        assert f"source: {' '.join(parameter.source.split())}" in flat


def test_a_stance_without_parameters_is_said_to_have_none(syslead):
    code, _, told = syslead("params", "asking")
    assert code == 2
    assert "`asking` has no parameters" in told and "Did you mean" not in told


def test_params_of_a_group_are_just_these(syslead):
    _, out, _ = syslead("params", "gates", "--json")
    assert [parameter["name"] for parameter in document(out)["parameters"]] == names.group("gates")


def test_schema_admits_the_defaults_and_covers_every_parameter(syslead):
    _, out, _ = syslead("params", "--json-schema")
    properties = document(out)["properties"]
    assert list(properties) == list(catalogue.parameters())
    for name, entry in properties.items():
        assert entry["description"]
        if "enum" in entry:
            assert entry["default"] in entry["enum"], name
        elif entry["type"] != "boolean":
            assert entry["minimum"] <= entry["default"] <= entry["maximum"], name


def test_doses_are_listed_for_every_conversation_and_stance(syslead):
    told = {name for name, tactic in catalogue.tactics().items() if tactic.kind in ("conversation", "stance")}
    code, out, _ = syslead("list", "doses", "--json")
    found = document(out)["doses"]
    assert code == 0
    assert {dose["name"] for dose in found} == told
    _, out, _ = syslead("list", "doses")
    assert all(name in out for name in told)
