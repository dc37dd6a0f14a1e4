"""Alignment of national bodies: conflicting demands take attention, and add noise to pressure and length to approvals."""

from typing import Annotated, NamedTuple

from ..parameters import Prior, Range


class Parameters(NamedTuple):
    """Agreement among regulators and national bodies."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether national bodies can disagree")] = True
    degree: Annotated[float, Range(0, 1, "share", "assumed", "How well national bodies agree with one another")] = 0.5
    noise: Annotated[float, Range(0, 5, "share", "assumed", "Rise in weekly shocks with full disagreement")] = 1.0
    attention: Annotated[
        float,
        Range(
            0,
            3,
            "share",
            "assumed; electronic referrals 52 to 75 % once national bodies agreed",
            "Rise in the cost felt with full disagreement: other demands take the attention that the change needs",
            prior=Prior(0, 0.6),
        ),
    ] = 0.2
    length: Annotated[
        float, Range(0, 5, "share", "assumed", "Rise in the wait for approvals with full disagreement")
    ] = 1.0
    direction: Annotated[
        float,
        Range(
            -1,
            1,
            "log-odds",
            "assumed",
            "What aligned bodies add for, or, wrongly aligned, against the change",
        ),
    ] = 0.0


def shock_factor(aligned: float, p: Parameters) -> float:
    """Return the factor on weekly shocks.

    >>> shock_factor(1.0, Parameters()), shock_factor(0.0, Parameters())
    (1.0, 2.0)
    """
    return 1.0 + p.noise * (1.0 - aligned) if p.on else 1.0


def cost_felt(cost: float, aligned: float, p: Parameters) -> float:
    """Return the cost as felt amid other demands; a saving is left as it is.

    >>> cost_felt(1.0, 0.5, Parameters(attention=0.5))
    1.25
    """
    if not p.on or cost <= 0.0:
        return cost
    return cost * (1.0 + p.attention * (1.0 - aligned))


def delay_factor(aligned: float, p: Parameters) -> float:
    """Return the factor on the wait for an approval."""
    return 1.0 + p.length * (1.0 - aligned) if p.on else 1.0


def drag(aligned: float, p: Parameters) -> float:
    """Return the log-odds by which aligned bodies hold back (or, negative, push) the change."""
    return -p.direction * aligned if p.on else 0.0
