"""Ideas mature: what was sown comes back, after a while, as somebody's own."""

from typing import Annotated, NamedTuple

from ..entities import Effect, Staff, effect
from ..mathematics import clipped
from ..parameters import Prior, Range

STILL_PLANTED, COMES_BACK, COMES_BACK_CHANGED, DIES = range(4)


class Parameters(NamedTuple):
    """Planted ideas."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether planted ideas mature")] = True
    maturing: Annotated[float, Range(0, 1, "per week", "assumed", "Chance that an idea comes back")] = 0.05
    talk: Annotated[float, Range(0, 10, "share", "assumed", "How much faster where all colleagues have adopted")] = 1.0
    dying: Annotated[float, Range(0, 1, "per week", "assumed", "Chance that an idea dies")] = 0.03
    mutation: Annotated[float, Range(0, 1, "probability", "assumed", "Chance that it comes back changed")] = 0.2
    fidelity: Annotated[float, Range(0, 1, "share", "assumed", "What a changed idea keeps of the benefit")] = 0.6
    ownership: Annotated[
        float,
        Range(
            0,
            1,
            "share",
            "Norton, Mochon & Ariely 2012 (IKEA effect), shrunk; assumed",
            "Ownership gained",
            prior=Prior(0.3, 1),
        ),
    ] = 0.8
    passes_on: Annotated[
        float,
        Range(
            0,
            1,
            "share",
            "assumed",
            "How far adopters take over what their contacts have made of the idea",
            prior=Prior(0, 1),
        ),
    ] = 0.5


def fate(person: Staff, draw: float, p: Parameters) -> int:
    """Return what becomes of a planted idea this week."""
    if not p.on:
        return STILL_PLANTED
    back = clipped(p.maturing * (1.0 + p.talk * person.exposure))
    if draw < back * (1.0 - p.mutation):
        return COMES_BACK
    if draw < back:
        return COMES_BACK_CHANGED
    return DIES if draw < back + (1.0 - back) * p.dying else STILL_PLANTED


def come_back(p: Parameters) -> Effect:
    """Return what an idea does that comes back as one's own: no leader, no reactance."""
    return effect(aware=True, ownership=p.ownership)


def adopted_fidelity(person: Staff, p: Parameters) -> float:
    """Return how much of the idea is left in what a person adopts: their own version, or partly their contacts'.

    >>> adopted_fidelity(Staff(0, 0, 0, 0, 0, 1, passed_on=0.5), Parameters(passes_on=0.5))
    0.75
    """
    if not p.on:
        return person.fidelity
    return person.fidelity + p.passes_on * min(0.0, person.passed_on - person.fidelity)
