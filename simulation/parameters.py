"""How a number that a modeller may change is declared, read and checked.

A parameter stands once, as an annotated field of the named tuple of its group; its default, range, unit, source
and meaning are read from there by validation, the command line, sweeps, the browser page and the documentation.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple, get_type_hints

from . import values
from .errors import shown

WEEKS, START, BOTH = "weeks", "start", "both"
"""When a parameter counts: every week of a run; only when the world at the start is drawn; or then and later."""


class Prior(NamedTuple):
    """Where a number plausibly lies: anywhere between two bounds alike, or their logarithms alike (`log`)."""

    low: float
    high: float
    shape: str = "even"


class Range(NamedTuple):
    """Where a number may lie, in what unit, and how that is known; and, where somebody has thought of it, a prior."""

    low: float
    high: float
    unit: str
    source: str
    meaning: str
    when: str = WEEKS
    prior: Prior | None = None


def initial(low: float, high: float, unit: str, source: str, meaning: str, prior: Prior | None = None) -> Range:
    """Return the range of a number that describes the world at the start, and so cannot change during a run."""
    return Range(low, high, unit, source, meaning, START, prior)


class Choice(NamedTuple):
    """One of several named options, kept as its position among them."""

    names: tuple[str, ...]
    source: str
    meaning: str
    when: str = WEEKS


class Parameter(NamedTuple):
    """One parameter as a user sees it."""

    name: str
    default: float | int | bool | str
    low: float
    high: float
    unit: str
    source: str
    meaning: str
    kind: str
    choices: tuple[str, ...] = ()
    when: str = WEEKS
    prior: Prior | None = None

    @property
    def group(self) -> str:
        """The rule, tactic or other part of the model that reads it."""
        return self.name.partition(".")[0]

    @property
    def live(self) -> bool:
        """Whether it can change while a run goes on."""
        return self.when != START


@cache
def declared(group: str, cls: Any) -> dict[str, Parameter]:
    """Return the parameters that a group declares, in order, by their full name `group.field`.

    Parameters
    ----------
    group : str
        The name of the group.
    cls : type
        A named tuple whose fields are annotated with a `Range` or a `Choice`, each with a default.

    Raises
    ------
    TypeError
        If a field has no default or no declaration: a fault of the programmer, not of the user.
    """
    hints = get_type_hints(cls, include_extras=True)
    found = {}
    for field in cls._fields:
        default = cls._field_defaults[field]
        declaration = hints[field].__metadata__[0]
        found[f"{group}.{field}"] = _parameter(f"{group}.{field}", default, declaration, hints[field].__origin__)
    return found


def _parameter(name: str, default: Any, declaration: Range | Choice, type_: type) -> Parameter:
    if isinstance(declaration, Choice):
        names, source, meaning, when = declaration
        return Parameter(name, names[default], 0, len(names) - 1, "choice", source, meaning, "choice", names, when)
    kind = {bool: "switch", int: "integer", float: "number"}[type_]
    low, high, unit, source, meaning, when, prior = declaration
    return Parameter(name, default, low, high, unit, source, meaning, kind, when=when, prior=prior)


def problem_with(parameter: Parameter, value: Any) -> str:
    """Return what is wrong with a value for a parameter, in words, or an empty string.

    >>> delay = Parameter("gates.delay", 26.0, 1.0, 520.0, "weeks", "assumed", "Mean wait", "number")
    >>> problem_with(delay, 0.0)
    '`gates.delay` must lie in [1, 520] weeks, but is 0.'
    >>> problem_with(delay, 26)
    ''
    """
    name, value = parameter.name, values.fitted(parameter.kind, value)
    if parameter.kind == "choice":
        known = " | ".join(parameter.choices)
        return "" if value in parameter.choices else f"`{name}` must be one of {known}, but is {shown(value)}."
    if parameter.kind == "switch":
        return "" if isinstance(value, bool) else f"`{name}` must be {values.TRUTH}, but is {shown(value)}."
    whole = isinstance(value, int) and not isinstance(value, bool)
    if parameter.kind == "integer" and not whole:
        return f"`{name}` must be a whole number, but is {shown(value)}. {values.how_written(value)}".rstrip()
    if not (whole or isinstance(value, float)):
        return f"`{name}` must be a number, but is {shown(value)}. {values.how_written(value)}".rstrip()
    # Compared and never converted: a whole number may be too large for a float. Nothing lies beside what is no number.
    if not parameter.low <= value <= parameter.high:
        return f"`{name}` must lie in [{parameter.low:g}, {parameter.high:g}] {parameter.unit}, but is {shown(value)}."
    return ""


def valued(cls: Any, group: str, settings: Mapping[str, Any]) -> Any:
    """Return a group's named tuple with its defaults replaced by a user's (checked) settings."""
    changed = {}
    for name, parameter in declared(group, cls).items():
        if name in settings:
            field = name.partition(".")[2]
            changed[field] = stored(parameter, settings[name])
    return cls(**changed)


def stored(parameter: Parameter, value: Any) -> float | int | bool:
    """Return a checked value in the one type that both engines use for it.

    >>> stored(Parameter("a.b", 1.0, 0, 2, "", "assumed", "", "number"), 1)
    1.0
    """
    if parameter.kind == "choice":
        return parameter.choices.index(value)
    if parameter.kind == "number":
        return float(value) + 0.0  # also turns -0.0 into 0.0
    return bool(value) if parameter.kind == "switch" else int(value)
