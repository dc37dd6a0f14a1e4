"""A convener: a place where the parts of the system come together, with or without authority over money and order."""

from typing import Annotated, NamedTuple

from ..entities import NEVER, Convener
from ..mathematics import clipped
from ..parameters import BOTH, Choice, Range

NONE, PLACE, PLACE_WITH_AUTHORITY = range(3)


class Parameters(NamedTuple):
    """Conveners."""

    kind: Annotated[
        int,
        Choice(("none", "place", "place_with_authority"), "design", "What convenes the parts of a system", when=BOTH),
    ] = NONE
    start: Annotated[int, Range(0, 5200, "week", "design", "First week of the convener", when=BOTH)] = 0
    end: Annotated[int, Range(-1, 5200, "week", "design", "Week of its abolition; -1: never", when=BOTH)] = -1
    growth: Annotated[float, Range(0, 1, "per week", "assumed", "How fast relations grow at the table")] = 0.03
    decay: Annotated[float, Range(0, 1, "per week", "assumed", "How fast relations fade without one")] = 0.02
    eases: Annotated[float, Range(0, 1, "share", "assumed", "Share of competition that good relations ease")] = 0.4
    gain_share: Annotated[
        float,
        Range(
            0,
            1,
            "share",
            "assumed; gain-share: Moorkens 2021",
            "Share of cost differences evened out with authority",
        ),
    ] = 0.5
    pools: Annotated[
        float, Range(0, 1, "share", "assumed", "Share of the favours received that counts for all at the table")
    ] = 0.5
    overhead: Annotated[float, Range(0, 0.5, "pressure", "assumed", "Pressure that meetings add")] = 0.02
    disruption: Annotated[
        float, Range(0, 0.5, "pressure", "assumed", "Pressure that a reorganisation adds for its duration")
    ] = 0.08
    disruption_weeks: Annotated[
        int, Range(0, 260, "weeks", "assumed; 12-24 months", "How long a reorganisation disrupts")
    ] = 52
    trust_reset: Annotated[
        float, Range(0, 1, "share", "assumed", "Share of trust lost when a convener is abolished")
    ] = 0.3


def is_present(week: int, p: Parameters) -> bool:
    """Return whether the parts of a system have a place to come together this week."""
    return p.kind != NONE and p.start <= week and (p.end == NEVER or week < p.end)


def has_authority(week: int, p: Parameters) -> bool:
    """Return whether the convener has authority over alignment, money and the order of approvals (never people)."""
    return p.kind == PLACE_WITH_AUTHORITY and is_present(week, p)


def next_relations(convener: Convener, present: bool, p: Parameters) -> float:
    """Return how well those at the table know one another next week."""
    if present:
        return convener.relations + p.growth * (1.0 - convener.relations)
    return convener.relations * (1.0 - p.decay)


def competition_eased(convener: Convener, p: Parameters) -> float:
    """Return the share of competition that relations at the table ease."""
    return clipped(p.eases * convener.relations)


def load(convener: Convener, present: bool, week: int, p: Parameters) -> float:
    """Return the pressure that meetings and reorganisation add this week."""
    added = p.overhead if present else 0.0
    if convener.disrupted != NEVER and week - convener.disrupted < p.disruption_weeks:
        added = added + p.disruption
    return added


def pooled(favours: float, mean: float, convener: Convener, p: Parameters) -> float:
    """Return the favours that count for an organisation: at the table, those given to one are given to all.

    >>> from simulation.entities import Convener
    >>> pooled(1.0, 0.2, Convener(present=1, relations=0.5), Parameters(pools=1.0))
    0.6
    """
    if convener.present == 0:
        return favours
    return favours + p.pools * convener.relations * (mean - favours)


def shared_cost(cost: float, mean_cost: float, convener: Convener, authority: bool, p: Parameters) -> float:
    """Return an organisation's cost after gain-share: authority moves it from those who lose to those who gain."""
    if not authority:
        return cost
    return cost + p.gain_share * convener.relations * (mean_cost - cost)
