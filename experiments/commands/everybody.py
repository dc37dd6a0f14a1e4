"""Everybody's traits and states in a run, written as gzipped CSV while it goes on."""

from __future__ import annotations

import gzip
import io
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from experiments.commands.console import terminal
from experiments.commands.tables.estimate import size
from simulation.errors import Invalid
from simulation.words import counted

if TYPE_CHECKING:
    from simulation import Request, Result

MOST_BYTES = 10**9
BYTES_A_ROW = 450
"""What one person in one week takes at most, as a rule, before it is compressed to about a third."""


class Wanted(NamedTuple):
    """Where everybody's states are to be written, how often, and whether that may be large and replace a file."""

    file: Path
    every: int
    large: bool
    overwrite: bool


def written(request: Request, threads: int, wanted: Wanted) -> Result:
    """Run a checked request and write everybody's states; the size is said before the first week is run.

    Raises
    ------
    Invalid
        The file would be too large, or is called otherwise than such files are; nothing is run then.
    """
    import pandas as pd

    from experiments.store.folder import writing
    from simulation.running import result
    from simulation.scenario import economy
    from simulation.states import moments, states, who

    if not wanted.file.name.endswith(".csv.gz"):
        raise Invalid([f"`--states` writes gzipped CSV: name the file {wanted.file.with_suffix('')}.csv.gz."])
    run = moments(request, wanted.every, threads)
    start = next(run)
    expected = _announced(len(start.world.staff["stage"]), request.weeks, wanted)
    people = who(request, economy(request.scenario, request.change), start.world)
    wanted.file.parent.mkdir(parents=True, exist_ok=True)
    with (
        writing(wanted.file, expected // 3, wanted.overwrite) as file,
        gzip.GzipFile("", "wb", 6, file, mtime=0) as packed,
    ):
        text = io.TextIOWrapper(packed, encoding="utf-8", newline="")
        for moment in chain([start], run):
            table = pd.DataFrame({"week": moment.week, **people, **states(moment.world)})
            table.to_csv(text, index=False, header=moment.week == 0, lineterminator="\n")
        text.flush()
    return result(request, start.world)


def _announced(people: int, weeks: int, wanted: Wanted) -> int:
    """Say how large the file will be at most, and return that; refuse what is too large unless that is wanted."""
    moments = 1 + -(-weeks // wanted.every)
    expected = people * moments * BYTES_A_ROW
    words = f"{counted(people, 'person', 'people')} at {counted(moments, 'moment')}: up to {size(expected)} of CSV"
    if expected > MOST_BYTES and not wanted.large:
        between = max(MOST_BYTES // (people * BYTES_A_ROW) - 1, 1)  # moments after the start that there is room for
        fewer = f"--every {-(-weeks // between)}"
        raise Invalid([f"{words}, above {size(MOST_BYTES)}. Write fewer weeks ({fewer}), or add --allow-large."])
    terminal.note(f"{words}, about a third of that compressed, into {wanted.file}.")
    return expected
