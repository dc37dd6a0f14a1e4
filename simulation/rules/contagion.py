"""Adopt, comply, lapse: complex contagion needs conviction and enough reinforcement to pass one's own threshold."""

from typing import Annotated, NamedTuple

from ..entities import Organisation, Staff
from ..mathematics import clipped, exponential, logistic
from ..parameters import Prior, Range, initial


class Parameters(NamedTuple):
    """Adoption and lapse."""

    hazard: Annotated[
        float,
        Range(
            0,
            1,
            "per week",
            "assumed",
            "Chance to adopt with full conviction and reinforcement",
            prior=Prior(0.04, 0.4, "log"),
        ),
    ] = 0.17
    independent: Annotated[
        float,
        initial(
            0,
            1,
            "share",
            "assumed; innovators and early adopters are 16 % of all (Rogers; from memory)",
            "Share of people who need no example",
            prior=Prior(0.05, 0.5),
        ),
    ] = 0.2
    threshold: Annotated[
        float,
        initial(
            0,
            2,
            "share of contacts",
            "Valente & Vega Yon 2020 simulate mean .33, rounded; from memory",
            "Mean threshold of those who need an example",
            prior=Prior(0.15, 0.5),
        ),
    ] = 0.3
    threshold_spread: Annotated[
        float,
        initial(0, 1, "share of contacts", "assumed", "Standard deviation of their thresholds", prior=Prior(0.1, 0.35)),
    ] = 0.2
    steepness: Annotated[
        float,
        Range(
            0,
            10,
            "share of contacts",
            "assumed",
            "Width of a threshold: small is all or nothing; at 0 exactly so, and as many as the threshold suffice",
            prior=Prior(0.01, 0.15, "log"),
        ),
    ] = 0.05
    spontaneous: Annotated[
        float,
        Range(0, 1, "per week", "form: Bass 1969; used for reductions", "Chance to adopt whatever one thinks"),
    ] = 0.0
    contact: Annotated[
        float,
        Range(
            0,
            20,
            "per week",
            "form: Bass 1969; used for reductions",
            "Rate of adoption where all contacts have",
        ),
    ] = 0.0
    ownership_reinforces: Annotated[
        float, Range(0, 1, "share of contacts", "assumed", "How many contacts full ownership stands in for")
    ] = 0.1
    gate_reinforces: Annotated[
        float,
        Range(
            0, 1, "share of contacts", "assumed", "How many contacts an open gate stands in for", prior=Prior(0, 0.2)
        ),
    ] = 0.05
    ownership_lowers: Annotated[
        float, Range(0, 1, "share", "assumed", "How far full ownership lowers the threshold")
    ] = 0.25
    lapse: Annotated[bool, Range(0, 1, "switch", "design", "Whether adopters can give up")] = True
    lapsing: Annotated[
        float,
        Range(
            0,
            1,
            "per week",
            "assumed",
            "Chance of an isolated adopter without conviction to give up under full pressure",
            prior=Prior(0.02, 0.25, "log"),
        ),
    ] = 0.1
    under_pressure: Annotated[
        float,
        Range(0, 1, "share", "assumed", "Share of that risk which is only there under pressure", prior=Prior(0.2, 0.8)),
    ] = 0.5
    steady_lapsing: Annotated[
        float,
        Range(0, 1, "per week", "form: SIS; used for reductions", "Chance to give up whatever one thinks"),
    ] = 0.0
    gate_protects: Annotated[
        float,
        Range(0, 1, "share", "assumed", "Share of the risk of lapse that an open gate leaves", prior=Prior(0.2, 0.9)),
    ] = 0.4
    ownership_protects: Annotated[
        float,
        Range(0, 1, "share", "assumed", "Share of the risk of lapse that full ownership takes away"),
    ] = 0.5
    ownership_lost: Annotated[
        float,
        Range(
            0,
            1,
            "share",
            "Norton, Mochon & Ariely 2012; assumed",
            "Ownership lost when one's own attempt fails",
        ),
    ] = 0.3
    again: Annotated[float, Range(0, 1, "share", "assumed", "How readily those who lapsed adopt again")] = 0.5


def readiness(beyond: float, p: Parameters) -> float:
    """Return how ready a person is whose reinforcement lies so far beyond what is needed, from 0 to 1.

    >>> readiness(0.0, Parameters()), readiness(0.0, Parameters(steepness=0.0))
    (0.5, 1.0)
    """
    if p.steepness > 0.0:
        return logistic(beyond / p.steepness)
    return 1.0 if beyond >= 0.0 else 0.0


def adoption_probability(
    person: Staff, organisation: Organisation, threshold: float, room: float, p: Parameters
) -> float:
    """Return the chance that an aware person adopts this week.

    Parameters
    ----------
    person, organisation : Staff, Organisation
        Who may adopt, and where they work.
    threshold : float
        Share of contacts who must have adopted, with what the change's divergence adds; at 0 no example is needed.
    room : float
        Share left of the pilot's places; 1 where the gate is open.
    p : Parameters
        The mechanism's parameters.
    """
    open_gate = p.gate_reinforces if organisation.committed >= 0 else 0.0
    reinforcement = person.exposure + p.ownership_reinforces * person.ownership + open_gate
    needed = threshold * (1.0 - p.ownership_lowers * person.ownership)
    ready = readiness(reinforcement - needed, p) if needed > 0.0 else 1.0
    convinced = p.hazard * person.conviction * person.conviction * ready
    contagious = 1.0 - (1.0 - p.spontaneous) * exponential(-p.contact * person.exposure)
    return clipped((1.0 - (1.0 - convinced) * (1.0 - contagious)) * room * person.motivation)


def lapse_probability(
    person: Staff, organisation: Organisation, pressure: float, raised: float, p: Parameters
) -> float:
    """Return the chance that an adopter gives up this week: isolated, unconvinced and, for a part, under pressure.

    `raised` is the factor that the change's complexity, leaders' absence and orders put on it.
    """
    if not p.lapse:
        return 0.0
    felt = 1.0 - p.under_pressure + p.under_pressure * pressure
    risk = p.lapsing * (1.0 - person.conviction) * felt * (1.0 - person.exposure) * raised
    if organisation.committed >= 0:
        risk = risk * p.gate_protects
    risk = risk * (1.0 - p.ownership_protects * person.ownership)
    return clipped(1.0 - (1.0 - clipped(risk)) * (1.0 - p.steady_lapsing))
