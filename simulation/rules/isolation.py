"""Juniors left isolated: few ties outside, no adopting peer, and motivation that fades; peer sets cure it."""

from typing import Annotated, NamedTuple

from ..entities import Staff
from ..parameters import Range, initial


class Parameters(NamedTuple):
    """Isolation of juniors."""

    on: Annotated[bool, initial(0, 1, "switch", "design", "Whether juniors are isolated")] = True
    juniors: Annotated[
        float, initial(0, 1, "share", "assumed", "Share of frontline and middle staff who are juniors")
    ] = 0.3
    ties_kept: Annotated[
        float, initial(0, 1, "share", "assumed", "Share of the usual ties outside that juniors have")
    ] = 0.3
    decay: Annotated[
        float, Range(0, 1, "per week", "assumed", "Fading of a junior's motivation without an adopting peer")
    ] = 0.02
    recovery: Annotated[float, Range(0, 1, "per week", "assumed", "Return of motivation with one")] = 0.1
    lowest: Annotated[float, Range(0, 1, "share", "assumed", "Motivation that always remains")] = 0.3
    peer_sets: Annotated[
        bool, Range(0, 1, "switch", "design", "Whether juniors meet in peer sets across organisations")
    ] = False


def next_motivation(person: Staff, p: Parameters) -> float:
    """Return a person's motivation next week."""
    if not p.on or not person.junior:
        return 1.0
    if person.exposure > 0.0:
        return person.motivation + p.recovery * (1.0 - person.motivation)
    return person.motivation + p.decay * (p.lowest - person.motivation)
