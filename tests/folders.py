"""Result folders of toy runs, and what is in them."""

from pathlib import Path

import numpy as np

from experiments.design.jobs import Job
from experiments.store import stored_runs, verification
from experiments.store.database import Store
from experiments.store.ledger import Ledger
from simulation import Request


def rows_of(out: Path) -> dict[int, stored_runs.StoredRun]:
    with Store(out) as store:
        return {row.run: row for row in Ledger(store).runs()}


def table_hash(out: Path) -> str:
    return verification.verify(out).table_hash


def made(job_number: int, key: str) -> stored_runs.StoredRun:
    curves = stored_runs.packed(np.full((2, 5), job_number / 1000))
    job = Job(job_number, key, "none", 0, 0, {}, Request("tiny"))
    return stored_runs.sealed(job, stored_runs.OK, {"adopted_share": 0.5, "weeks_to_50": None}, curves, 0.01)
