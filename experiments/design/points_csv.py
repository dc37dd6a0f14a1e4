"""A user's own design, as a CSV table."""

from __future__ import annotations

import csv
from math import isfinite
from pathlib import Path

from experiments.design.cells import value_of
from experiments.design.points import Table
from simulation.errors import Invalid

CSV_LIMIT = 64 * 2**20


def read_csv(path: Path) -> Table:
    """Return a user's own design: a header of parameter names, then a row a point.

    Raises
    ------
    Invalid
        With every problem of the file.
    """
    try:
        if path.stat().st_size > CSV_LIMIT:
            raise Invalid([f"{path}: a design may have at most {CSV_LIMIT // 2**20} MiB."])
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise Invalid([f"{path}: the design cannot be read ({problem.strerror})."]) from None
    except UnicodeDecodeError:
        raise Invalid([f"{path}: the design is not UTF-8 text."]) from None
    try:
        header, *rows = [row for row in csv.reader(text.splitlines(), strict=True) if row]
    except (csv.Error, ValueError) as problem:
        raise Invalid([f"{path}: the design is not a CSV table with a header ({problem})."]) from None
    return _table(path, tuple(name.strip() for name in header), rows)


def _table(path: Path, header: tuple[str, ...], rows: list[list[str]]) -> Table:
    problems = [f"{path}: the column {name!r} stands twice." for name in sorted(set(header)) if header.count(name) > 1]
    if not rows:
        problems.append(f"{path}: the design has no points.")
    values = []
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            problems.append(f"{path}, row {number}: {len(header)} cells are needed, but there are {len(row)}.")
        values.append(tuple(value_of(cell) for cell in row))
        problems += [
            f"{path}, row {number}: {cell!r} is not a finite number."
            for cell, value in zip(row, values[-1], strict=True)
            if isinstance(value, float) and not isfinite(value)
        ]
    if problems:
        raise Invalid(problems)
    return Table(header, tuple(values))
