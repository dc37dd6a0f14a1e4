"""Higher goals, backed by evidence: what we are all here for, and proof that this serves it.

Meaning: the evidence becomes known, and the patient's interest salient as far as the evidence backs it.
Cost and failure: what becomes known where there is no evidence is just that; an appeal that the evidence does not
back costs trust, a little each time.
"""

from typing import Annotated, NamedTuple

from ..entities import Effect, Organisation, Situation, Staff, effect
from ..parameters import Prior, Range

KIND = "conversation"
SOURCE = "audit and feedback +4.3 to +6.2 points (Cochrane 2012, 2025; from memory); Greenhalgh 2004"


class Parameters(NamedTuple):
    """Higher goals with evidence."""

    informed: Annotated[
        float, Range(0, 1, "share", "assumed", "How far the evidence becomes known", prior=Prior(0.2, 0.9))
    ] = 0.8
    purpose: Annotated[
        float, Range(0, 1, "share", "assumed", "How salient the patient's interest becomes with full evidence")
    ] = 0.2
    cynicism: Annotated[float, Range(0, 1, "share", "assumed", "Trust lost by an appeal without any evidence")] = 0.1
    strength: Annotated[float, Range(0, 4, "share", "design", "Factor on what the conversation does")] = 1.0


def converse(person: Staff, organisation: Organisation, situation: Situation, p: Parameters) -> Effect:
    """Return what an appeal does: the evidence is known, and gives or lacks the weight that purpose claims."""
    return effect(
        aware=True,
        informed=p.informed,
        purpose=p.purpose * situation.evidence,
        trust=-p.cynicism * (1.0 - situation.evidence) * (1.0 - situation.evidence),
    )


def rebuff(person: Staff, organisation: Organisation, situation: Situation, p: Parameters) -> Effect:
    """Return what an appeal does that is not believed: cynicism, where there was no evidence."""
    return effect(trust=-p.cynicism * (1.0 - situation.evidence) * (1.0 - situation.evidence))
