"""`syslead why`: the story of one run of a folder, and what would have happened without one of its tactics."""

from __future__ import annotations

from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments import CAVEAT
from experiments.commands import completion
from experiments.commands.console import compiling, terminal
from experiments.commands.console.help import Command, as_json, option
from experiments.commands.console.json_output import document
from experiments.commands.options.places import FOLDER, check_folder

if TYPE_CHECKING:
    from experiments.commands.tables.why import Again, Asked
    from simulation import Request

WHICH, OTHERWISE = "Which run", "What else"


@click.command(
    cls=Command,
    examples=(
        "syslead why results/tactics --run 5",
        "syslead why results/tactics --run 9 --organisation Commissioner --without forgoing_credit",
    ),
    writes="Nothing, unless --figure names a folder: who_through_whom.png and .svg are written there, in the place of earlier ones.",
    next_steps=(
        "syslead run --from DIR --run ID      the same run again, in numbers",
        "syslead report DIR                   all runs of the folder, with intervals",
    ),
)
@click.argument("folder", metavar="DIR", type=FOLDER)
@option("--run", "number", type=int, required=True, metavar="ID", heading=WHICH, help="Which run, as in outcomes.csv.")
@option("--organisation", metavar="NAME", heading=WHICH, help="One organisation, week by week, as the story names it.")
@option("--without", metavar="TACTIC", heading=OTHERWISE, shell_complete=completion.tactic,
        help="What would have happened without this tactic, with the same random numbers.")  # fmt: skip
@option("--replicates", type=click.IntRange(0, 1000), default=40, show_default=True, metavar="N", heading=OTHERWISE,
        help="In how many other replicates to look whether the same comes out.")  # fmt: skip
@option("--jobs", type=click.IntRange(1, 64), metavar="N", heading=OTHERWISE,
        help="Processes; by default one for each core.")  # fmt: skip
@option("--figure", "pictures", type=FOLDER, metavar="DIR", heading=OTHERWISE,
        help="Also draw who changed through whom, as PNG and SVG in this folder.")  # fmt: skip
@option("--accept-changes", is_flag=True, heading=OTHERWISE,
        help="Go on although sources or versions differ; it may then be another run.")  # fmt: skip
@as_json
def why(folder: Path, number: int, as_json: bool, **given: Any) -> None:
    """Tell which organisations changed in a run, when and through whom.

    The run is made again, with what the folder keeps of it. Others of the same arm, with other random numbers, say whether
    it could as well have come out otherwise; without a tactic, the same random numbers say what that tactic did.
    """
    from experiments.store.repeat import repeat_of

    if given["pictures"] is not None:
        check_folder(given["pictures"])
    repeat = repeat_of(folder, number, given["accept_changes"])
    for change in repeat.changes:
        terminal.note(f"Changed since: {change}")
    compiling.first(repeat.request.engine)
    with terminal.aside():
        asked = _asked(repeat.request, given["organisation"], given["without"])
    again = _again(asked, given["replicates"], given["jobs"] or 0)
    if given["pictures"] is not None:
        _draw(asked, repeat.arm, given["pictures"])
    if as_json:
        terminal.show(document(_content(number, asked, again)))
        return
    from experiments.commands.tables.why import why_text

    terminal.show(why_text(asked, again, f"Run {number}, {repeat.arm}", terminal.width()))


def _asked(request: Request, organisation: str | None, tactic: str | None) -> Asked:
    """Return what is asked, with the run told, and told without the tactic."""
    from experiments.commands.tables.why import Asked
    from simulation.story.told import told, without

    lesser = None if tactic is None else without(request, tactic)
    run = told(request)
    place = None if organisation is None else run.numbered(organisation)
    return Asked(run, place, tactic or "", None if lesser is None else told(lesser))


def _draw(asked: Asked, arm: str, folder: Path) -> None:
    from experiments.commands.tables.run import how_made
    from experiments.figures import sheet
    from experiments.figures.tree import tree_of

    for path in sheet.save(tree_of(asked.run, how_made(asked.run.request, arm)), folder, "who_through_whom"):
        terminal.note(f"Written: {path}")


def _again(asked: Asked, replicates: int, jobs: int) -> Again:
    """Return what comes out in so many replicates, made in processes of their own."""
    from experiments.commands.tables.why import Again
    from experiments.store.errors import SweepError
    from experiments.sweep.at_once import Processes, ended

    both = [told.request for told in (asked.run, asked.other) if told is not None]
    numbered = ([request._replace(replicate=number) for request in both] for number in range(replicates))
    with Processes(jobs) as workers:
        try:
            made = list(workers.each(ended, numbered)) if replicates else []
        except BrokenProcessPool:
            raise SweepError(
                "A process that made runs was ended, perhaps for want of memory: try fewer --jobs."
            ) from None
    return Again.of(made, asked.column)


def _content(number: int, asked: Asked, again: Again) -> dict[str, Any]:
    run, other = asked.run, asked.other
    moments = run.teller.moments if asked.organisation is None else run.teller.of(asked.organisation)
    lesser = None if other is None else {
        "tactic": asked.tactic, "adopted_share": other.shares[:, asked.column], "organisations": other.turns(),
    }  # fmt: skip
    return {
        "run": number,
        "request": run.request._asdict(),
        "organisation": None if asked.organisation is None else asked.subject,
        "adopted_share": run.shares[:, asked.column],
        "organisations": run.turns(),
        "story": moments,
        "without": lesser,
        "replicates": {"adopted_share": again.with_it, "adopted_share_without": again.without},
        "caveat": CAVEAT,
    }


COMMANDS = (why,)
