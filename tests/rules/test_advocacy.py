"""Advocates are heard by those who listen to them, and believed as far as they are trusted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import PAIR, PEOPLE, ROUNDING, SOMEONE, off, parameters, varied

from simulation.rules import advocacy


@given(PEOPLE, off(advocacy))
def test_where_advocates_do_not_speak_nobody_hears_them_and_their_skill_counts_for_nothing(person, p):
    assert advocacy.probability_of_hearing(person, p) == 0.0
    assert advocacy.strength(person, p) == 1.0


@given(PEOPLE, st.tuples(st.floats(0, 60), st.floats(0, 60)).map(sorted), parameters(advocacy))
def test_more_advocates_are_never_heard_less(person, pair, p):
    few, many = (advocacy.probability_of_hearing(who, p) for who in varied(person, "urging", pair))
    assert 0.0 <= few <= many + ROUNDING
    assert many <= 1.0


@given(PEOPLE, PAIR, parameters(advocacy))
def test_an_advocates_word_goes_as_far_as_there_is_trust(person, pair, p):
    low, high = (advocacy.heard(who, p) for who in varied(person, "trust", pair))
    assert 0.0 <= low.conviction <= high.conviction <= 1.0


@given(PEOPLE, PAIR, parameters(advocacy))
def test_an_advocate_with_more_skill_never_counts_less(person, pair, p):
    low, high = (advocacy.strength(who, p) for who in varied(person, "skill", pair))
    assert 1.0 <= low <= high


@pytest.mark.parametrize(("advocates", "probability"), [(0.0, 0.0), (2.0, 0.181269)])
def test_each_advocate_is_heard_independently_of_the_others(advocates, probability):
    p = advocacy.Parameters(talking=0.1)
    heard = advocacy.probability_of_hearing(SOMEONE._replace(urging=advocates), p)
    assert heard == pytest.approx(probability, abs=1e-6)


def test_half_the_trust_is_half_the_word():
    word = advocacy.heard(SOMEONE._replace(trust=0.5), advocacy.Parameters(conviction=0.4))
    assert word.aware
    assert word.conviction == pytest.approx(0.2)
