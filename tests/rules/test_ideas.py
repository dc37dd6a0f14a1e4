"""Planted ideas come back as somebody's own, whole or changed, or die."""

import pytest
from hypothesis import given
from people import PAIR, PEOPLE, ROUNDING, SHARE, SOMEONE, off, on, parameters, varied

from simulation.rules import ideas
from simulation.rules.ideas import COMES_BACK, COMES_BACK_CHANGED, DIES, STILL_PLANTED


@given(PEOPLE, SHARE, off(ideas))
def test_where_ideas_do_not_mature_they_stay_planted(person, draw, p):
    assert ideas.fate(person, draw, p) == STILL_PLANTED


@given(PEOPLE, SHARE, parameters(ideas))
def test_an_idea_has_one_of_four_fates(person, draw, p):
    assert ideas.fate(person, draw, p) in range(4)


@given(PEOPLE, PAIR, SHARE, on(ideas))
def test_ideas_never_mature_later_where_colleagues_talk_more(person, pair, draw, p):
    few, many = (ideas.fate(who, draw, p) for who in varied(person, "exposure", pair))
    back = (COMES_BACK, COMES_BACK_CHANGED)
    assert many in back or few not in back


@pytest.mark.parametrize(
    ("exposure", "draw", "fate"),
    [
        (0.0, 0.14, COMES_BACK),
        (0.0, 0.16, COMES_BACK_CHANGED),
        (0.0, 0.21, DIES),
        (0.0, 0.59, DIES),
        (0.0, 0.61, STILL_PLANTED),
        (1.0, 0.29, COMES_BACK),
        (1.0, 0.39, COMES_BACK_CHANGED),
    ],
)
def test_of_a_hundred_ideas_twenty_come_back_five_of_them_changed_and_half_of_the_others_die(exposure, draw, fate):
    p = ideas.Parameters(maturing=0.2, talk=1.0, mutation=0.25, dying=0.5)
    assert ideas.fate(SOMEONE._replace(exposure=exposure), draw, p) == fate


@given(parameters(ideas))
def test_an_idea_that_comes_back_is_owned_and_convinces_nobody_by_itself(p):
    back = ideas.come_back(p)
    assert back.aware
    assert back.ownership == p.ownership
    assert back.conviction == back.trust == 0.0


@given(PEOPLE, parameters(ideas))
def test_what_is_adopted_is_never_truer_than_ones_own_version_nor_more_distorted_than_both(person, p):
    kept = ideas.adopted_fidelity(person, p)
    assert min(person.fidelity, person.passed_on) - ROUNDING <= kept <= person.fidelity


@given(PEOPLE, off(ideas))
def test_where_ideas_do_not_mature_none_is_passed_on_distorted(person, p):
    assert ideas.adopted_fidelity(person, p) == person.fidelity


@pytest.mark.parametrize(("own", "others", "kept"), [(1.0, 0.6, 0.8), (0.6, 1.0, 0.6), (1.0, 1.0, 1.0)])
def test_a_distorted_idea_is_passed_on_distorted(own, others, kept):
    person = SOMEONE._replace(fidelity=own, passed_on=others)
    assert ideas.adopted_fidelity(person, ideas.Parameters(passes_on=0.5)) == pytest.approx(kept)
