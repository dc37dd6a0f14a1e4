"""Whom leaders choose to see, by each rule of choosing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import PAIR, PEOPLE, SHARE, SOMEONE, varied

from simulation.rules import targeting
from simulation.rules.targeting import ALL_LEVELS, ANYONE, FRONT, MIDDLE_TIER, TOP


@given(PEOPLE, SHARE, SHARE)
def test_who_sees_anyone_is_choosy_with_nobody(person, listeners, brokerage):
    assert targeting.suitability(person, listeners, brokerage, ANYONE) == 1.0


@given(PEOPLE, SHARE, SHARE, st.integers(0, 10))
def test_suitability_is_a_probability_whatever_the_targeting(person, listeners, brokerage, rule):
    assert 0.0 <= targeting.suitability(person, listeners, brokerage, rule) <= 1.0


@given(PEOPLE, PAIR)
def test_targeting_means_what_it_says(person, pair):
    def suits(rule, field):
        return [targeting.suitability(who, who.listeners, who.brokerage, rule) for who in varied(person, field, pair)]

    for rule, field in (
        (targeting.DISSATISFIED, "dissatisfaction"),
        (targeting.CENTRAL, "listeners"),
        (targeting.BROKERS, "brokerage"),
        (targeting.WILLING, "conviction"),
    ):
        assert suits(rule, field) == sorted(suits(rule, field))
    assert suits(targeting.RESISTORS, "conviction") == sorted(suits(targeting.RESISTORS, "conviction"), reverse=True)


def test_fence_sitters_are_those_in_the_middle():
    at = [targeting.suitability(SOMEONE._replace(conviction=x), 0, 0, targeting.FENCE_SITTERS) for x in (0.0, 0.5, 1.0)]
    assert at == [0.0, 1.0, 0.0]


@pytest.mark.parametrize(
    ("rule", "by_tier"),
    [
        (TOP, [0.0, 0.0, 1.0, 1.0]),
        (MIDDLE_TIER, [0.0, 1.0, 0.0, 0.0]),
        (FRONT, [1.0, 0.0, 0.0, 0.0]),
        (ALL_LEVELS, [0.2, 0.4, 1.0, 1.0]),
    ],
)
def test_targeting_by_tier_sees_the_tiers_that_it_names(rule, by_tier):
    assert [targeting.suitability(SOMEONE._replace(tier=tier), 0.5, 0.5, rule) for tier in range(4)] == by_tier
