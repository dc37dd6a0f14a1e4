"""How far the sweep in a folder has come."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from experiments.store.database import Store
from experiments.store.folder import is_locked
from experiments.store.ledger import Failure, Ledger
from experiments.store.stored_runs import OK


class Status(NamedTuple):
    """How far a sweep has come. ``holder`` says who is writing to it now (pid, host, started), None when nobody.

    ``failures`` counts failed runs by status, ``failed_runs`` lists each with the command that makes it again;
    ``changes`` lists the accepted changes of sources or versions.
    """

    out: Path
    title: str
    total: int
    done: int
    failed: int
    missing: int
    failures: dict[str, int]
    failed_runs: list[Failure]
    holder: dict[str, Any] | None
    finished: bool
    changes: list[str]


def status_of(out: str | Path) -> Status:
    """Return how far the sweep in a folder has come; reads only, also while the sweep runs.

    Raises
    ------
    Damaged
        The folder holds no store that can be read.
    """
    out = Path(out)
    with Store(out) as store:
        ledger = Ledger(store)
        counts = Counter(stored.status for stored in ledger.runs())
        holder = store.fact("holder") if is_locked(out) else None
        changes = store.fact("changes")
        failed_runs = ledger.failures()
    total, done = ledger.expected(), counts.pop(OK, 0)
    missing = total - done - counts.total()
    return Status(
        out=out,
        title=ledger.study.title,
        total=total,
        done=done,
        failed=counts.total(),
        missing=missing,
        failures=dict(counts),
        failed_runs=failed_runs,
        holder=holder,
        finished=not missing,
        changes=changes,
    )
