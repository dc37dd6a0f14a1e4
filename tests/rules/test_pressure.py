"""Pressure follows demand; committing to a change that costs adds to it at first and relieves it later."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import ORGANISATIONS, PAIR, ROUNDING, SHARE, SOMEWHERE, WEEKS, off, parameters

from simulation.entities import NEVER
from simulation.rules import pressure


@given(ORGANISATIONS, SHARE, WEEKS, st.floats(-1, 1), SHARE, off(pressure))
def test_without_pressure_there_is_none_and_none_is_felt(organisation, demand, week, shock, under, p):
    assert pressure.next_pressure(organisation, demand, week, shock, p) == 0.0
    assert pressure.felt(under, shock, p) == 0.0


@given(ORGANISATIONS, st.floats(-1, 3), WEEKS, st.floats(-1, 1), parameters(pressure))
def test_pressure_stays_between_none_and_full(organisation, demand, week, shock, p):
    assert 0.0 <= pressure.next_pressure(organisation, demand, week, shock, p) <= 1.0


@given(ORGANISATIONS, PAIR, WEEKS, parameters(pressure))
def test_more_demand_never_means_less_pressure(organisation, pair, week, p):
    low, high = (pressure.next_pressure(organisation, demand, week, 0.0, p) for demand in pair)
    assert high >= low - ROUNDING


def test_half_of_the_gap_to_demand_is_closed_in_a_week_and_a_shock_is_added():
    place = SOMEWHERE._replace(pressure=0.5)
    assert pressure.next_pressure(place, 0.7, 10, 0.1, pressure.Parameters(pace=0.5)) == pytest.approx(0.7)


def test_committing_costs_at_first_and_relieves_later():
    p = pressure.Parameters()
    place = SOMEWHERE._replace(committed=0, burden=1.0, gain=1.0, realised=1.0, pressure=0.5)
    without = pressure.next_pressure(place._replace(committed=NEVER), 0.5, 10, 0.0, p)
    assert pressure.next_pressure(place, 0.5, 10, 0.0, p) > without
    assert pressure.next_pressure(place, 0.5, 40, 0.0, p) == without
    assert pressure.next_pressure(place, 0.5, 60, 0.0, p) < without


@pytest.mark.parametrize(
    ("burden", "realised", "week", "after"),
    [(2.0, 1.0, 25, 0.74), (-2.0, 1.0, 25, 0.5), (2.0, 1.0, 26, 0.5), (2.0, 0.5, 52, 0.4), (2.0, 0.0, 52, 0.5)],
    ids=["a cost loads", "a saving does not", "only for half a year", "half the gain relieves half", "none not at all"],
)
def test_a_transition_loads_by_its_cost_and_relieves_by_the_gain_there_is(burden, realised, week, after):
    p = pressure.Parameters(pace=1.0, transition=0.12, transition_weeks=26, relief=0.2, relief_after=52)
    place = SOMEWHERE._replace(committed=0, burden=burden, gain=1.0, realised=realised)
    assert pressure.next_pressure(place, 0.5, week, 0.0, p) == pytest.approx(after)


@given(SHARE, st.floats(-0.5, 0.5), parameters(pressure))
def test_felt_pressure_stays_between_none_and_full(under, strain, p):
    assert 0.0 <= pressure.felt(under, strain, p) <= 1.0


@given(PAIR, st.floats(-0.5, 0.5), parameters(pressure))
def test_who_works_under_more_pressure_never_feels_less(pair, strain, p):
    low, high = (pressure.felt(under, strain, p) for under in pair)
    assert high >= low


@pytest.mark.parametrize(("strain", "felt"), [(0.25, 0.75), (-0.25, 0.25), (0.75, 1.0)])
def test_ones_own_strain_is_added_to_the_organisations_pressure(strain, felt):
    assert pressure.felt(0.5, strain, pressure.Parameters()) == felt
