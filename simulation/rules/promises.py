"""Promises: a gain that was held out and has not come a year after commitment costs the trust of those who saw it."""

from typing import Annotated, NamedTuple

from ..entities import NEVER, Organisation, Staff
from ..parameters import Range


class Parameters(NamedTuple):
    """Promised gains."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether anyone remembers a promise")] = True
    weeks: Annotated[int, Range(1, 520, "weeks", "assumed", "When a promised gain is looked for")] = 52
    expected: Annotated[
        float, Range(0, 1, "gain", "assumed", "Gain to the organisation that must have come by then")
    ] = 0.2
    trust_lost: Annotated[
        float, Range(0, 1, "share", "assumed", "Trust lost where it has not, by those who saw it as theirs")
    ] = 0.3


def is_broken(organisation: Organisation, week: int, p: Parameters) -> bool:
    """Return whether this is the week in which an organisation finds a promise broken: it has gained too little."""
    if not p.on or organisation.committed == NEVER or week - organisation.committed != p.weeks:
        return False
    return organisation.gain * organisation.realised < p.expected


def trust_kept(person: Staff, p: Parameters) -> float:
    """Return the share of trust that a broken promise leaves: those to whom the gain was held out lose most.

    >>> trust_kept(Staff(0, 0, 0, 0, 0, 1, own_interest=0.5), Parameters(trust_lost=0.5))
    0.75
    """
    return 1.0 - p.trust_lost * person.own_interest
