"""A conversation: what a leader without authority has to work with."""

from typing import Annotated, NamedTuple

from ..entities import Effect, Leader, Staff
from ..mathematics import clipped, moved, on_grid
from ..parameters import BOTH, Prior, Range, initial


class Parameters(NamedTuple):
    """Conversations of leaders with staff."""

    hours: Annotated[float, Range(0.1, 10, "hours", "assumed", "Leader's time a conversation takes")] = 0.5
    skill: Annotated[float, initial(0, 1, "share", "assumed", "Leaders' skill in every tactic at the start")] = 0.7
    pressure_cost: Annotated[
        float, Range(0, 1, "share", "assumed", "How far full pressure lowers the chance of being heard")
    ] = 0.5
    without_trust: Annotated[
        float, Range(0, 1, "probability", "assumed", "Chance of being heard with no trust, before skill")
    ] = 0.5
    distance: Annotated[
        float,
        Range(
            0,
            0.33,
            "share a tier",
            "assumed; near peers: Fitzgerald et al. 2013",
            "Openness lost with each tier between a leader and the person",
        ),
    ] = 0.08
    memory: Annotated[int, Range(1, 104, "weeks", "assumed", "How long an adoption is put down to a conversation")] = 12
    ownership_fades: Annotated[
        float,
        Range(0, 1, "per week", "assumed", "Fading of the idea's being one's own", prior=Prior(0.003, 0.03, "log")),
    ] = 0.01
    informed_fades: Annotated[
        float,
        Range(
            0,
            1,
            "per week",
            "assumed",
            "Return of what is known of the evidence to its usual level",
            prior=Prior(0.003, 0.03, "log"),
        ),
    ] = 0.01
    informed_usual: Annotated[
        float, Range(0, 1, "share", "assumed", "How far people usually know what the evidence says", when=BOTH)
    ] = 0.2
    understood_fades: Annotated[
        float, Range(0, 1, "per week", "assumed", "Fading of feeling understood", prior=Prior(0.003, 0.03, "log"))
    ] = 0.01
    interest_fades: Annotated[
        float, Range(0, 1, "per week", "assumed", "Fading of the longer-term view", prior=Prior(0.003, 0.03, "log"))
    ] = 0.01
    purpose_fades: Annotated[
        float,
        Range(0, 1, "per week", "assumed", "Return of purpose to its usual level", prior=Prior(0.003, 0.03, "log")),
    ] = 0.01
    purpose_usual: Annotated[
        float, Range(0, 1, "share", "assumed", "How salient the patient's interest usually is", when=BOTH)
    ] = 0.3
    trust_returns: Annotated[
        float, Range(0, 1, "per week", "assumed", "Return of trust to its usual level", prior=Prior(0.003, 0.03, "log"))
    ] = 0.01
    trust_usual: Annotated[
        float, Range(0, 1, "share", "assumed", "Usual trust in whoever leads a change", when=BOTH)
    ] = 0.5


def meetings(leader: Leader, hours: float, draw: float, p: Parameters) -> int:
    """Return how many conversations a leader holds this week.

    Career capital opens doors and its lack closes them, by up to 30 % (assumed); the fraction of a
    conversation left over takes place with that probability.

    >>> from simulation.entities import Leader
    >>> meetings(Leader(0, 0, 3, 0, -1, hours=2.0), hours=2.0, draw=0.5, p=Parameters())
    4
    """
    kept = hours * (1.0 - leader.withdrawn) * (1.0 + 0.3 * leader.capital)
    return int(kept / p.hours + draw)


def by_trust(person: Staff, p: Parameters) -> float:
    """Return how openly a person hears a leader, before skill and pressure: the more trust, the more openly."""
    return p.without_trust + (1.0 - p.without_trust) * person.trust


def openness_across(leader: Leader, person: Staff, p: Parameters) -> float:
    """Return the share of a person's openness that is left across tiers: near peers are heard best.

    >>> from simulation.entities import Leader, Staff
    >>> chief, nurse = Leader(0, 0, 3, 0, -1, hours=2.0), Staff(0, 0, 0, 0, 0, 1)
    >>> openness_across(chief, nurse, Parameters(distance=0.25))
    0.25
    """
    return clipped(1.0 - p.distance * abs(leader.tier - person.tier))


def success_probability(openness: float, skill: float, pressure: float, p: Parameters) -> float:
    """Return the probability that a conversation achieves what its tactic can.

    >>> success_probability(openness=1.0, skill=0.6, pressure=0.0, p=Parameters())
    0.6
    """
    return clipped(skill * (1.0 - p.pressure_cost * pressure) * openness)


def strengthened(effect: Effect, strength: float) -> Effect:
    """Return an effect with a factor on all that it moves; nothing is moved further than all the way.

    >>> from simulation.entities import effect
    >>> stronger = strengthened(effect(purpose=0.25, trust=-0.5, planted=True), strength=3.0)
    >>> stronger.purpose, stronger.trust, stronger.planted
    (0.75, -1.0, True)
    """
    return Effect(
        effect.aware,
        _held(effect.conviction * strength),
        _held(effect.ownership * strength),
        _held(effect.purpose * strength),
        _held(effect.understood * strength),
        _held(effect.own_interest * strength),
        _held(effect.trust * strength),
        _held(effect.informed * strength),
        effect.planted,
        effect.advocate,
    )


def _held(share: float) -> float:
    return max(-1.0, min(1.0, share))


def changed(person: Staff, effect: Effect) -> tuple[float, float, float, float, float, float, float]:
    """Return a person's conviction, ownership, purpose, understood, own interest, trust and informed after an effect."""
    return (
        on_grid(moved(person.conviction, effect.conviction)),
        moved(person.ownership, effect.ownership),
        moved(person.purpose, effect.purpose),
        moved(person.understood, effect.understood),
        moved(person.own_interest, effect.own_interest),
        moved(person.trust, effect.trust),
        moved(person.informed, effect.informed),
    )


def faded(person: Staff, p: Parameters) -> tuple[float, float, float, float, float, float]:
    """Return a person's ownership, understood, own interest, purpose, trust and informed after a week unreminded."""
    return (
        person.ownership * (1.0 - p.ownership_fades),
        person.understood * (1.0 - p.understood_fades),
        person.own_interest * (1.0 - p.interest_fades),
        person.purpose + p.purpose_fades * (p.purpose_usual - person.purpose),
        person.trust + p.trust_returns * (p.trust_usual - person.trust),
        person.informed + p.informed_fades * (p.informed_usual - person.informed),
    )
