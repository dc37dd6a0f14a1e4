"""Advocacy: for as long as advocates speak they count in the view of those who listen to them, for or against."""

from typing import Annotated, NamedTuple

from ..entities import ADOPTED, Staff
from ..parameters import Prior, Range


class Parameters(NamedTuple):
    """Advocates among one's contacts."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether advocates speak")] = True
    weight: Annotated[
        float,
        Range(
            0,
            10,
            "log-odds",
            "assumed; local opinion leaders +10.8 points (Cochrane 2019)",
            "Weight of many advocates among one's contacts, where the change's full benefit is believed in",
            prior=Prior(1, 8),
        ),
    ] = 4.0
    half: Annotated[
        float,
        Range(
            0.01,
            64,
            "strong ties",
            "assumed",
            "Advocates among one's contacts who have half of that weight",
            prior=Prior(0.3, 3, "log"),
        ),
    ] = 1.0
    argument: Annotated[
        float,
        Range(0, 1, "share", "assumed", "What an advocate counts who is convinced but sets no example yet"),
    ] = 0.5
    convinced: Annotated[
        float, Range(0, 1, "share", "assumed", "Conviction from which advocates speak before they adopt")
    ] = 0.5
    weary: Annotated[
        float,
        Range(0, 1, "per week", "assumed", "Chance that an advocate falls silent", prior=Prior(0.005, 0.05, "log")),
    ] = 0.03
    liability: Annotated[
        float,
        Range(
            0,
            2,
            "share",
            "assumed; sign: Battilana & Casciaro 2013",
            "How far advocates of a change that wholly diverges lose those wholly against it; above .5 they repel",
            prior=Prior(0, 1.5),
        ),
    ] = 1.0
    skilled: Annotated[
        float,
        Range(0, 5, "share", "assumed", "How much more an advocate with full skill of their own counts"),
    ] = 1.0


def voice(person: Staff, p: Parameters) -> float:
    """Return what a person counts for as an advocate: by example or by argument, by skill, by what the idea has kept.

    >>> voice(Staff(0, 0, 0, 0, 0, 1, advocate=1, skill=0.5, stage=ADOPTED), Parameters(skilled=1.0))
    1.5
    """
    if not p.on or not person.advocate:
        return 0.0
    loud = (1.0 + p.skilled * person.skill) * person.fidelity
    if person.stage == ADOPTED:
        return loud
    return p.argument * loud if person.conviction >= p.convinced else 0.0


def carried(person: Staff, benefit: float, divergence: float, p: Parameters) -> float:
    """Return the log-odds that the advocates among a person's contacts add while they speak.

    They count as far as the person believes in a benefit. Where the change diverges from habit they lose those who are
    against it: fence-sitters gain little, resisters harden.
    """
    if not p.on or person.urging <= 0.0:
        return 0.0
    among = person.urging / (person.urging + p.half)
    sided = 1.0 - 2.0 * p.liability * divergence * (1.0 - person.conviction)
    return p.weight * among * sided * max(benefit, 0.0)


def falls_silent(person: Staff, draw: float, p: Parameters) -> bool:
    """Return whether an advocate falls silent this week."""
    return p.on and person.advocate == 1 and draw < p.weary
