"""A table of a user's own: the columns and the values of a CSV file, checked against what may stand in them."""

import math
import re
from array import array
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..errors import nearest
from ..values import TRUTH, Value, how_written, read
from ..words import counted
from . import graph_file
from .csv_file import Problems, Source, quoted, rows, separator_hint

MOST_LINES = 10_000_000
ABSENT = -1
"""What an empty cell is kept as in a column of whole numbers, choices or switches; in one of numbers it is NaN."""
REMEMBERED = 1000
"""Different texts of a column whose meaning is worked out once."""
_STORES = {"number": "d", "integer": "i", "choice": "b", "switch": "b", "nothing": "b"}
_DECIMAL_COMMA = re.compile(r"\s*[+-]?[0-9]+,[0-9]+\s*")
_COMMA_FOR_POINT = str.maketrans(",.", ".,")


class Column(NamedTuple):
    """What may stand in one column."""

    sort: str  # "name", "nothing", or one of the kinds of values
    low: float = 0.0
    high: float = 1.0
    choices: tuple[str, ...] = ()
    required: bool = False


class Table(NamedTuple):
    """One checked file: its columns by name (NaN, -1 or an empty name where a cell is empty), lines, and people without ties."""

    source: Source
    columns: dict[str, Any]
    lines: Any  # array of int: the line on which each row ends
    alone: Sequence[str] = ()  # those whom a graph names and whom no tie does

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.lines)


def table(source: Source, columns: dict[str, Column], problems: Problems) -> Table:
    """Return what can be read of a file; what cannot is among the problems."""
    alone: list[str] = []
    found = Table(source, {}, array("q"), alone)
    body = graph_file.rows(source, problems, alone) if source.graph else rows(source, problems)
    _, header = next(body, (1, []))
    names = _named([cell.strip() for cell in header], columns, source, problems) if header else []
    known = columns | {_NAMELESS: Column("nothing")}
    cells = [_Cells(name, known[name], source) if name in known else None for name in names]
    for line, row in body if cells else ():
        if len(found) >= MOST_LINES:
            problems.stop(f"more than {MOST_LINES:,} rows.", line)
            break
        texts, told = as_long_as(names, row, line, problems)
        if len(row) > len(names) and not len(found):
            problems.is_unreadable = True  # the header does not fit, as with row names from R's write.table
            break
        for column, text in zip(cells, texts, strict=True):
            if column is not None:
                column.add(text, line, told)
        found.lines.append(line)
    found.columns.update({column.name: column.values for column in cells if column and column.name in columns})
    return found


class _Cells:
    """The cells of one column, while it is read."""

    def __init__(self, name: str, column: Column, source: Source):
        self.name, self.column, self.source = name, column, source
        self.values: Any = array(_STORES[column.sort]) if column.sort in _STORES else []
        self._seen: dict[str, Any] = {}  # what a text that was read already is kept as

    def add(self, text: str, line: int, problems: Problems) -> None:
        """Add what a text means, or what an empty cell is kept as where it means nothing."""
        kept = self._seen.get(text)
        if kept is None:
            value = cell(self.column, text, (line, self.name), (self.source, problems))
            kept = _stored(self.column, value)
            if value is not None and self.column.sort != "name" and len(self._seen) < REMEMBERED:
                self._seen[text] = kept
        self.values.append(kept)


_IGNORED, _NAMELESS, _UNKNOWN = "(ignored)", "(nameless)", "(unknown)"


def _named(header: list[str], columns: dict[str, Column], source: Source, problems: Problems) -> list[str]:
    """Return the column that each cell of a header names, or nothing where they cannot be used."""
    called = {theirs: ours for ours, theirs in source.columns}
    ignored = () if isinstance(source.ignore, bool) else source.ignore
    names = []
    for cell in header:
        name = called.get(cell, cell if cell in columns and cell not in called.values() else "")
        if cell in ignored or (source.ignore is True and not name):
            name = _IGNORED
        names.append(name or (_UNKNOWN if cell else _NAMELESS))
    hint = "" if any(name in columns for name in names) else separator_hint(header, source)
    for problem in [hint] if hint else _problems_of_header(names, header, columns, source):
        problems.stop(problem, source.place_of_header)
    return [] if problems.is_unreadable else names


def _problems_of_header(
    names: list[str], header: list[str], columns: dict[str, Column], source: Source
) -> Iterator[str]:
    for name in dict.fromkeys(names):
        if name in columns and names.count(name) > 1:
            yield f"the column `{name}` stands twice."
    if wrong := list(_wrong_choices(header, columns, source)):
        yield from wrong
        return
    missing = [name for name, column in columns.items() if column.required and name not in names]
    unknown = [cell for cell, name in zip(header, names, strict=True) if name == _UNKNOWN]
    if missing or unknown:
        yield _unmatched(missing, unknown, columns, source)


def _wrong_choices(header: list[str], columns: dict[str, Column], source: Source) -> Iterator[str]:
    """Yield what the user says of columns that there are not."""
    for ours, theirs in source.columns:
        if ours not in columns:
            known = nearest(ours, columns) or f"Known: {', '.join(columns)}."
            yield f"`columns` says what `{ours}` is called, but there is no such column. {known}"
        if theirs not in header:
            yield f"`columns` names {theirs!r}, but no column is called so. {nearest(theirs, header)}".rstrip()
    for theirs in () if isinstance(source.ignore, bool) else source.ignore:
        if theirs not in header:
            yield f"`ignore` names {theirs!r}, but no column is called so. {nearest(theirs, header)}".rstrip()


def _unmatched(missing: list[str], unknown: list[str], columns: dict[str, Column], source: Source) -> str:
    """Return, as one problem, which columns are missing and which are not known, and what the user can write."""
    theirs = ", ".join(map(repr, unknown))
    if not missing:
        near = nearest(unknown[0].lower(), columns) if len(unknown) == 1 else ""
        words = f"no column is called {theirs}. {near}".rstrip() + f" Known: {', '.join(columns)}. Not needed?"
        return source.hint(words, f"ignore = [{', '.join(map(quoted, unknown))}]")
    words = f"there is no column {', '.join(f'`{name}`' for name in missing)}."
    if not unknown:
        return words
    called = {name: next((cell for cell in unknown if cell.lower() == name), "...") for name in missing}
    others = [cell for cell in unknown if cell not in called.values()]
    to_find = list(called.values()).count("...")
    lines = [f"columns = {{ {', '.join(f'{name} = {quoted(cell)}' for name, cell in called.items())} }}"]
    if len(others) > to_find:
        lines.append("ignore = true" if to_find else f"ignore = [{', '.join(map(quoted, others))}]")
    return source.hint(f"{words} The first line has {theirs}; known are {', '.join(columns)}. Which is which?", *lines)


def as_long_as(names: list[str], row: list[str], line: int, problems: Problems) -> tuple[list[str], Problems]:
    """Return a row with a cell for each column, and where its problems go: nowhere, if it had to be cut or filled.

    Empty cells beyond the last column mean nothing.
    """
    while len(row) > len(names) and not row[-1].strip():
        row.pop()
    if len(row) == len(names):
        return row, problems
    problems.add(f"{counted(len(row), 'value')}, but {counted(len(names), 'column')}.", line)
    return (row + [""] * len(names))[: len(names)], Problems(problems.path)


def cell(column: Column, text: str, place: tuple[int, str], noted: tuple[Source, Problems]) -> Value | None:
    """Return the value of a cell, or nothing where it is empty or, which is noted, not what may stand there."""
    text = text.strip()
    source, problems = noted
    if not text or column.sort == "name":
        if column.required and not text:
            problems.add("is missing.", *place)
        return text or None
    if column.sort == "nothing":
        words = f"{text[:40]!r} stands in a column without a name. Not needed?"
        problems.add_once("nameless", source.hint(words, 'ignore = [""]'), place[0])
        return None
    value, problem = _meaning(column, text, source.decimal)
    if problem and column.sort in ("number", "integer") and source.decimal == "." and _DECIMAL_COMMA.fullmatch(text):
        problems.add_once("decimal", source.hint(f"is {text!r}. Decimal commas?", 'decimal = ","'), *place)
    elif problem:
        problems.add(problem, *place)
    return None if problem else value


def _meaning(column: Column, text: str, decimal: str) -> tuple[Value, str]:
    """Return what a text means in a column, and what is wrong with that, if anything."""
    if column.sort not in ("number", "integer"):
        value = read(column.sort, text)
        return value, _problem_with(column, value, text)
    value = read(column.sort, text.translate(_COMMA_FOR_POINT) if decimal == "," else text)
    written = "Numbers here have decimal commas, such as 0,5." if decimal == "," else how_written(value)
    problem = _problem_with(column, value, text)
    return value, f"{problem} {written}".rstrip() if problem else ""


def _problem_with(column: Column, value: Value, text: str) -> str:
    if column.sort == "switch":
        return "" if isinstance(value, bool) else f"must be {TRUTH}, but is {text!r}."
    if column.sort == "choice":
        if value in column.choices:
            return ""
        return f"must be one of {' | '.join(column.choices)}, but is {text!r}. {nearest(text, column.choices)}".rstrip()
    is_whole = isinstance(value, int)
    if (is_whole or column.sort == "number") and not isinstance(value, str) and column.low <= value <= column.high:
        return ""
    limits = f"[{column.low:,g}, {column.high:,g}]" if column.high < 1e6 else f"[{column.low}, {column.high}]"
    words = f"must be a {'whole ' if column.sort == 'integer' else ''}number in {limits}, but is {text[:40]!r}."
    return words


def _stored(column: Column, value: Value | None) -> Any:
    """Return a value as a table keeps it."""
    if value is None:
        return {"name": "", "number": math.nan}.get(column.sort, ABSENT)
    return column.choices.index(str(value)) if column.sort == "choice" else value
