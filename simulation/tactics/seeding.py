"""Seeding an idea: sown so that it comes back, after a while, as the idea of the one in whom it was planted.

Meaning: a matured idea is owned, meets no reactance and leaves the leader with nothing to claim.
Cost and failure: it takes weeks to come back, it may die, and it may come back changed, with less of the benefit;
the person is not even made aware of the change meanwhile.
"""

from typing import Annotated, NamedTuple

from ..entities import NOTHING, Effect, Organisation, Situation, Staff, effect
from ..parameters import Range

KIND = "conversation"
SOURCE = "Norton, Mochon & Ariely 2012 (IKEA effect: +63 %, gone where the task fails); assumed"


class Parameters(NamedTuple):
    """Seeding an idea."""

    takes: Annotated[float, Range(0, 1, "probability", "assumed", "Chance that a well-placed idea takes root")] = 0.7
    strength: Annotated[float, Range(0, 4, "share", "design", "Factor on what the conversation does")] = 1.0


def converse(person: Staff, organisation: Organisation, situation: Situation, p: Parameters) -> Effect:
    """Return what sowing does: nothing yet, or a planted idea."""
    return effect(planted=True) if situation.draw < p.takes * p.strength else NOTHING
