"""NAME=VALUE pairs on the command line, read strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable

Value = bool | int | float | str

_WHOLE = re.compile(r"[+-]?(0|[1-9][0-9]*)")
_NUMBER = re.compile(r"[+-]?((0|[1-9][0-9]*)(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?(inf|nan)")


def value_of(words: str) -> Value:
    """Return the value that words stand for: true or false, a whole number, a number, or else text.

    There is one way to write each; "True", "yes", "0x10" and "007" are text, and so refused where a number is due.

    >>> value_of("true"), value_of("12"), value_of("1e-3"), value_of("spread"), value_of("007")
    (True, 12, 0.001, 'spread', '007')
    """
    if words in ("true", "false"):
        return words == "true"
    # A number of more digits than these is no setting, and Python refuses to read very long ones.
    if _WHOLE.fullmatch(words) and len(words) < 300:
        return int(words)
    return float(words) if _NUMBER.fullmatch(words) else words


def assigned(words: Iterable[str], option: str, default: Value | None = None) -> tuple[dict[str, Value], list[str]]:
    """Read NAME=VALUE pairs, and say what is wrong with them.

    Parameters
    ----------
    words : iterable of str
        What the user gave, one pair a word.
    option : str
        The option's name, for messages.
    default : optional
        The value of a name that stands alone; without it a value is due.

    Examples
    --------
    >>> assigned(["seeding=0.5", "giving"], "--tactic", 1.0)
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
            values[name] = value_of(value.strip()) if equals or default is None else default
    return values, problems
