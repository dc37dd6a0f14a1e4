"""What came out of the studies that sheets speak of, kept in one small file with what it was made with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from experiments.analysis.asked import declared
from experiments.analysis.facilitator.sheet import ALIKE, LESS, LEVEL, MORE, SHEETS, UNCLEAR, Claim
from experiments.analysis.statistics.proportions import leans

KEPT = SHEETS / "evidence.json"


class Evidence(NamedTuple):
    """What a claim is held to: means of single arms, and the paired difference with its interval, in the observable's unit."""

    levels: Sequence[float]
    mean: float
    low: float
    high: float
    ahead: int
    behind: int
    pairs: int


class Reveal(NamedTuple):
    """What the page says of the two arms that it opens, over its forty pairs; `middles` are the shares of the middle runs."""

    verdict: str
    middles: Sequence[float]
    ahead: int
    behind: int
    runs: int
    mean: float
    low: float
    high: float


class Results(NamedTuple):
    """What one study came to, and with which version and sources."""

    version: str
    sources: str
    replicates: int
    reveal: Reveal
    claims: Mapping[str, Evidence]

    def document(self) -> dict[str, Any]:
        """Return this as plain data."""
        claims = {key: found._asdict() for key, found in self.claims.items()}
        return {**self._asdict(), "reveal": self.reveal._asdict(), "claims": claims}


@cache
def kept() -> dict[str, Results]:
    """Return what is kept, by study."""
    document = json.loads(KEPT.read_text("utf-8"))
    return {name: _results(said) for name, said in document.items()}


def _results(said: Mapping[str, Any]) -> Results:
    claims = {key: Evidence(**found) for key, found in said["claims"].items()}
    return Results(**{**said, "reveal": Reveal(**said["reveal"]), "claims": claims})


def holds(claim: Claim, found: Evidence, weeks: int) -> bool:
    """Whether a claim is what came out.

    Parameters
    ----------
    claim : Claim
        What is said.
    found : Evidence
        What came out.
    weeks : int
        How long runs are.
    """
    margin = declared(claim.outcome, weeks, "").margin
    is_so = {
        MORE: found.low > 0,
        LESS: found.high < 0,
        ALIKE: -margin < found.low and found.high < margin,
        UNCLEAR: found.low <= 0 <= found.high,
        LEVEL: len(claim.cells) == 1,
    }
    return is_so[claim.says] and claim.at_least <= found.mean <= claim.at_most and claim.mostly in ("", _mostly(found))


def _mostly(found: Evidence) -> str:
    """Return on which side more pairs lie than chance alone would often bring about, of those that differ; empty for none."""
    more = MORE if found.ahead > found.behind else LESS
    return more if leans(found.ahead, found.behind) else ""
