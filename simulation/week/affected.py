"""What an effect - of a conversation, an idea, an advocate's word - changes in a person."""

from collections import namedtuple

from ..compiled import act
from ..entities import AWARE, UNAWARE, Effect, Staff
from ..rules import conversation

Affected = namedtuple(
    "Affected", "conviction ownership purpose understood own_interest trust informed stage planted advocate"
)
"""What an effect changes."""


@act
def affected(person: Staff, effect: Effect) -> Affected:
    """Take on what an effect changes; become aware, carry an idea, or be won as an advocate."""
    conviction, ownership, purpose, understood, own_interest, trust, informed = conversation.changed(person, effect)
    stage = AWARE if effect.aware and person.stage == UNAWARE else person.stage
    planted = 1 if effect.planted else person.planted
    advocate = 1 if effect.advocate else person.advocate
    return Affected(conviction, ownership, purpose, understood, own_interest, trust, informed, stage, planted, advocate)
