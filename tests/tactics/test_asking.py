"""Asking rather than telling: the more of it, the fewer are told."""

import pytest
from hypothesis import given
from people import LEADERS, PAIR, parameters

from simulation.entities import USUAL_ASKING
from simulation.rules import telling
from simulation.tactics import asking


@given(PAIR)
def test_the_stance_held_more_never_asks_less(pair):
    low, high = (asking.conduct(degree, asking.Parameters())["leaders.asking"] for degree in pair)
    assert USUAL_ASKING <= low <= high <= 1.0


@pytest.mark.parametrize(("degree", "asks"), [(0.0, 0.5), (0.5, 0.75), (1.0, 1.0)])
def test_asking_rises_with_the_degree_from_what_leaders_do_anyway_to_always(degree, asks):
    assert asking.conduct(degree, asking.Parameters()) == {"leaders.asking": asks}


@given(LEADERS, parameters(telling))
def test_who_always_asks_tells_nobody(leader, p):
    (asks,) = asking.conduct(1.0, asking.Parameters()).values()
    assert telling.probability_of_telling(leader._replace(asking=asks), p) == 0.0
