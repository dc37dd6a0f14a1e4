"""Telling: a leader who craves recognition sometimes tells rather than asks; it draws some for a while, and repels others."""

from typing import Annotated, NamedTuple

from ..entities import Effect, Leader, Staff, effect
from ..parameters import Prior, Range

FIRST_IMPRESSION = 0.5
"""Share of the way that one meeting takes a person to how they stand to a leader who tells them (assumed)."""


class Parameters(NamedTuple):
    """Telling rather than asking."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether egos turn asking into telling")] = True
    strength: Annotated[
        float,
        Range(
            0,
            3,
            "log-odds",
            "assumed; early gain gone by 12 weeks: Ong 2015",
            "Weight of a commanding presence",
            prior=Prior(0, 2),
        ),
    ] = 1.9
    tolerance: Annotated[
        float, Range(0.01, 1, "ego", "assumed", "Ego above which being told repels rather than attracts")
    ] = 0.5
    fades: Annotated[
        float,
        Range(
            0,
            1,
            "per week",
            "assumed; early gain gone by 12 weeks: Ong 2015",
            "Fading of that presence",
            prior=Prior(0.04, 0.2, "log"),
        ),
    ] = 0.08
    saves: Annotated[
        float,
        Range(
            0,
            0.9,
            "share",
            "assumed",
            "Share of a conversation's time that telling saves: listening takes time",
            prior=Prior(0, 0.6),
        ),
    ] = 0.3
    trust_lost: Annotated[
        float, Range(0, 1, "share", "assumed", "Loss of trust where ego is full", prior=Prior(0.05, 0.6))
    ] = 0.3


def probability_of_telling(leader: Leader, p: Parameters) -> float:
    """Return how often a leader tells: the ego shown, as far as they do not make a point of asking."""
    if not p.on:
        return 0.0
    return leader.ego_shown * (1.0 - leader.asking)


def time_taken(leader: Leader, p: Parameters) -> float:
    """Return the time of a leader's conversation, as a share of that of one in which nobody is told."""
    return 1.0 - p.saves * probability_of_telling(leader, p)


def next_pull(person: Staff, p: Parameters) -> float:
    """Return how a person stands to a leader who has just told them: drawn, as far as they trust, or repelled.

    >>> from simulation.entities import Staff
    >>> next_pull(Staff(0, 0, 0, 0, 0, 1, ego=0.0, trust=1.0), Parameters())
    0.5
    """
    drawn = max(-1.0, (p.tolerance - person.ego) / p.tolerance)
    if drawn > 0.0:
        drawn = drawn * min(1.0, 2.0 * person.trust)
    return person.pull + FIRST_IMPRESSION * (drawn - person.pull)


def faded_pull(person: Staff, p: Parameters) -> float:
    """Return how a person stands to those who told them a week later."""
    return person.pull * (1.0 - p.fades)


def drawn_by(person: Staff, p: Parameters) -> float:
    """Return the log-odds by which a commanding presence raises, or having been told lowers, a person's view."""
    return p.strength * person.pull if p.on else 0.0


def told(person: Staff, p: Parameters) -> Effect:
    """Return what being told does beside what was said: people know of the change, and trust falls by ego."""
    return effect(aware=True, trust=-p.trust_lost * person.ego)
