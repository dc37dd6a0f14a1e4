"""Leaders with egos tell rather than ask: it draws those without ego, repels the others, and costs trust."""

import pytest
from hypothesis import given
from people import A_LEADER, LEADERS, PAIR, PEOPLE, SOMEONE, off, parameters, varied

from simulation.rules import telling


@given(LEADERS, off(telling))
def test_where_egos_do_not_tell_every_leader_asks(leader, p):
    assert telling.probability_of_telling(leader, p) == 0.0


@given(LEADERS, PAIR, parameters(telling))
def test_ego_makes_leaders_tell_and_forgoing_credit_makes_them_ask(leader, pair, p):
    low, high = (telling.probability_of_telling(who, p) for who in varied(leader, "ego_shown", pair))
    assert 0.0 <= low <= high <= 1.0
    low, high = (telling.probability_of_telling(who, p) for who in varied(leader, "credit_forgone", pair))
    assert high <= low


@pytest.mark.parametrize(("forgone", "probability"), [(0.0, 0.8), (0.5, 0.4), (1.0, 0.0)])
def test_leaders_tell_as_often_as_the_ego_shown_and_the_credit_not_forgone(forgone, probability):
    leader = A_LEADER._replace(ego_shown=0.8, credit_forgone=forgone)
    assert telling.probability_of_telling(leader, telling.Parameters()) == pytest.approx(probability)


@given(PEOPLE, PAIR, parameters(telling))
def test_being_told_draws_those_with_more_ego_less_and_costs_more_of_their_trust(person, pair, p):
    low, high = (telling.told(who, p) for who in varied(person, "ego", pair))
    assert high.conviction <= low.conviction
    assert high.trust <= low.trust <= 0.0


@pytest.mark.parametrize(("ego", "conviction", "trust"), [(0.0, 0.1, 0.0), (0.5, 0.0, -0.25), (1.0, -0.1, -0.5)])
def test_being_told_draws_below_what_is_tolerated_and_repels_above(ego, conviction, trust):
    p = telling.Parameters(pull=0.2, tolerance=0.5, trust_lost=0.5)
    told = telling.told(SOMEONE._replace(ego=ego), p)
    assert told.aware
    assert (told.conviction, told.trust) == pytest.approx((conviction, trust))
