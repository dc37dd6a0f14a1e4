"""One run of a folder, to be made again."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from experiments.design.inputs import is_change, read
from experiments.store.database import Store
from experiments.store.errors import Incompatible
from experiments.store.ledger import Ledger, gone
from experiments.store.made_with import MadeWith, as_far_as_known, differences, here_and_now, refuse_other_tactics
from simulation.errors import Invalid

if TYPE_CHECKING:
    from simulation import Request


class Repeat(NamedTuple):
    """One run of a folder, to be made again.

    ``arm`` is the title of its arm; ``changes`` says what differs from when it was made, by which it may too.
    """

    request: Request
    arm: str
    changes: list[str]


def repeat_of(out: str | Path, run: int, accept_changes: bool = False) -> Repeat:
    """Return one run of a folder, which gives the same again bit for bit unless changes are accepted.

    A scenario or change of a user's own is the one that is kept in the folder, laid out in files until this process ends.

    Raises
    ------
    Invalid
        There is no such run, or a tactic of the user's own is missing or differs.
    Incompatible
        Sources, inputs or versions are not those with which it was made, and that is not accepted.
    """
    with Store(Path(out)) as store:
        ledger = Ledger(store)
        if not 0 <= run < len(ledger.jobs):
            last = len(ledger.jobs) - 1
            nearest = f"The nearest is {min(max(run, 0), last)}."
            raise Invalid([f"{out}: runs are numbered from 0 to {last}; {run} is not one of them. {nearest}"])
        stored = store.run(run)
        made_with = ledger.made_with[stored.made_with if stored is not None and ledger.counts(stored) else -1]
        now = as_far_as_known(made_with, here_and_now({}))
        if not accept_changes:
            refuse_other_tactics(Path(out), made_with, now)
        job = ledger.jobs[run]
        request, arm = job.request, next(arm.title for arm in ledger.study.arms if arm.name == job.arm)
        own = {name: _read_from(ledger, name, made_with) for name in _named_by(request, made_with)}
    now["inputs"] = {name: digest for name, (_, digest) in own.items()}
    changes = differences({**made_with, "inputs": {name: made_with["inputs"][name] for name in own}}, now)
    if changes and not accept_changes:
        lines = "\n".join(f"  {change}" for change in changes)
        raise Incompatible(
            f"{out}: run {run} was made otherwise, and would not be the same again:\n{lines}\n"
            "With --accept-changes it is made with what is here now."
        )
    read_from = {name: place for name, (place, _) in own.items()}
    request = request._replace(scenario=read_from.get(request.scenario, request.scenario))
    return Repeat(
        request._replace(change=request.change and read_from.get(request.change, request.change)), arm, changes
    )


def _named_by(request: Request, made_with: MadeWith) -> list[str]:
    """Return the names of the user's own scenario and change that a run is made with; those of other runs are left out."""
    return [name for name in (request.scenario, request.change) if name is not None and name in made_with["inputs"]]


def _read_from(ledger: Ledger, name: str, made_with: MadeWith) -> tuple[str, str]:
    """Return where a scenario or change of a user's own is read from, and the hash of what it says there."""
    digest = made_with["inputs"][name]
    if digest in ledger.kept:
        return str(ledger.kept.lay_out(digest, _until_the_end())), digest
    place = ledger.place(name, digest)
    if place is None or not place.is_file():
        raise Incompatible(gone(ledger.folder, name, place))
    return str(place), read(place, name, is_change(ledger.study, name)).digest


def _until_the_end() -> Path:
    """Return a new folder that is removed when this process ends."""
    folder = tempfile.mkdtemp(prefix="syslead-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
