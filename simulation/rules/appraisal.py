"""Appraisal: what a person thinks of the change, as log-odds, from where they stand."""

from typing import Annotated, NamedTuple

from ..entities import Organisation, Staff
from ..mathematics import exponential, logarithm, logistic
from ..parameters import Prior, Range, initial


class Parameters(NamedTuple):
    """Weights of a person's view of the change."""

    pace: Annotated[
        float,
        Range(
            0,
            1,
            "per week",
            "assumed",
            "Share of the gap to one's own view closed in a week",
            prior=Prior(0.05, 0.25, "log"),
        ),
    ] = 0.1
    start: Annotated[
        float,
        Range(-10, 10, "log-odds", "assumed", "View where nothing speaks for or against", prior=Prior(-4.5, -1.2)),
    ] = -2.4
    fit: Annotated[
        float,
        initial(
            0,
            3,
            "log-odds",
            "assumed; timing of two switches by the same practices hardly correlates (own analysis of public prescribing data)",
            "Standard deviation between organisations of the fit of this change",
            prior=Prior(0.3, 1.2),
        ),
    ] = 0.7
    fit_shared: Annotated[
        float,
        initial(
            0,
            1,
            "share",
            "a third of the variance in when practices changed lies between commissioning groups (own analysis), rounded",
            "Share of the variance of fit that the organisations of a system have in common",
            prior=Prior(0.1, 0.6),
        ),
    ] = 0.3
    benefit: Annotated[
        float,
        Range(
            0, 10, "log-odds", "assumed", "Weight of the benefit believed in, whatever the purpose", prior=Prior(1, 4)
        ),
    ] = 2.0
    purpose: Annotated[
        float,
        Range(
            0,
            10,
            "log-odds",
            "assumed",
            "Weight that it has besides where the patient's interest is salient",
            prior=Prior(1, 5),
        ),
    ] = 1.6
    gain: Annotated[
        float, Range(0, 10, "log-odds", "assumed", "Weight of the own organisation's gain", prior=Prior(2, 7))
    ] = 5.6
    present_bias: Annotated[
        float,
        Range(0.05, 1, "share", "assumed; 0.6-0.9 is a guess", "What a later gain is worth without pressure"),
    ] = 0.7
    partners: Annotated[
        float,
        Range(
            0,
            5,
            "log-odds",
            "assumed; form: stag hunt",
            "Weight of the partners' having changed too",
            prior=Prior(0, 2),
        ),
    ] = 0.8
    exposure: Annotated[
        float, Range(0, 6, "log-odds", "assumed", "Weight of contacts who have adopted", prior=Prior(0.5, 3))
    ] = 0.6
    ownership: Annotated[
        float,
        Range(
            0,
            10,
            "log-odds",
            "assumed",
            "Weight of the idea's being one's own, where its full benefit is believed in",
            prior=Prior(1.5, 7),
        ),
    ] = 3.5
    dissatisfaction: Annotated[
        float,
        Range(
            0,
            10,
            "log-odds",
            "assumed",
            "Weight of dissatisfaction with what is provided, likewise",
            prior=Prior(0.5, 4),
        ),
    ] = 2.0
    cost: Annotated[
        float,
        Range(
            0,
            10,
            "log-odds",
            "assumed",
            "Weight of the cost to the organisation under full pressure",
            prior=Prior(1.5, 5),
        ),
    ] = 2.85
    under_pressure: Annotated[
        float,
        Range(0, 1, "share", "assumed", "Share of that cost which is only there under pressure", prior=Prior(0.2, 0.8)),
    ] = 0.3
    understood: Annotated[
        float,
        Range(0, 1, "share", "assumed", "Share of the cost that weighs no more once pressures are understood"),
    ] = 0.7
    open_gate: Annotated[
        float,
        Range(0, 1, "share", "assumed", "Share of the cost that still weighs once the organisation is committed"),
    ] = 0.6
    ego: Annotated[float, Range(0, 5, "log-odds", "assumed", "Weight of the threat to one's standing")] = 1.5


def worth_of_later_gain(pressure: float, own_interest: float, p: Parameters) -> float:
    """Return what a gain that comes later is worth today, from 0 to 1.

    Pressure shortens sight; seeing the longer-term goal as one's own interest lengthens it.

    >>> worth_of_later_gain(pressure=1.0, own_interest=1.0, p=Parameters())
    1.0
    """
    discounted = exponential((1.0 + pressure) * logarithm(p.present_bias))
    return discounted + (1.0 - discounted) * own_interest


def weight_of_cost(person: Staff, organisation: Organisation, pressure: float, p: Parameters) -> float:
    """Return the log-odds by which the organisation's cost lowers, or its saving raises, a person's view."""
    if organisation.burden <= 0.0:
        return p.cost * organisation.burden * 0.5
    felt = 1.0 - p.under_pressure + p.under_pressure * pressure
    weight = p.cost * organisation.burden * felt * (1.0 - p.understood * person.understood)
    return weight * p.open_gate if organisation.committed >= 0 else weight


def own_view(
    person: Staff,
    organisation: Organisation,
    benefit: float,
    pressure: float,
    held_back: float,
    p: Parameters,
) -> float:
    """Return a person's own view of the change, from 0 (against) to 1 (for).

    Parameters
    ----------
    person, organisation : Staff, Organisation
        Who appraises, and where they work.
    benefit : float
        The benefit to patients that they believe in, from -1 to 1. Ownership and dissatisfaction are worth what is
        willed: they count as far as there is a benefit.
    pressure : float
        The pressure felt, from 0 to 1.
    held_back : float
        Log-odds lost to competition and to what else holds back, less those that other mechanisms add.
    p : Parameters
        The weights.
    """
    for_it = (
        p.start
        + organisation.fit
        + (p.benefit + p.purpose * person.purpose) * benefit
        + p.gain * max(organisation.gain, 0.0) * worth_of_later_gain(pressure, person.own_interest, p)
        + p.partners * organisation.partners
        + p.exposure * person.exposure
        + max(benefit, 0.0) * (p.ownership * person.ownership + p.dissatisfaction * person.dissatisfaction)
    )
    against = weight_of_cost(person, organisation, pressure, p) + p.ego * person.ego * (1.0 - person.trust) + held_back
    return logistic(for_it - against)
