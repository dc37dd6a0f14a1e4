"""Adoption times and ties from CSV files, checked: every problem of both files by line, and nothing guessed.

Read with what reads users' organisations, staff and ties, so that files are written, and refused, alike.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from experiments.validity.adoptions import NEVER, Adoptions, Array, Ties
from simulation.errors import Invalid, nearest
from simulation.own_data.csv_file import SEPARATORS, Problems, Source, rows, separator_hint
from simulation.own_data.csv_table import ABSENT, Column, Table, table
from simulation.own_data.tables import MOST_BYTES

NAMED = {"\t": "tab"}
SEPARATOR_NAMES = {NAMED.get(separator, separator): separator for separator in SEPARATORS}
"""How a separator is written on the command line."""
A_TIME = Column("number", -1e9, 1e9)
BYTES_READ = 20
"""Bytes of memory for each byte of a file, at the most that reading and describing them takes (measured, rounded up)."""
NEAR = 2000
"""People among whom the nearest name is looked for."""
SHOWN = 20
"""Columns of a file that a message names."""
TIED = ("source", "target")
OPTIONS = ("--person", "--time", "--censored", "--source", "--target")


class Asked(NamedTuple):
    """What the user says of the files, as on the command line."""

    times: str
    ties: str | None = None
    columns: tuple[tuple[str, str], ...] = ()  # person, time, censored, source, target: what the files call them
    units: tuple[str, ...] = ()  # columns, finest first
    never: float | None = None  # the number that stands for "not while observed"
    start: float = 0.0
    end: float | None = None
    undirected: bool = False
    written: tuple[tuple[str, str], ...] = ()  # separator, decimal, encoding, duplicates, self_ties, strangers


class Read(NamedTuple):
    """What the files say, and what there is to remark on."""

    adoptions: Adoptions
    notes: list[str]


class Given(Source):
    """A file that a command line names."""

    def hint(self, what: str, *lines: str) -> str:
        """Return a question with the options that answer it."""
        return f"{what} Add {' '.join(option for line in lines for option in _options(line))}."


def _options(line: str) -> Iterator[str]:
    """Yield the options that say what a line of a scenario's table says.

    >>> list(_options('columns = { person = "id", time = "..." }')), list(_options('separator = ";"'))
    (['--person id', '--time ...'], ["--separator ';'"])
    """
    ((key, value),) = tomllib.loads(line).items()
    for name, said in value.items() if isinstance(value, dict) else [(key, value)]:
        shown = NAMED.get(str(said), str(said))
        yield f"--{name.replace('_', '-')} {shown if shown[:1].isalnum() or shown == '...' else repr(shown)}"


def read(asked: Asked) -> Read:
    """Return the adoptions that files tell of.

    Raises
    ------
    Invalid
        With every problem of every file, by file, line and column.
    """
    paths = [asked.times, *([asked.ties] if asked.ties else [])]
    if wrong := [problem for path in paths for problem in _too_much(path)]:
        raise Invalid(wrong)
    problems = {path: Problems(path) for path in dict.fromkeys(paths)}
    if len(problems) < len(paths):
        raise Invalid([f"{asked.times} is named both for times and for ties."])
    people = _people(asked, problems[asked.times])
    edges = None if asked.ties is None else _edges(asked, problems[asked.ties])
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
    return sum(path.stat().st_size for path in paths if path.is_file()) * BYTES_READ / 1e6


def _too_much(path: str) -> Iterator[str]:
    if Path(path).is_file() and Path(path).stat().st_size > MOST_BYTES:
        yield f"{path} is larger than {MOST_BYTES:,} bytes."


def _source(asked: Asked, path: str, columns: dict[str, Column]) -> Given:
    renamed = tuple((ours, theirs) for ours, theirs in asked.columns if ours in columns and ours != theirs)
    given: Any = {name: said for name, said in asked.written if name in ("separator", "decimal", "encoding")}
    return Given(path, "...", columns=renamed, ignore=True, **given)


def _people(asked: Asked, problems: Problems) -> Table:
    columns = {"person": Column("name", required=True), "time": A_TIME}
    if "censored" in dict(asked.columns):
        columns["censored"] = Column("switch")
    columns |= {unit: Column("name") for unit in asked.units}
    return _table(asked, asked.times, columns, problems)


def _edges(asked: Asked, problems: Problems) -> Table:
    columns = {"source": Column("name", required=True), "target": Column("name", required=True)}
    return _table(asked, str(asked.ties), columns, problems)


def _table(asked: Asked, path: str, columns: dict[str, Column], problems: Problems) -> Table:
    """Return a table that has every one of these columns, or as much of it as can be read."""
    source = _source(asked, path, columns)
    _, header = next(rows(source, Problems(path)), (1, []))
    header = [cell.strip() for cell in header]
    called = {ours: dict(source.columns).get(ours, ours) for ours in columns}
    missing = [ours for ours, theirs in called.items() if theirs not in header]
    if header and missing and not separator_hint(header, source):
        problems.stop(_missing(missing, called, header), 1)
        return Table(source, {}, np.zeros(0, np.int64))
    return table(source, columns, problems)


def _missing(missing: list[str], called: dict[str, str], header: list[str]) -> str:
    there = [cell for cell in header if cell not in called.values()]
    hints = [nearest(called[ours], there) for ours in missing]
    words = f"there is no column {', '.join(f'`{called[ours]}`' for ours in missing)}. {' '.join(filter(None, hints))}"
    answers = " ".join(f"--{ours} NAME" if f"--{ours}" in OPTIONS else "--unit NAME" for ours in missing)
    return f"{words.rstrip()} The first line has {', '.join(map(repr, there[:SHOWN]))}. Which is which? Add {answers}."


def _joined(asked: Asked, people: Table, edges: Table | None, problems: dict[str, Problems]) -> Read:
    places = _unique(people, problems[asked.times])
    times, observed, end = _observed(asked, people, problems[asked.times])
    notes = _remarks(asked, times, end)
    ties = None if edges is None else _tied(edges, places, problems[str(asked.ties)], asked)
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


def _tied(edges: Table, people: dict[str, int], problems: Problems, asked: Asked) -> Ties:
    """Return the ties that stay, as the user chose; what is wrong with the others is among the problems."""
    choices = dict(asked.written)
    sources, targets = (np.array([people.get(name, ABSENT) for name in edges.columns[end]], np.int64) for end in TIED)
    known = (sources != ABSENT) & (targets != ABSENT)
    if choices.get("strangers") != "drop":
        _name_strangers(edges, (sources, targets), people, problems)
    one, other = (
        (np.minimum(sources, targets), np.maximum(sources, targets)) if asked.undirected else (sources, targets)
    )
    itself = known & (sources == targets)
    if choices.get("self_ties") != "drop":
        _name(
            edges,
            itself,
            problems,
            "{source!r} cannot be tied to themselves.",
            "Leave such ties out? Add --self-ties drop.",
        )
    firsts = _first_of_each(one * len(people) + other)
    again = known & ~itself & (firsts != np.arange(len(firsts)))
    if choices.get("duplicates") != "first":
        words = "the tie from {source!r} to {target!r} stands on line {first} already."
        _name(edges, again, problems, words, "Keep the first? Add --duplicates first.", firsts)
    who, seen = targets[known], sources[known]
    if asked.undirected:
        who, seen = np.concatenate([who, seen]), np.concatenate([seen, who])
    return Ties.of(who, seen, len(people))


def _first_of_each(keys: Array) -> Array:
    """Return, for each key, the first place at which it stands.

    >>> _first_of_each(np.array([7, 3, 7]))
    array([0, 1, 0])
    """
    _, first, place = np.unique(keys, return_index=True, return_inverse=True)
    found: Array = first[place]
    return found


def _name(edges: Table, wrong: Array, problems: Problems, words: str, answer: str, firsts: Array | None = None) -> None:
    """Name each wrong tie by its line, the first one with what the user can do."""
    for number, k in enumerate(np.flatnonzero(wrong).tolist()):
        if problems.are_many:
            problems.more += int(wrong.sum()) - number
            return
        first = edges.lines[int(firsts[k])] if firsts is not None else 0
        said = words.format(source=edges.columns["source"][k], target=edges.columns["target"][k], first=first)
        problems.add(said if number else f"{said} {answer}", edges.lines[k])


def _name_strangers(edges: Table, ends: tuple[Array, Array], people: dict[str, int], problems: Problems) -> None:
    for column, rows_of in zip(TIED, ends, strict=True):
        for k in np.flatnonzero(rows_of == ABSENT).tolist():
            name = edges.columns[column][k]
            if name:
                hint = nearest(name, people) if len(people) <= NEAR and not problems.are_many else ""
                problems.add(f"nobody is called {name!r}. {hint}".rstrip(), edges.lines[k], column)
    if any(name and name not in people for column in TIED for name in edges.columns[column]):
        problems.add_once("strangers", "Leave out ties with people without a row of their own? Add --strangers drop.")
