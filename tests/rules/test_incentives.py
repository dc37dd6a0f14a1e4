"""Payment and orders buy compliance while they last, part of which becomes practice; orders are resented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import PAIR, PEOPLE, SHARE, SOMEONE, WEEKS, parameters, varied

from simulation.entities import NEVER
from simulation.rules import incentives


@given(PEOPLE, WEEKS, st.floats(-2, 3), parameters(incentives))
def test_where_nobody_pays_or_orders_nothing_changes(person, week, cost, p):
    neither = p._replace(payment=0.0, mandate=0.0)
    payment, mandate = incentives.payment_now(week, True, neither), incentives.mandate_now(week, neither)
    assert payment == mandate == 0.0
    assert incentives.cost_paid(cost, payment) == cost
    assert incentives.resentment(person, mandate, p) == 0.0
    assert incentives.lapse_raised(mandate, p) == 1.0


@given(parameters(incentives))
def test_nobody_complies_whom_nobody_pays_or_orders(p):
    assert incentives.compliance_probability(0.0, 0.0, p) == 0.0


@given(SHARE, SHARE, PAIR, parameters(incentives))
def test_payment_and_orders_never_lower_compliance_in_name(payment, mandate, pair, p):
    low, high = (incentives.compliance_probability(share, mandate, p) for share in pair)
    assert 0.0 <= low <= high <= 1.0
    low, high = (incentives.compliance_probability(payment, share, p) for share in pair)
    assert low <= high


@given(PEOPLE, PAIR, SHARE, parameters(incentives))
def test_being_ordered_is_resented_most_by_those_who_prize_autonomy_and_trust_least(person, pair, mandate, p):
    low, high = (incentives.resentment(who, mandate, p) for who in varied(person, "autonomy", pair))
    assert 0.0 <= low <= high
    low, high = (incentives.resentment(who, mandate, p) for who in varied(person, "trust", pair))
    assert high <= low
    low, high = (incentives.resentment(person, order, p) for order in pair)
    assert high >= low


@given(st.floats(-2, 3), PAIR)
def test_payment_never_raises_a_cost_and_never_touches_a_saving(cost, pair):
    low, high = (incentives.cost_paid(cost, payment) for payment in pair)
    assert high <= low or cost <= 0.0
    assert incentives.cost_paid(-abs(cost), pair[1]) == -abs(cost)


@given(WEEKS, parameters(incentives))
def test_payment_never_reaches_further_without_a_convener(week, p):
    assert incentives.payment_now(week, False, p) <= incentives.payment_now(week, True, p)


@given(PAIR, parameters(incentives))
def test_to_be_ordered_never_makes_a_change_last_longer(pair, p):
    low, high = (incentives.lapse_raised(mandate, p) for mandate in pair)
    assert 1.0 <= low <= high


@pytest.mark.parametrize(("week", "running"), [(4, False), (5, True), (9, True), (10, False)])
def test_payment_and_orders_run_from_their_first_week_until_they_end(week, running):
    p = incentives.Parameters(payment=0.5, payment_start=5, payment_end=10, payment_reach=0.6)
    assert incentives.payment_now(week, True, p) == (0.5 if running else 0.0)
    assert incentives.payment_now(week, False, p) == (0.3 if running else 0.0)
    p = incentives.Parameters(mandate=0.5, mandate_start=5, mandate_end=10)
    assert incentives.mandate_now(week, p) == (0.5 if running else 0.0)
    assert incentives.mandate_now(week, p._replace(mandate_end=NEVER)) == (0.5 if week >= 5 else 0.0)


@pytest.mark.parametrize(("payment", "mandate", "probability"), [(1, 0, 0.03), (0, 1, 0.08), (1, 1, 0.1076)])
def test_payment_and_orders_bring_people_to_comply_independently(payment, mandate, probability):
    p = incentives.Parameters(paid_compliance=0.03, ordered_compliance=0.08)
    assert incentives.compliance_probability(payment, mandate, p) == pytest.approx(probability)


def test_a_quarter_paid_leaves_three_quarters_of_the_cost():
    assert incentives.cost_paid(2.0, 0.25) == 1.5


def test_half_an_order_to_the_half_autonomous_and_half_trusting_is_resented_by_an_eighth():
    person = SOMEONE._replace(autonomy=0.5, trust=0.5)
    assert incentives.resentment(person, 0.5, incentives.Parameters(reactance=0.8)) == pytest.approx(0.1)


@given(PEOPLE, PAIR, parameters(incentives))
def test_conviction_and_example_never_keep_compliance_from_becoming_practice(person, pair, p):
    for field in ("conviction", "exposure"):
        low, high = (incentives.practice_probability(who, p) for who in varied(person, field, pair))
        assert 0.0 <= low <= high <= 1.0


@given(PEOPLE, parameters(incentives))
def test_who_is_not_convinced_at_all_never_practises_what_they_comply_with(person, p):
    assert incentives.practice_probability(person._replace(conviction=0.0), p) == 0.0


@pytest.mark.parametrize(("conviction", "exposure", "chance"), [(1.0, 1.0, 0.2), (0.5, 1.0, 0.1), (0.5, 0.0, 0.05)])
def test_those_half_convinced_come_to_practise_half_as_often_and_those_alone_half_of_that(conviction, exposure, chance):
    person = SOMEONE._replace(conviction=conviction, exposure=exposure)
    assert incentives.practice_probability(person, incentives.Parameters(practice=0.2)) == pytest.approx(chance)
