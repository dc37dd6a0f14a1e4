"""Forgoing credit: 'you can achieve almost anything so long as you do not want to take the credit for it'.

Meaning: the credit for an adoption, or for an organisation's success, goes to those who brought it about: they own it
more and may become advocates, and what leaders are known for there moves their colleagues. What credit does is in
`simulation/rules/credit.py`.
Cost and failure: the leader gains no career capital: doors open less easily and the post is lost sooner.
"""

from typing import NamedTuple

KIND = "stance"
SOURCE = "humble leadership: trust rho .62, voice rho .34, leader's own performance 0 (meta-analyses 2022), halved"


class Parameters(NamedTuple):
    """Forgoing credit: at full degree all of it, so nothing is to be set."""


def conduct(degree: float, p: Parameters) -> dict[str, float | int | bool]:
    """Return what the stance sets: the share of the credit that leaders leave to others.

    >>> conduct(0.5, Parameters())
    {'leaders.credit_forgone': 0.5}
    """
    return {"leaders.credit_forgone": degree}
