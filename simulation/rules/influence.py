"""Influence: what the contacts of a person do and think, and what reaches them from outside."""

from typing import Annotated, NamedTuple

from ..entities import Staff
from ..parameters import BOTH, Prior, Range, initial


class Parameters(NamedTuple):
    """Social influence."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether people influence one another", when=BOTH)] = True
    listening: Annotated[
        float,
        Range(
            0,
            1,
            "per week",
            "assumed; form: DeGroot 1974",
            "Pull towards the contacts' mean conviction",
            prior=Prior(0.02, 0.15, "log"),
        ),
    ] = 0.1
    stubbornness: Annotated[
        float,
        initial(
            0,
            1,
            "share",
            "assumed; form: Friedkin & Johnsen 1990",
            "Share of their first opinion that stays with people, whatever they hear",
        ),
    ] = 0.0
    mixing: Annotated[
        float,
        Range(
            0,
            1,
            "share",
            "form: Bass 1969, Granovetter 1978; used for reductions",
            "Weight of everyone's adoption, as published figures show it, against that of one's own contacts",
        ),
    ] = 0.0
    awareness: Annotated[
        float,
        Range(
            0, 1, "per week", "assumed", "Chance to hear of it where all contacts have adopted", prior=Prior(0.1, 0.8)
        ),
    ] = 0.5
    outside: Annotated[
        float,
        Range(
            0,
            0.1,
            "per week",
            "assumed; form: Bass 1969",
            "Chance to hear of it from journals, conferences, campaigns",
            prior=Prior(0.001, 0.02, "log"),
        ),
    ] = 0.004
    standing: Annotated[
        float,
        Range(
            0,
            50,
            "share",
            "assumed; correlation of in-degree and time to adopt -.10 to -.40 (physicians, villages; computed)",
            "How much more often the most listened-to hear from outside",
            prior=Prior(0, 20),
        ),
    ] = 20.0
    outside_conviction: Annotated[
        float, Range(0, 1, "share", "assumed", "Conviction gained when the outside is heard")
    ] = 0.1


def exposure(among_contacts: float, everywhere: float, p: Parameters) -> float:
    """Return the share of others whom a person sees to have adopted.

    >>> exposure(0.5, everywhere=0.25, p=Parameters()), exposure(0.5, everywhere=0.25, p=Parameters(mixing=1.0))
    (0.5, 0.25)
    """
    if not p.on:
        return 0.0
    return among_contacts + p.mixing * (everywhere - among_contacts)


def next_conviction(person: Staff, own_view: float, appraising: float, p: Parameters) -> float:
    """Return a person's conviction after a week: drawn to their own view, to their contacts' and back to their first.

    >>> from simulation.entities import Staff
    >>> someone = Staff(0, 0, 0, 0, 0, 1, conviction=0.25, surrounding=0.25)
    >>> next_conviction(someone, own_view=0.75, appraising=0.5, p=Parameters())
    0.5
    """
    new = person.conviction + appraising * (own_view - person.conviction)
    if p.on:
        new = new + p.listening * (person.surrounding - person.conviction)
        new = new + person.stubbornness * (person.first_opinion - new)
    return new


def outside_probability(person: Staff, p: Parameters) -> float:
    """Return the chance to hear of the change from outside this week: those with standing hear first.

    >>> from simulation.entities import Staff
    >>> outside_probability(Staff(0, 0, 0, 0, 0, 1, listeners=0.5), Parameters(outside=0.01, standing=4.0))
    0.03
    """
    return p.outside * (1.0 + p.standing * person.listeners) if p.on else 0.0


def awareness_probability(person: Staff, p: Parameters) -> float:
    """Return the chance that an unaware person hears of the change from contacts this week."""
    if not p.on:
        return 0.0
    return p.awareness * person.exposure
