"""A result folder filled in this process, run by run, with what a test says that each came to."""

from collections.abc import Callable
from pathlib import Path

from experiments.design.jobs import Job
from experiments.design.study import Study
from experiments.store import folder
from experiments.store.database import Store, hold
from experiments.store.entry import enter
from experiments.store.export import derive
from experiments.store.stored_runs import StoredRun

Make = Callable[[Job], StoredRun | None]


def fill(study: Study, out: Path, observables: tuple[str, ...], make: Make) -> Path:
    """Store what every run of a study is made to be, nothing where it is None, write the tables, return the folder."""
    folder.prepare(out)
    with hold(out), Store(out, write=True) as store:
        ledger = enter(store, study, None, accept_changes=False)
        ledger.note(observables)
        made = (make(ledger.jobs[run]) for run in range(len(ledger.jobs)))
        store.add(stored for stored in made if stored is not None)
        store.put(holder=None, finished=derive(ledger).seal())
    return out
