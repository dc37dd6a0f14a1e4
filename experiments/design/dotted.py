"""Nested tables, under dotted names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simulation import catalogue
from simulation.toml_file import Complaints
from simulation.values import fitted

TACTIC_PREFIX = "tactics."
RANGE_KEYS = dict.fromkeys(("low", "high", "shape", "centre", "spread"))


def kind_of(name: str) -> str:
    """Return the kind of value that a parameter, or the share of a tactic, takes; of an unknown name none."""
    parameter = catalogue.parameters().get(name)
    return "number" if name.startswith(TACTIC_PREFIX) else parameter.kind if parameter else ""


def settings_in(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings in a table by dotted name, each in the type of its parameter."""
    return {name: fitted(kind_of(name), value) for name, value in flatten(table).items()}


def settings_once(complaints: Complaints, keys: Sequence[str], table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings in a table, noting each that stands in it twice."""
    named_once(complaints, keys, table)
    return settings_in(table)


def flatten(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return a table with its nested tables under dotted names: ``climate.finance = 1`` without quotes is one.

    >>> flatten({"climate": {"finance": 1}, "leaders.ego": 0})
    {'climate.finance': 1, 'leaders.ego': 0}
    """
    flat: dict[str, Any] = {}
    for name, value in table.items():
        if isinstance(value, dict) and not _is_range(prefix + name, value):
            flat |= flatten(value, f"{prefix}{name}.")
        else:
            flat[prefix + name] = value
    return flat


def named_once(complaints: Complaints, keys: Sequence[str], table: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table flattened, noting each name that stands in it twice, with quotes and without."""
    for name, times in Counter(_names(table, "")).items():
        if times > 1:
            complaints.add(
                [*keys, name], f"`{'.'.join([*keys, name])}` stands twice, with quotes and without; keep one."
            )
    return flatten(table)


def _names(table: Mapping[str, Any], prefix: str) -> Iterator[str]:
    for name, value in table.items():
        if isinstance(value, dict) and not _is_range(prefix + name, value):
            yield from _names(value, f"{prefix}{name}.")
        else:
            yield prefix + name


def _is_range(name: str, table: dict[str, Any]) -> bool:
    """Whether a table is the range of a parameter rather than a group of parameters.

    An unknown name is taken for a misspelt parameter where its table looks like a range, right or wrong.
    """
    if name in catalogue.parameters() or name.removeprefix(TACTIC_PREFIX) in catalogue.tactics():
        return True
    return (
        "." in name and bool(table.keys() & RANGE_KEYS) and not any(isinstance(x, dict | list) for x in table.values())
    )
