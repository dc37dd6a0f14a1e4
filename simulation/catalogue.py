"""Everything that has a name: parameters, tactics, scenarios, changes, observables. Light: imports no NumPy, Numba or Mesa."""

from functools import cache
from typing import Any, NamedTuple

from . import rules
from . import tactics as tactic_folder
from .change import changes
from .observables import OBSERVABLES, Observable
from .parameters import Parameter, declared
from .scenario import Leaders, Population, scenarios

__all__ = [
    "Observable",
    "Parameter",
    "Tactic",
    "changes",
    "groups",
    "observables",
    "parameters",
    "scenarios",
    "tactics",
]


class Tactic(NamedTuple):
    """A tactic as a user sees it."""

    name: str
    kind: str
    title: str
    meaning: str
    cost: str
    source: str


@cache
def groups() -> dict[str, Any]:
    """Return the named tuple of each group of parameters, by group."""
    found: dict[str, Any] = {"population": Population, "leaders": Leaders}
    found |= {name: module.Parameters for name, module in rules.modules.items()}
    found |= {name: module.Parameters for name, module in tactic_folder.modules.items()}
    return found


@cache
def parameters() -> dict[str, Parameter]:
    """Return every parameter by its name, `group.field`.

    >>> parameters()["gates.delay"].unit
    'weeks'
    """
    return {name: p for group, cls in groups().items() for name, p in declared(group, cls).items()}


@cache
def tactics() -> dict[str, Tactic]:
    """Return every tactic by name.

    >>> tactics()["seeding"].kind
    'conversation'
    """
    return {name: _tactic(name, module) for name, module in tactic_folder.modules.items()}


def _tactic(name: str, module: Any) -> Tactic:
    title, _, rest = " ".join((module.__doc__ or name).split()).partition(": ")
    _, _, rest = rest.partition("Meaning: ")
    meaning, _, cost = rest.partition(" Cost and failure: ")
    return Tactic(name, module.KIND, title, meaning, cost, module.SOURCE)


def observables() -> dict[str, Observable]:
    """Return every observable by name, in the order of tables."""
    return OBSERVABLES
