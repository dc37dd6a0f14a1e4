"""A leader reads an organisation better with every visit, and worse the more has changed there since."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import KNOWLEDGE, ORGANISATIONS, PAIR, ROUNDING, SOMEWHERE, off, parameters, varied

from simulation.entities import NEVER, Knowledge
from simulation.rules import reading


@given(KNOWLEDGE, ORGANISATIONS, off(reading))
def test_where_nobody_is_misread_every_offer_fits(known, organisation, p):
    assert reading.match(known, organisation, p) == 1.0


@given(KNOWLEDGE, ORGANISATIONS, parameters(reading))
def test_a_match_is_a_share(known, organisation, p):
    assert 0.0 <= reading.match(known, organisation, p) <= 1.0


@given(KNOWLEDGE, ORGANISATIONS, st.integers(0, 100), st.integers(0, 100), parameters(reading))
def test_visits_never_worsen_the_reading(known, organisation, visits, more, p):
    few, many = (reading.match(known._replace(visits=n), organisation, p) for n in (visits, visits + more))
    assert many >= few - ROUNDING


@given(KNOWLEDGE, ORGANISATIONS, PAIR, parameters(reading))
def test_the_more_pressure_has_changed_since_the_last_visit_the_worse_the_reading(known, organisation, pair, p):
    calm = known._replace(visited=5, pressure=0.0)
    little, much = (reading.match(calm, where, p) for where in varied(organisation, "pressure", pair))
    assert much <= little + ROUNDING


@given(KNOWLEDGE, ORGANISATIONS, st.tuples(st.floats(0, 4), st.floats(0, 4)).map(sorted), parameters(reading))
def test_who_misreads_more_never_offers_what_fits_better(known, organisation, errors, p):
    little, much = (reading.match(known._replace(error=error), organisation, p) for error in errors)
    assert much <= little
    assert reading.match(known._replace(error=-errors[1]), organisation, p) == much


@pytest.mark.parametrize(
    ("visits", "visited", "pressure", "circles", "match"),
    [(0, NEVER, 0.9, 1, 0.4), (3, 20, 0.5, 1, 0.7), (3, 20, 0.6, 1, 0.6), (6, 20, 0.5, 2, 0.7)],
    ids=["before a visit", "after the third", "when pressure has risen", "three visits a circle"],
)
def test_three_visits_to_each_circle_halve_the_error_and_what_has_changed_adds_to_it(
    visits, visited, pressure, circles, match
):
    p = reading.Parameters(error=0.3, penalty=1.0)
    place = SOMEWHERE._replace(pressure=pressure, end_circle=circles)
    known = Knowledge(error=2.0, visits=visits, visited=visited, pressure=0.5)
    assert reading.match(known, place, p) == pytest.approx(match)
