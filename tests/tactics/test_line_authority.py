"""Line authority: the change is ordered."""

from hypothesis import given
from people import PAIR, parameters

from simulation.tactics import line_authority


@given(PAIR, parameters(line_authority))
def test_more_authority_never_orders_less(pair, p):
    low, high = (line_authority.conduct(degree, p)["incentives.mandate"] for degree in pair)
    assert 0.0 <= low <= high <= 1.0


def test_half_the_degree_is_half_the_order():
    assert line_authority.conduct(0.5, line_authority.Parameters(most=0.6)) == {"incentives.mandate": 0.3}
