"""Patient argument: the patient's interest becomes more salient, and nothing else changes."""

from hypothesis import given
from people import ORGANISATIONS, PEOPLE, SITUATIONS, parameters

from simulation.entities import effect
from simulation.tactics import patient_argument


@given(PEOPLE, ORGANISATIONS, SITUATIONS, parameters(patient_argument))
def test_the_argument_makes_the_patients_interest_salient_to_everyone_alike(person, organisation, situation, p):
    done = patient_argument.converse(person, organisation, situation, p)
    assert done == effect(aware=True, purpose=p.purpose)
