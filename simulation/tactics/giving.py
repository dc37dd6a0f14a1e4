"""Giving more than taking: rather more give than take.

Meaning: in some meetings the leader's own organisation gives something; those who received bear their cost more
readily and trust more. What favours do is in `simulation/rules/favours.py`.
Cost and failure: favours load the giver's organisation until they are returned, and some never are.
"""

from typing import Annotated, NamedTuple

from ..parameters import Range

KIND = "stance"
SOURCE = "assumed; no number found for this sector"


class Parameters(NamedTuple):
    """Giving more than taking."""

    most: Annotated[float, Range(0, 1, "share", "assumed", "Share of meetings with a gift at full degree")] = 0.5


def conduct(degree: float, p: Parameters) -> dict[str, float | int | bool]:
    """Return what the stance sets: how often leaders give."""
    return {"leaders.generosity": p.most * degree}
