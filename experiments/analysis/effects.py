"""What swept parameters do: changed one at a time, or each of several from one level to another, alone and all at once.

Switching a mechanism off shows what rests on it. Two levels of each of several parameters, crossed, show whether what
they do adds up: where all at once do more or less than each alone, summed, they interlock.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from experiments.analysis.changes import (
    ALL,
    AS_IT_STANDS,
    BEYOND,
    FIRST_POINT,
    ONE_AT_A_TIME,
    SUM,
    Change,
    Effect,
    Effects,
)
from experiments.analysis.meanings import setting_of
from experiments.analysis.outcomes import Outcomes
from experiments.analysis.starting_points import (
    Corners,
    Point,
    corners_of,
    differing,
    own_point,
    points_of,
    starting_point,
    varied,
)
from experiments.analysis.statistics import estimates, multiplicity
from experiments.analysis.wording import named
from experiments.design.cells import Value

NOTHING = frozenset[int]()


def effects(outcomes: Outcomes) -> list[Effects]:
    """Return what the design of a sweep allows to say of its parameters.

    The list is empty where the design is of another kind, or where what it turns on was not run.
    """
    if outcomes.left_out.cells:
        return []
    points = points_of(outcomes)
    start = starting_point(outcomes, points)
    if start is not None:
        return [_tested(_one_at_a_time(outcomes, points, start))]
    corners = corners_of(points)
    if corners is None:
        return []
    return [_tested(_corner_effects(outcomes, corners, side)) for side in ("first", "last")]


def _tested(table: Effects) -> Effects:
    """Return a table with its p-values adjusted as one family."""
    adjusted = multiplicity.family(
        {
            (place, arm): effect.change.p_value
            for place, row in enumerate(table.rows)
            if row.label not in (SUM, ALL)
            for arm, effect in row.arms.items()
        }
    )
    rows = [
        row._replace(
            arms={arm: effect._replace(adjusted_p=adjusted.get((place, arm))) for arm, effect in row.arms.items()}
        )
        for place, row in enumerate(table.rows)
    ]
    return table._replace(rows=rows)


def _shares(outcomes: Outcomes) -> pd.DataFrame:
    """Return what every replicate reached in the end, a column for each arm and point."""
    return outcomes.runs.pivot(index="replicate", columns=["arm", "point"], values="adopted_share")


def _effect(after: pd.Series, before: pd.Series) -> Effect:
    """Return what a change does, replicate by replicate, so that random numbers stay shared."""
    return Effect(float(after.mean()), estimates.paired_difference(after, before))


def _setting(name: str, value: Value) -> str:
    return f"{name} {named(value)}"


def _one_at_a_time(outcomes: Outcomes, points: Mapping[int, Point], start: int) -> Effects:
    shares, names, base, centre = _shares(outcomes), varied(outcomes), outcomes.baseline, points[start]

    def gap(arm: str, point: int) -> pd.Series:
        return shares[arm, point] if arm == base else shares[arm, point] - shares[base, point]

    rows = []
    for point, values in points.items():
        if point != start:
            (place,) = differing(centre, values)
            label, meaning = (say(names[place], values[place]) for say in (_setting, setting_of))
            effects = {arm: _effect(gap(arm, point), gap(arm, start)) for arm in outcomes.arms}
            ahead = {
                arm: effect._replace(
                    gap=estimates.paired_difference(shares[arm, point], shares[base, point], reach=1.0)
                )
                for arm, effect in effects.items()
                if arm != base
            }
            rows.append(Change(label, meaning, effects | ahead))
    return Effects(
        ONE_AT_A_TIME,
        f"One change at a time: what {outcomes.titles[base]} reaches after {outcomes.end} and the gap of every "
        "other arm to it under the same change (percentage points), and by how much the change moves that",
        AS_IT_STANDS
        if start == own_point(outcomes, points)
        else ", ".join(map(_setting, names, centre))
        if len(names) == 1
        else FIRST_POINT,
        dict(zip(names, centre, strict=True)),
        {arm: float(gap(arm, start).mean()) for arm in outcomes.arms},
        sorted(rows, key=lambda row: -max(abs(effect.change.value) for effect in row.arms.values())),
        {},
    )


class _Corner(NamedTuple):
    """One corner of the grid, and what each arm comes to on leaving it."""

    shares: pd.DataFrame
    corners: Corners
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


def _corner_effects(outcomes: Outcomes, corners: Corners, side: str) -> Effects:
    """Return what leaving one corner of the grid does: by each parameter alone, by all of them, and beyond the sum."""
    ends = (corners.first, corners.last) if side == "first" else (corners.last, corners.first)
    corner = _Corner(_shares(outcomes), corners, frozenset(differing(corners.first, ends[0])))
    moves = list(zip(varied(outcomes), *ends, strict=True))
    labels = [(f"{name} {named(a)} to {named(b)}", setting_of(name, a, b)) for name, a, b in moves]
    effects = {arm: corner.effects(arm) for arm in outcomes.arms}
    others = [arm for arm in outcomes.arms if arm != outcomes.baseline]
    return Effects(
        f"from_{side}_levels",
        f"Each parameter from its {side} level to the other, alone and all at once: what an arm reaches after "
        f"{outcomes.end} (%), and by how much the change moves that (percentage points)",
        f"all at {side} level",
        dict(zip(varied(outcomes), ends[0], strict=True)),
        {arm: float(corner.at(arm).mean()) for arm in outcomes.arms},
        [
            Change(label, meaning, {arm: effects[arm][place] for arm in outcomes.arms})
            for place, (label, meaning) in enumerate([*labels, *((word, word) for word in (SUM, ALL, BEYOND))])
        ],
        {arm: _effect(corner.beyond(arm), corner.beyond(outcomes.baseline)).change for arm in others},
    )
