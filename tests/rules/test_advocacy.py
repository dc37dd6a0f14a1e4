"""Advocates count for those who listen to them, as far as the benefit is believed in, until they fall silent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import BENEFITS, PAIR, PEOPLE, ROUNDING, SHARE, SOMEONE, off, on, parameters, varied

from simulation.entities import ADOPTED, AWARE
from simulation.rules import advocacy

ADVOCATE = SOMEONE._replace(advocate=1, stage=ADOPTED)


@given(PEOPLE, BENEFITS, SHARE, SHARE, off(advocacy))
def test_where_advocates_do_not_speak_they_count_for_nothing_and_never_tire(person, benefit, divergence, draw, p):
    assert advocacy.voice(person, p) == advocacy.carried(person, benefit, divergence, p) == 0.0
    assert not advocacy.falls_silent(person, draw, p)


@given(PEOPLE, parameters(advocacy))
def test_only_advocates_have_a_voice(person, p):
    assert advocacy.voice(person._replace(advocate=0), p) == 0.0


@pytest.mark.parametrize("field", ["skill", "fidelity"])
@given(person=PEOPLE, pair=PAIR, p=parameters(advocacy))
def test_this_never_makes_an_advocates_voice_weaker(field, person, pair, p):
    low, high = (advocacy.voice(who, p) for who in varied(person, field, pair))
    assert 0.0 <= low <= high <= 6.0


@pytest.mark.parametrize(
    ("stage", "conviction", "fidelity", "voice"),
    [(ADOPTED, 0.0, 1.0, 1.5), (ADOPTED, 0.0, 0.0, 0.0), (AWARE, 0.6, 1.0, 0.6), (AWARE, 0.4, 1.0, 0.0)],
    ids=["by example", "for a distorted idea", "by argument", "unconvinced"],
)
def test_an_example_counts_more_than_an_argument_and_who_is_not_convinced_says_nothing(
    stage, conviction, fidelity, voice
):
    person = ADVOCATE._replace(stage=stage, conviction=conviction, fidelity=fidelity, skill=0.5)
    p = advocacy.Parameters(skilled=1.0, argument=0.4, convinced=0.5)
    assert advocacy.voice(person, p) == pytest.approx(voice)


@given(PEOPLE, st.tuples(st.floats(0, 60), st.floats(0, 60)).map(sorted), BENEFITS, parameters(advocacy))
def test_for_what_breaks_with_no_habit_more_advocates_never_carry_less(person, pair, benefit, p):
    few, many = (advocacy.carried(who, benefit, 0.0, p) for who in varied(person, "urging", pair))
    assert 0.0 <= few <= many + ROUNDING
    assert many <= p.weight


@given(PEOPLE, BENEFITS, PAIR, on(advocacy))
def test_the_more_a_change_diverges_the_less_its_advocates_carry(person, benefit, pair, p):
    low, high = (advocacy.carried(person, benefit, divergence, p) for divergence in pair)
    assert high <= low + ROUNDING


@given(PEOPLE, st.floats(-1, 0), SHARE, parameters(advocacy))
def test_nobody_is_carried_to_what_they_believe_does_harm(person, benefit, divergence, p):
    assert advocacy.carried(person, benefit, divergence, p) == 0.0


@pytest.mark.parametrize(("conviction", "carried"), [(1.0, 2.0), (0.5, 0.0), (0.0, -2.0)])
def test_where_a_change_wholly_diverges_advocates_harden_resisters(conviction, carried):
    p = advocacy.Parameters(weight=4.0, half=1.0, liability=1.0)
    person = SOMEONE._replace(urging=1.0, conviction=conviction)
    assert advocacy.carried(person, 1.0, 1.0, p) == pytest.approx(carried)


def test_some_advocates_carry_half_of_what_many_do_and_belief_in_half_the_benefit_half_of_that():
    p = advocacy.Parameters(weight=4.0, half=2.0)
    assert advocacy.carried(SOMEONE._replace(urging=2.0), 0.5, 0.0, p) == pytest.approx(1.0)


@pytest.mark.parametrize(("advocate", "draw", "silent"), [(1, 0.09, True), (1, 0.1, False), (0, 0.0, False)])
def test_one_advocate_in_ten_falls_silent_in_a_week(advocate, draw, silent):
    assert advocacy.falls_silent(SOMEONE._replace(advocate=advocate), draw, advocacy.Parameters(weary=0.1)) == silent
