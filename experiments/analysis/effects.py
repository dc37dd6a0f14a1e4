"""What swept parameters do: changed one at a time, or each of several from one level to another, alone and all at once.

Switching a mechanism off shows what rests on it. Two levels of each of several parameters, crossed, show whether what
they do adds up: where all at once do more or less than each alone, summed, they interlock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from experiments.analysis import statistics
from experiments.analysis.outcomes import Outcomes
from experiments.analysis.statistics import PairedDifference
from experiments.analysis.wording import named
from experiments.design.cells import Value

Point = tuple[Value, ...]
NOTHING = frozenset[int]()
ONE_AT_A_TIME = "one_at_a_time"
SUM, ALL, BEYOND = "each alone, summed", "all at once", "beyond the sum"


class Effect(NamedTuple):
    """What a change does to one arm.

    ``level`` is what the arm comes to after the change, None where the row stands for no state of its own; ``change``
    is by how much that differs from the same without the change, replicate by replicate.
    """

    level: float | None
    change: PairedDifference


class Change(NamedTuple):
    """One change of parameters, and what it does to every arm."""

    label: str
    arms: Mapping[str, Effect]


class Effects(NamedTuple):
    """A table of changes.

    Attributes
    ----------
    name : str
        ``one_at_a_time``, ``from_first_levels`` or ``from_last_levels``.
    meaning : str
        What levels and changes are, as a sentence.
    levels : mapping of str to float
        What each arm comes to without any change.
    rows : list of Change
        The changes.
    beyond : mapping of str to PairedDifference
        By how much each arm goes further beyond the sum than the baseline does, with the same random numbers. Where two arms
        differ in one mechanism only, that is the part of the interlocking that the mechanism makes.
    """

    name: str
    meaning: str
    levels: Mapping[str, float]
    rows: list[Change]
    beyond: Mapping[str, PairedDifference]


def effects(outcomes: Outcomes) -> list[Effects]:
    """Return what the design of a sweep allows to say of its parameters.

    The list is empty where the design is of another kind, or where no replicate is whole yet: every arm at every point.
    """
    points, shares = _points(outcomes), _shares(outcomes)
    if len(shares.columns) < len(outcomes.arms) * len(points) or shares.dropna().empty:
        return []
    centre = _centre(list(points.values()))
    if centre is not None:
        return [_one_at_a_time(outcomes, points, centre)]
    corners = _corners(points)
    if corners is None:
        return []
    return [_corner_effects(outcomes, corners, side) for side in ("first", "last")]


def varied(outcomes: Outcomes) -> list[str]:
    """Return the parameters of which a sweep has more than one value."""
    return [name for name in outcomes.parameters if outcomes.runs[name].nunique() > 1]


def _points(outcomes: Outcomes) -> dict[int, Point]:
    """Return the values of the varied parameters at each point, in the order of the design."""
    table = outcomes.runs[["point", *varied(outcomes)]].drop_duplicates("point").sort_values("point")
    return {int(point): tuple(values) for point, *values in table.itertuples(index=False)}


def _differing(one: Point, other: Point) -> list[int]:
    return [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]


def _centre(points: Sequence[Point]) -> Point | None:
    """Return the first point, if each of the others changes one parameter of it."""
    if len(points) < 2 or any(len(_differing(points[0], point)) != 1 for point in points[1:]):
        return None
    return points[0]


class _Corners(NamedTuple):
    """A full grid of two levels of each parameter: which point stands for which parameters at their last level."""

    first: Point
    last: Point
    points: Mapping[frozenset[int], int]


def _corners(points: Mapping[int, Point]) -> _Corners | None:
    everything = list(points.values())
    if not everything or not everything[0]:
        return None
    columns = [list(dict.fromkeys(column)) for column in zip(*everything, strict=True)]
    if any(len(levels) != 2 for levels in columns) or len(points) != 2 ** len(columns):
        return None
    first, last = (tuple(levels[place] for levels in columns) for place in (0, 1))
    return _Corners(first, last, {frozenset(_differing(first, values)): point for point, values in points.items()})


def _shares(outcomes: Outcomes) -> pd.DataFrame:
    """Return what every replicate reached in the end, a column for each arm and point."""
    return outcomes.runs.pivot(index="replicate", columns=["arm", "point"], values="adopted_share")


def _effect(after: pd.Series, before: pd.Series) -> Effect:
    """Return what a change does, over the replicates that have both, so that random numbers stay shared."""
    both = pd.concat([after, before], axis=1).dropna().to_numpy(dtype=np.float64)
    return Effect(float(both[:, 0].mean()), statistics.paired_difference(both[:, 0], both[:, 1]))


def _one_at_a_time(outcomes: Outcomes, points: Mapping[int, Point], centre: Point) -> Effects:
    shares, names, base = _shares(outcomes), varied(outcomes), outcomes.baseline
    start = next(iter(points))

    def gap(arm: str, point: int) -> pd.Series:
        return shares[arm, point] if arm == base else shares[arm, point] - shares[base, point]

    rows = []
    for point, values in points.items():
        if values != centre:
            (place,) = _differing(centre, values)
            label = f"{names[place]} {named(values[place])}"
            rows.append(Change(label, {arm: _effect(gap(arm, point), gap(arm, start)) for arm in outcomes.arms}))
    return Effects(
        ONE_AT_A_TIME,
        f"One change at a time: what {outcomes.titles[base]} reaches after {outcomes.end} and the gap of every "
        "other arm to it under the same change (percentage points), and by how much the change moves that",
        {arm: float(gap(arm, start).mean()) for arm in outcomes.arms},
        sorted(rows, key=lambda row: -max(abs(effect.change.value) for effect in row.arms.values())),
        {},
    )


class _Corner(NamedTuple):
    """One corner of the grid, and what each arm comes to on leaving it."""

    shares: pd.DataFrame
    corners: _Corners
    start: frozenset[int]

    def at(self, arm: str, changed: frozenset[int] = NOTHING) -> pd.Series:
        """Return what each replicate reaches with these parameters changed."""
        return self.shares[arm, self.corners.points[self.start ^ changed]]

    def all(self, arm: str) -> pd.Series:
        """Return what each replicate reaches with every parameter changed."""
        return self.at(arm, frozenset(range(len(self.corners.first))))

    def summed(self, arm: str) -> pd.Series:
        """Return what each replicate would reach if changes added up."""
        before = self.at(arm)
        return before + sum(self.at(arm, frozenset({place})) - before for place in range(len(self.corners.first)))

    def effects(self, arm: str) -> list[Effect]:
        """Return what each parameter does alone, their sum, what all do at once, and what goes beyond the sum."""
        before, summed, after = self.at(arm), self.summed(arm), self.all(arm)
        return [
            *(_effect(self.at(arm, frozenset({place})), before) for place in range(len(self.corners.first))),
            _effect(summed, before)._replace(level=None),
            _effect(after, before),
            _effect(after, summed)._replace(level=None),
        ]

    def beyond(self, arm: str) -> pd.Series:
        """Return by how much each replicate goes beyond the sum."""
        return self.all(arm) - self.summed(arm)


def _corner_effects(outcomes: Outcomes, corners: _Corners, side: str) -> Effects:
    """Return what leaving one corner of the grid does: by each parameter alone, by all of them, and beyond the sum."""
    ends = (corners.first, corners.last) if side == "first" else (corners.last, corners.first)
    corner = _Corner(_shares(outcomes), corners, frozenset(_differing(corners.first, ends[0])))
    labels = [f"{n} {named(a)} to {named(b)}" for n, a, b in zip(varied(outcomes), *ends, strict=True)]
    effects = {arm: corner.effects(arm) for arm in outcomes.arms}
    others = [arm for arm in outcomes.arms if arm != outcomes.baseline]
    return Effects(
        f"from_{side}_levels",
        f"Each parameter from its {side} level to the other, alone and all at once: what an arm reaches after "
        f"{outcomes.end} (%), and by how much the change moves that (percentage points)",
        {arm: float(corner.at(arm).mean()) for arm in outcomes.arms},
        [
            Change(label, {arm: effects[arm][place] for arm in outcomes.arms})
            for place, label in enumerate([*labels, SUM, ALL, BEYOND])
        ],
        {arm: _effect(corner.beyond(arm), corner.beyond(outcomes.baseline)).change for arm in others},
    )


def significant_changes(table: Effects) -> tuple[int, dict[str, list[str]]]:
    """Return how many changes were tested, and for each arm those significant at 5 % after Holm's correction.

    Sums and all at once are left out: whether a change matters, and whether changes interlock, is what is asked.
    """
    cells = [
        (arm, row.label, effect.change.p_value)
        for row in table.rows
        if row.label not in (SUM, ALL)
        for arm, effect in row.arms.items()
        if np.isfinite(effect.change.p_value)
    ]
    significant: dict[str, list[str]] = {arm: [] for arm in table.levels}
    for (arm, label, _), p_value in zip(cells, statistics.holm([cell[2] for cell in cells]), strict=True):
        if p_value <= 0.05:
            significant[arm].append(label)
    return len(cells), significant
