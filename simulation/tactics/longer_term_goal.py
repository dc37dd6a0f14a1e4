"""The longer-term goal in their interest: the leader shows what the organisation itself will gain later.

Meaning: present bias shrinks; the later gain counts more, even at a short-term sacrifice.
Cost and failure: a promise is made: where the gain has not come a year after commitment, trust falls. It works
only where there is a gain, and only as far as the leader reads the organisation rightly.
"""

from typing import Annotated, NamedTuple

from ..entities import Effect, Organisation, Situation, Staff, effect
from ..parameters import Prior, Range

KIND = "conversation"
SOURCE = "assumed; present bias 0.6-0.9 is a guess; gain-share: Moorkens 2021"


class Parameters(NamedTuple):
    """Framing the longer-term goal."""

    own_interest: Annotated[
        float, Range(0, 1, "share", "assumed", "How far the gain is seen as one's own", prior=Prior(0.2, 1))
    ] = 0.45
    strength: Annotated[float, Range(0, 4, "share", "design", "Factor on what the conversation does")] = 1.0


def converse(person: Staff, organisation: Organisation, situation: Situation, p: Parameters) -> Effect:
    """Return what the longer view does; half of it depends on how well the offer matches."""
    return effect(aware=True, own_interest=p.own_interest * (0.5 + 0.5 * situation.match))
