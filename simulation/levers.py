"""Levers given each by its own name, as Mesa's pages and batch runs pass them: `seeding=0.5`, `"leaders.ego": 0.9`."""

from collections.abc import Iterable, Mapping
from typing import Any

from .errors import Invalid, nearest


def by_name(
    tactics: Mapping[str, float] | None,
    settings: Mapping[str, Any] | None,
    levers: Mapping[str, Any],
    others: Iterable[str] = (),
) -> tuple[dict[str, float], dict[str, Any]]:
    """Return tactics and settings with the levers among them; a tactic at 0 is one that nobody uses.

    Parameters
    ----------
    tactics, settings : dict, optional
        As a request has them.
    levers : dict
        Shares and degrees of tactics, and values of parameters, by name.
    others : iterable of str
        What else can be given by name; a hint may name it.

    Raises
    ------
    Invalid
        For every name that is no lever's, or that is given twice.

    Examples
    --------
    >>> by_name({}, {}, {"seeding": 0.5, "coalition": 0.0, "leaders.ego": 0.9})
    ({'seeding': 0.5}, {'leaders.ego': 0.9})
    """
    from . import catalogue

    mix, values = dict(tactics or {}), dict(settings or {})
    problems = [
        f"No lever is called {name!r}. {nearest(name, [*others, *catalogue.tactics()])}".rstrip()
        for name in levers
        if "." not in name and name not in catalogue.tactics()
    ]
    problems += [
        f"`{name}` is given twice, with other levers and by its name." for name in levers if name in mix | values
    ]
    if problems:
        raise Invalid(problems)
    for name, value in levers.items():
        if "." in name:
            values[name] = value
        elif value != 0:
            mix[name] = value
    return mix, values
