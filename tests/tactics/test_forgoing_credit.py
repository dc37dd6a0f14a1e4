"""Forgoing credit: the leader takes none, and gains no career."""

from hypothesis import given
from people import LEADERS, SHARE

from simulation.rules import credit, telling
from simulation.tactics import forgoing_credit


@given(SHARE)
def test_the_degree_of_the_stance_is_the_share_of_the_credit_left_to_others(degree):
    assert forgoing_credit.conduct(degree, forgoing_credit.Parameters()) == {"leaders.credit_forgone": degree}


@given(LEADERS)
def test_who_forgoes_all_credit_takes_none_and_tells_as_often_as_before(leader):
    (forgone,) = forgoing_credit.conduct(1.0, forgoing_credit.Parameters()).values()
    selfless, p = leader._replace(credit_forgone=forgone), telling.Parameters()
    assert credit.probability_of_claiming(selfless) == 0.0
    assert telling.probability_of_telling(selfless, p) == telling.probability_of_telling(leader, p)
