"""Payment and mandate, the comparators: they buy or order compliance, part of which becomes practice, part fades."""

from typing import Annotated, NamedTuple

from ..entities import NEVER, Staff
from ..mathematics import clipped
from ..parameters import Prior, Range


class Parameters(NamedTuple):
    """Payment and line authority."""

    payment: Annotated[float, Range(0, 1, "share", "design", "Share of the cost that is paid for; comparator")] = 0.0
    payment_start: Annotated[int, Range(0, 5200, "week", "design", "First week of payment")] = 0
    payment_end: Annotated[int, Range(-1, 5200, "week", "design", "Week in which payment ends; -1: never")] = -1
    payment_reach: Annotated[
        float,
        Range(
            0,
            1,
            "share",
            "assumed; commissioning groups' plans and payments",
            "What payment achieves without a convener",
        ),
    ] = 0.6
    paid_compliance: Annotated[
        float, Range(0, 1, "per week", "assumed", "Chance to comply in name under full payment")
    ] = 0.03
    mandate: Annotated[
        float, Range(0, 1, "share", "design", "How far line authority orders the change; comparator")
    ] = 0.0
    mandate_start: Annotated[int, Range(0, 5200, "week", "design", "First week of the mandate")] = 0
    mandate_end: Annotated[int, Range(-1, 5200, "week", "design", "Week in which the mandate ends; -1: never")] = -1
    ordered_compliance: Annotated[
        float,
        Range(
            0,
            1,
            "per week",
            "assumed; ceremonial adoption: Pickering 2013",
            "Chance to comply in name under a full mandate",
        ),
    ] = 0.08
    practice: Annotated[
        float,
        Range(
            0,
            1,
            "per week",
            "assumed; about half of what was declared was done: 87 % x 55 % = 48 % (Pickering 2013)",
            "Chance that compliance in name becomes practice with full conviction and example",
            prior=Prior(0.03, 0.5, "log"),
        ),
    ] = 0.16
    reactance: Annotated[
        float,
        Range(
            0,
            5,
            "log-odds",
            "assumed",
            "How far being ordered lowers the view of those who prize autonomy",
            prior=Prior(0.2, 1.6),
        ),
    ] = 0.8
    ordered_lapse: Annotated[
        float,
        Range(
            0,
            10,
            "share",
            "assumed",
            "Rise in the risk of lapse while the change is wholly ordered",
            prior=Prior(0, 1.5),
        ),
    ] = 0.5
    compliance_lapses: Annotated[
        float,
        Range(0, 1, "per week", "assumed", "Chance to stop complying in name once nobody pays or orders"),
    ] = 0.05


def payment_now(week: int, convened: bool, p: Parameters) -> float:
    """Return the share of the cost that is paid for this week; it works through the convener.

    >>> payment_now(10, True, Parameters(payment=0.5, payment_end=10))
    0.0
    """
    if week < p.payment_start or (p.payment_end != NEVER and week >= p.payment_end):
        return 0.0
    return p.payment * (1.0 if convened else p.payment_reach)


def mandate_now(week: int, p: Parameters) -> float:
    """Return how far the change is ordered this week."""
    if week < p.mandate_start or (p.mandate_end != NEVER and week >= p.mandate_end):
        return 0.0
    return p.mandate


def cost_paid(cost: float, payment: float) -> float:
    """Return the cost that payment leaves; a saving is left as it is."""
    return cost * (1.0 - payment) if cost > 0.0 else cost


def compliance_probability(payment: float, mandate: float, p: Parameters) -> float:
    """Return the chance that a person begins to comply in name; no order, and no payment, does more than that."""
    return clipped(1.0 - (1.0 - p.paid_compliance * payment) * (1.0 - p.ordered_compliance * mandate))


def practice_probability(person: Staff, p: Parameters) -> float:
    """Return the chance that somebody who complies in name comes to adopt: by their own view, and others' example.

    Who is not convinced at all never does.

    >>> practice_probability(Staff(0, 0, 0, 0, 0, 1, conviction=0.5), Parameters(practice=0.4))
    0.1
    """
    return clipped(p.practice * person.conviction * (0.5 + 0.5 * person.exposure))


def lapse_raised(mandate: float, p: Parameters) -> float:
    """Return the factor by which being ordered raises the risk of lapse.

    >>> lapse_raised(0.5, Parameters(ordered_lapse=1.0))
    1.5
    """
    return 1.0 + p.ordered_lapse * mandate


def resentment(person: Staff, mandate: float, p: Parameters) -> float:
    """Return the log-odds by which being ordered lowers a person's view."""
    return p.reactance * mandate * person.autonomy * (1.0 - person.trust)
