"""The scenarios and tables of the limits, written into a folder, where anybody can run them with `syslead run`."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

Tie = tuple[int, int]
HERE = Path(__file__).parent
GROUPS, GROUP, HOUSEHOLDS, HOUSEHOLD, RINGS, RING = 100, 20, 100, 12, 400, 8
SHORT_CUTS = ((0, 4), (1, 6))
CROWD, MEAN_THRESHOLD = 10_000, 0.25
FIRST_OPINIONS = (1.0, 0.0, 0.0, 0.5, 0.2)
LISTENING = ((0, 5, 0, 0, 0), (2, 0, 3, 0, 0), (0, 5, 0, 5, 0), (0, 0, 4, 0, 2), (1, 0, 0, 4, 0))
"""How strongly each of five people listens to each other; a row adds up to 5 or 6."""
TWIN = (1, 1, 2, 0, 1)
"""How strongly each listens to a twin who thinks alike, so that what is left of their own opinion differs."""
WEIGHTS = (
    (0, 7.1, 2.9, 0, 0),
    (2.5, 0, 5.1, 2.4, 0),
    (0, 6.3, 0, 3.7, 0),
    (0.9, 0, 2.2, 0, 6.9),
    (4.4, 1.7, 0, 3.9, 0),
)
"""How strongly each of five people listens to each other, in numbers that are not whole; a row adds up to 10."""
STUBBORNNESS = (0.5, 0.0, 0.125, 1.0, 0.25)
LATTICE, REACH = 60, 2
ENOUGH = (0.25, 0.5, 0.51)
"""Thresholds on three rings on which everyone listens to four others: one of them, two, and more than two."""


def write(folder: Path) -> None:
    """Write every scenario of a limit that is not built in, and its tables, into a folder."""
    for scenario in sorted(HERE.glob("*.toml")):
        shutil.copyfile(scenario, folder / scenario.name)
    _write_groups(folder, "chain", GROUPS, GROUP, list(combinations(range(GROUP), 2)))
    _write_groups(folder, "final-size", HOUSEHOLDS, HOUSEHOLD, list(combinations(range(HOUSEHOLD), 2)))
    _write_groups(folder, "small-world", RINGS, RING, small_world())
    _write_twins(folder)
    _write_weighted(folder)
    _write_rings(folder)
    _write_crowd(folder, "crowd", [i / 100 for i in range(100)])
    _write_crowd(folder, "crowd-gap", [i / 100 for i in (0, 2, *range(2, 100))])
    for percent in (10, 12, 13):
        _write_crowd(folder, f"crowd-{percent}", normal_thresholds(percent / 100))


def small_world() -> list[Tie]:
    """Return the ties of a ring with two short cuts."""
    return [*((i, (i + 1) % RING) for i in range(RING)), *SHORT_CUTS]


def normal_thresholds(spread: float) -> Sequence[float]:
    """Return the quantiles of normal thresholds, none below 0."""
    from scipy.stats import norm

    quantiles = norm.ppf((np.arange(CROWD) + 0.5) / CROWD, MEAN_THRESHOLD, spread)
    return np.maximum(quantiles, 0.0).tolist()  # type: ignore[no-any-return]


def _write_groups(folder: Path, name: str, groups: int, size: int, ties: Sequence[Tie]) -> None:
    """Write copies of one group, each an organisation of its own, in which the first person has adopted."""
    people = ((f"{g}-{i}", g, "adopted" if i == 0 else "aware") for g in range(groups) for i in range(size))
    _write(folder / f"{name}-staff.csv", ("id", "organisation", "stage"), people)
    pairs = ((f"{g}-{i}", f"{g}-{j}") for g in range(groups) for i, j in ties)
    _write(folder / f"{name}-ties.csv", ("source", "target"), pairs)


def _write_twins(folder: Path) -> None:
    people = [(f"{who}{i}", "aware", opinion) for who in "ab" for i, opinion in enumerate(FIRST_OPINIONS)]
    _write(folder / "consensus-staff.csv", ("id", "stage", "conviction"), people)
    stubborn = [(*person, share) for person, share in zip(people, STUBBORNNESS * 2, strict=True)]
    _write(folder / "stubborn-staff.csv", ("id", "stage", "conviction", "stubbornness"), stubborn)
    _write(folder / "consensus-ties.csv", ("source", "target", "strength"), _ties_of_twins())


def _write_weighted(folder: Path) -> None:
    people = ((i, "aware", opinion) for i, opinion in enumerate(FIRST_OPINIONS))
    _write(folder / "weighted-staff.csv", ("id", "stage", "conviction"), people)
    ties = ((j, i, strength) for i, row in enumerate(WEIGHTS) for j, strength in enumerate(row) if strength)
    _write(folder / "weighted-ties.csv", ("source", "target", "strength"), ties)


def _ties_of_twins() -> Iterable[tuple[str, str, int]]:
    for who, other in ("ab", "ba"):
        for i, row in enumerate(LISTENING):
            yield from ((f"{who}{j}", f"{who}{i}", strength) for j, strength in enumerate(row) if strength)
            if TWIN[i]:
                yield f"{other}{i}", f"{who}{i}", TWIN[i]


def _write_rings(folder: Path) -> None:
    """Write three rings, in each of which the first two have adopted."""
    people = (
        (f"{ring}-{i}", ring, "adopted" if i < 2 else "aware", enough)
        for ring, enough in enumerate(ENOUGH)
        for i in range(LATTICE)
    )
    _write(folder / "lattice-staff.csv", ("id", "organisation", "stage", "threshold"), people)
    ties = (
        (f"{ring}-{i}", f"{ring}-{(i + far) % LATTICE}")
        for ring in range(len(ENOUGH))
        for i in range(LATTICE)
        for far in range(1, REACH + 1)
    )
    _write(folder / "lattice-ties.csv", ("source", "target"), ties)


def _write_crowd(folder: Path, name: str, thresholds: Sequence[float]) -> None:
    people = ((i, "aware", threshold) for i, threshold in enumerate(thresholds))
    _write(folder / f"{name}-staff.csv", ("id", "stage", "threshold"), people)


def _write(file: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([head, *rows])
