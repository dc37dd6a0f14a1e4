"""One run of a folder, to be made again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from experiments.design.jobs import Jobs
from experiments.store.database import Store
from experiments.store.errors import Incompatible
from experiments.store.ledger import Ledger
from experiments.store.made_with import MadeWith, differences, here_and_now
from simulation.errors import Invalid

if TYPE_CHECKING:
    from simulation import Request


class Repeat(NamedTuple):
    """One run of a folder, to be made again. ``changes`` says what differs from when it was made, by which it may too."""

    request: Request
    changes: list[str]


def repeat_of(out: str | Path, run: int, accept_changes: bool = False) -> Repeat:
    """Return one run of a folder, which gives the same again bit for bit unless changes are accepted.

    Raises
    ------
    Invalid
        There is no such run.
    Incompatible
        Sources, inputs or versions are not those with which it was made, and that is not accepted.
    """
    with Store(Path(out)) as store:
        ledger = Ledger(store)
        if not 0 <= run < len(ledger.jobs):
            raise Invalid([f"{out}: runs are numbered from 0 to {len(ledger.jobs) - 1}; {run} is not one of them."])
        stored = store.run(run)
    made_with = ledger.made_with[stored.made_with if stored is not None and ledger.counts(stored) else -1]
    scenario, request = ledger.jobs[run].request.scenario, ledger.jobs[run].request
    now = here_and_now(Jobs(ledger.study))
    changes = differences(_relevant(made_with, scenario), _relevant(now, scenario))
    if changes and not accept_changes:
        lines = "\n".join(f"  {change}" for change in changes)
        raise Incompatible(
            f"{out}: run {run} was made otherwise, and would not be the same again:\n{lines}\n"
            "With --accept-changes it is made with what is here now."
        )
    return Repeat(request, changes)


def _relevant(made_with: MadeWith, scenario: str) -> MadeWith:
    """Leave out the scenarios of other runs."""
    inputs = {path: digest for path, digest in made_with["inputs"].items() if path == scenario}
    return {**made_with, "inputs": inputs}
