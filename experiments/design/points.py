"""Designs: tables of points, a row for each setting of the swept parameters.

A design is a plain table, whatever made it: a full grid (its rows worked out when asked for, so that a large one
costs nothing), a list, a user's CSV, one parameter at a time, or a space-filling sample. Arms are crossed with the
points elsewhere; every arm meets the same points, so arms x a sample is arms x uncertain worlds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

from experiments.design.cells import Value
from experiments.design.sampling.priors import Prior


@dataclass(frozen=True)
class Grid:
    """Every combination of the levels of each column, the last column changing fastest.

    >>> design = Grid(("a", "b"), ((1, 2), (True, False)))
    >>> len(design), design.row(1)
    (4, {'a': 1, 'b': False})
    """

    columns: tuple[str, ...]
    levels: tuple[tuple[Value, ...], ...]

    def __len__(self) -> int:
        return self.size

    @cached_property
    def size(self) -> int:
        """Number of points; unlike ``len`` it may exceed what an index can hold."""
        return prod(len(levels) for levels in self.levels)

    def row(self, point: int) -> dict[str, Value]:
        """Return the values of one point by name."""
        values: list[Value] = []
        for levels in reversed(self.levels):
            point, level = divmod(point, len(levels))
            values.append(levels[level])
        return dict(zip(self.columns, reversed(values), strict=True))

    def levels_by_name(self) -> dict[str, tuple[Value, ...]]:
        """Return the distinct values of each column."""
        return dict(zip(self.columns, self.levels, strict=True))

    def document(self) -> dict[str, Any]:
        """Return the design as plain data, from which `design_of` makes it again."""
        return {"columns": list(self.columns), "levels": [list(levels) for levels in self.levels]}


@dataclass(frozen=True)
class Table:
    """Points listed one by one; `corners` are those from which the points up to the next one change one parameter each.

    >>> Table(("a",), ((1,), (5,))).row(1)
    {'a': 5}
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    corners: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def size(self) -> int:
        """Number of points."""
        return len(self.rows)

    def row(self, point: int) -> dict[str, Value]:
        """Return the values of one point by name."""
        return dict(zip(self.columns, self.rows[point], strict=True))

    def levels_by_name(self) -> dict[str, tuple[Value, ...]]:
        """Return the distinct values of each column, in the order in which they first appear."""
        # A bool equals its number, but is another setting.
        return {
            name: tuple({(type(value), value): value for value in column}.values())
            for name, column in zip(self.columns, zip(*self.rows, strict=True), strict=True)
        }

    def document(self) -> dict[str, Any]:
        """Return the design as plain data, from which `design_of` makes it again."""
        corners = {"corners": list(self.corners)} if self.corners else {}
        return {"columns": list(self.columns), "rows": [list(row) for row in self.rows], **corners}


@dataclass(frozen=True)
class Sample:
    """A space-filling sample of priors, drawn when its rows are first asked for.

    Parameters
    ----------
    columns : tuple of str
        Names of the uncertain parameters.
    priors : tuple of Prior
        What is believed about each.
    size : int
        Number of points; a power of two for Sobol points, whose balance needs it.
    method : str
        ``latin-hypercube`` or ``sobol`` (scrambled).
    seed : int
        Of the sample alone; the runs have a seed of their own.
    """

    columns: tuple[str, ...]
    priors: tuple[Prior, ...]
    size: int
    method: str
    seed: int

    def __len__(self) -> int:
        return self.size

    @cached_property
    def table(self) -> Table:
        """The sample, drawn."""
        import numpy as np
        from scipy.stats import qmc

        sampler = {"latin-hypercube": qmc.LatinHypercube, "sobol": qmc.Sobol}[self.method]
        quantiles = sampler(d=len(self.columns), seed=np.random.default_rng(self.seed)).random(self.size)
        columns = [prior.values(quantiles[:, column]) for column, prior in enumerate(self.priors)]
        return Table(self.columns, tuple(zip(*columns, strict=True)))

    def row(self, point: int) -> dict[str, Value]:
        """Return the values of one point by name."""
        return self.table.row(point)

    def levels_by_name(self) -> dict[str, tuple[Value, ...]]:
        """Return the ends of each range; the values drawn lie between them."""
        return {
            name: prior.choices or ((False, True) if prior.kind == "switch" else (prior.low, prior.high))
            for name, prior in zip(self.columns, self.priors, strict=True)
        }

    def document(self) -> dict[str, Any]:
        """Return the drawn points: a later SciPy may draw others, and a resumed sweep must not."""
        return self.table.document()


Design = Grid | Table | Sample


def design_of(document: Mapping[str, Any]) -> Design:
    """Return the design that was written as plain data."""
    columns = tuple(document["columns"])
    if "levels" in document:
        return Grid(columns, tuple(tuple(levels) for levels in document["levels"]))
    return Table(columns, tuple(tuple(row) for row in document["rows"]), tuple(document.get("corners", ())))


def one_at_a_time(
    centre: Mapping[str, Value],
    levels: Mapping[str, Sequence[Value]],
    corners: Sequence[Mapping[str, Value]] = (),
) -> Table:
    """Return the centre, then each level of each parameter with the others at the centre; the same from every corner.

    >>> one_at_a_time({"a": 1, "b": 0.5}, {"a": [0, 1, 2], "b": [0.9]}).rows
    ((1, 0.5), (0, 0.5), (2, 0.5), (1, 0.9))
    >>> design = one_at_a_time({"a": 1}, {"a": [0]}, [{"b": 0.4}, {"b": 0.6}])
    >>> design.rows, design.corners
    (((0.4, 1), (0.4, 0), (0.6, 1), (0.6, 0)), (0, 2))
    """
    points: list[dict[str, Value]] = []
    starts = []
    for corner in corners or [{}]:
        start = {**corner, **centre}
        starts.append(len(points))
        points.append(start)
        for name, values in levels.items():
            points += [{**start, name: value} for value in values if value != start[name]]
    rows = tuple(tuple(point.values()) for point in points)
    return Table(tuple(points[0]), rows, tuple(starts) if corners else ())
