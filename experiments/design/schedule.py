"""Schedules: what changes during a run, read from TOML or from the plain data in which runs are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.design.cells import Value
from experiments.design.dotted import settings_once
from simulation import Request, toml_file
from simulation.errors import Invalid
from simulation.request import MOST_WEEKS, problems_of_change, problems_of_weeks
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
    """Yield each change of a list of TOML tables with its place in the file; what is none is noted."""
    for number, table in enumerate(tables):
        place = [*keys, str(number)]
        change = complaints.typed(place, table, CHANGE_KEYS)
        if "week" not in change:
            complaints.add(place, "every change needs a `week`.")
            continue
        week = change.pop("week")
        values = {key: settings_once(complaints, [*place, key], inner) for key, inner in change.items()}
        if "tactics" not in values and not values.get("settings"):
            complaints.add(place, f"the change in week {week} changes nothing: it needs `tactics` or `settings`.")
        yield place, (week, values)


def too_late(change: Change, weeks: int) -> Iterator[str]:
    """Yield that a change comes when the run is over, if it does.

    >>> list(too_late((8, {"tactics": {}}), 8))
    ['the change in week 8 does nothing: the last week of the run is week 7, as weeks count from 0.']
    """
    if change[0] == weeks > 0:
        yield f"the change in week {weeks} does nothing: the last week of the run is week {weeks - 1}, as weeks count from 0."


def overruled_at_the_start(
    schedule: Schedule, tactics: Mapping[str, float], settings: Mapping[str, Value]
) -> Iterator[str]:
    """Yield what is said of the start and replaced by a change in week 0, so that it would never hold.

    >>> list(overruled_at_the_start(((0, {"tactics": {}}),), {"seeding": 1}, {}))
    ['its schedule replaces `tactics` in week 0, so these would never hold; keep one of the two.']
    """
    for week, change in schedule:
        names = [f"`{name}`" for name in change.get("settings", {}) if name in settings]
        if tactics and "tactics" in change:
            names.insert(0, "`tactics`")
        if week == 0 and names:
            yield f"its schedule replaces {', '.join(names)} in week 0, so these would never hold; keep one of the two."


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
        for problem in [*problems_of_change(change, weeks), *too_late(change, weeks)]:
            complaints.add(place, problem)
    for problem in problems_of_weeks([change for _, change in changes]):
        complaints.add(["schedule"], problem)
    if not tables and not complaints.problems:
        complaints.add([], "there is no [[schedule]] table in it.")
    if complaints.problems:
        raise Invalid(complaints.problems)
    return tuple(change for _, change in changes)
