"""A coalition of the willing: the dissatisfied become advocates; the others have heard of it."""

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


def test_those_who_join_are_won_by_a_share_of_the_way():
    willing = SOMEONE._replace(dissatisfaction=0.6)
    done = coalition.converse(willing, SOMEWHERE, A_TALK, coalition.Parameters(dissatisfied=0.6, conviction=0.4))
    assert done == effect(aware=True, conviction=0.4, advocate=True)


def test_advocates_who_have_not_adopted_are_heard_by_nobody():
    settings = {"population.adopters": 0.0, "contagion.hazard": 0.0, "leaders.hours": 30.0}
    staff = lived(Request("tiny", {"coalition": 1.0}, settings, weeks=40)).staff
    assert staff["advocate"].sum() > 0
    assert (staff["urging"] == 0.0).all()
