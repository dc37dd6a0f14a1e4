"""What swept parameters do: changed one at a time, or each of several from one level to another, alone and all at once.

Switching a mechanism off shows what rests on it. Two levels of each of several parameters, crossed, show whether what
they do adds up: where all at once do more or less than each alone, summed, they interlock.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from experiments.analysis.outcomes import Outcomes
from experiments.analysis.parameters.changes import ALL, BEYOND, SUM, Change, Effect, Effects
from experiments.analysis.parameters.meanings import setting_of
from experiments.analysis.parameters.one_by_one import effect_of, from_corners, one_at_a_time, shares
from experiments.analysis.parameters.starting_points import (
    Corners,
    corners_of,
    differing,
    points_of,
    starting_point,
    varied,
)
from experiments.analysis.statistics import multiplicity
from experiments.analysis.writing import named

NOTHING = frozenset[int]()


def effects(outcomes: Outcomes) -> list[Effects]:
    """Return what the design of a sweep allows to say of its parameters.

    The list is empty where the design is of another kind, or where what it turns on was not run.
    """
    if outcomes.left_out.cells:
        return []
    points = points_of(outcomes)
    if outcomes.corners:
        return [_tested(table) for table in from_corners(outcomes, points)]
    start = starting_point(outcomes, points)
    if start is not None:
        return [_tested(one_at_a_time(outcomes, points, start))]
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


class _Corner(NamedTuple):
    """One corner of the grid, and what each arm comes to on leaving it."""

    reached: pd.DataFrame
    corners: Corners
    start: frozenset[int]

    def at(self, arm: str, changed: frozenset[int] = NOTHING) -> pd.Series:
        """Return what each replicate reaches with these parameters changed."""
        return self.reached[arm, self.corners.points[self.start ^ changed]]

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
            *(effect_of(self.at(arm, frozenset({place})), before) for place in range(len(self.corners.first))),
            effect_of(summed, before)._replace(level=None),
            effect_of(after, before),
            effect_of(after, summed)._replace(level=None),
        ]

    def beyond(self, arm: str) -> pd.Series:
        """Return by how much each replicate goes beyond the sum."""
        return self.all(arm) - self.summed(arm)


def _corner_effects(outcomes: Outcomes, corners: Corners, side: str) -> Effects:
    """Return what leaving one corner of the grid does: by each parameter alone, by all of them, and beyond the sum."""
    ends = (corners.first, corners.last) if side == "first" else (corners.last, corners.first)
    corner = _Corner(shares(outcomes), corners, frozenset(differing(corners.first, ends[0])))
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
        {arm: effect_of(corner.beyond(arm), corner.beyond(outcomes.baseline)).change for arm in others},
    )
