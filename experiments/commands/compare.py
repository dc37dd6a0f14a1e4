"""`syslead compare`: one arm against another, at once, with as many pairs of runs as it takes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from math import isfinite
from typing import TYPE_CHECKING, Any

import click

from experiments import CAVEAT
from experiments.commands import completion
from experiments.commands.console import compiling, terminal
from experiments.commands.console.help import Command, as_json, option
from experiments.commands.console.json_output import document
from experiments.commands.options import request_options
from experiments.commands.options.assignments import assigned
from experiments.commands.options.request_options import MODEL, TIME
from simulation import Request
from simulation.errors import Invalid
from simulation.words import counted

if TYPE_CHECKING:
    from experiments.analysis.asked import Asked
    from experiments.analysis.contrast import Contrast, Pair

SURE = "How sure"
POINTS = 0.02
HERE = 100
"""Pairs that take less time than it takes for processes to start."""
MOST_THREADS = 2
"""What is not compiled, a quarter of a run, one thread does at a time."""


@click.command(
    cls=Command,
    examples=(
        "syslead compare forgoing_credit plain_case",
        "syslead compare tactics:bundle none --outcome patient_benefit",
        "syslead compare seeding=.5+coalition=.5+forgoing_credit seeding --set pressure.finance=0.65",
        "syslead compare seeding@ics-small seeding@ics-median",
    ),
    next_steps=(
        "syslead list studies        the studies whose arms can be compared",
        "syslead list tactics        what a mix is made of",
        "syslead sweep tactics --out results/tactics      many arms, kept, with figures",
    ),
)
@click.argument("first", metavar="A", shell_complete=completion.side)
@click.argument("second", metavar="B", shell_complete=completion.side)
@option("--scenario", metavar="NAME|FILE", heading=MODEL, shell_complete=completion.scenario,
        help="Where, unless an arm says so with @: that of its study, or else ics-small.")  # fmt: skip
@request_options.change_option("What is to be adopted, on both sides.")
@option("--set", "set_", metavar="NAME=VALUE", multiple=True, heading=MODEL, shell_complete=completion.setting,
        help="A parameter on both sides, by name (syslead params). Repeat for more.")  # fmt: skip
@option("--weeks", type=int, heading=TIME, metavar="N", help="How long to run: as its study does, or else 260.")
@option("--seed", type=int, default=1, show_default=True, heading=TIME, help="Random seed.")
@option("--outcome", default="adopted_share", show_default=True, heading=SURE, metavar="NAME",
        help="What is compared (syslead list observables).")  # fmt: skip
@option("--precision", type=float, heading=SURE, metavar="P",
        help="Go on until the difference is known to within ±P, or 400 pairs are made: in points for shares (2), "
        "otherwise in the outcome's unit (the smallest difference that matters).")  # fmt: skip
@option(
    "--jobs", type=click.IntRange(1, 64), metavar="N", heading=SURE, help="Processes; by default one for each core."
)
@as_json
def compare(first: str, second: str, **given: Any) -> None:
    """Say in a sentence how far one arm does better than another, and how sure that is.

    A and B are each an arm of a study, as STUDY:ARM or, where only one arm is called so, ARM; or a mix of tactics with
    their shares of the leaders' time or degrees, as seeding=.5+forgoing_credit; or none, for no leader. @SCENARIO behind
    it says where. A mix beside an arm of a study is run as the study is.
    """
    from experiments.commands.options.against import Laid, requests_of

    settings = _settings(given["set_"])
    laid = Laid(given["scenario"], given["change"], settings, given["weeks"], given["seed"])
    titles, requests = requests_of(first, second, laid)
    # Only now, as a mistake is reported at once.
    from experiments.analysis.contrast import asked_about, contrast_of, until_precise

    asked = asked_about(given["outcome"], requests)
    wanted = _wanted(given["precision"], asked)
    compiling.first("compiled")
    is_same = requests[0] == requests[1]
    with _counted(asked) as seen:
        pairs = until_precise(map(seen, _pairs(requests, given["jobs"] or 0)), asked, wanted, is_same)
    found = contrast_of(pairs, asked, wanted, requests[0].weeks, is_same)
    _show(found, asked, titles, requests, wanted, given["as_json"])


def _settings(words: Sequence[str]) -> dict[str, Any]:
    from experiments.design.dotted import kind_of

    settings, problems = assigned(words, "--set", kind_of)
    if problems:
        raise Invalid(problems)
    return settings


def _wanted(given: float | None, asked: Asked) -> float:
    if given is None:
        return POINTS if asked.is_share else asked.margin
    if not (isfinite(given) and given > 0):
        raise Invalid([f"`--precision` must be a number above 0, but is {given:g}."])
    return given / asked.scale


def _pairs(requests: Sequence[Request], jobs: int) -> Iterator[Pair]:
    """Yield pair after pair: the first, which may be enough, by threads of this process, more by processes of their own."""
    from experiments.analysis.statistics.precision import MOST

    numbered = ([request._replace(replicate=number) for request in requests] for number in range(MOST))
    yield from _made_here(islice(numbered, HERE), jobs or MOST_THREADS)
    yield from _made_by_processes(numbered, jobs)


def _made_here(asked: Iterable[list[Request]], threads: int) -> Iterator[Pair]:
    """Yield what is asked for, made by threads: compiled weeks let each other run, and nothing is started or loaded twice."""
    from experiments.sweep.at_once import observed

    with ThreadPoolExecutor(min(threads, MOST_THREADS)) as pool:
        for pair in pool.map(observed, asked):
            yield pair[0], pair[1]


def _made_by_processes(asked: Iterable[list[Request]], jobs: int) -> Iterator[Pair]:
    from experiments.store.errors import SweepError
    from experiments.sweep.at_once import Processes, observed

    with Processes(jobs) as workers:
        try:
            for pair in workers.each(observed, asked):
                yield pair[0], pair[1]
        except BrokenProcessPool:
            raise SweepError(
                "A process that made runs was ended, perhaps for want of memory: try fewer --jobs."
            ) from None


@contextmanager
def _counted(asked: Asked) -> Iterator[Callable[[Pair], Pair]]:
    """Provide what counts the pairs, and says in place how they differ so far, on a terminal that can show it."""
    taken: list[Pair] = []
    screen = None if terminal.is_quiet() or terminal.is_plain() else terminal.Unheard(sys.stderr)

    def seen(pair: Pair) -> Pair:
        taken.append(pair)
        if screen:
            screen.write(f"\r{_so_far(taken, asked)[: terminal.width() - 1]}\x1b[K")
            screen.flush()
        return pair

    try:
        yield seen
    finally:
        if screen:
            screen.write("\r\x1b[K")
            screen.flush()


def _so_far(pairs: Sequence[Pair], asked: Asked) -> str:
    """Say how many pairs there are, and from the first look on what they say."""
    from experiments.analysis.contrast import known
    from experiments.analysis.statistics.estimates import paired_difference
    from experiments.analysis.statistics.precision import FIRST
    from experiments.analysis.wording import difference_of

    words = f"{counted(len(pairs), 'pair')} of runs"
    if len(pairs) < FIRST:
        return words
    gap = difference_of(asked, paired_difference(*known(pairs, asked), reach=asked.reach))
    return f"{words}, so far {gap} {asked.unit_of_differences}"


def _show(
    found: Contrast, asked: Asked, titles: list[str], requests: list[Request], wanted: float, as_json: bool
) -> None:
    from experiments.commands.options import shares
    from experiments.commands.tables.contrast import answer, contrast_text

    notes = list(dict.fromkeys(note for request in requests for note in shares.of_request(request)))
    if as_json:
        sides = [
            {"title": title, "request": request._asdict(), **side._asdict()}
            for title, request, side in zip(titles, requests, (found.first, found.second), strict=True)
        ]
        content = {
            "answer": answer(found, asked, titles, requests[0] == requests[1]),
            "outcome": asked.name, "unit": asked.unit, "better": asked.better, "harm": asked.harm,
            "a": sides[0], "b": sides[1],
            "difference": found.difference, "weeks_saved": found.time_saved, "ahead": found.ahead,
            "behind": found.behind, "pairs": found.pairs, "unknown": found.unknown,
            "precision": wanted, "met": found.met, "seed": requests[0].seed, "weeks": requests[0].weeks,
            "notes": notes, "caveat": CAVEAT,
        }  # fmt: skip
        terminal.show(document(content))
    else:
        terminal.show(contrast_text(found, asked, titles, requests, wanted, terminal.width()))
    for note in notes:
        terminal.note(note)


COMMANDS = (compare,)
