"""Cells of CSV tables: values as they are written."""

from __future__ import annotations

from simulation.values import Value as Value

FORMULA_STARTS = tuple("=+-@\t\r'")


def shielded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula.

    >>> shielded("=1+1"), shielded("ring"), shielded("'quoted'")
    ("'=1+1", 'ring', "''quoted'")
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def cell_of(value: Value | None) -> str:
    """Return a value as a table shows it: exact, and empty for what never came about.

    >>> cell_of(True), cell_of(-0.5), cell_of("=x"), cell_of(None)
    ('true', '-0.5', "'=x", '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return shielded(value) if isinstance(value, str) else repr(value)
