"""Opinions that people take in from those to whom they listen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from experiments.validity.checks import Check, exact
from experiments.validity.limits import files
from simulation import Request
from simulation.states import moments, states
from simulation.world import Array

LISTENING, LISTENING_CLOSELY = 0.6, 0.9
WEEKS = (1, 3, 200)


def weights() -> Array:
    """Return how much of each one's opinion everyone takes over in a week, with themselves and their twin as one."""
    strengths = np.array(files.LISTENING, np.float64)
    own = np.array(files.TWIN, np.float64)
    taken = LISTENING * strengths / (strengths.sum(axis=1) + own)[:, None]
    matrix: Array = taken + np.diag(1.0 - taken.sum(axis=1))
    return matrix


def consensus(folder: Path, quick: bool) -> Iterator[Check]:
    """Everyone comes to think what the left eigenvector of their weights says."""
    found = _opinions(folder / "consensus.toml")
    yield from _compared(found, weights(), np.zeros(len(files.FIRST_OPINIONS)))
    for who, opinion in enumerate(found[WEEKS[-1]], 1):
        yield exact(f"opinion of person {who} in the end: 65/274", opinion, 65 / 274)


def stubborn(folder: Path, quick: bool) -> Iterator[Check]:
    """Who keeps a share of their first opinion never comes to think as all others do."""
    found, share = _opinions(folder / "stubborn.toml"), np.array(files.STUBBORNNESS)
    yield from _compared(found, weights(), share)
    rest = np.eye(len(share)) - (1.0 - share)[:, None] * weights()
    at_rest = np.linalg.solve(rest, share * np.array(files.FIRST_OPINIONS))
    for who, (opinion, expected) in enumerate(zip(found[WEEKS[-1]], at_rest, strict=True), 1):
        yield exact(f"opinion of person {who} in the end", opinion, float(expected))


def weighted(folder: Path, quick: bool) -> Iterator[Check]:
    """Weights that are no whole numbers count as they stand."""
    strengths = np.array(files.WEIGHTS)
    shares = strengths / strengths.sum(axis=1, keepdims=True)
    matrix = (1.0 - LISTENING_CLOSELY) * np.eye(len(shares)) + LISTENING_CLOSELY * shares
    yield from _compared(_opinions(folder / "weighted.toml", twins=1), matrix, np.zeros(len(shares)))


def _compared(found: dict[int, Array], matrix: Array, share: Array) -> Iterator[Check]:
    """Hold the opinions of some weeks against as many products with the weights; the farthest off is told."""
    first = expected = np.array(files.FIRST_OPINIONS)
    for week in range(1, max(found) + 1):
        expected = (1.0 - share) * (matrix @ expected) + share * first
        if week in found:
            off = float(np.abs(found[week] - expected).max())
            yield exact(f"the most that any opinion is off in week {week}", off, 0.0)


def _opinions(scenario: Path, twins: int = 2) -> dict[int, Array]:
    """Return the opinions of the five in some weeks, of whom there are so many each; these think alike."""
    found = {}
    for moment in moments(Request(str(scenario), weeks=max(WEEKS)), 1):
        if moment.week in WEEKS:
            each = states(moment.world)["conviction"].reshape(twins, -1)
            found[moment.week] = np.where((each == each[0]).all(axis=0), each[0], np.nan)
    return found
