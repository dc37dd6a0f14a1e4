"""Cells of CSV tables: values as they are written, and read back."""

from __future__ import annotations

Value = float | int | bool | str

FORMULA_STARTS = tuple("=+-@\t\r'")


def shielded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula.

    >>> shielded("=1+1"), shielded("ring"), shielded("'quoted'")
    ("'=1+1", 'ring', "''quoted'")
    """
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def unshielded(text: str) -> str:
    """Return the text that was shielded.

    >>> unshielded(shielded("-5 staff")), unshielded("ring")
    ('-5 staff', 'ring')
    """
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


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


def value_of(cell: str) -> Value:
    """Return what a cell means: a truth value, a number, or text.

    >>> [value_of(cell) for cell in ("true", "3", "0.5", "-0.0", "ring", "'=x")]
    [True, 3, 0.5, 0.0, 'ring', '=x']
    """
    cell = cell.strip()
    if cell.lower() in ("true", "false"):
        return cell.lower() == "true"
    for kind in (int, float):
        try:
            # Adding zero turns -0.0 into 0.0, which is the same setting and must have the same key.
            return kind(cell) + 0
        except ValueError:
            continue
    return unshielded(cell)
