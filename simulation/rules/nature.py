"""The change itself: its evidence, its benefit or harm to patients, its complexity, its break with the usual."""

from typing import Annotated, NamedTuple

from ..entities import Organisation, Staff
from ..parameters import Prior, Range, initial


class Parameters(NamedTuple):
    """The change that is to spread."""

    evidence: Annotated[float, Range(0, 1, "share", "assumed", "Strength of the evidence")] = 0.7
    benefit: Annotated[float, Range(-1, 1, "share", "assumed", "True benefit to patients; negative is harm")] = 1.0
    claimed: Annotated[float, Range(-1, 1, "share", "assumed", "Benefit that people believe in before they see it")] = (
        1.0
    )
    credulity: Annotated[
        float,
        Range(
            0,
            1,
            "share",
            "assumed",
            "Share of the claim that is believed by those who know nothing of the evidence",
            prior=Prior(0.15, 0.6),
        ),
    ] = 0.35
    experience: Annotated[
        float,
        Range(
            0,
            1,
            "per week",
            "assumed",
            "How fast the true benefit shows where all have adopted",
            prior=Prior(0.005, 0.06, "log"),
        ),
    ] = 0.03
    complexity: Annotated[float, Range(0, 1, "share", "assumed", "How complex the change is")] = 0.5
    divergence: Annotated[
        float,
        Range(0, 1, "share", "assumed; Battilana & Casciaro 2012", "How far it breaks with professional habit"),
    ] = 0.3
    cost: Annotated[float, initial(-2, 3, "share", "assumed", "Mean cost to an organisation")] = 1.0
    cost_spread: Annotated[
        float, initial(0, 2, "share", "assumed", "Half the range of costs between organisations")
    ] = 0.4
    gain: Annotated[float, initial(0, 3, "share", "assumed", "Mean later gain to an organisation")] = 0.65
    gain_spread: Annotated[
        float, initial(0, 2, "share", "assumed", "Half the range of gains between organisations")
    ] = 0.35
    interdependence: Annotated[
        float,
        Range(
            0,
            1,
            "share",
            "assumed; form: stag hunt",
            "Share of the gain realised that depends on the partners' changing too",
        ),
    ] = 0.6
    divergence_raises: Annotated[
        float,
        Range(
            0,
            1,
            "share of contacts",
            "assumed",
            "Threshold added where no colleague of the profession has adopted",
            prior=Prior(0, 0.4),
        ),
    ] = 0.1
    resistance: Annotated[
        float,
        Range(
            0,
            1,
            "share",
            "assumed; sign: Battilana & Casciaro 2013",
            "Trust that a failed conversation costs with somebody wholly against a change that wholly diverges",
        ),
    ] = 0.1
    complexity_raises: Annotated[
        float,
        Range(0, 10, "share", "assumed", "Rise in the risk of lapse once nobody leads what was led", prior=Prior(0, 4)),
    ] = 1.0


def believed(person: Staff, organisation: Organisation, p: Parameters) -> float:
    """Return the benefit to patients that a person believes in, negative where they expect harm.

    Before it shows, a claim is believed as far as the evidence that is known backs it; a claim of harm as it stands.
    Afterwards what shows counts. A distorted idea promises less of a benefit.

    >>> from simulation.entities import Organisation, Staff
    >>> someone, somewhere = Staff(0, 0, 0, 0, 0, 1, informed=1.0, fidelity=0.5), Organisation(0, 0, 0, 1, 0, 1, 1024)
    >>> believed(someone, somewhere, Parameters(evidence=0.75))
    0.375
    """
    claim = p.claimed
    if claim > 0.0:
        claim = claim * (p.credulity + person.informed * (p.evidence - p.credulity))
    benefit = claim + (p.benefit - claim) * organisation.seen
    return benefit * person.fidelity if benefit > 0.0 else benefit


def next_seen(organisation: Organisation, p: Parameters) -> float:
    """Return how far the true benefit shows next week, from 0 to 1."""
    return organisation.seen + p.experience * organisation.adopted_share * (1.0 - organisation.seen)


def threshold(person: Staff, p: Parameters) -> float:
    """Return a person's threshold: raised where the change diverges and the profession has not moved.

    Who needs no example needs none of the profession's either.
    """
    if person.threshold <= 0.0:
        return 0.0
    return person.threshold + p.divergence * p.divergence_raises * (1.0 - person.profession_exposure)


def trust_lost(person: Staff, p: Parameters) -> float:
    """Return the share of trust that a failed conversation costs: to press resisters for what diverges is a liability.

    >>> from simulation.entities import Staff
    >>> convinced = Staff(0, 0, 0, 0, 0, 1, conviction=1.0)
    >>> trust_lost(convinced, Parameters(divergence=1.0, resistance=0.5))
    0.0
    """
    return p.divergence * p.resistance * (1.0 - person.conviction)


def lapse_raised(abandoned: bool, p: Parameters) -> float:
    """Return the factor on the risk of lapse: 0 for the simplest change, 2 for the most complex; more without leaders.

    >>> lapse_raised(True, Parameters(complexity=0.5, complexity_raises=1.0))
    2.0
    """
    return 2.0 * p.complexity * (1.0 + p.complexity_raises if abandoned else 1.0)


def realised(organisation: Organisation, p: Parameters) -> float:
    """Return the share of the possible gain that an organisation has now.

    >>> from simulation.entities import Organisation
    >>> realised(Organisation(0, 0, 0, 1, 0, 1, 1024, adopted_share=1.0, partners=0.0), Parameters())
    0.4
    """
    return organisation.adopted_share * (1.0 - p.interdependence + p.interdependence * organisation.partners)
