"""Two arms with the same random numbers: which organisations part, in which week, and through whom."""

from typing import NamedTuple

import numpy as np

from ..story.telling import EVERYONE, Moment
from .arm import Arm

WORTH_TELLING = 0.02
"""Difference in the adopted share, now, from which an organisation is listed."""


class Parting(NamedTuple):
    """One organisation whose fate differs between two arms."""

    organisation: int
    name: str
    left: float
    right: float
    week: int
    through: str


def partings(left: Arm, right: Arm) -> list[Parting]:
    """Return the organisations whose adopted share differs now, the largest difference first.

    The arms must be of the same health economy; if they are not, nothing can be compared.
    """
    if len(left.names) != len(right.names) or left.week != right.week:
        return []
    week = left.week
    one, two = (arm.world.record.by_organisation[: week + 1] for arm in (left, right))
    weights = left.world.organisations["weight"]
    gap = (two[week] - one[week]) / weights
    first = np.argmax(one != two, axis=0)
    order = np.argsort(-np.abs(gap), kind="stable")
    return [
        Parting(
            int(o),
            left.names[o],
            float(one[week, o] / weights[o]),
            float(two[week, o] / weights[o]),
            int(first[o]),
            _through(left, right, int(o), int(first[o])),
        )
        for o in order
        if abs(gap[o]) >= WORTH_TELLING
    ]


def _through(left: Arm, right: Arm, organisation: int, week: int) -> str:
    """Return the first thing that one arm's story of an organisation tells and the other's does not."""
    one, two = (_until(arm, organisation) for arm in (left, right))
    both = set(one) & set(two)
    candidates = [
        (moment.week, side, moment.words)
        for side, moments in (("first arm", one), ("second arm", two))
        for moment in moments
        if moment not in both
    ]
    if not candidates:
        return "contacts elsewhere"
    at, side, words = min(candidates, key=lambda entry: (abs(entry[0] - week) > 13, entry[0]))
    return f"week {at}, {side}: {words}"


def _until(arm: Arm, organisation: int) -> list[Moment]:
    return [moment for moment in arm.teller.of(organisation) if moment.organisation != EVERYONE]
