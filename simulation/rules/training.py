"""Training: skill for hours. Its absence is a barrier."""

from typing import Annotated, NamedTuple

from ..mathematics import moved
from ..parameters import initial


class Parameters(NamedTuple):
    """Training of leaders and staff."""

    on: Annotated[bool, initial(0, 1, "switch", "design", "Whether leaders and staff are trained")] = False
    leaders: Annotated[
        float,
        initial(
            0,
            1,
            "share",
            "transfer delta .82 halved (Lacerenza 2017); assumed form",
            "Part of the way to full skill that training takes leaders",
        ),
    ] = 0.25
    staff: Annotated[
        float, initial(0, 1, "share", "assumed", "Skill in system leadership that training gives staff")
    ] = 0.2
    hours: Annotated[
        float,
        initial(0, 1, "share", "assumed", "Share of leaders' hours that training takes in the first half year"),
    ] = 0.2


def trained_skill(skill: float, aptitude: float, p: Parameters) -> float:
    """Return a leader's skill after training: some who are not suited stay so."""
    if not p.on:
        return skill
    return max(skill, min(moved(skill, p.leaders), aptitude))


def hours_left(week: int, p: Parameters) -> float:
    """Return the share of a leader's hours that training leaves.

    >>> hours_left(100, Parameters(on=True)), hours_left(1, Parameters(on=True))
    (1.0, 0.8)
    """
    return 1.0 - p.hours if p.on and week < 26 else 1.0
