"""What every tactic keeps to, a plugged-in one too.

Each test holds every tactic that is found, so that a new file inherits all of them. With `SYSLEAD_TACTICS` naming a
folder, `python -m pytest tests/tactics -k my_tactic` holds one's own tactic to the same.
"""

import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import ORGANISATIONS, PEOPLE, SHARE, SITUATIONS, parameters, shares

from simulation import catalogue, tactics
from simulation.entities import AWARE, UNAWARE, Effect
from simulation.parameters import declared, problem_with
from simulation.rules.conversation import changed
from simulation.week.affected import affected

MODULES = tactics.modules
every_tactic = pytest.mark.parametrize("name", MODULES)
every_conversation = pytest.mark.parametrize("name", tactics.conversations)
every_stance = pytest.mark.parametrize("name", [name for name in MODULES if name not in tactics.conversations])


# The contract


@every_tactic
def test_a_tactic_is_a_conversation_a_stance_or_a_comparator(name):
    assert MODULES[name].KIND in ("conversation", "stance", "comparator")


@every_tactic
def test_a_tactic_says_what_it_means_what_it_costs_and_how_it_fails(name):
    tactic = catalogue.tactics()[name]
    assert tactic.title
    assert len(tactic.meaning.split()) >= 5
    assert len(tactic.cost.split()) >= 3


@every_tactic
def test_a_tactic_says_how_it_is_known(name):
    assert len(MODULES[name].SOURCE) > 3


@every_tactic
def test_a_tactics_numbers_have_ranges_units_sources_and_defaults_within(name):
    for parameter in declared(name, MODULES[name].Parameters).values():
        assert problem_with(parameter, parameter.default) == ""
        assert parameter.unit
        assert parameter.source
        assert parameter.meaning


@every_tactic
def test_a_tactics_name_is_a_lower_case_word_or_several(name):
    assert name.isidentifier()
    assert name == name.lower()


@every_conversation
def test_a_conversation_says_what_it_does_to_a_person_in_a_situation(name):
    assert list(inspect.signature(MODULES[name].converse).parameters) == ["person", "organisation", "situation", "p"]


@every_stance
def test_a_stance_or_comparator_has_a_conduct_and_takes_no_time(name):
    assert list(inspect.signature(MODULES[name].conduct).parameters) == ["degree", "p"]
    assert not hasattr(MODULES[name], "converse")


# What conversations do


@st.composite
def talks(draw, name):
    """Draw an effect of a conversation, heard or rebuffed, and whom it reaches."""
    module = MODULES[name]
    person, organisation, situation = draw(PEOPLE), draw(ORGANISATIONS), draw(SITUATIONS)
    p = draw(parameters(module))
    hooks = [hook for hook in ("converse", "rebuff") if hasattr(module, hook)]
    hook = getattr(module, draw(st.sampled_from(hooks)))
    return person, (person, organisation, situation, p), hook


@every_conversation
@given(data=st.data())
def test_a_conversations_effect_is_an_effect_with_shares_from_minus_one_to_one(name, data):
    _, arguments, hook = data.draw(talks(name))
    effect = hook(*arguments)
    assert isinstance(effect, Effect)
    assert all(-1.0 <= share <= 1.0 for share in shares(effect))


@every_conversation
@given(data=st.data())
def test_a_conversations_effect_never_overshoots(name, data):
    person, arguments, hook = data.draw(talks(name))
    assert all(0.0 <= state <= 1.0 for state in changed(person, hook(*arguments)))


@every_conversation
@given(data=st.data())
def test_a_conversations_effect_has_one_type_a_field(name, data):
    _, arguments, hook = data.draw(talks(name))
    whole = [type(value) for value in hook(*arguments)]
    assert whole == [bool, float, float, float, float, float, float, float, bool, bool]


@every_conversation
@given(data=st.data())
def test_a_conversation_moves_nobody_beyond_aware_and_nobody_back(name, data):
    person, arguments, hook = data.draw(talks(name))
    after = affected(person, hook(*arguments))
    assert after.stage == person.stage or (person.stage, after.stage) == (UNAWARE, AWARE)


@every_conversation
@given(data=st.data())
def test_a_conversation_leaves_traits_as_they_are(name, data):
    person, arguments, hook = data.draw(talks(name))
    states = "stage planted advocate conviction ownership purpose understood own_interest trust informed"
    assert set(affected(person, hook(*arguments))._fields) == set(states.split())


@every_conversation
@given(data=st.data())
def test_the_same_conversation_does_the_same_twice(name, data):
    _, arguments, hook = data.draw(talks(name))
    assert hook(*arguments) == hook(*arguments)


@every_conversation
@given(person=PEOPLE, data=st.data())
def test_openness_is_a_probability(name, person, data):
    module = MODULES[name]
    if hasattr(module, "openness"):
        p = data.draw(parameters(module))
        assert 0.0 <= module.openness(person, p) <= 1.0


# What stances do


@every_stance
@given(degree=SHARE, data=st.data())
def test_a_stance_sets_known_parameters_within_their_ranges(name, degree, data):
    p = data.draw(parameters(MODULES[name]))
    known = catalogue.parameters()
    for parameter, value in MODULES[name].conduct(degree, p).items():
        assert parameter in known
        assert problem_with(known[parameter], value) == ""


@every_stance
def test_a_stance_held_hardly_at_all_sets_hardly_anything_else_than_the_defaults(name):
    known = catalogue.parameters()
    for parameter, value in MODULES[name].conduct(1e-9, MODULES[name].Parameters()).items():
        assert value == pytest.approx(known[parameter].default, abs=1e-6)
