"""Asking rather than telling: the leader puts questions, and lets those present work out the answer.

Meaning: nobody is told, so nobody is repelled and trust is not lost. What telling does is in
`simulation/rules/telling.py`.
Cost and failure: listening takes the time that telling saves, and those whom a commanding presence would have drawn
for a while are not drawn.
"""

from typing import NamedTuple

from ..entities import USUAL_ASKING

KIND = "stance"
SOURCE = "narcissism: emergence as leader, not effectiveness (Grijalva 2015); early gain gone by 12 weeks (Ong 2015)"


class Parameters(NamedTuple):
    """Asking rather than telling: at full degree leaders only ask, so nothing is to be set."""


def conduct(degree: float, p: Parameters) -> dict[str, float | int | bool]:
    """Return what the stance sets: how far leaders ask, from as far as any leader does to always.

    >>> conduct(0.5, Parameters())
    {'leaders.asking': 0.75}
    """
    return {"leaders.asking": (1.0 - degree) * USUAL_ASKING + degree}
