"""The motivation of juniors fades alone and returns in company."""

import pytest
from hypothesis import given
from people import PAIR, PEOPLE, ROUNDING, SOMEONE, off, on, parameters, varied

from simulation.rules import isolation

JUNIOR = SOMEONE._replace(junior=1)


@given(PEOPLE, off(isolation))
def test_where_nobody_is_isolated_everyone_is_motivated(person, p):
    assert isolation.next_motivation(person, p) == 1.0


@given(PEOPLE, parameters(isolation))
def test_only_juniors_are_isolated(person, p):
    assert isolation.next_motivation(person._replace(junior=0), p) == 1.0


@given(PEOPLE, parameters(isolation))
def test_motivation_stays_between_what_always_remains_and_full(person, p):
    person = person._replace(motivation=max(person.motivation, p.lowest))
    assert p.lowest - ROUNDING <= isolation.next_motivation(person, p) <= 1.0


@given(PEOPLE, PAIR, parameters(isolation))
def test_the_less_motivated_are_never_the_more_motivated_a_week_later(person, pair, p):
    low, high = (isolation.next_motivation(who, p) for who in varied(person, "motivation", pair))
    assert high >= low - ROUNDING


@given(PEOPLE, on(isolation))
def test_a_juniors_motivation_fades_alone_and_returns_in_company(person, p):
    junior = person._replace(junior=1, motivation=max(person.motivation, p.lowest))
    assert isolation.next_motivation(junior._replace(exposure=0.0), p) <= junior.motivation + ROUNDING
    assert isolation.next_motivation(junior._replace(exposure=0.1), p) >= junior.motivation - ROUNDING


@pytest.mark.parametrize(("exposure", "after"), [(0.0, 0.48), (0.1, 0.55)])
def test_a_tenth_of_the_way_is_lost_alone_and_regained_in_company(exposure, after):
    p = isolation.Parameters(decay=0.1, recovery=0.1, lowest=0.3)
    assert isolation.next_motivation(JUNIOR._replace(motivation=0.5, exposure=exposure), p) == pytest.approx(after)
