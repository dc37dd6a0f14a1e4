"""Giving more than taking: in some meetings something is given, and it loads the giver's organisation."""

from hypothesis import given
from people import PAIR, parameters
from worlds import lived

from simulation import Request
from simulation.tactics import giving


@given(PAIR, parameters(giving))
def test_the_stance_held_more_never_gives_less_often(pair, p):
    low, high = (giving.conduct(degree, p)["leaders.generosity"] for degree in pair)
    assert 0.0 <= low <= high <= 1.0


def test_half_the_stance_gives_in_half_as_many_meetings():
    assert giving.conduct(0.5, giving.Parameters(most=0.5)) == {"leaders.generosity": 0.25}


def test_favours_load_the_givers_organisation_and_lighten_the_receivers_burden():
    one, other = (lived(Request("tiny", {"plain_case": 1, "giving": degree}, weeks=52)) for degree in (0, 1))
    assert one.knowledge["given"].sum() == one.organisations["load"].sum() == 0.0
    assert other.knowledge["given"].sum() > 0.0
    assert other.organisations["load"].max() > 0.0
    assert other.organisations["burden"].min() < one.organisations["burden"].min()
