"""Every number a modeller may change is declared once, with a range, a unit, a source and a meaning."""

import math
from typing import Annotated, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation import catalogue
from simulation.parameters import Choice, Range, declared, problem_with, stored, valued

PARAMETERS = catalogue.parameters()
each_parameter = pytest.mark.parametrize("name", PARAMETERS)


class Parameters(NamedTuple):
    """One of each kind."""

    share: Annotated[float, Range(0, 1, "share", "assumed", "A share")] = 0.5
    weeks: Annotated[int, Range(1, 52, "weeks", "assumed", "Some weeks")] = 4
    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether at all")] = True
    rule: Annotated[int, Choice(("first", "second"), "design", "Which rule")] = 1


KINDS = declared("group", Parameters)


@each_parameter
def test_every_default_is_allowed(name):
    assert problem_with(PARAMETERS[name], PARAMETERS[name].default) == ""


@each_parameter
def test_every_parameter_says_what_it_is_in_what_unit_and_how_that_is_known(name):
    parameter = PARAMETERS[name]
    assert parameter.unit
    assert parameter.source
    assert parameter.meaning
    assert parameter.meaning[0].isupper() or parameter.meaning[0].isdigit()
    assert not parameter.meaning.endswith(".")


@each_parameter
def test_every_range_is_a_range(name):
    parameter = PARAMETERS[name]
    assert math.isfinite(parameter.low)
    assert math.isfinite(parameter.high)
    assert parameter.low < parameter.high


@each_parameter
def test_both_ends_of_every_range_are_allowed(name):
    parameter = PARAMETERS[name]
    ends = {
        "number": (parameter.low, parameter.high),
        "integer": (parameter.low, parameter.high),
        "switch": (False, True),
        "choice": (parameter.choices[:1] or ("",))[0:1] + parameter.choices[-1:],
    }[parameter.kind]
    assert [problem_with(parameter, end) for end in ends] == [""] * len(ends)


def test_every_parameter_belongs_to_a_group_of_its_name():
    assert {name.partition(".")[0] for name in PARAMETERS} <= set(catalogue.groups())


def test_mechanisms_with_a_switch_call_it_on():
    switched = {name for name in PARAMETERS if name.endswith(".on")}
    assert {PARAMETERS[name].kind for name in switched} == {"switch"}
    assert len(switched) >= 15


def test_a_declaration_is_read_whole():
    assert KINDS["group.share"] == (
        "group.share",
        0.5,
        0,
        1,
        "share",
        "assumed",
        "A share",
        "number",
        (),
        "weeks",
        None,
    )
    assert [parameter.kind for parameter in KINDS.values()] == ["number", "integer", "switch", "choice"]


def test_a_choice_is_set_and_shown_by_name():
    assert KINDS["group.rule"].default == "second"
    assert problem_with(KINDS["group.rule"], "first") == ""
    told = problem_with(KINDS["group.rule"], "third")
    assert "first" in told and "second" in told


def test_a_field_without_a_declaration_is_the_programmers_fault():
    class Careless(NamedTuple):
        number: float = 1.0

    with pytest.raises((TypeError, AttributeError)):
        declared("careless", Careless)


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_a_number_is_allowed_exactly_within_its_range(value):
    inside = math.isfinite(value) and 0 <= value <= 1
    assert (problem_with(KINDS["group.share"], value) == "") == inside


@given(st.integers())
def test_a_whole_number_is_allowed_exactly_within_its_range(value):
    assert (problem_with(KINDS["group.weeks"], value) == "") == (1 <= value <= 52)


NONE_OF_THESE = [
    math.nan,
    math.inf,
    -math.inf,
    1e308,
    -1e308,
    10**400,
    -(10**400),
    10**5000,
    "5",
    "",
    None,
    [0.5],
    b"1",
    1j,
]


@each_parameter
def test_what_no_parameter_can_be_is_refused_in_a_line_that_names_it(name):
    for value in NONE_OF_THESE:
        told = problem_with(PARAMETERS[name], value)
        assert told.startswith(f"`{name}`") and "\n" not in told and len(told) < 400


NUMERIC = [name for name, parameter in PARAMETERS.items() if parameter.kind in ("number", "integer")]


@pytest.mark.parametrize("name", NUMERIC)
def test_a_number_is_a_number_and_lies_within_its_range_to_the_last_bit(name):
    parameter = PARAMETERS[name]
    for truth in (True, False):
        assert problem_with(parameter, truth)
    for outside in (math.nextafter(parameter.high, math.inf), math.nextafter(parameter.low, -math.inf)):
        assert problem_with(parameter, outside)
    for tiny in (-5e-324, 5e-324):
        is_inside = parameter.kind == "number" and parameter.low <= tiny <= parameter.high
        assert bool(problem_with(parameter, tiny)) != is_inside
    if parameter.kind == "number" and parameter.low <= 0:
        assert problem_with(parameter, -0.0) == ""
        assert math.copysign(1.0, stored(parameter, -0.0)) == 1.0
    if parameter.kind == "integer":
        assert problem_with(parameter, float(parameter.default)) == ""
        assert problem_with(parameter, parameter.default + 0.5)


@given(st.one_of(st.booleans(), st.text(), st.none(), st.lists(st.integers())))
def test_what_is_no_number_is_no_number(value):
    assert problem_with(KINDS["group.share"], value)


@given(st.floats(0, 1), st.integers(1, 52), st.booleans(), st.sampled_from(["first", "second"]))
def test_settings_replace_defaults_and_only_those_named(share, weeks, on, rule):
    given_ = {"group.share": share, "group.weeks": weeks, "group.on": on, "group.rule": rule, "other.share": 0.1}
    assert valued(Parameters, "group", given_) == (share, weeks, on, ["first", "second"].index(rule))
    assert valued(Parameters, "group", {"group.share": share}) == Parameters(share=share)
    assert valued(Parameters, "elsewhere", given_) == Parameters()


def test_negative_zero_is_stored_as_zero():
    assert math.copysign(1.0, stored(KINDS["group.share"], -0.0)) == 1.0


PRIORS = [p for p in catalogue.parameters().values() if p.prior is not None]


@pytest.mark.parametrize("parameter", PRIORS, ids=lambda p: p.name)
def test_a_prior_lies_within_the_range_and_the_default_within_the_prior(parameter):
    low, high, shape = parameter.prior
    assert parameter.low <= low < high <= parameter.high
    assert low <= parameter.default <= high
    assert shape == "even" or (shape == "log" and low > 0.0)


def test_every_fade_of_what_conversations_give_has_a_prior():
    with_one = {p.name for p in PRIORS}
    fades = {name for name in catalogue.parameters() if name.startswith("conversation.") and name.endswith("_fades")}
    assert len(fades) >= 5
    assert fades | {"conversation.trust_returns"} <= with_one
