"""One CSV file of a user's own: read against the columns it may have, every problem named with its place."""

import csv
import math
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from .errors import nearest

MOST_LINES = 10_000_000
LISTED = 50
"""Problems listed of one file; the others are counted."""
ABSENT = -1
"""What an empty cell is kept as in a column of whole numbers, choices or switches; in one of numbers it is NaN."""
_STORES = {"number": "d", "whole": "i", "choice": "b", "switch": "b"}
_TRUTHS = {"true": 1, "yes": 1, "1": 1, "false": 0, "no": 0, "0": 0}


class Column(NamedTuple):
    """What may stand in one column."""

    sort: str  # "name", "number", "whole", "choice" or "switch"
    low: float = 0.0
    high: float = 1.0
    choices: tuple[str, ...] = ()
    required: bool = False


class Table(NamedTuple):
    """One checked file: its columns by name (NaN, -1 or an empty name where a cell is empty) and lines."""

    path: str
    columns: dict[str, Any]
    lines: Any  # array of int: the line on which each row ends

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.lines)


class Problems:
    """What is wrong with one file: the first few in words, the others counted.

    >>> problems = Problems("staff.csv")
    >>> problems.add("must lie in [0, 1], but is '7'.", 12, "ego")
    >>> problems.all()
    ["staff.csv, line 12, column `ego`: must lie in [0, 1], but is '7'."]
    """

    def __init__(self, path: str):
        self.path = path
        self.listed: list[str] = []
        self.more = 0

    @property
    def are_many(self) -> bool:
        """Whether no more are listed."""
        return len(self.listed) >= LISTED

    def add(self, problem: str, line: int | None = None, column: str = "") -> None:
        """Add a problem, at a line and in a column where it has them."""
        if self.are_many:
            self.more += 1
            return
        place = f"{self.path}" + (f", line {line}" if line else "") + (f", column `{column}`" if column else "")
        self.listed.append(f"{place}: {problem}")

    def all(self) -> list[str]:
        """Return every problem with its place, or as many as are listed and a count of the others."""
        return [*self.listed, f"{self.path}: and {self.more:,} more problems."] if self.more else self.listed


def table(path: str, columns: dict[str, Column], problems: Problems) -> Table:
    """Return what can be read of a file; what cannot is among the problems."""
    found = Table(path, {}, array("q"))
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            rows = _numbered(csv.reader(file, strict=True))
            header = _header(next(rows, (1, []))[1], columns, problems)
            if header:
                _fill(found, header, columns, rows, problems)
    except UnicodeDecodeError as error:
        problems.add(f"not UTF-8 text (byte {error.object[error.start]:#04x}).", _last(found) + 1)
    except csv.Error as error:
        problems.add(f"not readable as CSV: {error}.", _last(found) + 1)
    except OSError as error:
        problems.add(f"cannot be read: {error.strerror}.")
    if not problems.listed and not len(found):
        problems.add("has no rows.")
    return found


def _last(table: Table) -> int:
    return int(table.lines[-1]) if len(table) else 1


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    for row in reader:
        if row:
            yield reader.line_num, row


def _header(cells: list[str], columns: dict[str, Column], problems: Problems) -> list[str]:
    """Return the names of the columns, or nothing where they cannot be used."""
    header = [cell.strip() for cell in cells]
    for name in dict.fromkeys(header):
        if name not in columns:
            hint = nearest(name, columns) or f"Known: {', '.join(columns)}."
            problems.add(f"no column is called {name!r}. {hint}", 1)
        elif header.count(name) > 1:
            problems.add("stands twice.", 1, name)
    for name, column in columns.items():
        if column.required and name not in header:
            problems.add(f"the column `{name}` is missing.", 1)
    return [] if problems.listed else header


def _fill(
    table: Table,
    header: list[str],
    columns: dict[str, Column],
    rows: Iterator[tuple[int, list[str]]],
    problems: Problems,
) -> None:
    """Read the rows into the table's columns."""
    for name in header:
        table.columns[name] = array(_STORES[columns[name].sort]) if columns[name].sort in _STORES else []
    stores = [(name, columns[name], table.columns[name]) for name in header]
    for line, row in rows:
        if len(table) >= MOST_LINES:
            problems.add(f"more than {MOST_LINES:,} rows.", line)
            return
        if len(row) != len(header):
            problems.add(f"{len(row)} values, but {len(header)} columns.", line)
            row = (row + [""] * len(header))[: len(header)]
        for (name, column, store), text in zip(stores, row, strict=True):
            value, problem = _value(column, text.strip())
            if problem:
                problems.add(problem, line, name)
            store.append(value)
        table.lines.append(line)


def _value(column: Column, text: str) -> tuple[Any, str]:
    """Return the value of a cell and what is wrong with it, if anything."""
    if not text:
        absent = {"name": "", "number": math.nan}.get(column.sort, ABSENT)
        return absent, "is missing." if column.required else ""
    if column.sort == "name":
        return text, ""
    if column.sort == "switch":
        known = _TRUTHS.get(text.lower(), ABSENT)
        return known, "" if known != ABSENT else f"must be true or false, but is {text!r}."
    if column.sort == "choice":
        if text in column.choices:
            return column.choices.index(text), ""
        hint = nearest(text, column.choices)
        return ABSENT, f"must be one of {' | '.join(column.choices)}, but is {text!r}. {hint}".rstrip()
    return _number(column, text)


def _number(column: Column, text: str) -> tuple[float | int, str]:
    whole = column.sort == "whole"
    limits = f"[{column.low:,g}, {column.high:,g}]" if column.high < 1e6 else f"[{column.low}, {column.high}]"
    problem = f"must be a {'whole ' if whole else ''}number in {limits}, but is {text[:40]!r}."
    try:
        value = float(text) if "_" not in text else math.nan
    except ValueError:
        value = math.nan
    if not column.low <= value <= column.high or (whole and value != int(value)):
        return (ABSENT, problem) if whole else (math.nan, problem)
    return (int(value), "") if whole else (value + 0.0, "")
