"""Heroic telling: a leader who craves recognition sometimes tells rather than asks."""

from typing import Annotated, NamedTuple

from ..entities import Effect, Leader, Staff, effect
from ..parameters import Range


class Parameters(NamedTuple):
    """Heroic telling."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether egos turn asking into telling")] = True
    pull: Annotated[
        float,
        Range(
            0,
            1,
            "share",
            "assumed; early gain: Ong 2015",
            "Pull of a commanding presence on those without ego",
        ),
    ] = 0.2
    tolerance: Annotated[
        float, Range(0, 1, "ego", "assumed", "Ego above which being told repels rather than attracts")
    ] = 0.5
    trust_lost: Annotated[float, Range(0, 1, "share", "assumed", "Loss of trust where ego is full")] = 0.5


def probability_of_telling(leader: Leader, p: Parameters) -> float:
    """Return how often a leader tells: the ego shown, as far as the credit is not forgone."""
    if not p.on:
        return 0.0
    return leader.ego_shown * (1.0 - leader.credit_forgone)


def told(person: Staff, p: Parameters) -> Effect:
    """Return what being told does: it draws those with little ego and repels those with much; trust falls by ego."""
    return effect(
        aware=True,
        conviction=p.pull * (p.tolerance - person.ego),
        trust=-p.trust_lost * person.ego,
    )
