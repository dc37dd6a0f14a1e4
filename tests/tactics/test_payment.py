"""Payment: the cost of the change is paid for."""

from hypothesis import given
from people import PAIR, parameters

from simulation.tactics import payment


@given(PAIR, parameters(payment))
def test_a_higher_degree_never_pays_less(pair, p):
    low, high = (payment.conduct(degree, p)["incentives.payment"] for degree in pair)
    assert 0.0 <= low <= high <= 1.0


def test_half_the_degree_pays_half_as_much():
    assert payment.conduct(0.5, payment.Parameters(most=0.6)) == {"incentives.payment": 0.3}
