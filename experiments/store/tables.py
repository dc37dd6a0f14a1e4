"""Tables derived from stored runs: outcomes a row a run, trajectories a row a week, and the hash of it all.

They can be made again at any time, and are never read back as truth.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterable
from pathlib import Path

from experiments.design.cells import Value, cell_of, shielded
from experiments.design.jobs import Jobs
from experiments.store.folder import OUTCOMES, TRAJECTORIES, writing
from experiments.store.ledger import Ledger
from experiments.store.stored_runs import OK, StoredRun, unpacked

# Above this many rows the weekly table takes minutes to write; it is then left to `export`.
WEEKLY_ROWS = 5_000_000
# Measured: what a cell of a table takes, and a compressed week.
CELL_BYTES, WEEK_BYTES = 12, 12
TRAJECTORY_COLUMNS = ("arm", "point", "replicate", "week", "adopted_share", "declared_share")


def write_outcomes(ledger: Ledger, runs: Iterable[StoredRun]) -> Path:
    """Write what each run came to as CSV; where sources or versions changed on the way, runs are marked."""
    path = ledger.folder / OUTCOMES
    marks = ["epoch"] if len(ledger.made_with) > 1 else []
    columns = ["run", "arm", "point", "replicate", *ledger.study.design.columns, "status", *marks, *ledger.observables]
    with writing(path, len(ledger.jobs) * len(columns) * CELL_BYTES) as file:
        text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
        try:
            table = csv.writer(text, lineterminator="\n")
            table.writerow([shielded(column) for column in columns])
            table.writerows([cell_of(value) for value in _outcome(stored, ledger)] for stored in runs)
        finally:
            text.detach()
    return path


def _outcome(stored: StoredRun, ledger: Ledger) -> list[Value | None]:
    arm, point, replicate = ledger.jobs.place(stored.run)
    name, values = ledger.study.arms[arm].name, ledger.study.design.row(point).values()
    marks: list[Value] = [stored.made_with] if len(ledger.made_with) > 1 else []
    content = stored.content if stored.status == OK else {}
    observed = [content.get(observable) for observable in ledger.observables]
    return [stored.run, name, point, replicate, *values, stored.status, *marks, *observed]


def write_trajectories(ledger: Ledger, rows: int) -> Path:
    """Write the weekly curves of the runs that have them, so many rows, as compressed CSV.

    The same curves give the same bytes.
    """
    path = ledger.folder / TRAJECTORIES
    with writing(path, rows * WEEK_BYTES) as file, gzip.GzipFile("", "wb", 1, file, mtime=0) as packed:
        packed.write((",".join(TRAJECTORY_COLUMNS) + "\n").encode())
        for stored in ledger.runs():
            if stored.status == OK:
                packed.write(_weeks(stored, ledger.jobs).encode())
    return path


def _weeks(stored: StoredRun, jobs: Jobs) -> str:
    arm, point, replicate = jobs.place(stored.run)
    start = f"{shielded(jobs.study.arms[arm].name)},{point},{replicate},"
    adopted, declared = unpacked(stored.curves).tolist()
    weeks = enumerate(zip(adopted, declared, strict=True))
    return "".join([f"{start}{week},{one!r},{other!r}\n" for week, (one, other) in weeks])


class TableHash:
    """The hash of the canonical table: what two sweeps of one study must agree on, however they were carried out.

    Runs in order, floats in full, times and wording left out.
    """

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, stored: StoredRun) -> None:
        """Take in the next run."""
        self._digest.update(f"{stored.run} {stored.key} {stored.status} ".encode())
        if stored.status == OK:
            self._digest.update(json.dumps(stored.content, separators=(",", ":")).encode())
            self._digest.update(unpacked(stored.curves).tobytes())
        self._digest.update(b"\n")

    def hexdigest(self) -> str:
        """Return the hash of all runs so far."""
        return self._digest.hexdigest()
