"""Points that a study lists itself, in its file or in a CSV beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from experiments.design.cells import Value
from experiments.design.dotted import settings_once
from experiments.design.points import Table
from experiments.design.points_csv import read_csv
from simulation.errors import Invalid
from simulation.named_files import is_file
from simulation.own_data.sources import WRITTEN, source_of
from simulation.toml_file import Complaints, shown

ONE_POINT = Table((), ((),))
Wrong = Callable[[str, str], None]
"""Notes what is wrong with a key of the design."""


def listed(key: str, design: Mapping[str, Any], complaints: Complaints, wrong: Wrong) -> Table:
    """Return points that are listed under a key of the design, as tables with the same parameters; else one point."""
    rows = design.get(key)
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        wrong(key, "must be a list of tables, each with the same parameters")
        return ONE_POINT
    flat = [settings_once(complaints, ["design", key], row) for row in rows]
    columns = tuple(flat[0])
    for number, row in enumerate(flat, 1):
        if row.keys() != flat[0].keys():
            one = key.removesuffix("s")
            wrong(key, f"must all have the same parameters, but {one} {number} differs from the first")
            return ONE_POINT
    for name, value in (pair for row in flat for pair in row.items()):
        if not isinstance(value, Value):
            wrong(key, f"cannot set {shown(name)} to {shown(value)}, which is no single value")
            return ONE_POINT
    return _each_once(key, Table(columns, tuple(tuple(row[name] for name in columns) for row in flat)), wrong)


def of_csv(design: Mapping[str, Any], complaints: Complaints, wrong: Wrong) -> Table:
    """Return the points of the CSV file that a design names; one point where it cannot be read."""
    name = design.get("file")
    if not isinstance(name, str):
        wrong("file", "must name a CSV file, beside the study or by its full path")
        return ONE_POINT
    written = {key: value for key, value in design.items() if key in ("file", *WRITTEN)}
    before = len(complaints.problems)
    source = source_of(written, ["design"], complaints)
    if source is None or len(complaints.problems) > before:
        return ONE_POINT
    if not is_file(Path(source.path)):
        wrong("file", f"cannot be read: there is no file {shown(source.path)}")
        return ONE_POINT
    try:
        return _each_once("file", read_csv(source), wrong)
    except Invalid as invalid:
        complaints.problems += invalid.problems
        return ONE_POINT


def _each_once(key: str, table: Table, wrong: Wrong) -> Table:
    """Return a table, in which each point stands once: with equal random numbers, a second one would be the same runs."""
    first: dict[tuple[Value, ...], int] = {}
    for number, row in enumerate(table.rows, 1):
        earlier = first.setdefault(row, number)
        if earlier != number:
            one = "corner" if key == "corners" else "point"
            wrong(key, f"has one {one} twice: {one}s {earlier} and {number} are the same")
            break
    return table
