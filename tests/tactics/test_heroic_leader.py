"""The heroic leader: a full ego, no credit forgone, the label declared."""

import pytest
from hypothesis import given
from people import PAIR, parameters

from simulation.tactics import heroic_leader


@pytest.mark.parametrize(("degree", "ego"), [(0.0, 0.4), (0.5, 0.65), (1.0, 0.9)])
def test_egos_rise_from_ordinary_to_full_with_the_degree(degree, ego):
    set_ = heroic_leader.conduct(degree, heroic_leader.Parameters(ego=0.9, ordinary=0.4))
    assert set_ == {"leaders.ego": pytest.approx(ego), "leaders.credit_forgone": 0.0, "leaders.label": 1.0}


@given(PAIR, parameters(heroic_leader))
def test_a_more_heroic_leader_never_has_less_ego(pair, p):
    low, high = (heroic_leader.conduct(degree, p)["leaders.ego"] for degree in pair)
    assert (high - low) * (p.ego - p.ordinary) >= 0.0
