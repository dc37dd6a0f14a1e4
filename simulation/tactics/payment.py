"""Payment, a comparator: the cost of the change is paid for.

Meaning: the cost weighs less while payment runs, most through a convener. See `simulation/rules/incentives.py`.
Cost and failure: compliance in name, and a fall when payment ends.
"""

from typing import Annotated, NamedTuple

from ..parameters import Range

KIND = "comparator"
SOURCE = "payment multiplied the monthly hazard of change by 2 to 10 (own analysis of public prescribing data)"


class Parameters(NamedTuple):
    """Payment."""

    most: Annotated[float, Range(0, 1, "share", "assumed", "Share of the cost that is paid for at full degree")] = 0.7


def conduct(degree: float, p: Parameters) -> dict[str, float | int | bool]:
    """Return what the comparator sets: the share of the cost that is paid for."""
    return {"incentives.payment": p.most * degree}
