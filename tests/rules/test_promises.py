"""A promised gain that has not come in its time is a broken promise."""

import pytest
from hypothesis import given
from people import ORGANISATIONS, PAIR, PEOPLE, SOMEWHERE, WEEKS, off, parameters, varied
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
        assert organisation.gain * organisation.realised < p.expected


@given(ORGANISATIONS, PAIR, parameters(promises))
def test_a_greater_gain_never_breaks_a_promise(organisation, pair, p):
    week = organisation.committed + p.weeks
    low, high = (promises.is_broken(where, week, p) for where in varied(organisation, "realised", pair))
    assert high <= low


@given(ORGANISATIONS, parameters(promises))
def test_where_there_is_nothing_to_gain_a_promise_of_any_gain_is_broken(organisation, p):
    place = organisation._replace(gain=0.0, committed=3)
    expecting = p._replace(on=True, expected=max(p.expected, 0.01))
    assert promises.is_broken(place, 3 + p.weeks, expecting)


@given(PEOPLE, PAIR, parameters(promises))
def test_those_who_saw_the_gain_as_theirs_lose_most_trust_and_the_others_none(person, pair, p):
    low, high = (promises.trust_kept(who, p) for who in varied(person, "own_interest", pair))
    assert 0.0 <= high <= low <= 1.0
    assert promises.trust_kept(person._replace(own_interest=0.0), p) == 1.0


@pytest.mark.parametrize(
    ("committed", "week", "realised", "broken"),
    [(10, 61, 0.2, False), (10, 62, 0.2, True), (10, 63, 0.2, False), (10, 62, 0.4, False), (NEVER, 51, 0.2, False)],
)
def test_a_promise_is_looked_for_once_a_year_after_commitment(committed, week, realised, broken):
    p = promises.Parameters(weeks=52, expected=0.2)
    place = SOMEWHERE._replace(committed=committed, realised=realised, gain=0.5)
    assert promises.is_broken(place, week, p) == broken


def test_a_broken_promise_costs_the_trust_of_those_to_whom_it_was_made():
    committed = {
        "population.gates_open": True,
        "population.adopters": 0.0,
        "contagion.hazard": 0.0,
        "promises.weeks": 5,
        "turnover.on": False,
        "leaders.hours": 30.0,
    }
    kept, broken = (
        lived(Request("tiny", {"longer_term_goal": 1.0}, {**committed, "promises.on": on}, weeks=6))
        for on in (False, True)
    )
    told = broken.staff["own_interest"] > 0.0
    assert (kept.organisations["disappointed"] == 0).all()
    assert (broken.organisations["disappointed"] == 1).all()
    assert told.any() and not told.all()
    assert (broken.staff["trust"] < kept.staff["trust"])[told].any()
    assert (broken.staff["trust"] == kept.staff["trust"])[~told].all()
