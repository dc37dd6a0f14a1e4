"""Opinions that people take in from those to whom they listen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from experiments.validity.checks import Check, exact
from experiments.validity.limits import files
from simulation import Request, run
from simulation.world import Array

LISTENING = 0.6


def weights() -> Array:
    """Return how much of each one's opinion everyone takes over in a week, with themselves and their twin as one."""
    strengths = np.array(files.LISTENING, np.float64)
    own = np.array(files.TWIN, np.float64)
    taken = LISTENING * strengths / (strengths.sum(axis=1) + own)[:, None]
    matrix: Array = taken + np.diag(1.0 - taken.sum(axis=1))
    return matrix


def consensus(folder: Path, quick: bool) -> Iterator[Check]:
    """Everyone comes to think what the left eigenvector of their weights says."""
    matrix, first = weights(), np.array(files.FIRST_OPINIONS)
    for week in (1, 3, 200):
        got = _mean_opinion(folder, week)
        yield exact(f"mean opinion in week {week}", got, (np.linalg.matrix_power(matrix, week) @ first).mean())
    yield exact("the same as a fraction, 65/274", _mean_opinion(folder, 200), 65 / 274)


def _mean_opinion(folder: Path, weeks: int) -> float:
    return float(run(Request(str(folder / "consensus.toml"), weeks=weeks)).observables["conviction"] or 0.0)
