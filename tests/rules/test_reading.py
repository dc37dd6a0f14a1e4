"""A leader reads an organisation better with every visit, and worse with every week since."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import KNOWLEDGE, ROUNDING, WEEKS, off, parameters

from simulation.entities import NEVER, Knowledge
from simulation.rules import reading


@given(KNOWLEDGE, WEEKS, off(reading))
def test_where_nobody_is_misread_every_offer_fits(known, week, p):
    assert reading.match(known, week, p) == 1.0


@given(KNOWLEDGE, WEEKS, parameters(reading))
def test_a_match_is_a_share(known, week, p):
    assert 0.0 <= reading.match(known, week, p) <= 1.0


@given(KNOWLEDGE, st.integers(0, 100), st.integers(0, 100), parameters(reading))
def test_visits_never_worsen_the_reading(known, visits, more, p):
    seen = known._replace(visited=5)
    few, many = (reading.match(seen._replace(visits=n), 6, p) for n in (visits, visits + more))
    assert many >= few - ROUNDING


@given(KNOWLEDGE, st.tuples(WEEKS, WEEKS).map(sorted), parameters(reading))
def test_a_reading_goes_stale_and_never_sharpens_by_itself(known, weeks, p):
    early, late = (reading.match(known._replace(visited=0), week, p) for week in weeks)
    assert late <= early + ROUNDING


@given(KNOWLEDGE, st.tuples(st.floats(0, 4), st.floats(0, 4)).map(sorted), WEEKS, parameters(reading))
def test_who_misreads_more_never_offers_what_fits_better(known, errors, week, p):
    little, much = (reading.match(known._replace(error=error), week, p) for error in errors)
    assert much <= little
    assert reading.match(known._replace(error=-errors[1]), week, p) == much


@pytest.mark.parametrize(
    ("visits", "visited", "week", "match"),
    [(0, NEVER, 20, 0.4), (3, 20, 20, 0.7), (3, 20, 30, 0.6), (3, 20, 300, 0.4)],
    ids=["before a visit", "after the third", "ten weeks later", "years later"],
)
def test_three_visits_halve_the_error_which_then_grows_back(visits, visited, week, match):
    p = reading.Parameters(error=0.3, stale=0.005, penalty=1.0)
    assert reading.match(Knowledge(error=2.0, visits=visits, visited=visited), week, p) == pytest.approx(match)
