"""What a user says of files of adoption times and ties, and a table of them, read as users' own data are."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from simulation.errors import nearest
from simulation.own_data.csv_file import SEPARATORS, Problems, Source, rows, separator_hint
from simulation.own_data.csv_table import Column, Table, table

NAMED = {"\t": "tab"}
SEPARATOR_NAMES = {NAMED.get(separator, separator): separator for separator in SEPARATORS}
"""How a separator is written on the command line."""
FARTHEST = 1e9
"""Farthest from 0 that a time can lie."""
SHOWN = 20
"""Columns of a file that a message names."""
OPTIONS = ("person", "time", "censored", "source", "target")
"""Columns whose names in a file an option of the same name says."""


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


def problems_of(asked: Asked) -> list[str]:
    """Return what is wrong with what the user says, before any file is read.

    >>> problems_of(Asked("people.csv", columns=(("person", "id"), ("time", "id")), start=float("nan")))
    ['`--start` must be a number in [-1e+09, 1e+09], but is nan.', 'The column `id` is named for `person` and `time`; each needs one of its own.']
    """
    numbers = {"start": asked.start, "end": asked.end, "never": asked.never}
    found = [
        f"`--{name}` must be a number in [{-FARTHEST:g}, {FARTHEST:g}], but is {value:g}."
        for name, value in numbers.items()
        if value is not None and not -FARTHEST <= value <= FARTHEST
    ]
    named = dict(asked.columns)
    people = [
        (ours, named.get(ours, ours)) for ours in ("person", "time", "censored") if ours in named or ours != "censored"
    ]
    ties = [(ours, named.get(ours, ours)) for ours in ("source", "target")]
    for columns in ([*people, *(("unit", unit) for unit in asked.units)], ties):
        by_name: dict[str, list[str]] = {}
        for ours, theirs in columns:
            by_name.setdefault(theirs, []).append(ours)
        found += [
            f"The column `{theirs}` is named for {' and '.join(f'`{ours}`' for ours in twice)}; each needs one of its own."
            for theirs, twice in by_name.items()
            if len(twice) > 1
        ]
    return found


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


def _source(asked: Asked, path: str, columns: dict[str, Column]) -> Given:
    renamed = tuple((ours, theirs) for ours, theirs in asked.columns if ours in columns and ours != theirs)
    given: Any = {name: said for name, said in asked.written if name in ("separator", "decimal", "encoding")}
    return Given(path, "...", columns=renamed, ignore=True, **given)


def checked_table(asked: Asked, path: str, columns: dict[str, Column], problems: Problems) -> Table:
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
    answers = " ".join(f"--{ours} NAME" if ours in OPTIONS else "--unit NAME" for ours in missing)
    return f"{words.rstrip()} The first line has {', '.join(map(repr, there[:SHOWN]))}. Which is which? Add {answers}."
