"""The change itself: what is believed of it, how its truth and its gain show, whom it puts off, and what lapses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import ORGANISATIONS, PAIR, PEOPLE, ROUNDING, SHARE, SOMEONE, SOMEWHERE, parameters, varied

from simulation.rules import nature


@given(PEOPLE, parameters(nature))
def test_a_change_that_breaks_with_no_habit_raises_no_threshold_and_costs_no_trust(person, p):
    usual = p._replace(divergence=0.0)
    assert nature.threshold(person, usual) == person.threshold
    assert nature.trust_lost(person, usual) == 0.0


@given(st.booleans(), parameters(nature))
def test_a_change_without_complexity_never_lapses_of_itself(abandoned, p):
    assert nature.lapse_raised(abandoned, p._replace(complexity=0.0)) == 0.0


# What is believed


@given(PEOPLE, ORGANISATIONS, parameters(nature))
def test_people_believe_between_nothing_the_claim_and_the_truth(person, organisation, p):
    benefit = nature.believed(person, organisation, p)
    assert min(0.0, p.claimed, p.benefit) - ROUNDING <= benefit <= max(0.0, p.claimed, p.benefit) + ROUNDING


@pytest.mark.parametrize(("seen", "benefit"), [(0.0, 0.75), (0.5, -0.125), (1.0, -1.0)])
def test_first_the_claim_is_believed_as_far_as_evidence_backs_it_and_then_what_shows(seen, benefit):
    p = nature.Parameters(evidence=1.0, credulity=0.5, claimed=1.0, benefit=-1.0)
    person = SOMEONE._replace(informed=0.5)
    assert nature.believed(person, SOMEWHERE._replace(seen=seen), p) == pytest.approx(benefit)


@given(PEOPLE, ORGANISATIONS, PAIR, parameters(nature))
def test_to_know_the_evidence_raises_belief_where_it_is_stronger_than_credulity_and_else_lowers_it(
    person, organisation, pair, p
):
    low, high = (nature.believed(who, organisation, p) for who in varied(person, "informed", pair))
    assert (high - low) * (p.evidence - p.credulity) >= -ROUNDING


@given(PEOPLE, ORGANISATIONS, PAIR, parameters(nature))
def test_more_evidence_never_makes_anyone_believe_less_in_a_claim(person, organisation, pair, p):
    less, more = (nature.believed(person, organisation, rules) for rules in varied(p, "evidence", pair))
    assert more >= less - ROUNDING


@given(PEOPLE, ORGANISATIONS, st.floats(-1, 0), SHARE, parameters(nature))
def test_a_claim_of_harm_is_believed_as_it_stands_by_everyone(person, organisation, harm, informed, p):
    unseen, known = organisation._replace(seen=0.0), p._replace(claimed=harm)
    assert nature.believed(person._replace(informed=informed), unseen, known) == harm


@given(PEOPLE, ORGANISATIONS, PAIR, parameters(nature))
def test_a_distorted_idea_never_promises_more_of_a_benefit(person, organisation, pair, p):
    low, high = (nature.believed(who, organisation, p) for who in varied(person, "fidelity", pair))
    assert low <= high


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


@given(PEOPLE, parameters(nature))
def test_who_needs_no_example_needs_none_of_the_profession_either(person, p):
    assert nature.threshold(person._replace(threshold=0.0), p) == 0.0


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


@given(parameters(nature))
def test_more_lapses_once_nobody_leads(p):
    assert nature.lapse_raised(True, p) >= nature.lapse_raised(False, p) >= 0.0


@given(st.booleans(), PAIR, parameters(nature))
def test_the_more_complex_a_change_the_more_of_it_lapses(abandoned, pair, p):
    low, high = (nature.lapse_raised(abandoned, rules) for rules in varied(p, "complexity", pair))
    assert 0.0 <= low <= high


@pytest.mark.parametrize(("abandoned", "raised"), [(False, 1.0), (True, 3.0)])
def test_a_change_of_half_the_complexity_lapses_as_the_risk_says_until_it_is_abandoned(abandoned, raised):
    assert nature.lapse_raised(abandoned, nature.Parameters(complexity=0.5, complexity_raises=2.0)) == raised


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
