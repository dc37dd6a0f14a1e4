"""What changes of one swept parameter at a time do, from one starting point or from each of several corners."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from experiments.analysis.outcomes import Outcomes
from experiments.analysis.parameters.changes import AS_IT_STANDS, FIRST_POINT, ONE_AT_A_TIME, Change, Effect, Effects
from experiments.analysis.parameters.meanings import set_to, setting_of
from experiments.analysis.parameters.starting_points import Point, differing, own_point, varied
from experiments.analysis.statistics import estimates
from experiments.analysis.writing import named
from experiments.design.cells import Value

Gap = Callable[[str, int], "pd.Series[float]"]


def shares(outcomes: Outcomes) -> pd.DataFrame:
    """Return what every replicate reached in the end, a column for each arm and point."""
    return outcomes.runs.pivot(index="replicate", columns=["arm", "point"], values="adopted_share")


def effect_of(after: pd.Series, before: pd.Series) -> Effect:
    """Return what a change does, replicate by replicate, so that random numbers stay shared."""
    return Effect(float(after.mean()), estimates.paired_difference(after, before))


def one_at_a_time(outcomes: Outcomes, points: Mapping[int, Point], start: int) -> Effects:
    """Return what each of these points does, which differ in one parameter from the one at the start."""
    names, base, centre, gap = varied(outcomes), outcomes.baseline, points[start], _gaps(outcomes)
    reached = shares(outcomes)

    def effect(arm: str, point: int) -> Effect:
        found = effect_of(gap(arm, point), gap(arm, start))
        if arm == base:
            return found
        return found._replace(gap=estimates.paired_difference(reached[arm, point], reached[base, point], reach=1.0))

    rows = [
        Change(label, meaning, {arm: effect(arm, point) for arm in outcomes.arms})
        for (label, meaning), point in _changed(names, points, start).items()
    ]
    return Effects(
        ONE_AT_A_TIME,
        f"One change at a time: what {outcomes.titles[base]} reaches after {outcomes.end} and the gap of every "
        "other arm to it under the same change (percentage points), and by how much the change moves that",
        AS_IT_STANDS
        if start == own_point(outcomes, points)
        else setting_of(names[0], centre[0])
        if len(names) == 1
        else FIRST_POINT,
        dict(zip(names, centre, strict=True)),
        {arm: float(gap(arm, start).mean()) for arm in outcomes.arms},
        _largest_first(rows),
        {},
    )


def from_corners(outcomes: Outcomes, points: Mapping[int, Point]) -> list[Effects]:
    """Return what changes do from each corner that was run, and by how much that differs from the first corner's."""
    ends = [*outcomes.corners[1:], max(points) + 1]
    near = {
        start: {point: points[point] for point in range(start, end) if point in points}
        for start, end in zip(outcomes.corners, ends, strict=True)
        if start in points
    }
    where = _told_apart(outcomes, {start: points[start] for start in near})
    tables = []
    for number, (start, reached) in enumerate(near.items(), 1):
        table = one_at_a_time(outcomes, reached, start)
        meaning = f"From {where[start]}: {table.meaning[0].lower()}{table.meaning[1:]}"
        tables.append(table._replace(name=f"{ONE_AT_A_TIME}_{number}", meaning=meaning, start="at this corner"))
    first = next(iter(near), None)
    for number, start in enumerate(near, 1):
        if start != first and first is not None:
            pair = (near[first], first), (near[start], start)
            words = f"Does it depend on the corner? What each change does from {where[start]}, less what it does from {where[first]}"
            tables.append(_differing(outcomes, pair, words)._replace(name=f"corner_{number}_less_1"))
    return tables


def _differing(
    outcomes: Outcomes, pair: tuple[tuple[Mapping[int, Point], int], tuple[Mapping[int, Point], int]], words: str
) -> Effects:
    """Return by how much what changes do differs between two corners."""
    gap, names = _gaps(outcomes), varied(outcomes)
    (near, one), (far, other) = pair
    here, there = _changed(names, near, one), _changed(names, far, other)

    def moved(arm: str, point: int, start: int) -> pd.Series[float]:
        return gap(arm, point) - gap(arm, start)

    rows = [
        Change(
            *label,
            {
                arm: effect_of(moved(arm, there[label], other), moved(arm, here[label], one))._replace(level=None)
                for arm in outcomes.arms
            },
        )
        for label in here
        if label in there
    ]
    levels = {arm: float(moved(arm, other, one).mean()) for arm in outcomes.arms}
    meaning = f"{words}: percentage points of what {outcomes.titles[outcomes.baseline]} reaches, and of gaps to it"
    return Effects("", meaning, "nothing changed", {}, levels, _largest_first(rows), {})


def _changed(names: list[str], points: Mapping[int, Point], start: int) -> dict[tuple[str, str], int]:
    """Return the points that differ from the one at the start, by what differs there and what that means."""
    found = {}
    for point, values in points.items():
        if point != start:
            (place,) = differing(points[start], values)
            found[_setting(names[place], values[place]), setting_of(names[place], values[place])] = point
    return found


def _told_apart(outcomes: Outcomes, corners: Mapping[int, Point]) -> dict[int, str]:
    """Return what corners are called: by the parameters in which they differ."""
    columns = list(zip(varied(outcomes), zip(*corners.values(), strict=True), strict=True))
    telling = [place for place, (_, values) in enumerate(columns) if len(set(values)) > 1]
    return {
        start: " and ".join(set_to(columns[place][0], values[place]) for place in telling)
        or "the only corner that was run"
        for start, values in corners.items()
    }


def _gaps(outcomes: Outcomes) -> Gap:
    """Return what gives the gap of an arm to the baseline at a point, and what the baseline itself reaches there."""
    reached, base = shares(outcomes), outcomes.baseline

    def gap(arm: str, point: int) -> pd.Series[float]:
        ours: pd.Series[float] = reached[arm, point]
        return ours if arm == base else ours - reached[base, point]

    return gap


def _largest_first(rows: list[Change]) -> list[Change]:
    return sorted(rows, key=lambda row: -max(abs(effect.change.value) for effect in row.arms.values()))


def _setting(name: str, value: Value) -> str:
    return f"{name} {named(value)}"
