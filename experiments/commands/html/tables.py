"""Tables as HTML has them, with a caption, heads of columns and heads of rows, so that any program can read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree as ET

from experiments.commands.console.text import Column
from experiments.commands.tables.table import Table
from experiments.figures.elements import Content, element, foreign
from simulation.words import counted

ACROSS, MOST = 120, 32
"""Letters of the rows of a table that a page is wide enough for, and columns in all tables of a part."""
NAME, LEAST, GAP = 24, 8, 2
LONGEST = {"numbers": 24, "words": 8}
"""Rows of a table that stands open; one with more is unfolded by whoever wants it, and in print."""
NUMBER = re.compile(r"[+-]?\d")


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[Content]], kind: str = "words") -> ET.Element:
    """Return a table that can be moved sideways where it is wider than the page, and is folded where it is long.

    Parameters
    ----------
    caption : str
        What it is.
    heads : sequence of str
        The head of each column.
    rows : iterable of sequences
        The cells of each row; the first names it.
    kind : str
        `numbers` or `words`, which are set apart.
    """
    head = element("tr", *(element("th", foreign(name), scope="col") for name in heads))
    body = [
        element("tr", element("th", first, scope="row"), *(element("td", cell) for cell in cells))
        for first, *cells in rows
    ]
    inner = element("table", element("caption", caption), element("thead", head), element("tbody", *body), class_=kind)
    frame = element("div", inner, class_="wide", role="group", tabindex="0", aria_label=caption)
    if len(body) <= LONGEST[kind]:
        return frame
    return element("details", element("summary", f"{caption.rstrip('.')} ({counted(len(body), 'row')})"), frame)


def report_table(part: Table) -> list[Content]:
    """Return a table of a report, as several where it has more columns than a page, and the notes below it."""
    found: list[Content] = []
    shown = part.columns[1 : MOST + 1]
    groups = list(_groups(part.columns[0], shown)) if part.columns and part.rows else []
    for number, group in enumerate(groups, start=1):
        which = "" if len(groups) == 1 else f" (Table {number} of {len(groups)}.)"
        columns = [part.columns[0], *group]
        rows = zip(*([_cell(cell, column) for cell in column.cells] for column in columns), strict=True)
        found.append(table(part.caption + which, [_head(column) for column in columns], rows, "numbers"))
    if not groups and part.caption:
        found.append(element("p", part.caption))
    left = max(0, len(part.columns) - 1 - len(shown))
    notes = [*part.notes, f"Not shown: {counted(left, 'more column')}; see `syslead report --json`." if left else ""]
    return [*found, *(element("p", note, class_="note") for note in notes if note)]


def _groups(names: Column, columns: Sequence[Column]) -> Iterator[list[Column]]:
    """Yield the columns that have room beside the names of the rows, table by table."""
    room = ACROSS - min(names.width, NAME)
    group: list[Column] = []
    for column in columns:
        if group and sum(map(_width, [*group, column])) > room:
            yield group
            group = []
        group.append(column)
    yield group


def _width(column: Column) -> int:
    words = _head(column).split()
    cells = map(_aligned, column.cells)
    return GAP + max(*map(len, cells), *(min(len(word), NAME) for word in words), LEAST)


def _head(column: Column) -> str:
    return column.title or f"{column.over} {column.head}".strip()


def _cell(cell: str, column: Column) -> Content:
    return foreign(cell) if column.left else _aligned(cell)


def _aligned(cell: str) -> str:
    """Return a cell without the spaces that keep its two numbers under those of other rows.

    >>> _aligned(" 12  -9 ±18"), _aligned("31  *")
    ('12, -9 ±18', '31 *')
    """
    first, *rest = re.split(r" {2,}", cell.strip())
    return first + "".join(f", {part}" if NUMBER.match(part) else f" {part}" for part in rest)
