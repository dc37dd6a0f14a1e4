"""The plain case: the leader explains what the change is and why it is proposed.

Meaning: the baseline of equal hours, against which every other tactic is compared. It makes people aware and
moves them a little, as far as the evidence goes.
Cost and failure: the same hours as any tactic; nobody's pressures, interests or purposes are touched.
"""

from typing import Annotated, NamedTuple

from ..entities import Effect, Organisation, Situation, Staff, effect
from ..parameters import Range

KIND = "conversation"
SOURCE = "audit and feedback +4.3 points (Cochrane 2012, from memory)"


class Parameters(NamedTuple):
    """The plain case."""

    conviction: Annotated[float, Range(0, 1, "share", "assumed", "Conviction gained with the strongest evidence")] = (
        0.12
    )


def converse(person: Staff, organisation: Organisation, situation: Situation, p: Parameters) -> Effect:
    """Return what an explanation does: awareness, and a little conviction."""
    return effect(aware=True, conviction=p.conviction * situation.evidence)
