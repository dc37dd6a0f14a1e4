"""Tables and paragraphs in Markdown, for the pages that scripts of this folder write."""

import textwrap
from collections.abc import Iterable, Sequence


def row(cells: Iterable[object]) -> str:
    """Return one line of a table."""
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |\n"


def table(heads: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table in Markdown."""
    return row(heads) + row("---" for _ in heads) + "".join(map(row, rows)) + "\n"


def broken(paragraph: str) -> str:
    """Return a paragraph in lines."""
    return textwrap.fill(paragraph, 120, break_on_hyphens=False) + "\n\n"
