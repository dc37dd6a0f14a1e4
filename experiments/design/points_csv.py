"""A user's own design, as a CSV table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from experiments.design.cells import Value
from experiments.design.dotted import TACTIC_PREFIX
from experiments.design.points import Table
from simulation import catalogue
from simulation.errors import Invalid, nearest
from simulation.own_data.csv_file import Problems, Source, rows, separator_hint
from simulation.own_data.csv_table import Column, as_long_as, cell

CSV_LIMIT = 64 * 2**20


def read_csv(source: Source) -> Table:
    """Return a user's own design: a header of parameter names, then a row a point.

    Raises
    ------
    Invalid
        With every problem of the file, by line and column; of very many the first and a count.
    """
    problems = Problems(source.path)
    if (size := _size(source)) > CSV_LIMIT:
        raise Invalid([f"{source.path}: {size:,} bytes; a design may have at most {CSV_LIMIT:,}."])
    body = rows(source, problems)
    _, header = next(body, (1, []))
    names = [name.strip() for name in header]
    while names and not names[-1]:  # as spreadsheets leave them behind
        names.pop()
    columns = _columns(names, source, problems)
    points: list[tuple[Value, ...]] = []
    for line, row in () if problems.listed else body:
        cells, told = as_long_as(names, row, line, problems)
        checked = zip(names, columns, cells, strict=True)
        values = [cell(column, text, (line, name), (source, told)) for name, column, text in checked]
        points.append(tuple(value for value in values if value is not None))
    if problems.listed:
        raise Invalid(problems.all())
    return Table(tuple(names), tuple(points))


def _size(source: Source) -> int:
    path = Path(source.path)
    return path.stat().st_size if path.is_file() else 0


def _columns(names: list[str], source: Source, problems: Problems) -> list[Column]:
    """Return what may stand in each column, by the parameter or the tactic that its head names."""
    known = _known()
    unknown = [name for name in names if name not in known]
    hint = separator_hint(names, source) if len(unknown) == len(names) else ""
    for problem in [hint] if hint else _problems_of_names(names, unknown, known):
        problems.stop(problem, 1)
    return [known[name] for name in names if name in known]


def _known() -> dict[str, Column]:
    shares = {f"{TACTIC_PREFIX}{name}": Column("number", required=True) for name in catalogue.tactics()}
    return shares | {
        name: Column(known.kind, known.low, known.high, known.choices, required=True)
        for name, known in catalogue.parameters().items()
    }


def _problems_of_names(names: list[str], unknown: list[str], known: Iterable[str]) -> Iterator[str]:
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield f"the column {name!r} stands twice."
    for name in unknown:
        hint = nearest(name, known) or "See: syslead params; the share of a tactic is called tactics.NAME."
        yield f"no parameter is called {name!r}. {hint}"
