"""What speaks for a change raises a person's view of it, and what speaks against it lowers it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import BENEFITS, ORGANISATIONS, PAIR, PEOPLE, ROUNDING, SHARE, SOMEONE, SOMEWHERE, parameters, varied

from simulation.entities import NEVER
from simulation.rules import appraisal


def view(person, organisation, benefit, p, under=0.5, held_back=0.0):
    return appraisal.own_view(person, organisation, benefit, under, held_back, p)


@given(PEOPLE, ORGANISATIONS, BENEFITS, SHARE, parameters(appraisal))
def test_a_view_lies_between_against_and_for(person, organisation, benefit, under, p):
    assert 0.0 <= view(person, organisation, benefit, p, under) <= 1.0


@given(PEOPLE, ORGANISATIONS, BENEFITS, PAIR, parameters(appraisal))
def test_more_pressure_lowers_the_view_of_a_change_that_costs(person, organisation, benefit, pair, p):
    costly = organisation._replace(burden=abs(organisation.burden))
    low, high = (view(person, costly, benefit, p, under) for under in pair)
    assert high <= low + ROUNDING


@given(PEOPLE, ORGANISATIONS, BENEFITS)
def test_more_pressure_lowers_the_view_visibly_by_default(person, organisation, benefit):
    p = appraisal.Parameters()
    costly = organisation._replace(burden=1.0, fit=0.0)
    ordinary = person._replace(understood=0.0, own_interest=0.0)
    assert view(ordinary, costly, benefit, p, 0.9) < view(ordinary, costly, benefit, p, 0.1)


@pytest.mark.parametrize("field", ["exposure", "ownership", "dissatisfaction", "own_interest", "trust"])
@given(person=PEOPLE, organisation=ORGANISATIONS, benefit=BENEFITS, pair=PAIR, p=parameters(appraisal))
def test_this_speaks_for_the_change(field, person, organisation, benefit, pair, p):
    low, high = (view(who, organisation, benefit, p) for who in varied(person, field, pair))
    assert high >= low - ROUNDING


@given(PEOPLE, ORGANISATIONS, BENEFITS, PAIR, parameters(appraisal))
def test_being_understood_never_lowers_the_view_of_a_change_that_costs(person, organisation, benefit, pair, p):
    costly = organisation._replace(burden=abs(organisation.burden))
    low, high = (view(who, costly, benefit, p) for who in varied(person, "understood", pair))
    assert high >= low - ROUNDING


@given(PEOPLE, ORGANISATIONS, BENEFITS, PAIR, parameters(appraisal))
def test_ego_never_raises_the_view(person, organisation, benefit, pair, p):
    low, high = (view(who, organisation, benefit, p) for who in varied(person, "ego", pair))
    assert high <= low + ROUNDING


@given(PEOPLE, ORGANISATIONS, BENEFITS, PAIR, parameters(appraisal))
def test_purpose_speaks_for_what_benefits_patients_and_against_what_harms_them(person, organisation, benefit, pair, p):
    low, high = (view(who, organisation, benefit, p) for who in varied(person, "purpose", pair))
    assert (high - low) * benefit >= -ROUNDING


@pytest.mark.parametrize("field", ["gain", "partners", "fit"])
@given(person=PEOPLE, organisation=ORGANISATIONS, benefit=BENEFITS, pair=PAIR, p=parameters(appraisal))
def test_this_of_the_organisation_speaks_for_the_change(field, person, organisation, benefit, pair, p):
    low, high = (view(person, where, benefit, p) for where in varied(organisation, field, pair))
    assert high >= low - ROUNDING


@given(
    PEOPLE, ORGANISATIONS, BENEFITS, st.tuples(st.floats(-2, 3), st.floats(-2, 3)).map(sorted), parameters(appraisal)
)
def test_a_higher_cost_never_raises_the_view(person, organisation, benefit, pair, p):
    low, high = (view(person, where, benefit, p) for where in varied(organisation, "burden", pair))
    assert high <= low + ROUNDING


@given(PEOPLE, ORGANISATIONS, BENEFITS, parameters(appraisal), PAIR)
def test_what_holds_back_holds_back(person, organisation, benefit, p, pair):
    low, high = (view(person, organisation, benefit, p, held_back=held) for held in pair)
    assert high <= low + ROUNDING


@given(PAIR, SHARE, parameters(appraisal))
def test_pressure_shortens_sight(pair, own_interest, p):
    low, high = (appraisal.worth_of_later_gain(under, own_interest, p) for under in pair)
    assert 0.0 <= high <= low + ROUNDING
    assert low <= 1.0 + ROUNDING


@given(SHARE, PAIR, parameters(appraisal))
def test_seeing_the_gain_as_ones_own_lengthens_sight(under, pair, p):
    low, high = (appraisal.worth_of_later_gain(under, interest, p) for interest in pair)
    assert high >= low - ROUNDING


@pytest.mark.parametrize("name", ["exposure", "ownership", "dissatisfaction", "purpose", "ego"])
@given(person=PEOPLE, organisation=ORGANISATIONS, benefit=BENEFITS, pair=PAIR, p=parameters(appraisal))
def test_what_weighs_nothing_changes_no_view(name, person, organisation, benefit, pair, p):
    low, high = (view(who, organisation, benefit, p._replace(**{name: 0.0})) for who in varied(person, name, pair))
    assert low == high


@pytest.mark.parametrize("name", ["gain", "partners"])
@given(person=PEOPLE, organisation=ORGANISATIONS, benefit=BENEFITS, pair=PAIR, p=parameters(appraisal))
def test_what_weighs_nothing_of_the_organisation_changes_no_view(name, person, organisation, benefit, pair, p):
    low, high = (view(person, at, benefit, p._replace(**{name: 0.0})) for at in varied(organisation, name, pair))
    assert low == high


@given(PEOPLE, ORGANISATIONS, BENEFITS, PAIR, parameters(appraisal))
def test_a_cost_that_weighs_nothing_changes_no_view(person, organisation, benefit, pair, p):
    low, high = (view(person, at, benefit, p._replace(cost=0.0)) for at in varied(organisation, "burden", pair))
    assert low == high


@given(PEOPLE, PAIR, BENEFITS, parameters(appraisal))
def test_the_longer_view_moves_nobody_where_there_is_nothing_to_gain(person, pair, benefit, p):
    low, high = (view(who, SOMEWHERE, benefit, p) for who in varied(person, "own_interest", pair))
    assert low == high


def test_where_nothing_speaks_for_or_against_the_view_is_where_it_starts():
    assert view(SOMEONE, SOMEWHERE, 0.0, appraisal.Parameters(start=0.0)) == 0.5
    assert view(SOMEONE, SOMEWHERE, 0.0, appraisal.Parameters(start=-2.0)) == pytest.approx(0.119203, abs=1e-6)


@pytest.mark.parametrize(("pressure", "interest", "worth"), [(0.0, 0.0, 0.5), (1.0, 0.0, 0.25), (1.0, 0.5, 0.625)])
def test_pressure_discounts_twice_and_ones_own_interest_takes_the_discount_back(pressure, interest, worth):
    p = appraisal.Parameters(present_bias=0.5)
    assert appraisal.worth_of_later_gain(pressure, interest, p) == pytest.approx(worth, abs=1e-9)


@pytest.mark.parametrize(("committed", "weight"), [(NEVER, 1.0), (3, 0.5)])
def test_a_cost_weighs_less_once_pressures_are_understood_and_the_gate_is_open(committed, weight):
    p = appraisal.Parameters(cost=4.0, understood=0.5, open_gate=0.5, under_pressure=1.0)
    place = SOMEWHERE._replace(burden=1.0, committed=committed)
    assert appraisal.weight_of_cost(SOMEONE._replace(understood=1.0), place, 0.5, p) == pytest.approx(weight)


@pytest.mark.parametrize(("pressure", "weight"), [(0.0, 2.4), (0.5, 3.2), (1.0, 4.0)])
def test_a_part_of_the_cost_is_there_without_pressure(pressure, weight):
    p = appraisal.Parameters(cost=4.0, under_pressure=0.4)
    assert appraisal.weight_of_cost(SOMEONE, SOMEWHERE._replace(burden=1.0), pressure, p) == pytest.approx(weight)


@pytest.mark.parametrize("field", ["ownership", "dissatisfaction"])
@given(person=PEOPLE, organisation=ORGANISATIONS, harm=st.floats(-1, 0), pair=PAIR, p=parameters(appraisal))
def test_willingness_is_for_something_and_moves_nobody_to_what_does_harm(field, person, organisation, harm, pair, p):
    low, high = (view(who, organisation, harm, p) for who in varied(person, field, pair))
    assert low == high


@given(PEOPLE, ORGANISATIONS, st.tuples(BENEFITS, BENEFITS).map(sorted), parameters(appraisal))
def test_who_believes_in_a_greater_benefit_never_thinks_less_of_the_change(person, organisation, pair, p):
    low, high = (view(person, organisation, benefit, p) for benefit in pair)
    assert high >= low - ROUNDING


@given(PEOPLE, SHARE)
def test_a_saving_speaks_for_the_change_by_half_of_what_a_cost_weighs_whatever_the_pressure(person, under):
    saving = SOMEWHERE._replace(burden=-1.0)
    assert appraisal.weight_of_cost(person, saving, under, appraisal.Parameters(cost=4.0)) == -2.0
