"""`syslead status`, `verify` and `merge`: what a result folder holds, and whether it is sound."""

from __future__ import annotations

from pathlib import Path

import click

from experiments.commands.console import terminal
from experiments.commands.console.help import Command, as_json, option
from experiments.commands.console.json_output import document
from experiments.commands.options.places import FOLDER
from simulation.words import counted

FAILURES_LISTED = 20


@click.command(
    cls=Command,
    examples=("syslead status results/tactics", "syslead status results/tactics --json"),
    next_steps=("syslead resume DIR      go on", "syslead verify DIR      check every row"),
)
@click.argument("folder", metavar="DIR", type=FOLDER)
@as_json
def status(folder: Path, as_json: bool) -> None:
    """Tell how far the sweep in a folder has come, also while it runs."""
    from experiments.store.status import status_of

    found = status_of(folder)
    if as_json:
        terminal.show(document(found._asdict()))
        return
    lines = [
        f"{found.title}: {found.done} of {counted(found.total, 'run')} done, {found.failed} failed, {found.missing} missing"
    ]
    lines += [f"  {kind}: {count}" for kind, count in found.failures.items()]
    lines += [f"  run {run}: {reproduce}" for run, _, _, reproduce in found.failed_runs[:FAILURES_LISTED]]
    if found.failed > FAILURES_LISTED:
        lines.append(f"  and {found.failed - FAILURES_LISTED} more; --json lists them all")
    if found.holder:
        lines.append("Being written to: " + ", ".join(f"{key} {value}" for key, value in found.holder.items()))
    elif not found.finished:
        lines.append(f"Nobody is writing to it. Go on: syslead resume {folder}")
    lines += [f"Accepted change: {change}" for change in found.changes]
    terminal.show_lines(lines)


@click.command(
    cls=Command,
    examples=("syslead verify results/tactics", "syslead verify results/tactics --repair"),
    writes="Nothing, unless --repair is given: then a new store from all that reads, the old one kept beside it, "
    "and the tables again.",
    next_steps=("syslead resume DIR      run what is damaged or missing",),
)
@click.argument("folder", metavar="DIR", type=FOLDER)
@option("--repair", is_flag=True, heading="Folder", help="Salvage what can be read.")
@as_json
@click.pass_context
def verify(ctx: click.Context, folder: Path, repair: bool, as_json: bool) -> None:
    """Check every row of a folder, the set of rows, and the tables derived from them."""
    from experiments.store import salvage, verification

    found = salvage.repair(folder) if repair else verification.verify(folder)
    if as_json:
        terminal.show(document({**found._asdict(), "exit_code": found.exit_code}))
    else:
        lines = [
            f"{found.sound} of {counted(found.total, 'run')} sound, {len(found.damaged)} damaged, {len(found.missing)} missing"
        ]
        lines += [f"Problem: {problem}" for problem in found.problems]
        lines += [f"Repaired: {repaired}" for repaired in found.repaired]
        terminal.show_lines(lines)
        if found.problems and not repair:
            terminal.note(f"Next: syslead verify {folder} --repair")
        elif found.damaged or found.missing:
            terminal.note(f"Next: syslead resume {folder}")
    ctx.exit(found.exit_code)


@click.command(
    cls=Command,
    examples=("syslead merge results/whole results/part-1 results/part-2 results/part-3",),
    writes="OUT: the store, tables and provenance of the whole sweep. The parts stay as they are.",
    next_steps=("syslead plot OUT",),
)
@click.argument("out", metavar="OUT", type=FOLDER)
@click.argument("folders", metavar="DIRS...", type=FOLDER, nargs=-1, required=True)
@as_json
def merge(out: Path, folders: tuple[Path, ...], as_json: bool) -> None:
    """Join the parts of a sweep that was run with --shard."""
    from experiments.store.merge import join_shards, parts_amiss

    found = join_shards(out, folders)
    for remark in parts_amiss(folders):
        terminal.warn(remark)
    if as_json:
        terminal.show(document(found._asdict()))
        return
    terminal.show(
        f"{found.done} of {counted(found.total, 'run')} in {out}, {found.failed} failed, {found.missing} missing"
    )
    terminal.note(f"Next: syslead resume {out}" if found.missing else f"Next: syslead plot {out}")


COMMANDS = (status, verify, merge)
