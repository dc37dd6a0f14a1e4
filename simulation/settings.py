"""From names to numbers: a scenario, tactics and settings merged into the values that the rules read."""

from collections import namedtuple
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

from . import catalogue, rules
from . import tactics as tactic_folder
from .errors import FailedRun
from .own_tactics import unusable
from .parameters import WEEKS, declared, problem_with, valued
from .scenario import Scenario


def starting(groups: Mapping[str, Any]) -> dict[str, Any]:
    """Return the groups that the world at the start is drawn with; what describes only later weeks has its default."""
    return {
        group: groups[group]._replace(**later) for group, later in _later().items() if len(later) < len(groups[group])
    }


@cache
def _later() -> dict[str, dict[str, Any]]:
    """Return the defaults of the parameters, by group and field, that the world at the start does not depend on."""
    later: dict[str, dict[str, Any]] = {group: {} for group in catalogue.groups()}
    for group, cls in catalogue.groups().items():
        for parameter, (field, default) in zip(declared(group, cls).values(), cls._field_defaults.items(), strict=True):
            if parameter.when == WEEKS:
                later[group][field] = default
    return later


def merged(scenario: Scenario, tactics: Mapping[str, float], settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a run: the scenario's, then what stances and comparators set, then the user's.

    Raises
    ------
    FailedRun
        A stance or comparator sets what cannot be.
    """
    values = dict(scenario.settings)
    for name, degree in sorted(tactics.items(), key=_stances_before_comparators):
        module = tactic_folder.modules.get(name)
        if module is not None and module.KIND != "conversation" and degree:
            own = {key: value for key, value in settings.items() if key.startswith(f"{name}.")}
            try:
                p = valued(module.Parameters, name, own)
            except (TypeError, ValueError):
                continue  # a wrong value among the settings, which is reported where settings are checked
            values |= conduct_of(name, float(degree), p)
    return values | dict(settings)


def conduct_of(name: str, degree: float, p: Any) -> dict[str, Any]:
    """Return what a stance or comparator sets where it is held in some degree.

    Raises
    ------
    FailedRun
        That cannot be: a parameter that there is not, a value outside its range, or nothing for a fault of its own.
    """
    try:
        values = dict(tactic_folder.modules[name].conduct(degree, p))
        problems = [problem for setting, value in values.items() if (problem := _problem_with(setting, value))]
    except Exception as error:
        problems = [f"{type(error).__name__}: {error}."]
    if problems:
        why = f"its `conduct`, at degree {degree:g}: {problems[0]}"
        raise FailedRun(unusable(tactic_folder.modules[name], why))
    return values


def _problem_with(setting: str, value: Any) -> str:
    known = catalogue.parameters()
    return problem_with(known[setting], value) if setting in known else f"no parameter is called {setting!r}."


def _stances_before_comparators(entry: tuple[str, float]) -> tuple[bool, str]:
    # Where two set the same, the comparator stands; the order in which a user names them decides nothing.
    module = tactic_folder.modules.get(entry[0])
    return module is not None and module.KIND == "comparator", entry[0]


def expected_staff(scenario: Scenario, scale: float) -> float:
    """Return about how many staff a scenario simulates at a scale."""
    return sum(
        row.count * min(max(row.sample * scale, 1.0), max(row.staff, row.sample)) for row in scenario.organisations
    )


def mix(tactics: Mapping[str, float]) -> dict[str, float]:
    """Return the shares of leaders' time by conversation, which add up to 1.

    Stances and heroic leaders without any conversation go with the plain case; without any of these nobody leads.

    >>> mix({"seeding": 1, "coalition": 1, "forgoing_credit": 1})
    {'coalition': 0.5, 'seeding': 0.5}
    >>> mix({"forgoing_credit": 1}), mix({"payment": 1})
    ({'plain_case': 1.0}, {})
    """
    active = {name: float(share) for name, share in sorted(tactics.items()) if share > 0}
    shares = {name: share for name, share in active.items() if name in tactic_folder.conversations}
    if not shares and any(_is_held_by_leaders(name) for name in active):
        return {"plain_case": 1.0}
    total = sum(shares.values())
    return {name: share / total for name, share in shares.items()}


def beyond_one(tactics: Mapping[str, float]) -> dict[str, float]:
    """Return the shares of leaders' time as they are used, where those asked for add up to more than 1; else nothing.

    >>> beyond_one({"seeding": 0.9, "coalition": 0.9}), beyond_one({"seeding": 0.5, "coalition": 0.5})
    ({'coalition': 0.5, 'seeding': 0.5}, {})
    """
    shares = [share for name, share in tactics.items() if name in tactic_folder.conversations]
    return mix(tactics) if sum(shares) > 1.0 + 1e-9 else {}


def _is_held_by_leaders(name: str) -> bool:
    return any(setting.startswith("leaders.") for setting in set_by(name))


def set_by(name: str) -> frozenset[str]:
    """Return the parameters that a stance or comparator sets; none for a conversation, or where none has this name.

    >>> sorted(set_by("giving")), sorted(set_by("seeding"))
    (['leaders.generosity'], [])
    """
    module = tactic_folder.modules.get(name)
    if module is None or module.KIND == "conversation":
        return frozenset()
    try:
        return frozenset(conduct_of(name, 1.0, module.Parameters()))
    except FailedRun:
        return frozenset()  # which is told where the settings of a run are worked out


def grouped(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return every group's named tuple, with a user's checked settings in place of the defaults."""
    changed = {name.partition(".")[0] for name in settings}
    return {
        group: valued(cls, group, settings) if group in changed else cls() for group, cls in catalogue.groups().items()
    }


Settings = cast(Any, namedtuple("Settings", ("population", *rules.names, "tactics")))
"""What the rules read: a named tuple of parameters a rule, and those of the conversations."""
Conversations = cast(Any, namedtuple("Conversations", tactic_folder.conversations))
"""The parameters of each conversation, by the tactic's name."""


def settled(groups: Mapping[str, Any]) -> Any:
    """Return the settings as both engines read them."""
    conversations = Conversations(*(groups[name] for name in tactic_folder.conversations))
    return Settings(groups["population"], *(groups[name] for name in rules.names), conversations)


class Standing(NamedTuple):
    """What a scenario, a mix of tactics and settings come to; the arms of a sweep share it, so it is not changed."""

    groups: dict[str, Any]
    settings: Any  # as both engines read them
    at_the_start: dict[str, Any]  # the groups that the world is drawn with


def standing(scenario: Scenario, tactics: Mapping[str, float], settings: Mapping[str, Any]) -> Standing:
    """Return what a scenario and a checked mix and settings come to; the last few hundred are kept."""
    return _standing(scenario, tuple(tactics.items()), tuple(settings.items()))


@lru_cache(maxsize=256)
def _standing(
    scenario: Scenario, tactics: tuple[tuple[str, float], ...], settings: tuple[tuple[str, Any], ...]
) -> Standing:
    groups = grouped(merged(scenario, dict(tactics), dict(settings)))
    return Standing(groups, settled(groups), starting(groups))
