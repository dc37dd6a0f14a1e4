"""Short-term pressure: money, demand and winter, and what committing to a change adds and later takes away."""

from typing import Annotated, NamedTuple

from ..entities import NEVER, Organisation
from ..mathematics import clipped
from ..parameters import BOTH, Range, initial


class Parameters(NamedTuple):
    """Short-term pressure."""

    on: Annotated[bool, initial(0, 1, "switch", "design", "Whether there is any short-term pressure")] = True
    finance: Annotated[float, Range(0, 1, "pressure", "assumed", "Mean pressure of money and demand", when=BOTH)] = 0.55
    spread: Annotated[
        float, initial(0, 0.5, "pressure", "assumed", "Standard deviation of pressure between organisations")
    ] = 0.1
    strain: Annotated[float, initial(0, 0.5, "pressure", "assumed", "Standard deviation of people's own pressure")] = (
        0.1
    )
    winter: Annotated[float, Range(0, 0.5, "pressure", "assumed", "Rise at midwinter, and fall at midsummer")] = 0.1
    winter_peak: Annotated[
        int, Range(0, 51, "week", "assumed", "Week of the first midwinter; 40 with a start in April")
    ] = 40
    pace: Annotated[float, Range(0, 1, "per week", "assumed", "Share of the gap to its mean closed in a week")] = 0.15
    noise: Annotated[float, Range(0, 0.3, "pressure", "assumed", "Standard deviation of weekly shocks")] = 0.04
    transition: Annotated[
        float, Range(0, 1, "pressure", "assumed", "Load of a transition, for an organisation with cost 1")
    ] = 0.12
    transition_weeks: Annotated[int, Range(0, 260, "weeks", "assumed", "How long a transition loads")] = 26
    relief: Annotated[
        float,
        Range(
            0,
            1,
            "pressure",
            "assumed",
            "Relief once the full gain is realised, for an organisation with gain 1",
        ),
    ] = 0.15
    relief_after: Annotated[int, Range(0, 520, "weeks", "assumed", "Weeks from commitment to relief")] = 52


def next_pressure(organisation: Organisation, demand: float, week: int, shock: float, p: Parameters) -> float:
    """Return an organisation's pressure next week.

    It returns to the demand on it; committing loads it for half a year and relieves it after one: the short-term
    sacrifice for the longer-term goal.

    Parameters
    ----------
    organisation : Organisation
        Its state this week.
    demand : float
        Mean pressure of money, demand and season, and what else loads it.
    week : int
        The week, from 0.
    shock : float
        This week's shock, in units of pressure.
    p : Parameters
        The mechanism's parameters.
    """
    if not p.on:
        return 0.0
    aim = demand
    if organisation.committed != NEVER:
        age = week - organisation.committed
        if age < p.transition_weeks:
            aim = aim + p.transition * max(organisation.burden, 0.0)
        if age >= p.relief_after:
            aim = aim - p.relief * organisation.gain * organisation.realised
    return clipped(organisation.pressure + p.pace * (aim - organisation.pressure) + shock)


def felt(pressure: float, strain: float, p: Parameters) -> float:
    """Return the pressure that a member of staff feels: the organisation's and their own.

    >>> felt(0.5, 0.25, Parameters())
    0.75
    """
    if not p.on:
        return 0.0
    return clipped(pressure + strain)
