"""A coalition of the willing: the dissatisfied become advocates; the others have heard of it."""

import pytest
from hypothesis import given
from people import A_TALK, ORGANISATIONS, PEOPLE, SITUATIONS, SOMEONE, SOMEWHERE, parameters
from worlds import lived

from simulation import Request
from simulation.entities import effect
from simulation.tactics import coalition


@given(PEOPLE, ORGANISATIONS, SITUATIONS)
def test_only_the_dissatisfied_join_the_coalition(person, organisation, situation):
    p = coalition.Parameters()
    joined = coalition.converse(person, organisation, situation, p).advocate
    assert joined == (person.dissatisfaction >= p.dissatisfied)


@given(PEOPLE, ORGANISATIONS, SITUATIONS, parameters(coalition))
def test_those_who_do_not_join_have_only_heard_of_it(person, organisation, situation, p):
    done = coalition.converse(person, organisation, situation, p)
    assert done.advocate or done == effect(aware=True)


@pytest.mark.parametrize(("benefit", "conviction"), [(1.0, 0.4), (0.5, 0.2), (-1.0, 0.0)])
def test_those_who_join_are_won_as_far_as_they_believe_in_a_benefit(benefit, conviction):
    willing, p = SOMEONE._replace(dissatisfaction=0.6), coalition.Parameters(dissatisfied=0.6, conviction=0.4)
    done = coalition.converse(willing, SOMEWHERE, A_TALK._replace(benefit=benefit), p)
    assert done == effect(aware=True, conviction=conviction, advocate=True)


@pytest.mark.parametrize(("argument", "heard"), [(0.0, False), (1.0, True)])
def test_advocates_who_have_not_adopted_are_heard_as_far_as_their_argument_counts(argument, heard):
    settings = {"population.adopters": 0.0, "contagion.hazard": 0.0, "leaders.hours": 30.0, "advocacy.convinced": 0.1}
    staff = lived(Request("tiny", {"coalition": 1.0}, {**settings, "advocacy.argument": argument}, weeks=40)).staff
    assert staff["advocate"].sum() > 0
    assert (staff["urging"] > 0.0).any() == heard
