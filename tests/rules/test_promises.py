"""A promised gain that has not come in its time is a broken promise."""

import pytest
from hypothesis import given
from people import ORGANISATIONS, PAIR, SOMEWHERE, WEEKS, off, parameters, varied
from worlds import lived

from simulation import Request
from simulation.entities import NEVER
from simulation.rules import promises


@given(ORGANISATIONS, WEEKS, off(promises))
def test_where_nobody_remembers_a_promise_none_is_broken(organisation, week, p):
    assert not promises.is_broken(organisation, week, p)


@given(ORGANISATIONS, WEEKS, parameters(promises))
def test_a_promise_is_broken_only_where_one_was_made_and_the_gain_is_missing(organisation, week, p):
    if promises.is_broken(organisation, week, p):
        assert organisation.committed != NEVER
        assert organisation.realised < p.expected


@given(ORGANISATIONS, PAIR, parameters(promises))
def test_a_greater_gain_never_breaks_a_promise(organisation, pair, p):
    week = organisation.committed + p.weeks
    low, high = (promises.is_broken(where, week, p) for where in varied(organisation, "realised", pair))
    assert high <= low


@pytest.mark.parametrize(
    ("committed", "week", "realised", "broken"),
    [(10, 61, 0.2, False), (10, 62, 0.2, True), (10, 63, 0.2, False), (10, 62, 0.3, False), (NEVER, 51, 0.2, False)],
)
def test_a_promise_is_looked_for_once_a_year_after_commitment(committed, week, realised, broken):
    p = promises.Parameters(weeks=52, expected=0.3)
    assert promises.is_broken(SOMEWHERE._replace(committed=committed, realised=realised), week, p) == broken


def test_a_broken_promise_costs_everyone_in_the_organisation_their_trust():
    committed = {
        "population.gates_open": True,
        "population.adopters": 0.0,
        "contagion.hazard": 0.0,
        "promises.weeks": 5,
    }
    kept, broken = (
        lived(Request("tiny", {}, {**committed, "promises.on": on, "turnover.on": False}, weeks=8))
        for on in (False, True)
    )
    assert (kept.organisations["disappointed"] == 0).all()
    assert (broken.organisations["disappointed"] == 1).all()
    assert (broken.staff["trust"] < kept.staff["trust"]).all()
