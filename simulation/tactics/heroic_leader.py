"""The heroic leader, a comparator: one who craves recognition, tells, declares and takes the credit.

Meaning: the same hours and the same conversations, held by leaders with full egos.
Cost and failure: an early advantage is possible (a commanding presence draws followers, credit opens doors); later the
trust and ownership that credit costs are missing. Whether it comes out so is a finding, not an assumption.
"""

from typing import Annotated, NamedTuple

from ..parameters import Range

KIND = "comparator"
SOURCE = "Grijalva 2015 (emergence positive, effectiveness an inverted U); Ong 2015 (early gain gone by 12 weeks)"


class Parameters(NamedTuple):
    """Heroic leaders."""

    ego: Annotated[float, Range(0, 1, "share", "assumed", "Ego at full degree")] = 0.9


def conduct(degree: float, p: Parameters) -> dict[str, float | int | bool]:
    """Return what the comparator sets: egos, and that no credit is forgone."""
    return {"leaders.ego": p.ego * degree, "leaders.credit_forgone": 1.0 - degree, "leaders.label": degree}
