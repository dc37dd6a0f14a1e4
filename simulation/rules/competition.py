"""Set up to compete, not cooperate: a rival's example counts less, and letting the others go first is tempting."""

from typing import Annotated, NamedTuple

from ..entities import CONVENED, INSIDE, PEER, RIVAL, Organisation
from ..parameters import Prior, Range, initial


class Parameters(NamedTuple):
    """Competition between organisations."""

    on: Annotated[bool, initial(0, 1, "switch", "design", "Whether organisations compete")] = True
    level: Annotated[float, initial(0, 1, "share", "assumed", "Mean incentive to compete rather than cooperate")] = 0.5
    spread: Annotated[
        float, initial(0, 0.5, "share", "assumed", "Standard deviation of the incentive between organisations")
    ] = 0.1
    temptation: Annotated[
        float,
        Range(
            0,
            5,
            "log-odds",
            "d = .78 (Johnson 1981, secondary), halved, is .71 log-odds; 2 x .5 x .7 with level and purpose as usual",
            "Weight of the temptation to let the others go first",
            prior=Prior(0.5, 4),
        ),
    ] = 2.0
    withheld: Annotated[
        float,
        Range(0, 1, "share", "assumed", "Share of what ties across carry that is withheld where competition is full"),
    ] = 0.5
    spur: Annotated[
        float,
        Range(
            -1,
            1,
            "share",
            "assumed; sign may change: league tables",
            "How a rival's example counts: -1 ignored, 1 doubly",
        ),
    ] = -1.0


def incentive(organisation: Organisation, eased: float, p: Parameters) -> float:
    """Return the incentive to compete that is felt, after what a convener eases of it."""
    if not p.on:
        return 0.0
    return organisation.competition * (1.0 - eased)


def tie_weight(kind: int, incentive_felt: float, convened: bool, peers: bool, p: Parameters) -> int:
    """Return the weight of a tie, in sixteenths of a strong one.

    Ties inside and ties across count in full, a rival's by how far competition lets it; ties made at a convener's
    table or in a peer set carry only while these exist.

    >>> tie_weight(RIVAL, 0.5, False, False, Parameters()), tie_weight(CONVENED, 0.5, False, False, Parameters())
    (8, 0)
    """
    if kind == RIVAL:
        return int(16.0 * max(0.0, 1.0 + p.spur * incentive_felt) + 0.5)
    if kind == CONVENED:
        return 16 if convened else 0
    if kind == PEER:
        return 16 if peers else 0
    return 16 if kind == INSIDE else _across(incentive_felt, p.withheld)


def _across(incentive_felt: float, withheld: float) -> int:
    """Return the weight of a weak tie: information is withheld where organisations compete."""
    return int(16.0 * (1.0 - withheld * incentive_felt) + 0.5)


def pull_back(purpose: float, partners: float, incentive_felt: float, p: Parameters) -> float:
    """Return the log-odds by which the temptation to wait lowers conviction.

    It is least where patients' interest is salient and where the partners have moved already.
    """
    if not p.on:
        return 0.0
    return p.temptation * incentive_felt * (1.0 - purpose) * (1.0 - partners)
