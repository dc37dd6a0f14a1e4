"""Patients who explain why: how many can speak, and how the voice wears out where it is only borrowed."""

from typing import Annotated, NamedTuple

from ..entities import Organisation, Patients
from ..mathematics import clipped
from ..parameters import Range


class Parameters(NamedTuple):
    """Patient partners."""

    partners: Annotated[int, Range(0, 10_000, "people a system", "assumed", "Patient partners in each system")] = 40
    weekly: Annotated[
        float, Range(0, 7, "appearances a week", "assumed", "How often each patient partner can speak")
    ] = 2.0
    tokenism: Annotated[bool, Range(0, 1, "switch", "design", "Whether a patient's voice wears out")] = True
    habituation: Annotated[
        float,
        Range(0, 10, "per appearance a circle", "assumed", "How fast an organisation grows used to patients' voices"),
    ] = 0.1
    fatigue: Annotated[
        float,
        Range(0, 1, "share", "assumed", "Weariness after a week in which all speak before closed gates"),
    ] = 0.01
    recovery: Annotated[float, Range(0, 1, "per week", "assumed", "Recovery from weariness")] = 0.02


def freshness(organisation: Organisation, patients: Patients, p: Parameters) -> float:
    """Return how much a patient's voice weighs here: 1 the first time, less with each repetition in a year."""
    if not p.tokenism:
        return 1.0
    return (1.0 - patients.fatigue) / (1.0 + p.habituation * organisation.heard)


def probability_of_appearing(wanted: int, p: Parameters) -> float:
    """Return the chance that a patient partner is free for one of the conversations wanted this week.

    >>> probability_of_appearing(100, Parameters(partners=10, weekly=5.0))
    0.5
    """
    if wanted <= 0:
        return 0.0
    return min(1.0, p.partners * p.weekly / wanted)


def next_fatigue(patients: Patients, p: Parameters) -> float:
    """Return the patient partners' weariness next week: it grows when they speak where nothing can change."""
    if not p.tokenism:
        return 0.0
    idle = patients.idle / max(p.partners * p.weekly, 1.0)
    return clipped(patients.fatigue * (1.0 - p.recovery) + p.fatigue * idle)


def next_heard(organisation: Organisation) -> float:
    """Return the appearances that an organisation remembers next week; a year's worth on average."""
    return organisation.heard * (1.0 - 1.0 / 52.0)
