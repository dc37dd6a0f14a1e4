"""`syslead sweep` and `resume`: every run of a study, here or on a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.commands import completion, results
from experiments.commands.console import compiling, progress_line, terminal
from experiments.commands.console.help import Command, as_json, option
from experiments.commands.console.json_output import document
from experiments.commands.options.overlay_options import over_a_study, study_of
from experiments.commands.options.places import FOLDER
from experiments.commands.tables.estimate import estimate_text
from simulation.words import counted, visible

if TYPE_CHECKING:
    from experiments.sweep.options import Options
    from experiments.sweep.sitting import Sitting

EXTENT, FAILURES, PLACE, SAFETY = "How much", "When runs fail", "Where it runs", "Folder"
FAILURES_SHOWN = 10
MOST_GIB = 2**33
"""More memory than an address can name."""
STORED = (
    "DIR/store.sqlite (every run, as soon as it is finished); from it outcomes.csv, trajectories.csv.gz and "
    "provenance.json. Nothing else in DIR is touched."
)


class Shard(click.ParamType[tuple[int, int]]):
    """One of N parts of a sweep, written I/N."""

    name = "I/N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Read the part and the number of parts."""
        if isinstance(value, tuple):
            return value
        part, _, parts = str(value).partition("/")
        if not (part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
            self.fail(f"{value!r} is not a part I of N parts, such as 3/20.", param, ctx)
        return int(part), int(parts)


def _carrying_out(function: Any) -> Any:
    """Add the options on how runs are carried out, which change no result."""
    for declare in reversed(
        (
            option("--jobs", type=click.IntRange(1, 4096), metavar="N", heading=PLACE,
                   help="Processes; by default one for each core."),
            option("--dask", metavar="ADDRESS", heading=PLACE,
                   help="Run on Dask: the address of a scheduler (tcp://...), or `local`."),
            option("--run-timeout", type=click.FloatRange(0, min_open=True), metavar="S", heading=FAILURES,
                   help="Give up a run after so many seconds."),
            option("--memory-limit", type=click.FloatRange(0.1), metavar="GIB", heading=FAILURES,
                   help="Memory that a process may use."),
            option("--keep-going/--fail-fast", default=True, heading=FAILURES,
                   help="After a failed run, go on with the others (the default) or stop."),
            option("--max-failures", type=click.IntRange(1), metavar="N", heading=FAILURES,
                   help="Stop when so many runs have failed."),
            option("--allow-large", is_flag=True, heading=EXTENT, help="Lift the limit on the number of runs."),
        )
    ):  # fmt: skip
        function = declare(function)
    return function


def options_of(given: dict[str, Any]) -> Options:
    """Return how a sweep is carried out, as the command line says it."""
    from experiments.sweep.options import Options

    if given["max_failures"] is not None and not given["keep_going"]:
        raise click.UsageError("`--fail-fast` stops at the first failed run, so `--max-failures` cannot go with it.")
    if given["jobs"] is not None and given["dask"] not in (None, "local"):
        raise click.UsageError("`--jobs` counts processes of this machine; a Dask scheduler counts its own workers.")
    limit = given["memory_limit"]
    if limit is not None and not limit < MOST_GIB:
        raise click.BadParameter(f"{limit} is not a number of GiB.", param_hint="--memory-limit")
    return Options(
        jobs=given["jobs"],
        run_timeout=given["run_timeout"],
        memory_limit=None if limit is None else int(limit * 2**30),
        max_failures=given["max_failures"] if given["keep_going"] else 1,
        retry_failed=given.get("retry_failed", False),
        accept_changes=given.get("accept_changes", False),
        as_kept=given.get("as_kept", False),
        allow_large=given["allow_large"],
        overwrite=given.get("overwrite", False),
        shard=given.get("shard"),
        dask=given["dask"],
    )


@click.command(
    cls=Command,
    examples=(
        "syslead sweep tactics --dry-run",
        "syslead sweep tactics --out results/tactics",
        "syslead sweep tactics --scenario my-system.toml --set pressure.finance=0.65 --out results/ours",
        "syslead sweep my-study.toml --out results/mine --replicates 100 --jobs 8",
    ),
    writes=STORED,
    next_steps=(
        "syslead plot DIR        figures",
        "syslead resume DIR      go on after an interruption",
        "syslead report DIR      the closing table again",
    ),
)
@click.argument("study", shell_complete=completion.study)
@over_a_study
@option("--out", type=FOLDER, metavar="DIR", heading=SAFETY, help="New folder for the results.")
@option("--overwrite", is_flag=True, heading=SAFETY, help="Throw away the sweep that is in DIR.")
@option("--replicates", type=click.IntRange(1), metavar="N", heading=EXTENT,
        help="Runs of each arm at each point, each with random numbers of its own.")  # fmt: skip
@option("--seed", type=click.IntRange(0), metavar="N", heading=EXTENT, help="Random seed.")
@option("--shard", type=Shard(), heading=PLACE, help="Only part I of N; join the parts with `merge`.")
@option("--dry-run", is_flag=True, heading=EXTENT, help="Say what would be run, and what it takes; write nothing.")
@option("--ask", is_flag=True, heading=EXTENT, help="Say so, then ask whether to go on.")
@_carrying_out
@as_json
@click.pass_context
def sweep(ctx: click.Context, /, study: str, out: Path | None, **given: Any) -> None:
    """Run every arm and point of a study in pairs with the same random numbers, and keep each run once it is finished.

    STUDY is the name of a built-in study (syslead list studies) or the path of a TOML file.
    """
    if out is None and not given["dry_run"]:
        raise click.UsageError("Missing option '--out DIR': the folder for the results.", ctx)
    loaded = study_of(study, given)
    # Only now, as a mistake in the study is reported at once.
    from experiments.commands.options import remarks
    from experiments.sweep import runner
    from experiments.sweep.estimate import estimate

    extent = {"replicates": given["replicates"], "seed": given["seed"]}
    options = options_of(given)
    notes = remarks.of_study(loaded)
    for note in notes:
        terminal.note(note)
    if given["dry_run"] or given["ask"]:
        compiling.first(loaded.engine)
        with terminal.aside():
            expected = estimate(loaded, options=options, **extent)
        words = estimate_text(expected, loaded, out)
        if given["dry_run"]:
            content = document({**expected._asdict(), "notes": notes}) if given["as_json"] else words
            terminal.show(content)
            return
        # What is asked about is no result: a program that reads the results must not meet it first.
        terminal.warn(words)
        if not click.confirm("Go on?", err=True):
            return
    assert out is not None
    with progress_line.display() as on_progress:
        sitting = runner.sweep(loaded, out, on_progress=on_progress, options=options, **extent)
    _close(ctx, sitting, given["as_json"], whole=given["shard"] is None, notes=notes)


@click.command(
    cls=Command,
    examples=("syslead resume results/tactics", "syslead resume results/tactics --retry-failed"),
    writes=STORED,
    next_steps=("syslead status DIR      how far it has come",),
)
@click.argument("folder", metavar="DIR", type=FOLDER)
@option("--accept-changes", is_flag=True, heading=SAFETY,
        help="Go on although sources, parameters or versions differ; the change is recorded.")  # fmt: skip
@option("--as-kept", is_flag=True, heading=SAFETY,
        help="Go on with the scenarios and changes as they are kept in DIR, although their files have changed.")  # fmt: skip
@option("--retry-failed", is_flag=True, heading=FAILURES, help="Run the runs again that failed.")
@_carrying_out
@as_json
@click.pass_context
def resume(ctx: click.Context, /, folder: Path, **given: Any) -> None:
    """Go on with the sweep in a folder, which holds its own study."""
    from experiments.sweep import runner

    with progress_line.display() as on_progress:
        sitting = runner.resume(folder, on_progress=on_progress, options=options_of(given))
    _close(ctx, sitting, given["as_json"])


def _close(ctx: click.Context, sitting: Sitting, as_json: bool, whole: bool = True, notes: Sequence[str] = ()) -> None:
    """Say what came out, what failed and what to do next; exit with 3 when runs failed."""
    if as_json:
        terminal.show(document({**sitting._asdict(), "exit_code": sitting.exit_code, "notes": notes}))
    elif whole and sitting.done:
        terminal.show(results.closing_table(sitting.out))
    for failure in sitting.failures[:FAILURES_SHOWN]:
        terminal.warn(
            f"Run {failure.run} failed ({failure.status}): {visible(failure.problem)}\n  again: {failure.reproduce}"
        )
    if sitting.failed > FAILURES_SHOWN:
        terminal.warn(
            f"{sitting.failed} of {counted(sitting.total, 'run')} failed; `syslead status {sitting.out}` lists them."
        )
    if sitting.stopped:
        terminal.warn(f"Stopped because of failures. Go on: syslead resume {sitting.out}")
    terminal.note(f"{counted(sitting.ran, 'run')} in {progress_line.duration(sitting.seconds)}, in {sitting.out}")
    if sitting.done:
        terminal.note(f"Next: syslead plot {sitting.out}" if whole else "Next: syslead merge OUT DIRS...")
    ctx.exit(sitting.exit_code)


COMMANDS = (sweep, resume)
