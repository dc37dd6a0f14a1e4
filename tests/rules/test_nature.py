"""The change itself: what is believed of it, how its truth and its gain show, whom it puts off, and what lapses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import ORGANISATIONS, PAIR, PEOPLE, ROUNDING, SOMEONE, SOMEWHERE, parameters, varied

from simulation.rules import nature


@given(PEOPLE, parameters(nature))
def test_a_change_that_breaks_with_no_habit_raises_no_threshold_and_costs_no_trust(person, p):
    usual = p._replace(divergence=0.0)
    assert nature.threshold(person, usual) == person.threshold
    assert nature.trust_lost(person, usual) == 0.0


@given(st.booleans(), parameters(nature))
def test_a_change_without_complexity_lapses_no_more_once_nobody_leads(abandoned, p):
    assert nature.lapse_raised(abandoned, p._replace(complexity=0.0)) == 1.0


# What is believed


@given(ORGANISATIONS, parameters(nature))
def test_people_believe_between_the_claim_and_the_truth(organisation, p):
    benefit = nature.perceived(organisation, p).benefit
    assert min(p.claimed, p.benefit) - ROUNDING <= benefit <= max(p.claimed, p.benefit) + ROUNDING


@pytest.mark.parametrize(("seen", "benefit"), [(0.0, 1.0), (0.5, 0.0), (1.0, -1.0)])
def test_first_the_claim_is_believed_and_then_what_shows(seen, benefit):
    p = nature.Parameters(evidence=0.3, claimed=1.0, benefit=-1.0)
    assert nature.perceived(SOMEWHERE._replace(seen=seen), p) == pytest.approx((0.3, benefit))


@given(ORGANISATIONS, parameters(nature))
def test_the_truth_shows_more_and_more(organisation, p):
    assert organisation.seen <= nature.next_seen(organisation, p) <= 1.0


@pytest.mark.parametrize(("adopted", "seen"), [(0.0, 0.5), (0.5, 0.525), (1.0, 0.55)])
def test_the_truth_shows_only_where_people_have_adopted(adopted, seen):
    place = SOMEWHERE._replace(seen=0.5, adopted_share=adopted)
    assert nature.next_seen(place, nature.Parameters(experience=0.1)) == pytest.approx(seen)


# Whom it puts off


@given(PEOPLE, PAIR, parameters(nature))
def test_divergence_raises_thresholds_until_the_profession_moves(person, pair, p):
    low, high = (nature.threshold(who, p) for who in varied(person, "profession_exposure", pair))
    assert person.threshold <= high <= low


@pytest.mark.parametrize(("colleagues", "threshold"), [(0.0, 0.25), (0.4, 0.23), (1.0, 0.2)])
def test_what_divergence_adds_falls_with_the_colleagues_who_have_adopted(colleagues, threshold):
    p = nature.Parameters(divergence=0.5, divergence_raises=0.1)
    assert nature.threshold(SOMEONE._replace(threshold=0.2, profession_exposure=colleagues), p) == pytest.approx(
        threshold
    )


@given(PEOPLE, PAIR, parameters(nature))
def test_to_press_resisters_costs_trust_the_more_so_the_more_a_change_diverges(person, pair, p):
    for who, rules in (
        (varied(person, "conviction", pair[::-1]), (p, p)),
        ((person, person), varied(p, "divergence", pair)),
    ):
        less, more = (nature.trust_lost(one, by) for one, by in zip(who, rules, strict=True))
        assert 0.0 <= less <= more <= 1.0


def test_the_half_convinced_lose_half_of_the_trust_that_resisters_lose():
    p = nature.Parameters(divergence=0.5, resistance=0.2)
    assert [nature.trust_lost(SOMEONE._replace(conviction=c), p) for c in (0.0, 0.5, 1.0)] == pytest.approx(
        [0.1, 0.05, 0]
    )


# What comes of it


@given(st.booleans(), parameters(nature))
def test_complexity_only_bites_once_nobody_leads(abandoned, p):
    assert nature.lapse_raised(abandoned, p) >= nature.lapse_raised(False, p) == 1.0


@given(PAIR, parameters(nature))
def test_the_more_complex_a_change_the_more_of_it_lapses_once_nobody_leads(pair, p):
    low, high = (nature.lapse_raised(True, rules) for rules in varied(p, "complexity", pair))
    assert 1.0 <= low <= high


def test_half_the_complexity_brings_half_of_the_rise():
    assert nature.lapse_raised(True, nature.Parameters(complexity=0.5, complexity_raises=2.0)) == 2.0


@given(ORGANISATIONS, PAIR, parameters(nature))
def test_a_gain_grows_with_those_who_change(organisation, pair, p):
    assert 0.0 <= nature.realised(organisation, p) <= 1.0 + ROUNDING
    for field in ("adopted_share", "partners"):
        low, high = (nature.realised(where, p) for where in varied(organisation, field, pair))
        assert high >= low - ROUNDING


@pytest.mark.parametrize(("interdependence", "realised"), [(0.0, 0.5), (0.6, 0.35), (1.0, 0.25)])
def test_the_more_interdependent_the_gain_the_more_of_it_waits_for_partners(interdependence, realised):
    place = SOMEWHERE._replace(adopted_share=0.5, partners=0.5)
    assert nature.realised(place, nature.Parameters(interdependence=interdependence)) == pytest.approx(realised)
