"""Tables derived from a store: outcomes a row a run, trajectories a row a week, and the hash of it all.

They can be made again at any time, and are never read back as truth.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.design.cells import Value, cell_of, shielded
from experiments.design.jobs import Jobs
from experiments.store.folder import OUTCOMES, TRAJECTORIES, written
from experiments.store.stored_runs import OK, Row, unpacked

# Above this many rows the weekly table takes minutes to write; it is then left to `export`.
WEEKLY_ROWS = 5_000_000
# Measured: what a cell of a table takes, and a compressed week.
CELL_BYTES, WEEK_BYTES = 12, 12
TRAJECTORY_COLUMNS = ("arm", "point", "replicate", "week", "adopted_share", "declared_share")


def outcome_columns(jobs: Jobs, observables: Sequence[str], epochs: int) -> list[str]:
    """Return the header of the outcomes; rows made by several epochs are marked."""
    marks = ["epoch"] if epochs > 1 else []
    return ["run", "arm", "point", "replicate", *jobs.study.design.columns, "status", *marks, *observables]


def outcomes(rows: Iterable[Row], jobs: Jobs, observables: Sequence[str], epochs: int) -> Iterator[list[Value | None]]:
    """Yield the outcomes of rows, in the columns of `outcome_columns`."""
    for row in rows:
        arm, point, replicate = jobs.place(row.run)
        content = row.content if row.status == OK else {}
        marks: list[Value] = [row.epoch] if epochs > 1 else []
        values = jobs.study.design.row(point).values()
        name = jobs.study.arms[arm].name
        observed = [content.get(observable) for observable in observables]
        yield [row.run, name, point, replicate, *values, row.status, *marks, *observed]


def write_outcomes(
    out: Path, columns: Sequence[str], records: Iterable[Sequence[Value | None]], needed: int, name: str = OUTCOMES
) -> Path:
    """Write the outcomes as CSV, ``needed`` being about how many bytes."""
    with written(out / name, needed) as file:
        text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
        try:
            table = csv.writer(text, lineterminator="\n")
            table.writerow([shielded(column) for column in columns])
            table.writerows([cell_of(value) for value in record] for record in records)
        finally:
            text.detach()
    return out / name


def write_trajectories(out: Path, rows: Iterable[Row], jobs: Jobs, needed: int) -> Path:
    """Write the weekly curves of the runs that have them, as compressed CSV; the same curves give the same bytes.

    ``needed`` is about how many bytes it will have.
    """
    with written(out / TRAJECTORIES, needed) as file, gzip.GzipFile("", "wb", 1, file, mtime=0) as packed:
        packed.write((",".join(TRAJECTORY_COLUMNS) + "\n").encode())
        for row in rows:
            if row.status == OK:
                packed.write(_weeks(row, jobs).encode())
    return out / TRAJECTORIES


def _weeks(row: Row, jobs: Jobs) -> str:
    arm, point, replicate = jobs.place(row.run)
    start = f"{shielded(jobs.study.arms[arm].name)},{point},{replicate},"
    adopted, declared = unpacked(row.curves).tolist()
    weeks = enumerate(zip(adopted, declared, strict=True))
    return "".join([f"{start}{week},{one!r},{other!r}\n" for week, (one, other) in weeks])


class TableHash:
    """The hash of the canonical table: what two sweeps of one study must agree on, however they were carried out.

    Runs in order, floats in full, times and wording left out.
    """

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, row: Row) -> None:
        """Take in the next row."""
        self._digest.update(f"{row.run} {row.key} {row.status} ".encode())
        if row.status == OK:
            observables: Mapping[str, Any] = row.content
            self._digest.update(json.dumps(observables, separators=(",", ":")).encode())
            self._digest.update(unpacked(row.curves).tobytes())
        self._digest.update(b"\n")

    def hexdigest(self) -> str:
        """Return the hash of all rows so far."""
        return self._digest.hexdigest()
