"""The plain case: people hear of the change and of its evidence, whatever that is worth."""

from hypothesis import given
from people import ORGANISATIONS, PEOPLE, SITUATIONS, SOMEONE, SOMEWHERE, parameters

from simulation.entities import effect
from simulation.rules import nature
from simulation.tactics import plain_case


@given(PEOPLE, ORGANISATIONS, SITUATIONS, parameters(plain_case))
def test_it_makes_the_change_and_its_evidence_known_and_touches_nothing_else(person, organisation, situation, p):
    assert plain_case.converse(person, organisation, situation, p) == effect(aware=True, informed=p.informed)


def test_to_know_of_weak_evidence_lowers_belief_and_of_strong_evidence_raises_it():
    known, unknown = (SOMEONE._replace(informed=informed) for informed in (1.0, 0.0))
    weak, strong = (nature.Parameters(credulity=0.5, evidence=evidence) for evidence in (0.2, 0.9))
    assert nature.believed(known, SOMEWHERE, weak) < nature.believed(unknown, SOMEWHERE, weak)
    assert nature.believed(known, SOMEWHERE, strong) > nature.believed(unknown, SOMEWHERE, strong)
