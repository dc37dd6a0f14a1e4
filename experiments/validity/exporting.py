"""A run as files that netdiffuseR and `syslead describe-data` read: who first adopted in which week, and who listens to whom."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from experiments.store.folder import write_together
from experiments.validity.adoptions import Adoptions
from experiments.validity.runs import lived
from simulation import Request

PEOPLE, TIES, SCRIPT = "people.csv", "ties.csv", "read.R"
NEVER = ""
R = """\
# The run as a diffnet object of netdiffuseR: who listens is ego, who is listened to is alter.
library(netdiffuseR)
people <- read.csv("people.csv")
ties <- read.csv("ties.csv")
first <- min(people$time, na.rm = TRUE)
last <- max(people$time, na.rm = TRUE)
# Everyone once without an alter, so that those without any tie stay; ties are the same in all weeks from first to last.
edges <- rbind(ties[, c("target", "source")], data.frame(target = people$person, source = NA))
graph <- edgelist_to_adjmat(
  edges, t = last - first + 1, simplify = FALSE, undirected = FALSE, keep.isolates = TRUE
)
people <- people[match(rownames(graph[[1]]), people$person), ]
run <- as_diffnet(
  graph, people$time, t0 = first, t1 = last, vertex.static.attrs = people, undirected = FALSE
)
"""
"""Checked against the pages and sources of netdiffuseR, not run: functions, arguments, and what they refuse."""


def write_run(request: Request, folder: Path) -> list[Path]:
    """Write a run into a folder, which is made where it is not there, and return the files.

    A time is the week by whose end somebody first adopted; who had adopted at the start did so in week 0, and who never
    did has no time. `source` is listened to by `target`, as in users' own data.
    """
    data = lived(request).adoptions
    folder.mkdir(parents=True, exist_ok=True)
    found = {PEOPLE: _people(data), TIES: _ties(data), SCRIPT: R}
    return write_together(folder, {name: words.encode() for name, words in found.items()})


def _people(data: Adoptions) -> str:
    columns = (data.times.tolist(), *(data.units[level].tolist() for level in data.units))
    return _csv(
        ["person", "time", *data.units],
        (
            [k + 1, int(time) if np.isfinite(time) else NEVER, *(unit + 1 for unit in units)]
            for k, (time, *units) in enumerate(zip(*columns, strict=True))
        ),
    )


def _ties(data: Adoptions) -> str:
    assert data.ties is not None
    pairs = zip(data.ties.seen.tolist(), data.ties.who.tolist(), strict=True)
    return _csv(["source", "target"], ([seen + 1, who + 1] for seen, who in pairs))


def _csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return table.getvalue()
