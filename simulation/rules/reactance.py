"""Reactance: a declared 'system leader' sounds like being told what to do, and is invited a little more often."""

from typing import Annotated, NamedTuple

from ..entities import Leader, Staff
from ..mathematics import exponential
from ..parameters import Prior, Range


class Parameters(NamedTuple):
    """Reactance to the label of system leader."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether the label matters")] = True
    strength: Annotated[
        float,
        Range(
            0,
            5,
            "log-odds",
            "assumed; threatening language raises reactance by r = .20 (meta-analysis 2025)",
            "What the label takes from the view of those who prize autonomy and do not trust",
            prior=Prior(0.4, 2),
        ),
    ] = 1.5
    months: Annotated[float, Range(0.5, 60, "months", "assumed", "Time in which reactance falls by two thirds")] = 18.0
    access: Annotated[
        float, Range(0, 1, "share", "assumed", "More meetings at first for those who declare themselves")
    ] = 0.05


def faded_label(leader: Leader, week: int, p: Parameters) -> float:
    """Return how loudly a leader's label still sounds, from 0 to 1."""
    if not p.on:
        return 0.0
    age = max(week - leader.start, 0)
    return leader.label * exponential(-age / (p.months * 4.345))


def pull_back(person: Staff, p: Parameters) -> float:
    """Return the log-odds by which the label lowers the view of one who has heard it.

    >>> from simulation.entities import Staff
    >>> pull_back(Staff(0, 0, 0, 0, 0, 1, autonomy=1.0, trust=0.5, labelled=1.0), Parameters(strength=1.0))
    0.5
    """
    if not p.on:
        return 0.0
    return p.strength * person.labelled * person.autonomy * (1.0 - person.trust)


def faded_labelled(person: Staff, p: Parameters) -> float:
    """Return how loudly the label still sounds to a person a week later."""
    return person.labelled * exponential(-1.0 / (p.months * 4.345))


def access_gained(label: float, p: Parameters) -> float:
    """Return the factor on the number of meetings that visibility brings."""
    if not p.on:
        return 1.0
    return 1.0 + p.access * label
