"""`syslead run`: one run, its numbers on the screen, its picture in a folder."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments import CAVEAT
from experiments.commands.console import compiling, terminal
from experiments.commands.console.help import Command, as_json, option
from experiments.commands.console.json_output import document
from experiments.commands.options import places, request_options
from experiments.commands.options.places import FILE, Place
from experiments.commands.options.request_options import MODEL
from experiments.store.errors import NotWritable
from simulation import Request
from simulation.errors import Invalid

if TYPE_CHECKING:
    from simulation import Result

RESULTS = "What is written"
FILES = ("run.json", "weekly.csv", "run.png", "run.svg")


@click.command(
    cls=Command,
    examples=(
        "syslead run",
        "syslead run tiny --tactic seeding=0.5 --tactic others_shoes=0.5 --tactic forgoing_credit",
        "syslead run ics-small --change complex --tactic seeding",
        "syslead run ics-small --set pressure.finance=0.65 --out results/tight-money",
        "syslead run tiny --states everybody.csv.gz --every 13",
    ),
    writes="Nothing, unless --out names a new folder: run.json, weekly.csv, run.png and run.svg are written there; "
    "and the file that --states names.",
    next_steps=(
        "syslead describe seeding      what a tactic does, costs, and how it fails",
        "syslead sweep tactics --out results/tactics      the same question with many runs, and intervals",
    ),
)
@request_options.of_a_run
@option("--engine", default="compiled", show_default=True, metavar="agents|compiled", heading=MODEL,
        help="The readable engine or the fast one: the same results, bit for bit.")  # fmt: skip
@option("--threads", type=int, default=1, show_default=True, metavar="N", heading=MODEL,
        help="On how many threads, with the same results; fewer than 50,000 simulated staff are run on one.")  # fmt: skip
@option("--allow-large", is_flag=True, heading=MODEL, help="Lift the limit on the number of staff.")
@option("--states", type=FILE, metavar="FILE", heading=RESULTS,
        help="Also write everybody's traits and states, as gzipped CSV: FILE.csv.gz.")  # fmt: skip
@option("--every", type=click.IntRange(1), metavar="WEEKS", heading=RESULTS,
        help="With --states: at the start, every so many weeks, and at the end; every week by default.")  # fmt: skip
@option("--out", type=Place(), metavar="DIR", heading=RESULTS, help="New folder for the results.")
@option(
    "--overwrite",
    is_flag=True,
    heading=RESULTS,
    help="Replace the results of an earlier run in that folder, or that file.",
)
@as_json
@click.pass_context
def run(ctx: click.Context, /, **options: Any) -> None:
    """Run the model once and sum up what happened.

    SCENARIO is the name of a health economy (syslead list scenarios) or the path of a TOML file that describes one.
    """
    request = request_options.request_of(ctx, options)
    out = options["out"]
    if out is None and options["states"] is None and options["overwrite"]:
        raise click.UsageError("`--overwrite` belongs to `--out DIR` or `--states FILE`.", ctx)
    if options["states"] is None and options["every"] is not None:
        raise click.UsageError("`--every WEEKS` belongs to `--states FILE`.", ctx)
    if out is not None:
        ctx.with_resource(places.reserved(out))
    _check_free(out, options["states"], options["overwrite"])
    threads = _threads(request, options["threads"])
    compiling.first(request.engine, threads)
    # Only now, as the names of tactics are asked for, and what is wrong with a user's own is told in a line.
    from experiments.commands.options import remarks
    from experiments.commands.tables.run import run_table

    result = _ran(request, threads, options)
    # A run of a sweep is made from copies of its files, which are gone when this process ends.
    shown = request if options["source"] is None else _without_places(request)
    notes = remarks.of_request(request)
    content = document(_content(shown, result, notes))
    if out is not None:
        _write(out, request, result, content)
    terminal.show(content if options["as_json"] else run_table(request, result, terminal.width()))
    for note in notes:
        terminal.note(note)
    if out is not None:
        terminal.note(f"Written: {', '.join(str(out / name) for name in FILES)}")


def _ran(request: Request, threads: int, options: dict[str, Any]) -> Result:
    """Run, and write everybody's states meanwhile where that is asked for."""
    import simulation
    from experiments.commands import everybody

    with terminal.aside():
        if options["states"] is None:
            return simulation.run(request, allow_large=True, threads=threads)
        wanted = everybody.Wanted(
            options["states"], options["every"] or 1, options["allow_large"], options["overwrite"]
        )
        return everybody.written(request, threads, wanted)


def _without_places(request: Request) -> Request:
    return request._replace(scenario=Path(request.scenario).name, change=request.change and Path(request.change).name)


def _threads(request: Request, asked: int) -> int:
    """Return on how many threads to run, and say so where they are fewer than asked for."""
    from simulation.sizes import THREADED_FROM, problem_with_threads

    if problem := problem_with_threads(asked, "--threads"):
        raise Invalid([problem])
    used = request.threads(asked)
    if used < asked:
        why = (
            "the readable engine uses one" if request.engine == "agents" else f"under {THREADED_FROM:,} simulated staff"
        )
        terminal.note(f"One thread is used, not {asked}: {why}.")
    return used


def _check_free(out: Path | None, states: Path | None, overwrite: bool) -> None:
    """Refuse a folder or a file to which nothing may be written, before anything is run."""
    if states is not None:
        places.check_free(states, overwrite, makes_folder=True)
    names = set() if out is None else {entry.name for entry in out.iterdir()}
    if names - set(FILES):
        raise NotWritable(f"{out} holds {sorted(names - set(FILES))[0]!r}, which is not from a run; name a new folder.")
    if names and not overwrite:
        raise NotWritable(f"{out} holds the results of an earlier run; name a new folder, or add --overwrite.")


def _content(request: Request, result: Result, notes: list[str]) -> dict[str, Any]:
    return {
        "weeks": list(range(len(result.adopted_share))),
        "adopted_share": result.adopted_share,
        "declared_share": result.declared_share,
        "observables": result.observables,
        "by_tier": result.by_tier,
        "by_kind": result.by_kind,
        "by_profession": result.by_profession,
        "conversations": result.conversations,
        "request": request._asdict(),
        "notes": notes,
        "caveat": CAVEAT,
    }


def _write(out: Path, request: Request, result: Result, content: str) -> None:
    from experiments.commands.tables.run import how_made
    from experiments.figures import sheet
    from experiments.figures.one_run import run_picture
    from experiments.store.folder import write_together

    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(["week", "adopted_share", "declared_share"])
    adopted, declared = result.adopted_share.tolist(), result.declared_share.tolist()
    rows.writerows(zip(range(len(adopted)), adopted, declared, strict=True))
    picture = run_picture(result.adopted_share, result.declared_share, result.by_organisation, how_made(request))
    contents = content.encode(), table.getvalue().encode(), sheet.drawn(picture, "png"), sheet.drawn(picture, "svg")
    write_together(out, dict(zip(FILES, contents, strict=True)))


COMMANDS = (run,)
