"""Forgoing credit: the leader takes none, and gains no career."""

from hypothesis import given
from people import LEADERS, PAIR, parameters

from simulation.rules import credit, telling
from simulation.tactics import forgoing_credit


@given(PAIR, parameters(forgoing_credit))
def test_the_stance_held_more_never_forgoes_less(pair, p):
    low, high = (forgoing_credit.conduct(degree, p)["leaders.credit_forgone"] for degree in pair)
    assert 0.0 <= low <= high <= 1.0


def test_half_the_stance_leaves_half_of_the_credit_to_others():
    p = forgoing_credit.Parameters(most=0.8)
    assert forgoing_credit.conduct(0.5, p) == {"leaders.credit_forgone": 0.4}


@given(LEADERS)
def test_who_forgoes_all_credit_takes_none_and_tells_as_often_as_before(leader):
    (forgone,) = forgoing_credit.conduct(1.0, forgoing_credit.Parameters()).values()
    selfless, p = leader._replace(credit_forgone=forgone), telling.Parameters()
    assert credit.probability_of_claiming(selfless) == 0.0
    assert telling.probability_of_telling(selfless, p) == telling.probability_of_telling(leader, p)
