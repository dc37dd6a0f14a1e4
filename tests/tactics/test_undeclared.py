"""Not declaring the label: no reactance, and fewer doors open at first."""

from hypothesis import given
from people import PEOPLE, SHARE, parameters

from simulation.rules import reactance
from simulation.tactics import undeclared


@given(SHARE)
def test_the_degree_of_the_stance_is_the_share_of_the_label_left_off(degree):
    assert undeclared.conduct(degree, undeclared.Parameters()) == {"leaders.label": 1.0 - degree}


@given(PEOPLE, parameters(reactance))
def test_without_the_label_nobody_minds_and_no_more_doors_open(person, p):
    (label,) = undeclared.conduct(1.0, undeclared.Parameters()).values()
    assert reactance.pull_back(person._replace(labelled=label), p) == 0.0
    assert reactance.access_gained(label, p) == 1.0 <= reactance.access_gained(1.0, p)
