"""The heroic leader, a comparator: one who craves recognition, tells, declares and takes the credit.

Meaning: the same hours and the same conversations, held by leaders with these traits.
Cost and failure: an early advantage is possible (a commanding presence draws followers, telling is quick, credit opens
doors); later the trust and ownership that credit costs are missing. Whether it comes out so is a finding, not an
assumption.
"""

from typing import Annotated, NamedTuple

from ..entities import USUAL_ASKING, USUAL_EGO
from ..parameters import Range

KIND = "comparator"
SOURCE = "Grijalva 2015 (emergence positive, effectiveness an inverted U); Ong 2015 (early gain gone by 12 weeks)"


class Parameters(NamedTuple):
    """Heroic leaders."""

    ego: Annotated[float, Range(0, 1, "share", "assumed", "Ego at full degree")] = 0.9
    asking: Annotated[float, Range(0, 1, "share", "assumed", "How far they ask, at full degree")] = 0.2


def conduct(degree: float, p: Parameters) -> dict[str, float | int | bool]:
    """Return what the comparator sets: egos, little asking, that no credit is forgone, and that the label is declared.

    >>> conduct(1.0, Parameters())
    {'leaders.ego': 0.9, 'leaders.asking': 0.2, 'leaders.credit_forgone': 0.0, 'leaders.label': 1.0}
    """
    ego = (1.0 - degree) * USUAL_EGO + degree * p.ego
    asking = (1.0 - degree) * USUAL_ASKING + degree * p.asking
    return {"leaders.ego": ego, "leaders.asking": asking, "leaders.credit_forgone": 0.0, "leaders.label": 1.0}
