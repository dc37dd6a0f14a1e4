"""Credit that is taken costs trust and makes a career; credit that is given away does neither."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import (
    A_LEADER,
    LEADERS,
    ORGANISATIONS,
    PAIR,
    PEOPLE,
    ROUNDING,
    SHARE,
    SOMEONE,
    SOMEWHERE,
    WEEKS,
    off,
    on,
    parameters,
    varied,
)

from simulation.entities import NEVER
from simulation.rules import credit


@given(PEOPLE, LEADERS, WEEKS, SHARE, SHARE, off(credit))
def test_where_nobody_minds_who_gets_the_credit_there_is_none_to_claim_and_no_career(person, leader, week, a, b, p):
    assert not credit.can_be_claimed(person, week, 104, p)
    assert credit.next_capital(leader, a, b, p) == 0.0


@given(PEOPLE, WEEKS, st.integers(1, 104), parameters(credit))
def test_no_credit_can_be_claimed_where_no_leader_spoke(person, week, memory, p):
    assert not credit.can_be_claimed(person._replace(leader=NEVER), week, memory, p)


@pytest.mark.parametrize(("week", "claimed"), [(10, True), (21, True), (22, False)])
def test_an_adoption_is_put_down_to_a_conversation_as_long_as_it_is_remembered(week, claimed):
    spoken_to = SOMEONE._replace(leader=0, spoke=10)
    assert credit.can_be_claimed(spoken_to, week, 12, credit.Parameters()) == claimed


@given(LEADERS, PAIR)
def test_ego_never_lowers_and_forgoing_never_raises_how_often_credit_is_taken(leader, pair):
    low, high = (credit.probability_of_claiming(who) for who in varied(leader, "ego_shown", pair))
    assert 0.0 <= low <= high <= 1.0
    low, high = (credit.probability_of_claiming(who) for who in varied(leader, "credit_forgone", pair))
    assert high <= low


@pytest.mark.parametrize(("forgone", "probability"), [(0.0, 0.8), (0.5, 0.4), (1.0, 0.0)])
def test_credit_is_taken_as_often_as_the_ego_shown_and_what_is_not_forgone(forgone, probability):
    leader = A_LEADER._replace(ego_shown=0.8, credit_forgone=forgone)
    assert credit.probability_of_claiming(leader) == pytest.approx(probability)


# Trust


@given(PEOPLE, SHARE, parameters(credit))
def test_taking_credit_never_raises_anyones_trust(person, claimed, p):
    assert 0.0 <= credit.trust_kept(person, claimed, p) <= 1.0


@given(PEOPLE, PAIR, parameters(credit))
def test_more_credit_taken_never_leaves_more_trust(person, pair, p):
    low, high = (credit.trust_kept(person, claimed, p) for claimed in pair)
    assert high <= low + ROUNDING


@given(PEOPLE, PAIR, SHARE, parameters(credit))
def test_those_with_more_ego_never_mind_less_who_takes_the_credit(person, pair, claimed, p):
    low, high = (credit.trust_kept(who, claimed, p) for who in varied(person, "ego", pair))
    assert high <= low + ROUNDING


@pytest.mark.parametrize(("claimed", "kept"), [(0.0, 1.0), (0.5, 0.367879), (1.0, 0.135335)])
def test_trust_falls_exponentially_with_the_share_of_adoptions_claimed(claimed, kept):
    p = credit.Parameters(trust_lost=2.0)
    assert credit.trust_kept(SOMEONE._replace(ego=0.5), claimed, p) == pytest.approx(kept, abs=1e-6)


# What leaders are known for


@given(ORGANISATIONS, st.integers(0, 1024), SHARE, on(credit))
def test_what_leaders_are_known_for_lies_between_taking_and_leaving(organisation, given_, claimed, p):
    place = organisation._replace(given_now=given_, claimed=claimed)
    assert -1.0 - ROUNDING <= credit.next_recognition(place, p) <= 1.0 + ROUNDING


@given(ORGANISATIONS, st.tuples(st.integers(0, 1024), st.integers(0, 1024)).map(sorted), PAIR, on(credit))
def test_credit_left_never_lowers_and_credit_taken_never_raises_what_leaders_are_known_for(organisation, left, pair, p):
    less, more = (credit.next_recognition(where, p) for where in varied(organisation, "given_now", left))
    assert more >= less - ROUNDING
    less, more = (credit.next_recognition(where, p) for where in varied(organisation, "claimed", pair))
    assert more <= less + ROUNDING


@pytest.mark.parametrize(
    ("given_", "claimed", "known"), [(0, 0.0, 0.45), (128, 0.0, 0.725), (0, 0.125, -0.275), (512, 0.0, 1.0)]
)
def test_recognition_fades_and_grows_by_what_gets_round(given_, claimed, known):
    p = credit.Parameters(talked_of=4.0, forgotten=0.1)
    place = SOMEWHERE._replace(recognition=0.5, given_now=given_, claimed=claimed)
    assert credit.next_recognition(place, p) == pytest.approx(known)


@given(st.floats(-1, 1), off(credit))
def test_where_nobody_minds_it_moves_nobody(recognition, p):
    assert credit.willing(recognition, p) == 0.0


def test_what_leaders_are_known_for_moves_everyones_view_there():
    p = credit.Parameters(willingness=0.6)
    assert (credit.willing(1.0, p), credit.willing(-0.5, p)) == pytest.approx((0.6, -0.3))


# Careers


@given(LEADERS, PAIR, SHARE, on(credit))
def test_taking_credit_never_costs_a_career_and_giving_it_never_makes_one(leader, pair, other, p):
    less, more = (credit.next_capital(leader, taken, other, p) for taken in pair)
    assert -1.0 <= less <= more + ROUNDING
    assert more <= 1.0
    less, more = (credit.next_capital(leader, other, given_, p) for given_ in pair)
    assert more <= less + ROUNDING


@pytest.mark.parametrize(
    ("taken", "given_away", "capital"),
    [(0.0, 0.0, 0.45), (10.0, 0.0, 0.65), (10.0, 4.0, 0.61), (1e6, 0.0, 1.0), (0.0, 1e6, -1.0)],
)
def test_career_capital_fades_grows_by_what_is_taken_and_falls_by_half_of_what_is_given(taken, given_away, capital):
    p = credit.Parameters(capital=0.02, capital_given=0.5, capital_fades=0.1)
    assert credit.next_capital(A_LEADER._replace(capital=0.5), taken, given_away, p) == pytest.approx(capital)
