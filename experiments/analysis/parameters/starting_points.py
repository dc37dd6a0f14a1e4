"""The point from which changes of swept parameters are counted, where a design has one.

"As it stands" is the point that the study itself sets; no other passes for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from experiments.analysis.outcomes import Outcomes
from experiments.design.cells import Value

Point = tuple[Value, ...]


def varied(outcomes: Outcomes) -> list[str]:
    """Return the parameters of which a sweep has more than one value."""
    return [name for name in outcomes.parameters if outcomes.runs[name].nunique() > 1]


def points_of(outcomes: Outcomes) -> dict[int, Point]:
    """Return the values of the varied parameters at each point, in the order of the design."""
    table = outcomes.runs[["point", *varied(outcomes)]].drop_duplicates("point").sort_values("point")
    return {int(point): tuple(values) for point, *values in table.itertuples(index=False)}


def differing(one: Point, other: Point) -> list[int]:
    """Return the places of the parameters in which two points differ."""
    return [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]


def starting_point(outcomes: Outcomes, points: Mapping[int, Point]) -> int | None:
    """Return the point from which each of the others changes one parameter, None where there is no such point.

    That is the study's own wherever it was run. Where one parameter alone is swept, every point is one change from
    every other: then the first level of a grid will do, but not the first point of a sample.
    """
    if len(points) < 2:
        return None
    own = own_point(outcomes, points)
    first = next(iter(points)) if len(varied(outcomes)) > 1 or outcomes.is_grid else None
    for start in (own, first):
        if start is not None and all(
            len(differing(points[start], values)) == 1 for point, values in points.items() if point != start
        ):
            return start
    return None


def own_point(outcomes: Outcomes, points: Mapping[int, Point]) -> int | None:
    """Return the point at which every swept parameter has the study's own value."""
    names = varied(outcomes)
    if not all(name in outcomes.own for name in names):
        return None
    own = [outcomes.own[name] for name in names]
    return next((point for point, values in points.items() if all(map(is_same, values, own))), None)


class Corners(NamedTuple):
    """A full grid of two levels of each parameter: which point stands for which parameters at their last level."""

    first: Point
    last: Point
    points: Mapping[frozenset[int], int]


def corners_of(points: Mapping[int, Point]) -> Corners | None:
    """Return the corners of a full grid of two levels of each parameter, None where the points are no such grid."""
    everything = list(points.values())
    if not everything or not everything[0]:
        return None
    columns = [list(dict.fromkeys(column)) for column in zip(*everything, strict=True)]
    if any(len(levels) != 2 for levels in columns) or len(points) != 2 ** len(columns):
        return None
    first, last = (tuple(levels[place] for levels in columns) for place in (0, 1))
    return Corners(first, last, {frozenset(differing(first, values)): point for point, values in points.items()})


def is_same(one: Value, other: Value) -> bool:
    """Return whether two values are the same setting, though one may have been through a table.

    >>> is_same(0.1 + 0.2, 0.3), is_same(True, 1.0), is_same("none", "none")
    (True, False, True)
    """
    if isinstance(one, bool) or isinstance(other, bool) or isinstance(one, str) or isinstance(other, str):
        return type(one) is type(other) and one == other
    return abs(one - other) <= 1e-12 * max(abs(one), abs(other))
