"""The longer-term goal in their interest: the later gain is seen as one's own, as far as the leader reads it rightly."""

import pytest
from hypothesis import given
from people import A_TALK, ORGANISATIONS, PAIR, PEOPLE, SITUATIONS, SOMEONE, SOMEWHERE, parameters, varied

from simulation.entities import effect
from simulation.tactics import longer_term_goal


@given(PEOPLE, ORGANISATIONS, SITUATIONS, PAIR, parameters(longer_term_goal))
def test_an_offer_that_matches_better_never_shows_less_of_the_gain(person, organisation, situation, pair, p):
    low, high = (longer_term_goal.converse(person, organisation, s, p) for s in varied(situation, "match", pair))
    assert high.own_interest >= low.own_interest


@pytest.mark.parametrize(("match", "own_interest"), [(0.0, 0.4), (0.5, 0.6), (1.0, 0.8)])
def test_half_of_the_longer_view_depends_on_the_match_and_nothing_else_is_moved(match, own_interest):
    p = longer_term_goal.Parameters(own_interest=0.8)
    done = longer_term_goal.converse(SOMEONE, SOMEWHERE, A_TALK._replace(match=match), p)
    assert done == pytest.approx(effect(aware=True, own_interest=own_interest))
