"""What contacts do is seen, what they think draws, and the change is heard of from them."""

import pytest
from hypothesis import assume, given
from people import PAIR, PEOPLE, ROUNDING, SHARE, SOMEONE, off, on, parameters, varied

from simulation.rules import influence


@given(PEOPLE, SHARE, SHARE, SHARE, off(influence))
def test_where_people_do_not_influence_one_another_only_their_own_view_counts(person, view, pace, seen, p):
    assert influence.exposure(seen, seen, p) == 0.0
    assert influence.awareness_probability(person, p) == influence.outside_probability(person, p) == 0.0
    after = influence.next_conviction(person, view, pace, p)
    assert after == influence.next_conviction(person._replace(surrounding=1.0 - person.surrounding), view, pace, p)


@given(PEOPLE, PAIR, on(influence))
def test_contacts_who_think_more_of_it_never_lower_a_persons_own_view(person, pair, p):
    low, high = (influence.next_conviction(who, 0.5, 0.1, p) for who in varied(person, "surrounding", pair))
    assert high >= low


@given(PEOPLE, SHARE, SHARE, on(influence))
def test_conviction_moves_between_where_it_is_and_where_it_is_drawn(person, view, pace, p):
    assume(pace + p.listening <= 1.0)
    places = (person.conviction, view, person.surrounding, person.first_opinion)
    assert min(places) - ROUNDING <= influence.next_conviction(person, view, pace, p) <= max(places) + ROUNDING


@given(PEOPLE, SHARE, SHARE, on(influence))
def test_the_share_of_the_first_opinion_that_stays_is_the_stubbornness(person, view, pace, p):
    person = person._replace(first_opinion=1.0)
    after, open_minded = (
        influence.next_conviction(person._replace(stubbornness=share), view, pace, p)
        for share in (person.stubbornness, 0.0)
    )
    assert 1.0 - after == pytest.approx((1.0 - person.stubbornness) * (1.0 - open_minded))


@given(PEOPLE, PAIR, parameters(influence))
def test_awareness_never_spreads_less_where_more_have_adopted(person, pair, p):
    low, high = (influence.awareness_probability(who, p) for who in varied(person, "exposure", pair))
    assert 0.0 <= low <= high <= 1.0


@given(PAIR, SHARE, parameters(influence))
def test_exposure_is_a_share_that_grows_with_those_seen(pair, other, p):
    low, high = (influence.exposure(seen, other, p) for seen in pair)
    assert 0.0 <= low <= high + ROUNDING
    assert high <= 1.0
    low, high = (influence.exposure(other, seen, p) for seen in pair)
    assert low <= high + ROUNDING


def test_a_week_closes_a_share_of_the_way_to_ones_own_view_and_to_that_of_contacts():
    person = SOMEONE._replace(conviction=0.2, surrounding=0.5)
    after = influence.next_conviction(person, own_view=0.7, appraising=0.1, p=influence.Parameters(listening=0.06))
    assert after == pytest.approx(0.268)


def test_with_two_fifths_of_contacts_the_chance_of_hearing_is_two_fifths():
    p = influence.Parameters(awareness=0.5)
    assert influence.awareness_probability(SOMEONE._replace(exposure=0.4), p) == pytest.approx(0.2)


@pytest.mark.parametrize(("mixing", "seen"), [(0.0, 0.5), (0.5, 0.375), (1.0, 0.25)])
def test_mixing_weighs_what_everyone_does_against_what_contacts_do(mixing, seen):
    assert influence.exposure(0.5, 0.25, influence.Parameters(mixing=mixing)) == pytest.approx(seen)


@given(PEOPLE, PAIR, parameters(influence))
def test_those_with_more_standing_never_hear_less_from_outside(person, pair, p):
    low, high = (influence.outside_probability(who, p) for who in varied(person, "listeners", pair))
    assert 0.0 <= low <= high
