"""Reach: whom a leader can see follows from where they work, whom that place is tied to, and their tier."""

from typing import Annotated, NamedTuple

from ..entities import Leader, Staff
from ..parameters import Prior, Range


class Parameters(NamedTuple):
    """Leaders' reach."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether place and tier limit whom leaders see")] = True
    ties: Annotated[
        float, Range(0, 1, "share", "assumed", "Access to partners of the own organisation, against that to one's own")
    ] = 0.6
    rest: Annotated[float, Range(0, 1, "share", "assumed", "Access to the rest of the system", prior=Prior(0.1, 1))] = (
        0.3
    )
    tier: Annotated[
        float, Range(0, 1, "share a tier", "assumed", "Access left with each tier between", prior=Prior(0.3, 1))
    ] = 0.7
    standing: Annotated[
        float,
        Range(
            0,
            1,
            "share",
            "assumed",
            "Access lost with those to whom nobody listens: leaders meet the well-known",
            prior=Prior(0, 0.9),
        ),
    ] = 0.5


def welcome(leader: Leader, person: Staff, p: Parameters) -> float:
    """Return the access that a leader's tier and a person's standing leave, wherever both work.

    >>> chief, nurse = Leader(0, 0, 3, 0, -1, hours=2.0), Staff(0, 0, 0, 0, 0, 1, listeners=0.5)
    >>> welcome(chief, nurse, Parameters(tier=0.5, standing=1.0))
    0.0625
    """
    if not p.on:
        return 1.0
    chance = 1.0 - p.standing * (1.0 - person.listeners)
    for _ in range(abs(leader.tier - person.tier)):
        chance = chance * p.tier
    return chance


def way(leader: Leader, person: Staff, tied: bool, p: Parameters) -> float:
    """Return the access that place leaves: the own organisation, a partner of it (`tied`), or the rest of the system.

    >>> outsider, nurse = Leader(-1, 0, 3, 0, -1, hours=2.0), Staff(0, 0, 0, 0, 0, 1)
    >>> way(outsider, nurse, tied=False, p=Parameters(rest=0.3))
    0.3
    """
    if not p.on or leader.organisation == person.organisation:
        return 1.0
    return p.ties if tied else p.rest
