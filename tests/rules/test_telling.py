"""Leaders with egos tell unless they make a point of asking: it draws some for a while, repels others, costs trust."""

import pytest
from hypothesis import given
from people import A_LEADER, LEADERS, PAIR, PEOPLE, ROUNDING, SOMEONE, off, parameters, varied

from simulation.rules import telling


@given(LEADERS, PEOPLE, off(telling))
def test_where_egos_do_not_tell_every_leader_asks_and_draws_nobody(leader, person, p):
    assert telling.probability_of_telling(leader, p) == 0.0
    assert telling.time_taken(leader, p) == 1.0
    assert telling.drawn_by(person, p) == 0.0


@given(LEADERS, PAIR, parameters(telling))
def test_ego_makes_leaders_tell_and_the_habit_of_asking_keeps_them_from_it(leader, pair, p):
    low, high = (telling.probability_of_telling(who, p) for who in varied(leader, "ego_shown", pair))
    assert 0.0 <= low <= high <= 1.0
    low, high = (telling.probability_of_telling(who, p) for who in varied(leader, "asking", pair))
    assert high <= low


@given(LEADERS, PAIR, parameters(telling))
def test_who_leaves_the_credit_tells_as_often_as_before(leader, pair, p):
    low, high = (telling.probability_of_telling(who, p) for who in varied(leader, "credit_forgone", pair))
    assert low == high


@pytest.mark.parametrize(("asking", "probability", "time"), [(0.0, 0.8, 0.76), (0.5, 0.4, 0.88), (1.0, 0.0, 1.0)])
def test_leaders_tell_as_often_as_the_ego_shown_and_what_they_do_not_ask(asking, probability, time):
    leader, p = A_LEADER._replace(ego_shown=0.8, asking=asking), telling.Parameters(saves=0.3)
    assert telling.probability_of_telling(leader, p) == pytest.approx(probability)
    assert telling.time_taken(leader, p) == pytest.approx(time)


@given(LEADERS, parameters(telling))
def test_telling_never_takes_more_time_than_asking(leader, p):
    assert 0.0 < telling.time_taken(leader, p) <= 1.0


@given(PEOPLE, PAIR, parameters(telling))
def test_being_told_draws_those_with_more_ego_less_and_costs_more_of_their_trust(person, pair, p):
    low, high = (telling.next_pull(who, p) for who in varied(person, "ego", pair))
    assert -1.0 - ROUNDING <= high <= low + ROUNDING <= 1.0 + 2 * ROUNDING
    low, high = (telling.told(who, p) for who in varied(person, "ego", pair))
    assert low.aware and high.trust <= low.trust <= 0.0


@given(PEOPLE, parameters(telling))
def test_a_presence_fades_whichever_way_it_pulls(person, p):
    assert abs(telling.faded_pull(person, p)) <= abs(person.pull)


@pytest.mark.parametrize(
    ("ego", "trust", "pull"), [(0.0, 0.5, 0.5), (0.0, 0.25, 0.25), (0.5, 1.0, 0.0), (1.0, 1.0, -0.5)]
)
def test_being_told_draws_below_what_is_tolerated_as_far_as_there_is_trust_and_repels_above(ego, trust, pull):
    person = SOMEONE._replace(ego=ego, trust=trust)
    assert telling.next_pull(person, telling.Parameters(tolerance=0.5)) == pytest.approx(pull)


def test_a_presence_counts_in_the_view():
    assert telling.drawn_by(SOMEONE._replace(pull=-0.5), telling.Parameters(strength=1.0)) == -0.5
