"""Reach: whom a leader can see follows from where they work, whom that place is tied to, and their tier."""

from typing import Annotated, NamedTuple

from ..entities import Leader, Staff
from ..parameters import Range


class Parameters(NamedTuple):
    """Leaders' reach."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether place and tier limit whom leaders see")] = True
    ties: Annotated[
        float, Range(0, 1, "share", "assumed", "Access to partners of the own organisation, against that to one's own")
    ] = 0.6
    rest: Annotated[float, Range(0, 1, "share", "assumed", "Access to the rest of the system")] = 0.3
    tier: Annotated[float, Range(0, 1, "share a tier", "assumed", "Access left with each tier between")] = 0.7
    standing: Annotated[
        float,
        Range(0, 1, "share", "assumed", "Access lost with those to whom nobody listens: leaders meet the well-known"),
    ] = 0.97


def access(leader: Leader, person: Staff, tied: bool, p: Parameters) -> float:
    """Return the chance that a leader who would see somebody can.

    Parameters
    ----------
    leader, person : Leader, Staff
        Who would see whom.
    tied : bool
        Whether the person's organisation is a partner of the leader's home.
    p : Parameters
        The mechanism's parameters.

    >>> known = Staff(0, 3, 0, 0, 0, 1, listeners=1.0)
    >>> access(Leader(0, 0, 3, 0, -1, hours=2.0), known, tied=False, p=Parameters())
    1.0
    """
    if not p.on:
        return 1.0
    chance = p.ties if tied else p.rest
    if leader.organisation == person.organisation:
        chance = 1.0
    for _ in range(abs(leader.tier - person.tier)):
        chance = chance * p.tier
    return chance * (1.0 - p.standing * (1.0 - person.listeners))
