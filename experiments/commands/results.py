"""`syslead report`, `plot` and `export`: what a result folder says, as tables, as figures, as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.commands.console import terminal, text
from experiments.commands.console.help import OUTPUT, Choice, Command, as_json, option
from experiments.commands.console.json_output import document
from experiments.commands.html import file
from experiments.commands.options.asked import about, against, asked
from experiments.commands.options.places import FILE, FOLDER, Place, check_folder, check_free, reserved
from experiments.store.folder import writing
from simulation.words import visible

if TYPE_CHECKING:
    from experiments.analysis.summary import Summary

FORMS = ("csv", "parquet")
REPORTS = ("text", "markdown", "latex", "csv")
# A report's own ends of lines; those in the words of others are escaped long before.
LINES = END = "\n"
NETDIFFUSER = "netdiffuseR"


def closing_table(folder: Path) -> str:
    """Return the table that ends a sweep."""
    from experiments.analysis.summary import summary_of
    from experiments.analysis.tables import read_outcomes

    return _in_words("text", folder, summary_of(read_outcomes(folder)), terminal.width())


def _in_words(form: str, folder: Path, summary: Summary, width: int) -> str:
    """Return a report in words; as plain text also how far the model is known to be right, and what to look at."""
    from experiments.commands.tables.formats import report_as
    from experiments.validity.selftest import remark

    said = [report_as(form, summary, width)]
    return "\n".join(
        [*said, *text.wrapped(remark(), width), *_what_to_look_at(folder, width)] if form == "text" else said
    )


def _what_to_look_at(folder: Path, width: int) -> list[str]:
    """Return what the study of a folder says to look at in its results, as lines."""
    from experiments.store import provenance

    said = provenance.legible(folder).study.get("watch")
    watch = [words for words in said if isinstance(words, str)] if isinstance(said, list) else []
    lines = [line for words in watch for line in text.wrapped(f"- {words}", width)]
    return ["", "What to look at:", *lines] if lines else []


@click.command(
    cls=Command,
    examples=(
        "syslead report results/tactics",
        "syslead report results/tactics --outcome patient_benefit --outcome trust --margin trust=5%",
        "syslead report results/tactics --baseline plain_case --format markdown --out tactics.md",
        "syslead report results/tactics --html tactics.html",
    ),
    writes="Nothing, unless --out is given: then that file; with --html a page with answer, figures, tables, assumptions, "
    "methods and where all of it comes from.",
    next_steps=("syslead plot DIR      the same as figures",),
)
@click.argument("folder", metavar="DIR", type=FOLDER)
@against
@about
@option("--format", "form", type=Choice(REPORTS), default="text", show_default=True, heading=OUTPUT,
        help="Tables for people, for a paper, or (csv) a row of numbers for each outcome and arm.")  # fmt: skip
@option("--out", type=FILE, metavar="FILE", heading=OUTPUT,
        help="Write to a file instead of standard output.")  # fmt: skip
@option("--html", "page", type=Place(), metavar="FILE", heading=OUTPUT,
        help="Also write all of it as one page to hand over.")  # fmt: skip
@option("--overwrite", is_flag=True, heading=OUTPUT, help="Replace such a file.")
@as_json
@click.pass_context
def report(ctx: click.Context, /, folder: Path, baseline: str | None, form: str, **wanted: Any) -> None:
    """Sum up a sweep: what each arm reached, how it compares, and how sure that is."""
    from experiments.analysis.summary import summary_of
    from experiments.analysis.tables import read_outcomes

    out, page = wanted["out"], wanted["page"]
    _check_wishes(ctx, form, out, wanted)
    outcomes = read_outcomes(folder, baseline)
    summary = summary_of(outcomes, asked(outcomes, wanted["outcomes"], wanted["margins"]))
    width = terminal.width() if out is None else terminal.WIDEST
    words = _in_json(summary) if wanted["as_json"] else _in_words(form, folder, summary, width)
    if page is not None:
        file.write(page, folder, outcomes, summary, wanted["overwrite"])
    if out is None:
        terminal.show(words)
    else:
        _write(out, words, wanted["overwrite"])
    if page is not None:
        terminal.note(f"Written: {page}")


def _in_json(summary: Summary) -> str:
    from experiments.validity.selftest import remark

    return document({**summary.document(), "self_test": remark()})


def _check_wishes(ctx: click.Context, form: str, out: Path | None, wanted: dict[str, Any]) -> None:
    """Refuse what goes not together, and a file that is there already."""
    if wanted["as_json"] and form != "text":
        raise click.UsageError(f"`--json` and `--format {form}` are two forms; name one.", ctx)
    if wanted["overwrite"] and out is None and wanted["page"] is None:
        raise click.UsageError("`--overwrite` belongs to `--out FILE` or `--html FILE`.", ctx)
    if wanted["page"] is not None:
        file.check(wanted["page"], wanted["overwrite"])
    if out is not None:
        check_free(out, wanted["overwrite"])
        if wanted["page"] is not None and out.absolute() == wanted["page"].absolute():
            raise click.UsageError("`--out` and `--html` name the same file.", ctx)


def _write(out: Path, words: str, overwrite: bool) -> None:
    content = f"{visible(words, keep=LINES)}{END}".encode()
    with writing(out, len(content), overwrite) as file:
        file.write(content)
    terminal.note(f"Written: {out}")


@click.command(
    cls=Command,
    examples=("syslead plot results/tactics", "syslead plot results/tactics --outcome patient_benefit --out slides"),
    writes="DIR/figures, or the folder that --out names: each figure as PNG (200 dpi) and SVG. Figures drawn "
    "earlier from the same tables are drawn again.",
    next_steps=("syslead report DIR      the same as a table",),
)
@click.argument("folder", metavar="DIR", type=FOLDER)
@against
@about
@option("--out", type=FOLDER, metavar="DIR", heading=OUTPUT, help="Folder for the figures instead of DIR/figures.")
@as_json
def plot(folder: Path, baseline: str | None, out: Path | None, as_json: bool, **about: Any) -> None:
    """Draw the figures of a sweep from its tables: curves, differences, final shares, times to half the staff."""
    from experiments.analysis.tables import read_outcomes

    outcomes = read_outcomes(folder, baseline)
    chosen = asked(outcomes, about["outcomes"], about["margins"])
    check_folder(out or folder / "figures")
    # Only now, as a mistake is reported at once.
    from experiments.figures.draw import draw

    written = draw(outcomes, folder, out or folder / "figures", chosen)
    terminal.show(document({"files": written})) if as_json else terminal.show_lines(written)


@click.command(
    cls=Command,
    examples=(
        "syslead export results/tactics --format parquet",
        "syslead export results/tactics --format netdiffuseR --run 12",
    ),
    writes="DIR: the tables again, derived from the store; of a single run, DIR/netdiffuseR-run-ID: people.csv, who first "
    "adopted in which week, ties.csv, who listens to whom, and read.R, which reads both.",
    next_steps=("syslead describe-data people.csv ties.csv      what such files say",),
)
@click.argument("folder", metavar="DIR", type=FOLDER)
@option("--format", "form", type=Choice((*FORMS, NETDIFFUSER)), default="csv", show_default=True, heading=OUTPUT,
        help="Parquet needs the extra `data`; netdiffuseR is for one run, which is made again.")  # fmt: skip
@option("--run", "number", type=int, metavar="ID", heading=OUTPUT, help="Which run, for netdiffuseR.")
@option("--accept-changes", is_flag=True, heading=OUTPUT,
        help="Make that run again although sources or versions differ; it may then be another run.")  # fmt: skip
@as_json
def export(folder: Path, form: str, number: int | None, accept_changes: bool, as_json: bool) -> None:
    """Write the tables of a result folder again, as CSV or Parquet, or one run of it for programs that study diffusion."""
    if (number is None) == (form == NETDIFFUSER):
        raise click.UsageError("`--format netdiffuseR` and `--run ID` belong together.")
    if accept_changes and form != NETDIFFUSER:
        raise click.UsageError("`--accept-changes` belongs to `--run ID`.")
    if number is not None:
        written = _write_run(folder, number, accept_changes)
    else:
        from experiments.store.export import export_tables

        written = export_tables(folder, form)
    terminal.show(document({"files": written})) if as_json else terminal.show_lines(written)


def _write_run(folder: Path, number: int, accept_changes: bool) -> list[Path]:
    from experiments.store.repeat import repeat_of
    from experiments.validity.exporting import write_run

    repeat = repeat_of(folder, number, accept_changes)
    for change in repeat.changes:
        terminal.note(f"Changed since: {change}")
    place = folder / f"netdiffuseR-run-{number}"
    with reserved(place):
        return write_run(repeat.request, place)


COMMANDS = (report, plot, export)
