"""Schedules: what changes during a run, read from TOML or from the plain data in which runs are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.design.dotted import settings_in
from simulation import Request, toml_file
from simulation.errors import Invalid
from simulation.request import MOST_WEEKS, problems_of_change
from simulation.toml_file import Complaints

CHANGE_KEYS = {"week": int, "tactics": dict, "settings": dict}

Change = tuple[int, dict[str, Any]]
"""A week, and the tactics and settings from then on."""
Schedule = tuple[Change, ...]


def schedule_of(document: Iterable[Any]) -> Schedule:
    """Return a schedule that was written as plain data."""
    return tuple((int(week), dict(change)) for week, change in document)


def request_of(document: Mapping[str, Any]) -> Request:
    """Return a request that was written as plain data.

    >>> request_of({"scenario": "tiny", "schedule": [[4, {"tactics": {}}]]}).schedule
    ((4, {'tactics': {}}),)
    """
    known = {name: value for name, value in document.items() if name in Request._fields}
    return Request(**{**known, "schedule": schedule_of(known.get("schedule", ()))})


def changes_in(
    complaints: Complaints, keys: Sequence[str], tables: Iterable[Any]
) -> Iterator[tuple[list[str], Change]]:
    """Yield each change of a list of TOML tables with its place in the file; one without a week is noted."""
    for number, table in enumerate(tables):
        place = [*keys, str(number)]
        change = complaints.typed(place, table, CHANGE_KEYS)
        if "week" in change:
            yield place, (change.pop("week"), {key: settings_in(values) for key, values in change.items()})
        else:
            complaints.add(place, "every change needs a `week`.")


def read_schedule(path: Path, weeks: int = MOST_WEEKS) -> Schedule:
    """Read a schedule for so many weeks: a TOML file of `[[schedule]]` tables, each with a `week` and what changes then.

    Raises
    ------
    Invalid
        With every problem of the file, and its line.
    """
    complaints = Complaints(toml_file.read(path))
    tables = complaints.typed([], complaints.file.data, {"schedule": list}).get("schedule", [])
    changes = list(changes_in(complaints, ["schedule"], tables))
    for place, change in changes:
        for problem in problems_of_change(change, weeks):
            complaints.add(place, problem)
    if not tables and not complaints.problems:
        complaints.add([], "there is no [[schedule]] table in it.")
    if complaints.problems:
        raise Invalid(complaints.problems)
    return tuple(change for _, change in changes)
