"""Whom a leader sees: the rule by which the few conversations of a week are placed."""

from typing import Annotated, NamedTuple

from ..entities import FRONTLINE, MIDDLE, SENIOR, Staff
from ..parameters import Choice, Range

(
    ANYONE,
    TOP,
    MIDDLE_TIER,
    FRONT,
    ALL_LEVELS,
    DISSATISFIED,
    CENTRAL,
    BROKERS,
    FENCE_SITTERS,
    WILLING,
    RESISTORS,
) = range(11)


class Parameters(NamedTuple):
    """Whom leaders see."""

    rule: Annotated[
        int,
        Choice(
            (
                "anyone",
                "top",
                "middle",
                "front",
                "all_levels",
                "dissatisfied",
                "central",
                "brokers",
                "fence_sitters",
                "willing",
                "resistors",
            ),
            "design",
            "Whom leaders choose to see",
        ),
    ] = ANYONE
    tries: Annotated[
        int,
        Range(1, 64, "people", "assumed", "People a leader considers before settling for the last of them"),
    ] = 12


def suitability(person: Staff, listeners: float, brokerage: float, rule: int) -> float:
    """Return how likely a leader who considers this person is to choose them.

    Parameters
    ----------
    person : Staff
        Whom the leader considers.
    listeners : float
        How many listen to them, as a share of the most listened-to person's number.
    brokerage : float
        Share of their ties that lead out of their organisation.
    rule : int
        One of this module's rules.
    """
    if rule <= ALL_LEVELS:
        return _tier_suitability(person.tier, rule)
    if rule == DISSATISFIED:
        return person.dissatisfaction * person.dissatisfaction
    if rule == CENTRAL:
        return listeners
    if rule == BROKERS:
        return brokerage
    if rule == FENCE_SITTERS:
        return 1.0 - abs(2.0 * person.conviction - 1.0)
    return person.conviction if rule == WILLING else 1.0 - person.conviction


def _tier_suitability(tier: int, rule: int) -> float:
    if rule == TOP:
        return 1.0 if tier >= SENIOR else 0.0
    if rule == MIDDLE_TIER:
        return 1.0 if tier == MIDDLE else 0.0
    if rule == FRONT:
        return 1.0 if tier == FRONTLINE else 0.0
    if rule == ALL_LEVELS:
        # Roughly equal numbers from each tier of a decision-relevant sample.
        if tier == FRONTLINE:
            return 0.2
        return 0.4 if tier == MIDDLE else 1.0
    return 1.0
