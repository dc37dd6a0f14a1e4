"""Patient argument: the leader underlines that the change is in the patient's interest.

Meaning: purpose becomes more salient, so the benefit to patients weighs more and competition less.
Cost and failure: the weakest form of the appeal (a letter did not do what five minutes with a beneficiary did);
it fades, and it works against a change that does harm, once that shows.
"""

from typing import Annotated, NamedTuple

from ..entities import Effect, Organisation, Situation, Staff, effect
from ..parameters import Prior, Range

KIND = "conversation"
SOURCE = "Grant 2007 (a letter had no effect); Grant & Hofmann 2011; assumed"


class Parameters(NamedTuple):
    """Patient argument."""

    purpose: Annotated[
        float,
        Range(
            0,
            1,
            "share",
            "assumed; below the voice",
            "How salient the patient's interest becomes",
            prior=Prior(0.1, 0.6),
        ),
    ] = 0.55
    strength: Annotated[float, Range(0, 4, "share", "design", "Factor on what the conversation does")] = 1.0


def converse(person: Staff, organisation: Organisation, situation: Situation, p: Parameters) -> Effect:
    """Return what the argument does: awareness and some purpose."""
    return effect(aware=True, purpose=p.purpose)
