"""A coalition of the willing: people who find what is provided far from ideal, and who then build it wider.

Meaning: the dissatisfied become advocates, who count for those who listen to them: fully once they have adopted,
less while they are only convinced. What advocates do is in `simulation/rules/advocacy.py`.
Cost and failure: hours spent on the content are lost; advocates grow weary and fall silent; where the change breaks
with habit they harden those who are against it.
"""

from typing import Annotated, NamedTuple

from ..entities import Effect, Organisation, Situation, Staff, effect
from ..parameters import Range

KIND = "conversation"
SOURCE = "local opinion leaders +10.8 points, IQR 3.5-14.6 (Cochrane 2019, from memory); critical mass: Centola 2018"


class Parameters(NamedTuple):
    """Building a coalition of the willing."""

    dissatisfied: Annotated[float, Range(0, 1, "share", "assumed", "Dissatisfaction from which a person joins")] = 0.4
    conviction: Annotated[
        float,
        Range(0, 1, "share", "assumed", "Conviction gained by those who join, where a full benefit is believed in"),
    ] = 0.2
    strength: Annotated[float, Range(0, 4, "share", "design", "Factor on what the conversation does")] = 1.0


def converse(person: Staff, organisation: Organisation, situation: Situation, p: Parameters) -> Effect:
    """Return what an invitation does: the dissatisfied join, the others have heard of it."""
    if person.dissatisfaction < p.dissatisfied:
        return effect(aware=True)
    return effect(
        aware=True, conviction=p.conviction * max(situation.benefit, 0.0), advocate=situation.draw < p.strength
    )
