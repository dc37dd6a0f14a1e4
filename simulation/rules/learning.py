"""Leaders learn, chiefly by experience, and from mistakes where they are allowed to make them."""

from typing import Annotated, NamedTuple

from ..entities import Leader
from ..mathematics import clipped, exponential, logarithm
from ..parameters import Range, initial


class Parameters(NamedTuple):
    """Leaders' skill."""

    on: Annotated[bool, initial(0, 1, "switch", "design", "Whether leaders learn")] = True
    aptitude: Annotated[
        float, initial(0, 1, "share", "assumed", "Mean of the skill a leader can reach in a tactic")
    ] = 0.8
    aptitude_spread: Annotated[float, initial(0, 0.5, "share", "assumed", "Standard deviation of aptitude")] = 0.15
    rate: Annotated[
        float, Range(0, 1, "per attempt", "assumed", "Share of the gap to aptitude closed by a first attempt")
    ] = 0.02
    exponent: Annotated[
        float,
        Range(0, 1, "power", "general power law of practice .1-.4; assumed", "How practice loses its effect"),
    ] = 0.3
    from_failure: Annotated[
        float,
        Range(0, 5, "share", "assumed", "How much more a failure teaches than a success, without blame"),
    ] = 2.0
    blame: Annotated[float, Range(0, 1, "share", "assumed", "How far failure is blamed")] = 0.5
    withdrawal: Annotated[
        float,
        Range(0, 1, "per week", "assumed", "Share of hours withdrawn in a week of failures alone, under full blame"),
    ] = 0.03
    recovery: Annotated[float, Range(0, 1, "per week", "assumed", "Return of withdrawn hours")] = 0.05
    softening: Annotated[
        float,
        Range(
            0,
            1,
            "per week",
            "assumed",
            "How far a week of failures alone softens the ego shown, by aptitude for reflection",
        ),
    ] = 0.02


def next_skill(skill: float, aptitude: float, attempts: int, successes: int, failures: int, p: Parameters) -> float:
    """Return a leader's skill in one tactic after a week; practice never takes it beyond aptitude.

    >>> next_skill(0.5, 0.5, 10, 1, 3, Parameters())
    0.5
    """
    if not p.on or aptitude <= skill:
        return skill
    lesson = successes + failures * p.from_failure * (1.0 - p.blame)
    practised = exponential(-p.exponent * logarithm(1.0 + attempts))
    return skill + clipped(p.rate * lesson * practised) * (aptitude - skill)


def failed_share(attempts: int, failures: int) -> float:
    """Return the share of a week's conversations that failed; a week without any teaches nothing.

    >>> failed_share(8, 2), failed_share(0, 0)
    (0.25, 0.0)
    """
    return failures / attempts if attempts > 0 else 0.0


def next_withdrawn(leader: Leader, failed: float, p: Parameters) -> float:
    """Return the share of hours that blame for a share of failures has frightened away."""
    if not p.on:
        return 0.0
    return clipped(leader.withdrawn * (1.0 - p.recovery) + p.withdrawal * p.blame * failed * (1.0 - leader.withdrawn))


def next_ego_shown(leader: Leader, failed: float, p: Parameters) -> float:
    """Return the ego that a leader shows after a week in which a share failed; the trait itself stays."""
    if not p.on:
        return leader.ego
    return leader.ego_shown * (1.0 - clipped(p.softening * leader.reflection * failed))
