"""Leaders see most easily those of their own house and tier, and those whom many listen to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import A_LEADER, LEADERS, PAIR, PEOPLE, SOMEONE, off, parameters, varied

from simulation.entities import NEVER
from simulation.rules import reach


@given(LEADERS, PEOPLE, st.booleans(), off(reach))
def test_where_place_does_not_matter_everyone_is_within_reach(leader, person, tied, p):
    assert reach.welcome(leader, person, p) == reach.way(leader, person, tied, p) == 1.0


@given(LEADERS, PEOPLE, st.booleans(), parameters(reach))
def test_reach_is_a_chance(leader, person, tied, p):
    assert 0.0 <= reach.welcome(leader, person, p) <= 1.0
    assert 0.0 <= reach.way(leader, person, tied, p) <= 1.0


@given(LEADERS, PEOPLE, PAIR, parameters(reach))
def test_those_whom_more_listen_to_are_never_harder_to_see(leader, person, pair, p):
    low, high = (reach.welcome(leader, who, p) for who in varied(person, "listeners", pair))
    assert high >= low


@given(LEADERS, PEOPLE, parameters(reach))
def test_nobody_is_seen_more_easily_than_ones_own_tier_in_ones_own_house(leader, person, p):
    peer = person._replace(tier=leader.tier, organisation=leader.organisation)
    assert reach.welcome(leader, peer, p) >= reach.welcome(leader, person, p)
    assert reach.way(leader, peer, False, p) == 1.0


@pytest.mark.parametrize(
    ("tiers", "listeners", "welcome"), [(0, 1.0, 1.0), (2, 1.0, 0.25), (0, 0.0, 0.4), (1, 0.5, 0.35)]
)
def test_each_tier_between_halves_reach_and_those_without_listeners_are_hard_to_get(tiers, listeners, welcome):
    person = SOMEONE._replace(tier=tiers, listeners=listeners)
    p = reach.Parameters(tier=0.5, standing=0.6)
    assert reach.welcome(A_LEADER, person, p) == pytest.approx(welcome)


@pytest.mark.parametrize(
    ("home", "tied", "way"), [(0, False, 1.0), (3, True, 0.6), (3, False, 0.3), (NEVER, False, 0.3)]
)
def test_ties_lead_to_partners_and_the_rest_comes_at_a_price(home, tied, way):
    assert reach.way(A_LEADER._replace(organisation=home), SOMEONE, tied, reach.Parameters(ties=0.6, rest=0.3)) == way
