"""Credit: taken, it costs trust, ownership and willingness; given away, it makes them and advocates, and no career."""

from typing import Annotated, NamedTuple

from ..entities import NEVER, Leader, Organisation, Staff
from ..mathematics import clipped, exponential
from ..parameters import Prior, Range


class Parameters(NamedTuple):
    """Credit for an adoption."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether anyone minds who gets the credit")] = True
    trust_lost: Annotated[
        float,
        Range(
            0,
            20,
            "per share of staff",
            "assumed; humble leadership and trust rho .62, halved (meta-analysis 2022)",
            "Loss of trust when the credit for all of an organisation's adoptions is taken",
            prior=Prior(0.5, 5),
        ),
    ] = 3.5
    rivals: Annotated[
        float,
        Range(
            0,
            2,
            "share",
            "assumed",
            "How much of that loss spreads to the organisation's partners and rivals",
        ),
    ] = 0.3
    ownership: Annotated[
        float,
        Range(
            0, 1, "share", "assumed", "Ownership gained by those who are given the credit, or lost where it is taken"
        ),
    ] = 0.3
    trust_gained: Annotated[
        float,
        Range(0, 1, "share", "assumed; humble leadership and trust rho .62, halved", "Trust gained by them"),
    ] = 0.1
    advocate: Annotated[
        float,
        Range(
            0,
            1,
            "probability",
            "assumed; humble leadership and voice rho .34, halved (meta-analysis 2022)",
            "Chance that they become advocates",
        ),
    ] = 0.3
    willingness: Annotated[
        float,
        Range(
            0,
            3,
            "log-odds",
            "humble leadership and voice rho .34, halved .17, is d = .35, or .63 log-odds; meta-analysis 2022, abstract",
            "What colleagues' view gains where leaders leave all the credit, and loses where they take it",
            prior=Prior(0.1, 1.2),
        ),
    ] = 0.6
    talked_of: Annotated[
        float,
        Range(
            0,
            100,
            "per share of staff",
            "assumed",
            "How fast it gets round in an organisation who had the credit",
            prior=Prior(2, 15, "log"),
        ),
    ] = 8.0
    forgotten: Annotated[
        float, Range(0, 1, "per week", "assumed", "How fast that is forgotten", prior=Prior(0.003, 0.03, "log"))
    ] = 0.01
    success: Annotated[
        float,
        Range(0, 1, "share of staff", "assumed", "Adoptions that an organisation's success, its open gate, counts as"),
    ] = 0.05
    capital: Annotated[
        float,
        Range(
            0,
            1,
            "per adoption",
            "assumed; leader emergence: Grijalva 2015",
            "Career capital gained by taking the credit",
        ),
    ] = 0.02
    capital_given: Annotated[
        float,
        Range(0, 1, "share", "assumed", "Career capital lost by giving the credit away, as a share of that for taking"),
    ] = 0.5
    capital_fades: Annotated[float, Range(0, 1, "per week", "assumed", "Fading of career capital")] = 0.02


def can_be_claimed(person: Staff, week: int, memory: int, p: Parameters) -> bool:
    """Return whether an adoption this week is put down to a leader's conversation with this person."""
    return p.on and person.leader != NEVER and week - person.spoke < memory


def probability_of_claiming(leader: Leader) -> float:
    """Return how often a leader takes the credit: the ego shown, as far as the credit is not forgone."""
    return leader.ego_shown * (1.0 - leader.credit_forgone)


def trust_kept(person: Staff, claimed: float, p: Parameters) -> float:
    """Return the share of a person's trust left when a share of their colleagues' adoptions is claimed.

    It falls most in those with much ego; it never rises.

    >>> from simulation.entities import Staff
    >>> trust_kept(Staff(0, 0, 0, 0, 0, 1), claimed=0.0, p=Parameters())
    1.0
    """
    return exponential(-p.trust_lost * (0.5 + person.ego) * claimed)


def next_recognition(organisation: Organisation, p: Parameters) -> float:
    """Return what leaders are known for in an organisation: towards 1 for leaving the credit, towards -1 for taking it.

    >>> next_recognition(Organisation(0, 0, 0, 1, 0, 1, weight=1024, given_now=1024), Parameters())
    1.0
    """
    if not p.on:
        return 0.0
    given = clipped(p.talked_of * organisation.given_now / organisation.weight)
    taken = clipped(p.talked_of * organisation.claimed)
    known = organisation.recognition * (1.0 - p.forgotten)
    return known + given * (1.0 - taken) * (1.0 - known) - taken * (1.0 + known)


def willing(recognition: float, p: Parameters) -> float:
    """Return the log-odds by which what leaders are known for raises or lowers the view of everyone in a place."""
    return p.willingness * recognition if p.on else 0.0


def next_capital(leader: Leader, taken: float, given: float, p: Parameters) -> float:
    """Return a leader's career capital after a week in which so many adoptions were claimed and given away."""
    if not p.on:
        return 0.0
    capital = leader.capital * (1.0 - p.capital_fades) + p.capital * (taken - p.capital_given * given)
    return 2.0 * clipped(0.5 + 0.5 * capital) - 1.0
