"""`syslead report`, `plot` and `export`: what a result folder says, as a table, as figures, as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from experiments.commands.console import terminal, text
from experiments.commands.console.help import OUTPUT, Choice, Command, as_json, option
from experiments.commands.console.json_output import document

if TYPE_CHECKING:
    from experiments.analysis.summary import Summary

FOLDER = click.Path(path_type=Path, file_okay=False)
FORMS = ("csv", "parquet")

against = option("--baseline", metavar="ARM", heading="Comparison",
                 help="The arm that the others are compared with; the study's first by default.")  # fmt: skip


def closing_table(folder: Path) -> str:
    """Return the table that ends a sweep."""
    from experiments.analysis.summary import summary_of
    from experiments.analysis.tables import read_outcomes

    return _in_words(folder, summary_of(read_outcomes(folder)))


@click.command(
    cls=Command,
    examples=("syslead report results/tactics", "syslead report results/tactics --baseline plain_case --json"),
    next_steps=("syslead plot DIR      the same as figures",),
)
@click.argument("folder", metavar="DIR", type=FOLDER)
@against
@as_json
def report(folder: Path, baseline: str | None, as_json: bool) -> None:
    """Sum up a sweep: what each arm reached, how it compares, and how sure that is."""
    from experiments.analysis.summary import summary_of
    from experiments.analysis.tables import read_outcomes

    summary = summary_of(read_outcomes(folder, baseline))
    terminal.show(document(summary.document()) if as_json else _in_words(folder, summary))


def _in_words(folder: Path, summary: Summary) -> str:
    """Return the numbers of a sweep in words, how far the model is known to be right, and what to look at."""
    from experiments.commands.tables.report import report_table
    from experiments.validity.selftest import remark

    lines = [report_table(summary, terminal.width()), *text.wrapped(remark(), terminal.width())]
    return "\n".join([*lines, *_what_to_look_at(folder)])


def _what_to_look_at(folder: Path) -> list[str]:
    """Return what the study of a folder says to look at in its results, as lines."""
    from experiments.store import provenance

    said = provenance.legible(folder).study.get("watch")
    watch = [words for words in said if isinstance(words, str)] if isinstance(said, list) else []
    lines = [line for words in watch for line in text.wrapped(f"- {words}", terminal.width())]
    return ["", "What to look at:", *lines] if lines else []


@click.command(
    cls=Command,
    examples=("syslead plot results/tactics", "syslead plot results/tactics --baseline plain_case --out slides"),
    writes="DIR/figures, or the folder that --out names: each figure as PNG (200 dpi) and SVG. Figures drawn "
    "earlier from the same tables are drawn again.",
    next_steps=("syslead report DIR      the same as a table",),
)
@click.argument("folder", metavar="DIR", type=FOLDER)
@against
@option("--out", type=FOLDER, metavar="DIR", heading=OUTPUT, help="Folder for the figures instead of DIR/figures.")
@as_json
def plot(folder: Path, baseline: str | None, out: Path | None, as_json: bool) -> None:
    """Draw the figures of a sweep from its tables: curves, differences, times to half the staff."""
    from experiments.analysis.tables import read_outcomes

    outcomes = read_outcomes(folder, baseline)
    # Only now, as a mistake is reported at once.
    from experiments.figures.draw import draw

    written = draw(outcomes, folder, out or folder / "figures")
    terminal.show(document({"files": written})) if as_json else terminal.show_lines(written)


@click.command(
    cls=Command,
    examples=("syslead export results/tactics --format csv", "syslead export results/tactics --format parquet"),
    writes="DIR: the tables again, derived from the store.",
)
@click.argument("folder", metavar="DIR", type=FOLDER)
@option("--format", "form", type=Choice(FORMS), default="csv", show_default=True, heading=OUTPUT,
        help="Parquet needs the extra `data`.")  # fmt: skip
@as_json
def export(folder: Path, form: str, as_json: bool) -> None:
    """Write the tables of a result folder again, as CSV or Parquet."""
    from experiments.store.export import export_tables

    written = export_tables(folder, form)
    terminal.show(document({"files": written})) if as_json else terminal.show_lines(written)


COMMANDS = (report, plot, export)
