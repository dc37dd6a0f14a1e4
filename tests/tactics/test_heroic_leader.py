"""The heroic leader: a full ego, little asking, no credit forgone, the label declared."""

import pytest
from hypothesis import given
from people import PAIR, parameters

from simulation.entities import USUAL_EGO
from simulation.tactics import heroic_leader


@pytest.mark.parametrize(("degree", "ego", "asking"), [(0.0, 0.4, 0.5), (0.5, 0.65, 0.35), (1.0, 0.9, 0.2)])
def test_egos_rise_and_asking_falls_with_the_degree_from_what_leaders_are_like_anyway(degree, ego, asking):
    p = heroic_leader.Parameters(ego=0.9, asking=0.2)
    assert heroic_leader.conduct(degree, p) == {
        "leaders.ego": pytest.approx(ego),
        "leaders.asking": pytest.approx(asking),
        "leaders.credit_forgone": 0.0,
        "leaders.label": 1.0,
    }


@given(PAIR, parameters(heroic_leader))
def test_a_more_heroic_leader_never_has_less_ego(pair, p):
    low, high = (heroic_leader.conduct(degree, p)["leaders.ego"] for degree in pair)
    assert (high - low) * (p.ego - USUAL_EGO) >= 0.0
