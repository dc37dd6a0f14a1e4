"""`syslead describe-data`: what adoption times, and ties if there are any, say by themselves."""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.commands.console import terminal, text
from experiments.commands.console.help import OUTPUT, Choice, Command, as_json, option
from experiments.commands.console.json_output import document
from experiments.commands.console.text import Column
from experiments.commands.options.places import FILE, Place, check_free
from experiments.store.folder import writing
from experiments.validity.words import in_words
from simulation.words import counted

if TYPE_CHECKING:
    from experiments.validity.asked import Asked
    from experiments.validity.description import Description

COLUMNS, TIME, WRITTEN, COMPUTED = "Columns of the files", "Time", "How the files are written", "What is computed"
NAMES = ("person", "time", "censored", "source", "target")
CHOICES = ("separator", "decimal", "encoding", "duplicates", "self_ties", "strangers")
REMARKABLE_MB = 1000
NOTHING = 1e-6


@click.command(
    "describe-data",
    cls=Command,
    examples=(
        "syslead describe-data people.csv ties.csv --unit organisation --unit system --half-year 26",
        "syslead describe-data doctors.csv --person id --time month --never 18 --unit city --plot doctors.png",
        "syslead describe-data women.csv named.csv --source alter --target ego --duplicates first --json",
    ),
    writes="Nothing, unless --plot names a PNG file.",
    next_steps=("syslead patterns      the same statistics of the model's runs, beside those of real data",),
)
@click.argument("times", metavar="TIMES.csv", type=Place(path_type=str))
@click.argument("ties", metavar="[TIES.csv]", type=Place(path_type=str), required=False)
@option("--person", metavar="NAME", default="person", show_default=True, heading=COLUMNS, help="Who: once each.")
@option("--time", metavar="NAME", default="time", show_default=True, heading=COLUMNS,
        help="When they adopted: a number; empty where they were never seen to.")  # fmt: skip
@option("--censored", metavar="NAME", heading=COLUMNS,
        help="True where the time is not that of adoption, but the last one at which they were observed.")  # fmt: skip
@option("--unit", "units", metavar="NAME", multiple=True, heading=COLUMNS,
        help="Where they belong, the finest level first; repeat for others. Moran's I changes places inside the first.")  # fmt: skip
@option("--source", metavar="NAME", default="source", show_default=True, heading=COLUMNS,
        help="Of the ties: who is looked to.")  # fmt: skip
@option("--target", metavar="NAME", default="target", show_default=True, heading=COLUMNS,
        help="Of the ties: who looks. In data of nominations, the one who names the other.")  # fmt: skip
@option("--undirected", is_flag=True, heading=COLUMNS, help="Each tie runs both ways.")
@option("--start", type=float, default=0.0, show_default=True, metavar="TIME", heading=TIME,
        help="When the clock starts: nobody adopted before.")  # fmt: skip
@option(
    "--end", type=float, metavar="TIME", heading=TIME, help="Until when they were observed; left out, the last time."
)
@option("--never", type=float, metavar="NUMBER", heading=TIME, help="A time that stands for never, such as 99.")
@option("--half-year", type=click.FloatRange(0, min_open=True), metavar="STEPS", heading=TIME,
        help="Steps of time in half a year: 6 where time is in months.")  # fmt: skip
@option("--fit-from", type=float, metavar="TIME", heading=TIME,
        help="When the clock of Bass's curve starts; left out, with --start. Who adopted before counts in the share.")  # fmt: skip
@option("--separator", type=Choice((",", ";", "tab", "|")), heading=WRITTEN, help="Between values; a comma by default.")
@option("--decimal", type=Choice((".", ",")), heading=WRITTEN, help="Decimal point or comma.")
@option("--encoding", type=Choice(("utf-8", "utf-16", "cp1252", "latin-1", "cp1250", "mac-roman")), heading=WRITTEN,
        help="UTF-8 by default.")  # fmt: skip
@option("--duplicates", type=Choice(("error", "first")), heading=WRITTEN, help="Ties that stand twice: keep the first.")
@option("--self-ties", type=Choice(("error", "drop")), heading=WRITTEN, help="Ties to oneself: leave them out.")
@option("--strangers", type=Choice(("error", "drop")), heading=WRITTEN,
        help="Ties with people without a row of their own: leave them out.")  # fmt: skip
@option("--smallest", type=click.IntRange(1), default=10, show_default=True, metavar="N", heading=COMPUTED,
        help="Members of a unit whose share and steepest half year count.")  # fmt: skip
@option("--permutations", type=click.IntRange(19, 99_999), default=999, show_default=True, metavar="N", heading=COMPUTED,
        help="Of Moran's I.")  # fmt: skip
@option("--plot", type=FILE, metavar="FILE.png", heading=OUTPUT, help="Draw a figure.")
@option("--overwrite", is_flag=True, heading=OUTPUT, help="Replace such a file.")
@as_json
def describe_data(**options: Any) -> None:
    """Describe who adopted when: curve, Bass fit, exposure, thresholds, likeness, hazard, each with its interval.

    TIMES.csv has a row for each person: a name, a time, units to which they belong. TIES.csv has a row for each pair:
    `source`, who is looked to, and `target`, who looks. Files are read as users' own data are; other columns are left
    out. At most ten million rows and a gigabyte a file; reading takes up to 20 bytes of memory for each byte of a file.
    """
    plot = options["plot"]
    _refuse(plot, options["overwrite"], options["half_year"])
    from experiments.validity import description, reading

    asked = _asked(options)
    if (megabytes := reading.megabytes(asked)) > REMARKABLE_MB:
        terminal.note(f"These files may take up to {megabytes / 1000:.0f} GB of memory.")
    read = reading.read(asked)
    if problem := description.problem_with_fit(options["fit_from"], read.adoptions):
        raise click.UsageError(problem)
    computed = {name: options[name] for name in ("smallest", "permutations", "fit_from")}
    wanted = description.Options(options["half_year"], **computed)
    found = description.described(read.adoptions, wanted)
    notes = [*read.notes, *found.notes]
    if plot is not None:
        _draw(plot, found, read.adoptions, asked, options["overwrite"])
    terminal.show(document(_content(found, notes))) if options["as_json"] else terminal.show_lines(_lines(found, notes))
    if plot is not None:
        terminal.note(f"Written: {plot}")


def _refuse(plot: Path | None, overwrite: bool, half_year: float | None) -> None:
    """Refuse a figure that cannot be written, and a half year that is none."""
    if plot is not None and plot.suffix.lower() != ".png":
        raise click.UsageError(f"`--plot` writes a PNG file, but {plot.name!r} does not end in .png.")
    if plot is None and overwrite:
        raise click.UsageError("`--overwrite` belongs to `--plot FILE.png`.")
    if plot is not None:
        check_free(plot, overwrite)
    if half_year is not None and not isfinite(half_year):
        raise click.UsageError(f"`--half-year` must be a number of steps, but is {half_year:g}.")


def _asked(options: dict[str, Any]) -> Asked:
    from experiments.validity.asked import SEPARATOR_NAMES, Asked

    written = {name: options[name] for name in CHOICES if options[name] is not None}
    if "separator" in written:
        written["separator"] = SEPARATOR_NAMES[written["separator"]]
    named = tuple((name, options[name]) for name in NAMES if options[name] is not None)
    return Asked(
        options["times"], options["ties"], named, options["units"], options["never"], options["start"], options["end"],
        options["undirected"], tuple(written.items()),
    )  # fmt: skip


def _content(found: Description, notes: list[str]) -> dict[str, Any]:
    return {
        "people": found.people,
        "adopted": found.adopted,
        "start": found.start,
        "end": found.end,
        "ties": found.ties,
        "times": found.times,
        "shares": found.shares,
        "bass_curve": found.fitted,
        "statistics": {one.name: {"value": one.value, "low": one.low, "high": one.high, "how": one.how} for one in found.statistics},
        "notes": notes,
    }  # fmt: skip


def _lines(found: Description, notes: list[str]) -> list[str]:
    width = terminal.width()
    ties = "" if found.ties is None else f", {counted(found.ties, 'tie')}"
    head = f"{counted(found.people, 'person', 'people')}, {found.adopted:,} of whom adopted{ties}."
    ways = dict.fromkeys(one.how for one in found.statistics if one.how)
    numbered = {how: str(number) for number, how in enumerate(ways, start=1)}
    columns = [
        Column("", "", [in_words(one.name) for one in found.statistics], left=True),
        Column("", "value", [_number(one.value) for one in found.statistics]),
        Column("95 %", "interval", [_interval(one.low, one.high) for one in found.statistics], rank=1),
        Column("", "how", [numbered.get(one.how, "") for one in found.statistics]),
    ]
    lines, hidden = text.fitted(columns, width)
    lines += ["", *text.listed([(number, how) for how, number in numbered.items()], width)]
    notes = [*notes, text.hidden_columns(hidden)]
    return [head, "", *lines, "", *(line for note in notes if note for line in text.wrapped(note, width))]


def _number(value: float) -> str:
    return (f"{value:.3g}" if abs(value) > NOTHING else "0") if isfinite(value) else "-"


def _interval(low: float, high: float) -> str:
    return f"{_number(low)} to {_number(high)}" if isfinite(low) and isfinite(high) else "-"


def _draw(plot: Path, found: Description, data: Any, asked: Asked, overwrite: bool) -> None:
    from experiments.figures import sheet
    from experiments.validity.picture import adoption_picture

    names = " and ".join(Path(path).name for path in (asked.times, asked.ties) if path)
    picture = adoption_picture(found, data, f"From {names}.")
    with writing(plot, overwrite=overwrite) as file:
        file.write(sheet.drawn(picture, "png"))


COMMANDS = (describe_data,)
