"""How values are written: one grammar on the command line, in studies and scenarios, in designs and in users' own tables.

A value is of one of four kinds: `"number"`, `"integer"`, `"switch"` and `"choice"`. Text that means nothing in its kind
stays text, and is refused with all else that is wrong.
"""

import re
from typing import Any

Value = float | int | bool | str

WRITTEN = "A number is written like 12, 0.5 or 1e-3: no leading zeros, underscores, decimal commas or units."
TRUTH = "true or false (or 1 or 0, or yes or no)"
_TRUTHS = {"true": True, "yes": True, "false": False, "no": False}
_NUMBER = re.compile(r"[+-]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?(inf|nan)")
_MOST_DIGITS = 300
"""A whole number of more digits is no setting, and Python refuses to read very long ones."""


def read(kind: str, text: str) -> Value:
    """Return what a text means in a kind; spaces around it mean nothing.

    >>> [read("number", text) for text in ("12", " 1e-3", "007", "1_000", "0,5")]
    [12, 0.001, '007', '1_000', '0,5']
    >>> [read("integer", text) for text in ("12", "2.0", "2.5")]
    [12, 2, 2.5]
    >>> [read("switch", text) for text in ("true", "FALSE", "Yes", "0", "maybe")]
    [True, False, True, False, 'maybe']
    """
    text = text.strip()
    if kind == "switch" and text.lower() in _TRUTHS:
        return _TRUTHS[text.lower()]
    if kind == "choice" or not _NUMBER.fullmatch(text):
        return text
    is_whole = text.lstrip("+-").isdecimal() and len(text) < _MOST_DIGITS
    value: Value = fitted(kind, int(text) if is_whole else float(text))
    return value


def fitted(kind: str, value: Any) -> Any:
    """Return a value in the type of its kind where it is the same value: 2.0 is a whole number, and 1 is true.

    >>> fitted("integer", 2.0), fitted("integer", 2.5), fitted("switch", 1), fitted("number", -0.0)
    (2, 2.5, True, 0.0)
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if kind == "switch" and value in (0, 1):
        return bool(value)
    if kind == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    # Adding nothing turns -0.0 into 0.0, which is the same setting and must have the same key.
    return value + 0


def how_written(value: object) -> str:
    """Return how a number is written, where a text looks as if it were to be one; otherwise nothing.

    >>> how_written("007") == WRITTEN, how_written("soon"), how_written(7)
    (True, '', '')
    """
    return WRITTEN if isinstance(value, str) and re.search("[0-9]", value) else ""
