"""Asking rather than telling: the more of it, the fewer are told."""

import pytest
from hypothesis import given
from people import LEADERS, PAIR, parameters

from simulation.rules import telling
from simulation.tactics import asking


@given(PAIR, parameters(asking))
def test_the_stance_held_more_never_leads_away_from_what_it_aims_at(pair, p):
    low, high = (asking.conduct(degree, p)["leaders.asking"] for degree in pair)
    assert (high - low) * (p.most - p.ordinary) >= 0.0


@pytest.mark.parametrize(("degree", "asks"), [(0.0, 0.5), (0.5, 0.75), (1.0, 1.0)])
def test_asking_rises_from_ordinary_to_most_with_the_degree(degree, asks):
    assert asking.conduct(degree, asking.Parameters(most=1.0, ordinary=0.5)) == {"leaders.asking": asks}


@given(LEADERS, parameters(telling))
def test_who_always_asks_tells_nobody(leader, p):
    (asks,) = asking.conduct(1.0, asking.Parameters()).values()
    assert telling.probability_of_telling(leader._replace(asking=asks), p) == 0.0
