"""Adoption times and ties from CSV files, checked: every problem of both files by line, and nothing guessed.

Read with what reads users' organisations, staff and ties, so that files are written, and refused, alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from experiments.validity.adoptions import NEVER, Adoptions, Array
from experiments.validity.asked import FARTHEST, Asked, checked_table, problems_of
from experiments.validity.tied import edges_of, tied
from simulation.errors import Invalid
from simulation.named_files import is_file
from simulation.own_data.csv_file import Problems
from simulation.own_data.csv_table import ABSENT, Column, Table
from simulation.own_data.tables import MOST_BYTES

A_TIME = Column("number", -FARTHEST, FARTHEST)
BYTES_READ = 20
"""Bytes of memory for each byte of a file, at the most that reading and describing them takes (measured, rounded up)."""


class Read(NamedTuple):
    """What the files say, and what there is to remark on."""

    adoptions: Adoptions
    notes: list[str]


def read(asked: Asked) -> Read:
    """Return the adoptions that files tell of.

    Raises
    ------
    Invalid
        With every problem of every file, by file, line and column.
    """
    paths = [asked.times, *([asked.ties] if asked.ties else [])]
    if wrong := problems_of(asked) + [problem for path in paths for problem in _too_much(path)]:
        raise Invalid(wrong)
    problems = {path: Problems(path) for path in dict.fromkeys(paths)}
    if len(problems) < len(paths):
        raise Invalid([f"{asked.times} is named both for times and for ties."])
    people = _people(asked, problems[asked.times])
    edges = None if asked.ties is None else edges_of(asked, problems[asked.ties])
    found = None
    if not any(of_file.is_unreadable for of_file in problems.values()):
        found = _joined(asked, people, edges, problems)
    told = [problem for of_file in problems.values() for problem in of_file.all()]
    if told or found is None:
        raise Invalid(told)
    return found


def megabytes(asked: Asked) -> float:
    """Return about how much memory reading and describing the files takes at the most, in MB."""
    paths = [Path(path) for path in (asked.times, asked.ties) if path]
    return sum(path.stat().st_size for path in paths if is_file(path)) * BYTES_READ / 1e6


def _too_much(path: str) -> Iterator[str]:
    if is_file(Path(path)) and Path(path).stat().st_size > MOST_BYTES:
        yield f"{path} is larger than {MOST_BYTES:,} bytes."


def _people(asked: Asked, problems: Problems) -> Table:
    columns = {"person": Column("name", required=True), "time": A_TIME}
    if "censored" in dict(asked.columns):
        columns["censored"] = Column("switch")
    columns |= {unit: Column("name") for unit in asked.units}
    return checked_table(asked, asked.times, columns, problems)


def _joined(asked: Asked, people: Table, edges: Table | None, problems: dict[str, Problems]) -> Read:
    places = _unique(people, problems[asked.times])
    times, observed, end = _observed(asked, people, problems[asked.times])
    notes = _remarks(asked, times, end)
    ties = None if edges is None else tied(edges, places, problems[str(asked.ties)], asked)
    units = {unit: _codes(people.columns[unit]) for unit in asked.units}
    adoptions = Adoptions(times, observed, asked.start, end, units, ties)
    if edges is not None and len(edges):
        notes.append(
            f"Ties are read so that {edges.columns['target'][0]!r} looks to {edges.columns['source'][0]!r} "
            f"({edges.source.path}, line {edges.lines[0]})"
            + (", and the other way round." if asked.undirected else ".")
        )
    return Read(adoptions, notes)


def _unique(people: Table, problems: Problems) -> dict[str, int]:
    rows: dict[str, int] = {}
    for row, name in enumerate(people.columns["person"]):
        first = rows.setdefault(name, row)
        if first != row and name:
            problems.add(f"{name!r} stands on line {people.lines[first]} already.", people.lines[row], "person")
    return rows


def _observed(asked: Asked, people: Table, problems: Problems) -> tuple[Array, Array, float]:
    """Return when each adopted, until when each was observed, and the end."""
    given = np.asarray(people.columns["time"], np.float64)
    marked = np.asarray(people.columns.get("censored", np.full(len(people), ABSENT)))
    never = np.isnan(given) if asked.never is None else np.isnan(given) | (given == asked.never)
    known = given[~never]
    end = asked.end if asked.end is not None else float(known.max()) if len(known) else asked.start + 1.0
    for k in np.flatnonzero(never & (marked == 0)).tolist():
        problems.add("is not censored, but has no time.", people.lines[k], "time")
    for number, k in enumerate(np.flatnonzero(~never & ((given < asked.start) | (given > end))).tolist()):
        words = f"lies outside of {asked.start:g} (--start) to {end:g} (--end): {given[k]:g}."
        hint = "" if number else f" Does it stand for never? Add --never {given[k]:g}."
        problems.add(f"{words}{hint}", people.lines[k], "time")
    if not len(known) or end <= asked.start:
        problems.add(f"nobody adopts between {asked.start:g} (--start) and {end:g} (--end).")
    left_out = never | (marked == 1)
    return np.where(left_out, NEVER, given), np.where(~never & (marked == 1), given, end), end


def _remarks(asked: Asked, times: Array, end: float) -> list[str]:
    ends_with = "as --end says" if asked.end is not None else "the last time in the file (another: --end)"
    notes = [f"Observed from {asked.start:g} (--start) to {end:g}, {ends_with}."]
    first = float(times.min()) if len(times) else math.inf
    if math.isfinite(first) and first - asked.start > 0.5 * (end - asked.start):
        notes.append(
            f"Nobody adopts before {first:g}: does the clock start later than at {asked.start:g}? Add --start."
        )
    return notes


def _codes(names: list[str]) -> Array:
    known: dict[str, int] = {}
    return np.array([known.setdefault(name, len(known)) if name else -1 for name in names], np.int32)
