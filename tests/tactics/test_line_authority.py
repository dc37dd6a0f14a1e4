"""Line authority: the change is ordered."""

from hypothesis import given
from people import SHARE
from worlds import lived

from simulation import Request
from simulation.tactics import line_authority


@given(SHARE)
def test_the_degree_is_how_far_the_change_is_ordered(degree):
    assert line_authority.conduct(degree, line_authority.Parameters()) == {"incentives.mandate": degree}


def test_compliance_in_name_falls_when_the_order_ends():
    settings = {"population.adopters": 0.0, "contagion.hazard": 0.0, "incentives.mandate_end": 26}
    complying = lived(Request("tiny", {"line_authority": 1.0}, settings, weeks=78)).record.complying
    assert complying[26] > 0
    assert complying[78] < complying[26] / 2
