"""Patient voice: patients explain it themselves, so that it is harder to say 'it is not in my interest'.

Meaning: purpose rises strongly, whatever the trust in the leader.
Cost and failure: patient partners are few and can speak only so often; the voice wears out with repetition and
where it is heard before a closed gate (tokenism); the gate stays closed; it turns against a harmful change.
"""

from typing import Annotated, NamedTuple

from ..entities import Effect, Organisation, Situation, Staff, effect
from ..parameters import Prior, Range

KIND = "conversation"
SOURCE = "Grant 2007 (+171 % after five minutes with a beneficiary; shrunk hard); Boivin 2014; assumed"
BY_PATIENTS = True


class Parameters(NamedTuple):
    """Patient voice."""

    purpose: Annotated[
        float, Range(0, 1, "share", "assumed", "How salient the patient's interest becomes", prior=Prior(0.3, 1))
    ] = 0.85
    openness: Annotated[
        float, Range(0, 1, "probability", "assumed", "How openly a patient is heard, whatever the trust")
    ] = 0.5
    strength: Annotated[float, Range(0, 4, "share", "design", "Factor on what the conversation does")] = 1.0


def openness(person: Staff, p: Parameters) -> float:
    """Return how openly a patient is heard: trust in the leader does not matter."""
    return p.openness


def converse(person: Staff, organisation: Organisation, situation: Situation, p: Parameters) -> Effect:
    """Return what a patient's own words do, as long as they are fresh."""
    return effect(aware=True, purpose=p.purpose * situation.freshness)
