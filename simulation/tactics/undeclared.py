"""Not declaring the label: nobody is told that a 'system leader' has come.

Meaning: nothing that those who prize their autonomy could react against. What the label does is in `simulation/rules/reactance.py`.
Cost and failure: those who do not declare themselves are a little less visible and are invited less at first.
"""

from typing import NamedTuple

KIND = "stance"
SOURCE = "threatening language: reactance r = .20 (meta-analysis 2025); a small effect is expected"


class Parameters(NamedTuple):
    """Not declaring the label: at full degree none of it, so nothing is to be set."""


def conduct(degree: float, p: Parameters) -> dict[str, float | int | bool]:
    """Return what the stance sets: how far leaders declare themselves."""
    return {"leaders.label": 1.0 - degree}
