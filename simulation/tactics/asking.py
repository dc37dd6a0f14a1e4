"""Asking rather than telling: the leader puts questions, and lets those present work out the answer.

Meaning: nobody is told, so nobody is repelled and trust is not lost. What telling does is in
`simulation/rules/telling.py`.
Cost and failure: listening takes the time that telling saves, and those whom a commanding presence would have drawn
for a while are not drawn.
"""

from typing import Annotated, NamedTuple

from ..parameters import Range

KIND = "stance"
SOURCE = "narcissism: emergence as leader, not effectiveness (Grijalva 2015); early gain gone by 12 weeks (Ong 2015)"


class Parameters(NamedTuple):
    """Asking rather than telling."""

    most: Annotated[float, Range(0, 1, "share", "assumed", "How far leaders ask at full degree")] = 1.0
    ordinary: Annotated[float, Range(0, 1, "share", "assumed", "Asking from which the degree is counted")] = 0.5


def conduct(degree: float, p: Parameters) -> dict[str, float | int | bool]:
    """Return what the stance sets: how far leaders ask.

    >>> conduct(0.5, Parameters())
    {'leaders.asking': 0.75}
    """
    return {"leaders.asking": (1.0 - degree) * p.ordinary + degree * p.most}
