"""Line authority, a comparator: the change is ordered.

Meaning: people comply in name, fast; nobody adopts for being told. See `simulation/rules/incentives.py`.
Cost and failure: reactance in those who prize autonomy, ceremonial adoption, and a fall when the order ends.
"""

from typing import NamedTuple

KIND = "comparator"
SOURCE = "WHO checklist: attempted in 87 % of operations, complete in 55 % of those (Pickering 2013)"


class Parameters(NamedTuple):
    """Line authority: the degree is how far the change is ordered, so nothing is to be set."""


def conduct(degree: float, p: Parameters) -> dict[str, float | int | bool]:
    """Return what the comparator sets: how far the change is ordered."""
    return {"incentives.mandate": degree}
