"""Patient voice: patients are heard whatever the trust in the leader, as long as their voice is fresh."""

import numpy as np
import pytest
from hypothesis import given
from people import A_TALK, ORGANISATIONS, PAIR, PEOPLE, SITUATIONS, SOMEONE, SOMEWHERE, parameters, varied
from worlds import lived

from simulation import Request
from simulation.entities import effect
from simulation.tactics import patient_argument, patient_voice


@given(PEOPLE, ORGANISATIONS, SITUATIONS)
def test_by_default_patients_themselves_achieve_more_than_an_argument_about_them(person, organisation, situation):
    fresh = situation._replace(freshness=1.0)
    spoken = patient_voice.converse(person, organisation, fresh, patient_voice.Parameters())
    argued = patient_argument.converse(person, organisation, fresh, patient_argument.Parameters())
    assert spoken.purpose > argued.purpose


@given(PEOPLE, ORGANISATIONS, SITUATIONS, PAIR, parameters(patient_voice))
def test_a_fresher_voice_never_achieves_less(person, organisation, situation, pair, p):
    low, high = (patient_voice.converse(person, organisation, s, p) for s in varied(situation, "freshness", pair))
    assert high.purpose >= low.purpose


@pytest.mark.parametrize(("freshness", "purpose"), [(0.0, 0.0), (0.5, 0.3), (1.0, 0.6)])
def test_a_voice_half_worn_out_achieves_half(freshness, purpose):
    p = patient_voice.Parameters(purpose=0.6)
    done = patient_voice.converse(SOMEONE, SOMEWHERE, A_TALK._replace(freshness=freshness), p)
    assert done == effect(aware=True, purpose=purpose)


@given(PEOPLE, parameters(patient_voice))
def test_a_patient_is_heard_as_openly_by_everyone(person, p):
    assert patient_voice.openness(person, p) == p.openness


@pytest.mark.parametrize(
    "other",
    [
        {"conversation.trust_usual": 0.05},
        {"leaders.label": 0.0},
        {"conversation.distance": 0.33},
        {"leaders.ego": 1.0},
    ],
    ids=["trust", "label", "tier", "ego"],
)
def test_a_patient_is_heard_alike_whoever_brought_them(other):
    settings = {"leaders.hours": 30.0, "influence.on": False, "turnover.on": False, "learning.on": False}
    settings |= {"reactance.access": 0.0, "telling.saves": 0.0}  # or label and haste would make room for more meetings
    base = lived(Request("tiny", {"patient_voice": 1.0}, settings, weeks=1))
    assert (base.staff["purpose"] > base.staff["purpose"].min()).any()
    world = lived(Request("tiny", {"patient_voice": 1.0}, {**settings, **other}, weeks=1))
    assert np.array_equal(world.staff["purpose"], base.staff["purpose"])
