"""Changes: what is to be adopted, how complex it is, what it costs, and how strong the evidence for it is."""

from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from . import rules, toml_file
from .errors import Invalid, nearest
from .named_files import NamedFiles
from .parameters import Parameter, declared, problem_with
from .toml_file import Complaints

FILES = NamedFiles("change", Path(__file__).parent / "changes")
GROUP = "nature"
"""The group of parameters that describes a change; those of other groups that do, too, are named one by one."""
OTHERS = ("gates.approvals",)
KEYS = {"title": str, "source": str, "settings": dict}


class Change(NamedTuple):
    """A change as its file describes it."""

    name: str
    title: str
    source: str
    settings: dict[str, Any]


def changes() -> dict[str, str]:
    """Return the built-in changes' titles by name."""
    return FILES.titles()


def load(name: str) -> Change:
    """Return a built-in change by name, or one of the user's own by the path of its file.

    Raises
    ------
    Invalid
        If there is none of this name, or its file has faults: all of them at once.
    """
    path = FILES.path(name)
    change, problems = _parsed(name, path, toml_file.content(path))
    if problems:
        raise Invalid(problems)
    return change


def problems_of(name: str) -> list[str]:
    """Return what is wrong with a change, or that there is none of this name."""
    try:
        load(name)
    except Invalid as invalid:
        return invalid.problems
    return []


@cache
def describing() -> dict[str, Parameter]:
    """Return the parameters that describe a change, by name.

    >>> "nature.complexity" in describing(), "leaders.hours" in describing()
    (True, False)
    """
    groups = {GROUP, *(name.partition(".")[0] for name in OTHERS)}
    known = {
        name: p for group in sorted(groups) for name, p in declared(group, rules.modules[group].Parameters).items()
    }
    return {name: parameter for name, parameter in known.items() if parameter.group == GROUP or name in OTHERS}


@lru_cache(maxsize=16)
def _parsed(name: str, path: Path, content: bytes) -> tuple[Change, list[str]]:
    """Return a change and the faults of its file, if any; not to be changed, as a sweep asks every run."""
    complaints = Complaints(toml_file.parsed(path, content))
    document = complaints.typed([], complaints.file.data, KEYS)
    table = document.get("settings", {})
    settings = toml_file.flat(table)
    for setting in toml_file.named_twice(table):
        complaints.add(["settings", setting], f"`settings.{setting}` stands twice, with quotes and without; keep one.")
    for setting, value in settings.items():
        if problem := _problem_with(setting, value):
            complaints.add(["settings", setting], problem)
    if not settings.keys() <= describing().keys():
        complaints.add(["settings"], f"a change may set {_all_describing()}.")
    if not settings and not complaints.problems:
        complaints.add([], f"it sets nothing, so it is no change: add [settings] with any of {_all_describing()}.")
    return Change(name, document.get("title", ""), document.get("source", ""), settings), complaints.problems


def _problem_with(name: str, value: Any) -> str:
    known = describing()
    if name in known:
        return problem_with(known[name], value)
    return f"`{name}` is no parameter that describes a change. {nearest(name, known)}".rstrip()


def _all_describing() -> str:
    return ", ".join(f"`{name}`" for name in sorted(describing()))
