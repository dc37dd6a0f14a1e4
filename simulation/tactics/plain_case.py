"""The plain case: the leader explains what the change is and why it is proposed.

Meaning: the baseline of equal hours, against which every other tactic is compared. It makes people aware of the
change and of what the evidence says.
Cost and failure: the same hours as any tactic; nobody's pressures, interests or purposes are touched, and where the
evidence is weaker than people's own credulity it makes them think less of the change.
"""

from typing import Annotated, NamedTuple

from ..entities import Effect, Organisation, Situation, Staff, effect
from ..parameters import Prior, Range

KIND = "conversation"
SOURCE = "audit and feedback +4.3 points (Cochrane 2012, from memory)"


class Parameters(NamedTuple):
    """The plain case."""

    informed: Annotated[
        float, Range(0, 1, "share", "assumed", "How far the evidence becomes known", prior=Prior(0.2, 0.9))
    ] = 0.9
    strength: Annotated[float, Range(0, 4, "share", "design", "Factor on what the conversation does")] = 1.0


def converse(person: Staff, organisation: Organisation, situation: Situation, p: Parameters) -> Effect:
    """Return what an explanation does: people know of the change, and of what the evidence says."""
    return effect(aware=True, informed=p.informed)
