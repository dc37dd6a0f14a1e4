"""Organisations that received favours bear their cost more readily."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import KNOWLEDGE, LEADERS, ORGANISATIONS, ROUNDING, SOMEWHERE, off, parameters, varied
from worlds import lived

from simulation import Request
from simulation.entities import NEVER, Knowledge
from simulation.rules import favours


@given(st.floats(-2, 3), ORGANISATIONS, LEADERS, off(favours))
def test_where_favours_do_not_count_none_is_given_and_every_cost_stands(cost, organisation, leader, p):
    assert favours.cost_borne(cost, organisation, p) == cost
    assert not favours.can_be_given(leader, p)


@given(st.floats(-2, 3), ORGANISATIONS, st.tuples(st.floats(0, 20), st.floats(0, 20)).map(sorted), parameters(favours))
def test_favours_received_never_make_a_cost_harder_to_bear(cost, organisation, pair, p):
    low, high = (favours.cost_borne(cost, where, p) for where in varied(organisation, "favours", pair))
    assert high <= low + ROUNDING
    assert low <= cost
    assert (high >= 0.0) == (cost >= 0.0) or high == 0.0


@pytest.mark.parametrize(("cost", "received", "borne"), [(1.0, 0.0, 1.0), (1.0, 1.0, 0.683940), (-1.0, 1.0, -1.0)])
def test_one_favour_eases_most_of_what_many_could_and_leaves_a_saving_as_it_is(cost, received, borne):
    p = favours.Parameters(borne=0.5)
    assert favours.cost_borne(cost, SOMEWHERE._replace(favours=received), p) == pytest.approx(borne, abs=1e-6)


@given(KNOWLEDGE)
def test_no_favour_is_open_that_was_not_given(known):
    assert 0.0 <= favours.open_favours(known) <= known.given


@pytest.mark.parametrize(("given_", "returned", "still_open"), [(3.0, 1.0, 2.0), (1.0, 3.0, 0.0)])
def test_what_was_given_and_not_returned_is_open(given_, returned, still_open):
    assert favours.open_favours(Knowledge(error=0.0, given=given_, returned=returned)) == still_open


@given(LEADERS, parameters(favours))
def test_a_leader_from_outside_has_nothing_to_give(leader, p):
    assert not favours.can_be_given(leader._replace(organisation=NEVER), p)
    assert favours.can_be_given(leader._replace(organisation=0), p) == p.on


def test_favours_are_given_by_organisations_so_that_leaders_from_outside_have_none_to_give():
    outside = {"leaders.placement": "outside"}
    giving = lived(Request("tiny", {"others_shoes": 1.0, "giving": 1.0}, outside, weeks=52))
    taking = lived(Request("tiny", {"others_shoes": 1.0}, outside, weeks=52))
    assert giving.knowledge["given"].sum() == 0.0
    assert np.array_equal(giving.staff["trust"], taking.staff["trust"])
