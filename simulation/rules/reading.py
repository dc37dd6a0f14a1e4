"""Reading others' pressures: a leader's picture of an organisation is noisy, sharpens with visits and is overtaken by events."""

from math import sqrt
from typing import Annotated, NamedTuple

from ..entities import NEVER, Knowledge, Organisation
from ..mathematics import clipped
from ..parameters import Range


class Parameters(NamedTuple):
    """Reading others' pressures."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether leaders can misread others")] = True
    error: Annotated[
        float, Range(0, 1, "pressure", "assumed", "Standard deviation of the error before the first visit")
    ] = 0.3
    penalty: Annotated[
        float, Range(0, 5, "per unit of pressure", "assumed", "Loss of match for each unit of error")
    ] = 1.5


def match(known: Knowledge, organisation: Organisation, p: Parameters) -> float:
    """Return how well a leader's offer fits an organisation's present pressure, from 0 to 1.

    The error falls with the square root of the visits that each circle there has had, as that of a mean does; what has
    changed since the last one comes on top.

    >>> match(Knowledge(error=0.0), Organisation(0, 0, 0, 1, 0, 1, 1024), p=Parameters())
    1.0
    """
    if not p.on:
        return 1.0
    seen = known.visits / (organisation.end_circle - organisation.first_circle)
    error = p.error * abs(known.error) / sqrt(1.0 + seen)
    if known.visited != NEVER:
        error = error + abs(organisation.pressure - known.pressure)
    return clipped(1.0 - p.penalty * error)
