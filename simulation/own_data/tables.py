"""Users' own data: organisations, staff and ties read from CSV files and checked, every problem at once.

The columns are declared here and described for users in `docs/own-data.md`. A table that passes has no fault left:
what is built from it (`given.py`) checks nothing again.
"""

import math
from array import array
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

from ..entities import KINDS, TIE_KINDS, Own, Staff
from ..errors import Invalid, nearest
from . import graph_file
from .csv_file import Problems, Source
from .csv_table import ABSENT, Column, Table, table
from .pairs import STRONGEST, WEAKEST, Ends, among, check_sums, tied_once

MOST_BYTES = 1_000_000_000
MOST_PEOPLE = 8_000_000
"""People represented; more could not be summed exactly on the grid of conviction."""


def _sort(type_: type, own: Own) -> tuple[str, float, float]:
    """Return the sort of a column, and between what its values lie."""
    return "choice" if own.choices else "number" if type_ is float else "switch", own.low, own.high


_NAME = Column("name")
_SHARE = Column("number")
_COUNT = Column("integer", 1, 200_000)
ORGANISATIONS = {
    "id": Column("name", required=True),
    "kind": Column("choice", choices=KINDS, required=True),
    "system": _NAME,
    "staff": _COUNT,
    "sample": _COUNT,
    "competition": _SHARE,
    "pride": Column("number", -1, 1),
    "cost": Column("number", -2, 3),
    "gain": Column("number", 0, 3),
    "fit": Column("number", -10, 10),
    "demand": Column("number", -1, 1),
    "open": Column("switch"),
}
OWN: dict[str, Column] = {
    field: Column(*_sort(hint.__origin__, own), choices=own.choices)
    for field, hint in get_type_hints(Staff, include_extras=True).items()
    for own in hint.__metadata__
    if isinstance(own, Own)
}
"""Every trait and starting state of staff that is not worked out from others, as entities declare it."""
STAFF = {
    "id": Column("name", required=True),
    "organisation": _NAME,
    "people": Column("number", 0.01, 100_000),
    **OWN,
}
TIES = {
    "source": Column("name", required=True),
    "target": Column("name", required=True),
    "strength": Column("number", WEAKEST, STRONGEST),
    "kind": Column("choice", choices=TIE_KINDS),
}
COLUMNS = {"organisations": ORGANISATIONS, "staff": STAFF, "ties": TIES}


class Tables(NamedTuple):
    """A user's own organisations, staff and ties, each of which may be missing, and rows in place of names."""

    organisations: Table | None
    staff: Table | None
    ties: Table | None
    organisation_ids: list[str]
    staff_ids: list[str]
    homes: Any  # array of int: the organisation of each member of staff
    sources: Any  # array of int: who influences, by tie
    targets: Any  # array of int: who is influenced


def problems_of_files(sources: dict[str, Source]) -> list[str]:
    """Return what is wrong with files before any is read: missing, not a file, too large."""
    problems = []
    for name, source in sources.items():
        path = source.path
        try:
            if not Path(path).is_file():
                problems.append(f"`tables.{name}`: the file {path!r} does not exist.")
            elif Path(path).stat().st_size > (most := graph_file.MOST_BYTES if source.graph else MOST_BYTES):
                hint = " Write its ties as CSV." if source.graph else ""
                problems.append(f"`tables.{name}`: {path} is larger than {most:,} bytes.{hint}")
        except (OSError, ValueError) as error:
            problems.append(f"`tables.{name}`: the file {path!r} cannot be read: {error}.")
    return problems


def read(sources: dict[str, Source], directed: bool) -> Tables:
    """Return a user's tables, checked; a file that has not changed is not read again.

    Parameters
    ----------
    sources : dict
        The files of the tables `organisations`, `staff` and `ties`, or of some of them.
    directed : bool
        Whether a tie leads one way only, so that there may be another one back.

    Raises
    ------
    Invalid
        With every problem of every file, by file, line and column.
    """
    return _read(stamps(sources), directed)


class Stamp(NamedTuple):
    """A table's file as it is now: another stamp, another content."""

    name: str
    source: Source
    changed: int
    size: int
    file: tuple[int, int]  # another file may stand at the same path, as paths are relative


def stamps(sources: dict[str, Source]) -> tuple[Stamp, ...]:
    """Return the stamp of each of a user's tables.

    Raises
    ------
    Invalid
        With what is wrong with the files before any is read.
    """
    if problems := problems_of_files(sources):
        raise Invalid(problems)
    found = [(name, source, Path(source.path).stat()) for name, source in sorted(sources.items())]
    return tuple(Stamp(name, source, s.st_mtime_ns, s.st_size, (s.st_dev, s.st_ino)) for name, source, s in found)


@lru_cache(maxsize=4)
def _read(stamps: tuple[Stamp, ...], directed: bool) -> Tables:
    problems = {stamp.name: Problems(stamp.source.path, stamp.source.row) for stamp in stamps}
    found = {stamp.name: table(stamp.source, COLUMNS[stamp.name], problems[stamp.name]) for stamp in stamps}
    # Who is in a file that could not be read is not known, so that no other file can be blamed for naming them.
    if not any(of_file.is_unreadable for of_file in problems.values()):
        tables = _joined(found, problems, directed)
    told = [problem for of_file in problems.values() for problem in of_file.all()]
    if told:
        raise Invalid(told)
    return tables


def _joined(found: dict[str, Table], problems: dict[str, Problems], directed: bool) -> Tables:
    """Return the tables with rows in place of names; what does not fit together is among the problems."""
    organisations, staff, ties = (found.get(name) for name in ("organisations", "staff", "ties"))
    rows = {} if organisations is None else _unique(organisations, problems["organisations"])
    people = {} if staff is None else _unique(staff, problems["staff"])
    ends: Ends = (array("i"), array("i"))
    if ties is not None:
        known = None if staff is None else people
        ties = ties if known is None else among(known, ties, problems["ties"])
        sources = _references(ties, "source", known, people, problems["ties"])
        ends = sources, _references(ties, "target", known, people, problems["ties"])
        for name in ties.alone if known is None else ():
            people.setdefault(name, len(people))
        ties, ends = tied_once(ties, ends, directed, problems["ties"])
        check_sums(ties, ends, directed, problems["ties"])
    homes = _homes(organisations, staff, rows, len(people), problems)
    if staff is not None:
        _check_people(staff, problems["staff"])
    if organisations is not None:
        _check_organisations(organisations, staff, homes, problems["organisations"])
    if organisations is not None and staff is None and ties is not None:
        problems["ties"].add("a table of staff is missing: it says who works for which organisation.")
    return Tables(organisations, staff, ties, list(rows), list(people), homes, *ends)


def _unique(table: Table, problems: Problems) -> dict[str, int]:
    """Return the row of each id."""
    rows: dict[str, int] = {}
    for row, name in enumerate(table.columns.get("id", [])):
        first = rows.setdefault(name, row)
        if first != row and name:
            problems.add(f"{name!r} stands on line {table.lines[first]} already.", table.lines[row], "id")
    return rows


def _row_of(name: str, known: dict[str, int], problems: Problems, line: int, column: str) -> int:
    row = known.get(name, ABSENT)
    if row == ABSENT and name:
        hint = nearest(name, known) if len(known) <= 2000 and not problems.are_many else ""
        problems.add(f"nobody is called {name!r}. {hint}".rstrip(), line, column)
    return row


def _references(ties: Table, end: str, known: dict[str, int] | None, people: dict[str, int], problems: Problems) -> Any:
    """Return the row of the person at one end of each tie; without a table of staff, people are those whom ties name."""
    names = ties.columns[end]
    if known is None:
        return array("i", [people.setdefault(name, len(people)) for name in names])
    return array("i", [_row_of(name, known, problems, ties.lines[k], end) for k, name in enumerate(names)])


def _homes(
    organisations: Table | None,
    staff: Table | None,
    rows: dict[str, int],
    people: int,
    problems: dict[str, Problems],
) -> Any:
    """Return the organisation of each member of staff; organisations that no table lists are added to `rows`."""
    if staff is None or "organisation" not in staff.columns:
        if organisations is not None and staff is not None and staff.columns:
            problems["staff"].add("the column `organisation` is missing: there is a table of organisations.", 1)
        if organisations is None:
            rows["everyone"] = 0
        return array("i", [0] * people)
    homes = array("i")
    for k, name in enumerate(staff.columns["organisation"]):
        if not name:
            problems["staff"].add("is missing.", staff.lines[k], "organisation")
        if organisations is None:
            homes.append(rows.setdefault(name, len(rows)))
        else:
            homes.append(_organisation_of(name, rows, problems["staff"], staff.lines[k]))
    return homes


def _organisation_of(name: str, rows: dict[str, int], problems: Problems, line: int) -> int:
    row = rows.get(name, ABSENT)
    if row == ABSENT and name:
        hint = nearest(name, rows) if len(rows) <= 2000 and not problems.are_many else ""
        problems.add(f"no organisation is called {name!r}. {hint}".rstrip(), line, "organisation")
    return row


def _check_organisations(organisations: Table, staff: Table | None, homes: Any, problems: Problems) -> None:
    """Name organisations without a size, which a table of staff or a column must give, and those with nobody."""
    if staff is not None:
        _check_peopled(organisations, homes, problems)
    elif organisations.columns and "staff" not in organisations.columns:
        problems.add("the column `staff` is missing: there is no table of staff.", 1)
    elif organisations.columns:
        for k, count in enumerate(organisations.columns["staff"]):
            if count == ABSENT and organisations.columns["id"][k]:
                problems.add("is missing: there is no table of staff.", organisations.lines[k], "staff")
        _check_sum(sum(organisations.columns["staff"]), problems)


def _check_people(staff: Table, problems: Problems) -> None:
    given = staff.columns.get("people", array("d", [1.0]) * len(staff))
    _check_sum(sum(1.0 if math.isnan(people) else people for people in given), problems)


def _check_sum(people: float, problems: Problems) -> None:
    if people > MOST_PEOPLE:
        problems.add(f"stands for {people:,.0f} people in all; at most {MOST_PEOPLE:,} can be counted exactly.")


def _check_peopled(organisations: Table, homes: Any, problems: Problems) -> None:
    """Name the organisations in which nobody works."""
    peopled = set(homes)
    for k, name in enumerate(organisations.columns.get("id", [])):
        if k not in peopled and name:
            problems.add(f"nobody in the table of staff works for {name!r}.", organisations.lines[k], "id")
