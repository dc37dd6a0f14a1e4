"""Payment: the cost of the change is paid for."""

from hypothesis import given
from people import PAIR, parameters
from worlds import lived

from simulation import Request
from simulation.tactics import payment


@given(PAIR, parameters(payment))
def test_a_higher_degree_never_pays_less(pair, p):
    low, high = (payment.conduct(degree, p)["incentives.payment"] for degree in pair)
    assert 0.0 <= low <= high <= 1.0


def test_half_the_degree_pays_half_as_much():
    assert payment.conduct(0.5, payment.Parameters(most=0.6)) == {"incentives.payment": 0.3}


def test_compliance_in_name_falls_when_payment_ends():
    settings = {"population.adopters": 0.0, "contagion.hazard": 0.0, "incentives.payment_end": 26}
    complying = lived(Request("tiny", {"payment": 1.0}, settings, weeks=78)).record.complying
    assert complying[26] > 0
    assert complying[78] < complying[26] / 2
