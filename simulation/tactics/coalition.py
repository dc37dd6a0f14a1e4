"""A coalition of the willing: people who find what is provided far from ideal, and who then build it wider.

Meaning: the dissatisfied become advocates; once they have adopted they speak across their own ties.
Cost and failure: hours spent on the content are lost; an advocate who has not adopted convinces nobody, so a
coalition without followers stays small.
"""

from typing import Annotated, NamedTuple

from ..entities import Effect, Organisation, Situation, Staff, effect
from ..parameters import Range

KIND = "conversation"
SOURCE = "local opinion leaders +10.8 points, IQR 3.5-14.6 (Cochrane 2019, from memory); critical mass: Centola 2018"


class Parameters(NamedTuple):
    """Building a coalition of the willing."""

    dissatisfied: Annotated[float, Range(0, 1, "share", "assumed", "Dissatisfaction from which a person joins")] = 0.4
    conviction: Annotated[float, Range(0, 1, "share", "assumed", "Conviction gained by those who join")] = 0.8


def converse(person: Staff, organisation: Organisation, situation: Situation, p: Parameters) -> Effect:
    """Return what an invitation does: the dissatisfied join, the others have heard of it."""
    if person.dissatisfaction < p.dissatisfied:
        return effect(aware=True)
    return effect(aware=True, conviction=p.conviction, advocate=True)
