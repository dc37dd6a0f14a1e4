"""How many conversations a leader holds, how often they succeed, what they change, and how that fades."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import A_LEADER, LEADERS, PAIR, PEOPLE, ROUNDING, SHARE, SIGNED_PAIR, SOMEONE, parameters, varied

from simulation.entities import NOTHING, effect
from simulation.mathematics import on_grid
from simulation.rules import conversation

# How many


@given(LEADERS, st.floats(0, 60), SHARE, SIGNED_PAIR, parameters(conversation))
def test_career_capital_opens_doors(leader, hours, draw, pair, p):
    low, high = (conversation.meetings(who, hours, draw, p) for who in varied(leader, "capital", pair))
    assert high >= low >= 0


@given(LEADERS, st.floats(0, 60), SHARE, PAIR, parameters(conversation))
def test_hours_that_blame_has_frightened_away_hold_no_conversations(leader, hours, draw, pair, p):
    few, many = (conversation.meetings(who, hours, draw, p) for who in varied(leader, "withdrawn", pair))
    assert many <= few


@given(LEADERS, st.floats(0, 0.999), parameters(conversation))
def test_no_hours_no_conversations(leader, draw, p):
    assert conversation.meetings(leader, 0.0, draw, p) == 0


@pytest.mark.parametrize(
    ("capital", "withdrawn", "draw", "held"),
    [(0.0, 0.0, 0.5, 4), (0.0, 1.0, 0.9, 0), (1.0, 0.0, 0.7, 5), (1.0, 0.0, 0.9, 6), (-1.0, 0.0, 0.1, 2)],
)
def test_two_hours_are_four_half_hours_and_the_rest_is_left_to_luck(capital, withdrawn, draw, held):
    leader = A_LEADER._replace(capital=capital, withdrawn=withdrawn)
    assert conversation.meetings(leader, 2.0, draw, conversation.Parameters(hours=0.5)) == held


# How often they succeed


@given(SHARE, SHARE, SHARE, parameters(conversation))
def test_success_is_a_probability(openness, skill, under, p):
    assert 0.0 <= conversation.success_probability(openness, skill, under, p) <= 1.0


@given(PEOPLE, PAIR, SHARE, SHARE, parameters(conversation))
def test_trust_never_lowers_the_success_of_a_conversation(person, pair, skill, under, p):
    low, high = (
        conversation.success_probability(conversation.by_trust(who, p), skill, under, p)
        for who in varied(person, "trust", pair)
    )
    assert high >= low - ROUNDING


@given(SHARE, PAIR, SHARE, parameters(conversation))
def test_skill_never_lowers_the_success_of_a_conversation(openness, pair, under, p):
    low, high = (conversation.success_probability(openness, skill, under, p) for skill in pair)
    assert high >= low


@given(SHARE, SHARE, PAIR, parameters(conversation))
def test_pressure_never_raises_the_success_of_a_conversation(openness, skill, pair, p):
    low, high = (conversation.success_probability(openness, skill, under, p) for under in pair)
    assert high <= low


@given(LEADERS, PEOPLE, parameters(conversation))
def test_near_peers_are_heard_at_least_as_openly_as_those_further_away(leader, person, p):
    by_tier = {tier: conversation.openness_across(leader._replace(tier=tier), person, p) for tier in range(4)}
    near_first = sorted(range(4), key=lambda tier: abs(tier - person.tier))
    heard = [by_tier[tier] for tier in near_first]
    assert heard[0] == 1.0
    assert heard == sorted(heard, reverse=True)
    assert heard[-1] >= 0.0


def test_full_trust_hears_everything_and_none_hears_its_share():
    p = conversation.Parameters(without_trust=0.4)
    assert [conversation.by_trust(SOMEONE._replace(trust=trust), p) for trust in (0.0, 0.5, 1.0)] == [0.4, 0.7, 1.0]


def test_full_pressure_halves_the_chance_of_being_heard():
    p = conversation.Parameters(pressure_cost=0.5)
    assert conversation.success_probability(0.5, 0.6, 1.0, p) == pytest.approx(0.15)


# What they change, and how that fades


@given(PEOPLE)
def test_an_effect_of_nothing_changes_nothing(person):
    before = (person.ownership, person.purpose, person.understood, person.own_interest, person.trust, person.informed)
    assert conversation.changed(person, NOTHING) == (on_grid(person.conviction), *before)


def test_an_effect_moves_a_state_its_share_of_the_way():
    person = SOMEONE._replace(conviction=0.5, trust=0.5)
    conviction, *unmoved, trust, informed = conversation.changed(
        person, effect(conviction=0.5, trust=-0.5, informed=0.2)
    )
    assert (conviction, trust, informed) == (0.75, 0.25, 0.2)
    assert unmoved == [0.0] * 4


@given(PEOPLE, parameters(conversation))
def test_what_fades_stays_between_nothing_and_everything(person, p):
    assert all(0.0 <= state <= 1.0 for state in conversation.faded(person, p))


@given(PEOPLE, parameters(conversation))
def test_without_reminders_nobody_owns_more_or_feels_better_understood(person, p):
    ownership, understood, own_interest, *_ = conversation.faded(person, p)
    assert ownership <= person.ownership
    assert understood <= person.understood
    assert own_interest <= person.own_interest


@given(PEOPLE, parameters(conversation))
def test_where_nothing_fades_everything_stays(person, p):
    fades = ("ownership", "informed", "understood", "interest", "purpose")
    lasting = p._replace(trust_returns=0.0, **{f"{name}_fades": 0.0 for name in fades})
    before = (person.ownership, person.understood, person.own_interest, person.purpose, person.trust, person.informed)
    assert conversation.faded(person, lasting) == before


def test_a_tenth_fades_in_a_week_and_purpose_trust_and_knowledge_return_to_what_is_usual():
    fades = ("ownership", "informed", "understood", "interest", "purpose")
    usual = {"purpose_usual": 0.3, "trust_usual": 0.5, "informed_usual": 0.2}
    p = conversation.Parameters(trust_returns=0.1, **{f"{name}_fades": 0.1 for name in fades}, **usual)
    person = SOMEONE._replace(ownership=0.2, understood=1.0, own_interest=0.5, purpose=1.0, trust=0.0, informed=1.0)
    assert conversation.faded(person, p) == pytest.approx((0.18, 0.9, 0.45, 0.93, 0.05, 0.92))
