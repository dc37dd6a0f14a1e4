"""Walking in other people's shoes: the leader first learns the immediate pressures a person is under.

Meaning: the offer is then matched to the need, so the cost weighs less, and being understood builds trust.
Cost and failure: it helps only as far as the leader reads the pressures rightly, which takes visits and goes
stale; feeling understood fades; it moves nobody's view of the benefit.
"""

from typing import Annotated, NamedTuple

from ..entities import Effect, Organisation, Situation, Staff, effect
from ..parameters import Prior, Range

KIND = "conversation"
SOURCE = "educational outreach +5.6 points, IQR 3.0-9.0 (Cochrane 2007); perspective taking: Galinsky et al. 2008"


class Parameters(NamedTuple):
    """Walking in other people's shoes."""

    understood: Annotated[
        float, Range(0, 1, "share", "assumed", "How far pressures are understood after one visit", prior=Prior(0.3, 1))
    ] = 0.8
    trust: Annotated[float, Range(0, 1, "share", "assumed", "Trust gained")] = 0.2
    strength: Annotated[float, Range(0, 4, "share", "design", "Factor on what the conversation does")] = 1.0


def converse(person: Staff, organisation: Organisation, situation: Situation, p: Parameters) -> Effect:
    """Return what being understood does, as far as the leader's reading matches the real pressures."""
    return effect(aware=True, understood=p.understood * situation.match, trust=p.trust * situation.match)
