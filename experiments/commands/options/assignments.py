"""NAME=VALUE pairs on the command line, read strictly."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from simulation.values import Value, read


def assigned(
    words: Iterable[str], option: str, kind_of: Callable[[str], str], default: Value | None = None
) -> tuple[dict[str, Value], list[str]]:
    """Read NAME=VALUE pairs, and say what is wrong with them.

    Parameters
    ----------
    words : iterable of str
        What the user gave, one pair a word.
    option : str
        The option's name, for messages.
    kind_of : callable
        Returns the kind of value that a name takes.
    default : optional
        The value of a name that stands alone; without it a value is due.

    Examples
    --------
    >>> assigned(["seeding=0.5", "giving"], "--tactic", lambda name: "number", 1.0)
    ({'seeding': 0.5, 'giving': 1.0}, [])
    """
    values: dict[str, Value] = {}
    problems = []
    for word in words:
        name, equals, value = word.partition("=")
        name = name.strip()
        if not name or (not equals and default is None):
            problems.append(f"`{option}` takes NAME=VALUE, but got {word!r}.")
        elif name in values:
            problems.append(f"`{option}` gives {name!r} twice.")
        else:
            values[name] = read(kind_of(name), value) if equals or default is None else default
    return values, problems
