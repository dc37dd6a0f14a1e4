"""A table as it is meant, whatever it is written as: columns of cells, what they are, and what is to be said of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from experiments.commands.console import text
from experiments.commands.console.text import Column
from simulation.words import visible

SPECIAL = {
    **{letter: f"\\{letter}" for letter in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "±": r"$\pm$",
}


class Table(NamedTuple):
    """A table: its name, a sentence that says what stands in it, its columns, and notes below; without columns, notes alone."""

    name: str
    caption: str
    columns: Sequence[Column]
    notes: Sequence[str] = ()

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The cells, row by row."""
        return list(zip(*(column.cells for column in self.columns), strict=True))

    @property
    def heads(self) -> list[str]:
        """What stands over each column, in a line."""
        return [f"{column.over} {column.head}".strip() for column in self.columns]


def as_text(table: Table, width: int) -> list[str]:
    """Return the lines of a table that fits so many columns of text; what does not fit is hidden and named."""
    lines = text.wrapped(table.caption, width) if table.caption else []
    hidden: list[str] = []
    if table.columns and table.columns[0].cells:
        body, hidden = text.fitted(table.columns, width)
        lines += ["", *body, ""]
    notes = [*table.notes, text.hidden_columns(hidden)]
    return lines + [line for note in notes if note for line in text.wrapped(note, width)]


def as_markdown(table: Table) -> list[str]:
    r"""Return the lines of a table in Markdown (pipes), its caption before and its notes behind it.

    >>> print("\n".join(as_markdown(Table("t", "Shares.", [Column("", "arm", ["a|b"], left=True), Column("after", "1 year", ["4"])]))))
    Shares.
    <BLANKLINE>
    | arm | after 1 year |
    | :-- | --: |
    | a\|b | 4 |
    """
    lines = [in_markdown(table.caption), ""]
    if table.columns:
        sides = [":--" if column.left else "--:" for column in table.columns]
        cells = [table.heads, *table.rows]
        head, *body = (f"| {' | '.join(map(in_markdown, row))} |" for row in cells)
        lines += [head, f"| {' | '.join(sides)} |", *body, ""]
    lines += [line for note in table.notes if note for line in (in_markdown(note), "")]
    return lines[:-1]


def as_latex(table: Table) -> list[str]:
    r"""Return the lines of a table in LaTeX (package booktabs), its notes under it.

    >>> as_latex(Table("t", "Shares, %.", [Column("", "arm", ["A & B"], left=True)]))[4:7]
    ['\\toprule', 'arm \\\\', '\\midrule']
    """
    if not table.columns:
        return [line for note in (table.caption, *table.notes) if note for line in (in_latex(note), "")]
    sides = "".join("l" if column.left else "r" for column in table.columns)
    head, *body = (f"{' & '.join(map(in_latex, row))} \\\\" for row in [table.heads, *table.rows])
    return [
        r"\begin{table}",
        rf"\caption{{{in_latex(table.caption)}}}",
        rf"\label{{tab:{table.name}}}",
        rf"\begin{{tabular}}{{{sides}}}",
        *(r"\toprule", head, r"\midrule", *body, r"\bottomrule"),
        r"\end{tabular}",
        *(rf"\par\footnotesize {in_latex(note)}" for note in table.notes if note),
        r"\end{table}",
        "",
    ]


def in_markdown(words: str) -> str:
    """Return words as one line that Markdown shows as it stands."""
    return re.sub(r"([\\|*_<>`\[\]#$~])", r"\\\1", " ".join(visible(words).split()))


def in_latex(words: str) -> str:
    """Return words as one line that LaTeX sets as it stands."""
    return "".join(SPECIAL.get(letter, letter) for letter in " ".join(visible(words).split()))
