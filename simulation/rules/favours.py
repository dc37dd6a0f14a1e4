"""Favours: give and take, rather more give than take."""

from typing import Annotated, NamedTuple

from ..entities import NEVER, Knowledge, Leader, Organisation
from ..mathematics import exponential
from ..parameters import Prior, Range


class Parameters(NamedTuple):
    """Favours between organisations."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether favours count")] = True
    borne: Annotated[
        float,
        Range(
            0,
            1,
            "share",
            "assumed",
            "Share of the cost that those who received much bear readily",
            prior=Prior(0.1, 0.5),
        ),
    ] = 0.15
    reciprocity: Annotated[
        float,
        Range(
            0,
            1,
            "share",
            "assumed; 0: they take and do not return",
            "How far those who received feel that they owe",
            prior=Prior(0, 1),
        ),
    ] = 0.7
    returned: Annotated[
        float,
        Range(0, 1, "per week", "assumed", "Chance that an open favour is returned by those who feel it wholly owed"),
    ] = 0.02
    load: Annotated[
        float,
        Range(
            0,
            1,
            "pressure",
            "assumed",
            "Pressure on the giver's organisation for each open favour a member of its circles",
        ),
    ] = 0.005
    fades: Annotated[float, Range(0, 1, "per week", "assumed", "How fast favours are forgotten")] = 0.01
    trust: Annotated[float, Range(0, 1, "share", "assumed", "Trust gained by whom something is given")] = 0.02


def can_be_given(leader: Leader, p: Parameters) -> bool:
    """Return whether a leader has anything to give: it is their organisation that gives, and bears the load."""
    return p.on and leader.organisation != NEVER


def cost_borne(cost: float, organisation: Organisation, p: Parameters) -> float:
    """Return the cost as felt by an organisation that has received favours; a saving is left as it is."""
    if not p.on or cost <= 0.0 or organisation.favours <= 0.0:
        return cost
    return cost * (1.0 - p.borne * (1.0 - exponential(-organisation.favours)))


def open_favours(known: Knowledge) -> float:
    """Return what has been given to an organisation and not returned.

    >>> from simulation.entities import Knowledge
    >>> open_favours(Knowledge(error=0.0, given=3.0, returned=1.0))
    2.0
    """
    return max(0.0, known.given - known.returned)
