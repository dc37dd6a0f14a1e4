"""Advocacy: advocates who have adopted carry the change across their own ties, by example and argument."""

from typing import Annotated, NamedTuple

from ..entities import Effect, Staff, effect
from ..mathematics import exponential
from ..parameters import Range


class Parameters(NamedTuple):
    """Advocates' own conversations."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether advocates speak")] = True
    talking: Annotated[
        float,
        Range(0, 1, "per tie and week", "assumed", "Chance that an advocate speaks with one who listens to them"),
    ] = 0.042
    conviction: Annotated[
        float,
        Range(
            0,
            1,
            "share",
            "assumed; local opinion leaders +10.8 points (Cochrane 2019)",
            "Conviction gained with full trust",
        ),
    ] = 0.15
    skilled: Annotated[
        float,
        Range(0, 5, "share", "assumed", "How much more often an advocate with full skill of their own is heard"),
    ] = 1.0


def strength(person: Staff, p: Parameters) -> float:
    """Return what an advocate counts for: staff with skill lead at their own level.

    >>> strength(Staff(0, 0, 0, 0, 0, 1, skill=0.5), Parameters(skilled=1.0))
    1.5
    """
    return 1.0 + p.skilled * person.skill if p.on else 1.0


def probability_of_hearing(person: Staff, p: Parameters) -> float:
    """Return the chance that one of the advocates whom a person listens to speaks with them this week."""
    if not p.on:
        return 0.0
    return 1.0 - exponential(-p.talking * person.urging)


def heard(person: Staff, p: Parameters) -> Effect:
    """Return what an advocate's word does: it goes as far as there is trust."""
    return effect(aware=True, conviction=p.conviction * person.trust)
