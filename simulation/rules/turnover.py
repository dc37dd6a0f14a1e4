"""Turnover: staff and leaders leave, more under pressure; newcomers start anew."""

from typing import Annotated, NamedTuple

from ..entities import NEVER, Leader, Staff
from ..mathematics import clipped
from ..parameters import Prior, Range


class Parameters(NamedTuple):
    """Turnover of staff and leaders."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether people leave")] = True
    staff: Annotated[
        float, Range(0, 1, "per year", "assumed", "Share of staff who leave in a year without pressure")
    ] = 0.1
    pressure: Annotated[float, Range(0, 5, "share", "assumed", "Rise of that share with full pressure")] = 1.0
    experienced: Annotated[
        float,
        Range(
            0,
            1,
            "share",
            "assumed",
            "Newcomers who would bring experience of the change if everyone had adopted it",
            prior=Prior(0, 1),
        ),
    ] = 0.5
    leaders: Annotated[
        float,
        Range(
            0,
            2,
            "per year",
            "ln 2 over a median tenure of 3 years (King's Fund 2018); rough",
            "Share of leaders who leave in a year",
        ),
    ] = 0.23
    distress: Annotated[
        float,
        Range(
            0,
            5,
            "share",
            "assumed",
            "Rise of the leaders' share where the home organisation is under full pressure",
        ),
    ] = 1.0
    capital: Annotated[
        float,
        Range(0, 1, "share", "assumed", "How far career capital lengthens, and its lack shortens, tenure"),
    ] = 0.5
    vacancy: Annotated[int, Range(0, 104, "weeks", "assumed", "Weeks until a leader's successor starts")] = 13
    exit: Annotated[
        int, Range(-1, 5200, "week", "design", "Week in which every leader leaves for good; -1: never")
    ] = -1


def weekly(yearly: float) -> float:
    """Return the weekly chance of leaving for a yearly rate, small enough that the two are proportional.

    >>> weekly(0.52)
    0.01
    """
    return clipped(yearly / 52.0)


def staff_exit_probability(person: Staff, pressure: float, p: Parameters) -> float:
    """Return the chance that a member of staff leaves this week; discouraged juniors leave up to twice as often."""
    if not p.on:
        return 0.0
    return weekly(p.staff * (1.0 + p.pressure * pressure) * (2.0 - person.motivation))


def is_over(week: int, p: Parameters) -> bool:
    """Return whether every leader has left for good by a week."""
    return p.on and p.exit != NEVER and week >= p.exit


def leader_exit_probability(leader: Leader, pressure: float, p: Parameters) -> float:
    """Return the chance that a leader leaves this week."""
    if not p.on:
        return 0.0
    return weekly(p.leaders * (1.0 + p.distress * pressure) * (1.0 - p.capital * leader.capital))
