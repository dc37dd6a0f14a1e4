"""Plain text for terminals: tables and paragraphs that fit a width and survive a pipe."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

from simulation.words import visible

GAP = "  "
# A paragraph may be written in several lines; it is one when it is broken anew.
FOLDED = "\t\n"
NARROWEST_NAME = 18


class Column(NamedTuple):
    """A column with a two-line head; the higher its rank, the sooner it is hidden.

    The first column, that of names (``left``), may be broken into lines, but is never hidden. ``title`` is the whole head,
    for where there is room, if the two lines are not.
    """

    over: str
    head: str
    cells: Sequence[str]
    rank: int = 0
    left: bool = False
    title: str = ""

    @property
    def width(self) -> int:
        """Columns of text that it takes."""
        return max(map(len, (self.over, self.head, *self.cells)))


def fitted(columns: Sequence[Column], width: int) -> tuple[list[str], list[str]]:
    """Set columns side by side within a width.

    Returns
    -------
    lines, hidden : list of str, list of str
        The lines of the table, and the heads of the columns that did not fit.
    """
    kept, hidden = list(columns), []
    while _room(kept, width) < _narrowest(kept, width) and any(not c.left for c in kept[1:]):
        worst = max((column for column in kept if not column.left), key=lambda column: column.rank)
        kept.remove(worst)
        hidden.append(f"{worst.over} {worst.head}".strip())
    name = max(1, min(_name_width(kept), _room(kept, width)))
    rows = [[column.over for column in kept], [column.head for column in kept]]
    rows += [list(row) for row in zip(*(column.cells for column in kept), strict=True)]
    lines = [line for row in rows if any(row) for line in _lines(kept, row, name)]
    return lines, hidden


def hidden_columns(heads: Sequence[str]) -> str:
    """Return a note that names the columns that did not fit, empty where all did."""
    return f"Columns hidden, as the terminal is too narrow: {', '.join(heads)}." if heads else ""


def _name_width(columns: Sequence[Column]) -> int:
    return max(column.width for column in columns if column.left)


def _narrowest(columns: Sequence[Column], width: int) -> int:
    """Columns of text that names need at least: a word, such as a parameter's name, is not broken for another column."""
    words = [word for column in columns if column.left for cell in column.cells for word in cell.split()]
    longest = min(max(map(len, words), default=0), width // 3)
    return min(max(NARROWEST_NAME, longest), _name_width(columns))


def _room(columns: Sequence[Column], width: int) -> int:
    """Columns of text that are left for the names."""
    return width - sum(column.width + len(GAP) for column in columns if not column.left)


def _lines(columns: Sequence[Column], row: Sequence[str], name: int) -> list[str]:
    """Set a row, with a long name going on in lines of its own."""
    parts = wrapped(row[0], name)
    indent = GAP + " " * (len(row[0]) - len(row[0].lstrip()))
    parts[1:] = wrapped(" ".join(parts[1:]), name, indent) if parts[1:] else []
    cells = [cell.rjust(column.width) for column, cell in zip(columns[1:], row[1:], strict=True)]
    return [GAP.join([parts[0].ljust(name), *cells]).rstrip(), *parts[1:]]


def wrapped(paragraph: str, width: int, indent: str = "") -> list[str]:
    """Break a paragraph into lines."""
    shown = visible(paragraph, keep=FOLDED)
    return textwrap.wrap(shown, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False) or [""]


def listed(pairs: Sequence[tuple[str, str]], width: int) -> list[str]:
    """Set names and their meanings in two columns, the meaning broken where it must be.

    >>> listed([("seeding", "Plant an idea and wait"), ("giving", "Give more")], 24)
    ['seeding  Plant an idea', '         and wait', 'giving   Give more']
    """
    widest = min(max((len(name) for name, _ in pairs), default=0), max(width // 2, 8))
    lines = []
    for name, meaning in pairs:
        parts = wrapped(meaning, max(12, width - widest - len(GAP)))
        if len(name) > widest:
            lines.append(name)
            name = ""
        lines.append(f"{name.ljust(widest)}{GAP}{parts[0]}".rstrip())
        lines += [f"{' ' * widest}{GAP}{part}" for part in parts[1:]]
    return lines
