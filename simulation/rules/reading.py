"""Reading others' pressures: a leader's picture of an organisation is noisy, sharpens with visits and goes stale."""

from math import sqrt
from typing import Annotated, NamedTuple

from ..entities import NEVER, Knowledge
from ..mathematics import clipped
from ..parameters import Range


class Parameters(NamedTuple):
    """Reading others' pressures."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether leaders can misread others")] = True
    error: Annotated[
        float, Range(0, 1, "pressure", "assumed", "Standard deviation of the error before the first visit")
    ] = 0.3
    stale: Annotated[
        float, Range(0, 0.2, "pressure per week", "assumed", "Growth of the error since the last visit")
    ] = 0.005
    penalty: Annotated[
        float, Range(0, 5, "per unit of pressure", "assumed", "Loss of match for each unit of error")
    ] = 1.5


def match(known: Knowledge, week: int, p: Parameters) -> float:
    """Return how well a leader's offer fits an organisation's real pressures, from 0 to 1.

    The error falls with the square root of the number of visits, as that of a mean does.

    >>> match(Knowledge(error=0.0), week=3, p=Parameters())
    1.0
    """
    if not p.on:
        return 1.0
    error = p.error / sqrt(1.0 + known.visits)
    if known.visited != NEVER:
        error = min(p.error, error + p.stale * (week - known.visited))
    return clipped(1.0 - p.penalty * error * abs(known.error))
