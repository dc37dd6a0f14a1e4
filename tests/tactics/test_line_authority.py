"""Line authority: the change is ordered."""

from hypothesis import given
from people import PAIR, parameters
from worlds import lived

from simulation import Request
from simulation.tactics import line_authority


@given(PAIR, parameters(line_authority))
def test_more_authority_never_orders_less(pair, p):
    low, high = (line_authority.conduct(degree, p)["incentives.mandate"] for degree in pair)
    assert 0.0 <= low <= high <= 1.0


def test_half_the_degree_is_half_the_order():
    assert line_authority.conduct(0.5, line_authority.Parameters(most=0.6)) == {"incentives.mandate": 0.3}


def test_compliance_in_name_falls_when_the_order_ends():
    settings = {"population.adopters": 0.0, "contagion.hazard": 0.0, "incentives.mandate_end": 26}
    complying = lived(Request("tiny", {"line_authority": 1.0}, settings, weeks=78)).record.complying
    assert complying[26] > 0
    assert complying[78] < complying[26] / 2
