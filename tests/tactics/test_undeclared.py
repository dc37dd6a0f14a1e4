"""Not declaring the label: no reactance, and fewer doors open at first."""

from hypothesis import given
from people import PAIR, PEOPLE, parameters

from simulation.rules import reactance
from simulation.tactics import undeclared


@given(PAIR, parameters(undeclared))
def test_the_stance_held_more_never_declares_more(pair, p):
    low, high = (undeclared.conduct(degree, p)["leaders.label"] for degree in pair)
    assert 0.0 <= high <= low <= 1.0


def test_half_the_stance_leaves_half_of_the_label_off():
    assert undeclared.conduct(0.5, undeclared.Parameters(most=0.8)) == {"leaders.label": 0.6}


@given(PEOPLE, parameters(reactance))
def test_without_the_label_nobody_minds_and_no_more_doors_open(person, p):
    (label,) = undeclared.conduct(1.0, undeclared.Parameters()).values()
    assert reactance.pull_back(person._replace(labelled=label), p) == 0.0
    assert reactance.access_gained(label, p) == 1.0 <= reactance.access_gained(1.0, p)
