"""How one run of a study went: a typical one, made again and told, with what would have happened without its tactic."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from experiments.analysis.outcomes import Outcomes
from experiments.analysis.summary import Summary
from experiments.commands.html.framed import framed
from experiments.commands.html.tables import table
from experiments.figures.elements import Content, element, foreign
from experiments.store.errors import SweepError
from experiments.store.folder import STORE
from simulation.errors import FailedRun, Invalid
from simulation.words import counted

if TYPE_CHECKING:
    from pathlib import Path

    from experiments.commands.tables.why import Again, Asked
    from simulation import Request

REPLICATES, THREADS = 40, 2
MOST_BYTES = 1e6
"""Of a run that is made some eighty times again while somebody waits for a page."""
LISTED = 12
LEFT_OUT = " Of its tactics the one is left out without which that run would end furthest from where it does."


def story(folder: Path, outcomes: Outcomes, summary: Summary) -> list[Content]:
    """Return how a typical run of the arm furthest ahead went, or how to be told where it cannot be made again at once."""
    arm, number = typical(outcomes, summary)
    if number is None or not (folder / STORE).is_file():
        return [element("p", "The runs themselves are not kept with these tables, so none can be told.")]
    how = element("code", f"syslead why {folder} --run {number}")
    with suppress(SweepError, Invalid, OSError, FailedRun):
        found = _asked(folder, number)
        if found is not None:
            return [
                *_told(found, outcomes.titles[arm], number),
                element("p", "Others, and single organisations: ", how),
            ]
    return [element("p", "A run is told by the command ", how, ".")]


def typical(outcomes: Outcomes, summary: Summary) -> tuple[str, int | None]:
    """Return the arm furthest from the baseline and, of its runs, the number of the one whose end is nearest to the median."""
    gaps = {row.arm: abs(row.difference.value) for row in summary.compared if row.difference}
    arm = max(gaps, key=lambda name: gaps[name]) if gaps else outcomes.baseline
    runs = outcomes.of(arm)
    if "run" not in runs or runs.empty:
        return arm, None
    ends = runs["adopted_share"].to_numpy(dtype=np.float64)
    return arm, int(runs["run"].to_numpy()[np.abs(ends - np.median(ends)).argmin()])


def _asked(folder: Path, number: int) -> Asked | None:
    """Return a run told, with and without the tactic that moves it most; None where that would take long."""
    from experiments.commands.tables.why import Asked
    from experiments.store.repeat import repeat_of
    from simulation import cache
    from simulation.scenario import economy
    from simulation.sizes import expected_bytes
    from simulation.story.told import told, without

    request = repeat_of(folder, number).request
    size = expected_bytes(economy(request.scenario, request.change), request.in_force(), request.weeks)
    if size > MOST_BYTES or not cache.is_filled(request.engine):
        return None
    tactic = _weightiest(request)
    return Asked(told(request), None, _called(tactic), told(without(request, tactic)) if tactic else None)


def _weightiest(request: Request) -> str:
    """Return the tactic without which the very same run would end furthest from where it does, empty where there is none."""
    from simulation import run
    from simulation.story.told import without

    end = run(request).adopted_share[-1]
    moved = {
        name: abs(run(without(request, name)).adopted_share[-1] - end) for name, much in request.tactics.items() if much
    }
    return max(moved, key=lambda name: float(moved[name]), default="")


def _called(tactic: str) -> str:
    """Return what a tactic is called within a sentence."""
    from simulation import catalogue

    title = catalogue.tactics()[tactic].title if tactic else ""
    return f"{title[:1].lower()}{title[1:]}"


def _told(asked: Asked, arm: str, number: int) -> list[Content]:
    from experiments.commands.tables.run import how_made
    from experiments.commands.tables.why import made_again, outcome, same_in, told_of
    from experiments.figures.tree import tree_of

    again = _again([one.request for one in (asked.run, asked.other) if one is not None])
    turns = asked.run.turns()
    rows = [(foreign(turn.name), f"{told_of(turn)}{same_in(turn, again)}.") for turn in turns[:LISTED]]
    left = len(turns) - LISTED
    more = [element("p", f"Not shown: {counted(left, 'more organisation')}.", class_="note")] if left > 0 else []
    chosen = element(
        "p",
        f"Run {number} of ",
        foreign(arm),
        f": of the arm furthest from the baseline, the run whose end is nearest to the median.{LEFT_OUT if asked.tactic else ''}",
    )
    words = [element("p", said) for said in (outcome(asked.run, asked), *made_again(asked, again)) if said]
    tree = framed(tree_of(asked.run, how_made(asked.run.request, arm)), "who_through_whom", "One run")
    listed = table("Which organisations changed, when and through whom", ["Organisation", "What happened"], rows)
    return [chosen, *words, tree, listed, *more]


def _again(requests: list[Request]) -> Again:
    """Return what comes out in other replicates, made by threads: compiled weeks let each other run."""
    from experiments.commands.tables.why import Again
    from experiments.sweep.at_once import ended

    numbered = [[request._replace(replicate=number) for request in requests] for number in range(REPLICATES)]
    with ThreadPoolExecutor(THREADS) as pool:
        return Again.of(list(pool.map(ended, numbered)), 0)
