"""Organisations decide: support, the board's question, approvals with delay and veto, the open gate."""

from typing import Annotated, NamedTuple

from ..entities import NEVER, Organisation, Staff
from ..mathematics import clipped
from ..parameters import Prior, Range

MOST_APPROVALS = 8


class Parameters(NamedTuple):
    """Gates: permission for more than a pilot."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether a change needs permission")] = True
    pilot: Annotated[
        float,
        Range(0, 1, "share of staff", "assumed", "Most who can adopt before the gate opens", prior=Prior(0.08, 0.4)),
    ] = 0.15
    support: Annotated[
        float, Range(0, 1, "share", "assumed", "Tier-weighted support at which the board asks", prior=Prior(0.2, 0.5))
    ] = 0.4
    convinced: Annotated[float, Range(0, 1, "share", "assumed", "Conviction from which a person supports")] = 0.5
    frontline_voice: Annotated[float, Range(0, 1, "share", "assumed", "Weight of frontline staff's support")] = 0.25
    middle_voice: Annotated[float, Range(0, 1, "share", "assumed", "Weight of middle managers' support")] = 0.23
    senior_voice: Annotated[float, Range(0, 1, "share", "assumed", "Weight of senior managers' support")] = 0.22
    executive_voice: Annotated[float, Range(0, 1, "share", "assumed", "Weight of executives' support")] = 0.3
    approvals: Annotated[int, Range(0, MOST_APPROVALS, "approvals", "assumed", "How many bodies must approve")] = 2
    delay: Annotated[float, Range(1, 5200, "weeks", "assumed", "Mean wait for one approval")] = 13.0
    veto: Annotated[float, Range(0, 1, "probability", "assumed", "Chance that a good change is refused")] = 0.05
    veto_harm: Annotated[
        float, Range(0, 1, "probability", "assumed", "Chance added where the change does full harm")
    ] = 0.6
    again: Annotated[int, Range(1, 520, "weeks", "assumed", "Weeks after a refusal before the board may ask again")] = (
        52
    )
    caseload: Annotated[
        float,
        Range(
            0,
            10,
            "share",
            "assumed",
            "How much longer one approval takes where every organisation waits for it",
        ),
    ] = 0.5


def is_supporter(person: Staff, p: Parameters) -> bool:
    """Return whether a person speaks for the change; conviction counts, whether or not they have adopted."""
    return person.conviction >= p.convinced


def voice(tier: int, p: Parameters) -> float:
    """Return the weight of a tier's support when the board weighs it."""
    if tier == 0:
        return p.frontline_voice
    if tier == 1:
        return p.middle_voice
    return p.senior_voice if tier == 2 else p.executive_voice


def room(organisation: Organisation, p: Parameters) -> float:
    """Return the share left of a pilot's places, or 1 where the gate is open."""
    if not p.on or organisation.committed != NEVER:
        return 1.0
    if p.pilot <= 0.0:
        return 0.0
    return max(0.0, 1.0 - organisation.adopted_share / p.pilot)


def has_room(adopted: int, weight: int, everyone: int, p: Parameters) -> bool:
    """Return whether one more person can join the pilot of a closed organisation without passing its share.

    Parameters
    ----------
    adopted, weight, everyone : int
        People who have adopted, whom the one more stands for, and in all, each in 1/1024.
    p : Parameters
        The mechanism's parameters.
    """
    return adopted + weight <= p.pilot * everyone + 0.5 * weight


def board_asks(organisation: Organisation, support: float, week: int, p: Parameters) -> bool:
    """Return whether the board asks for permission this week."""
    if organisation.asked != NEVER or organisation.committed != NEVER or support < p.support:
        return False
    return organisation.refused == NEVER or week - organisation.refused >= p.again


def approval_probability(waiting: float, quicker: float, p: Parameters) -> float:
    """Return the chance that a regulator decides on an organisation this week.

    `waiting` is the share of organisations that wait for this regulator, `quicker` a factor on its delay.
    """
    return clipped(1.0 / (p.delay * quicker * (1.0 + p.caseload * waiting)))


def veto_probability(benefit: float, p: Parameters) -> float:
    """Return the chance that a decision is a refusal: higher the more harm the change does to patients."""
    return clipped(p.veto + p.veto_harm * max(0.0, -benefit))
