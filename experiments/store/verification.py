"""Whether a result folder is what was written."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from experiments.store import provenance
from experiments.store.database import Store
from experiments.store.errors import Damaged
from experiments.store.folder import PROVENANCE, STORE, sha256
from experiments.store.ledger import Ledger
from experiments.store.stored_runs import StoredRun
from experiments.store.tables import TableHash
from simulation.words import counted

RUNS_NAMED = 10


class Verification(NamedTuple):
    """Whether everything in a folder is what was written.

    ``damaged`` and ``missing`` are run numbers; both count as not run. ``problems`` are sentences, none when sound;
    ``repaired`` are sentences on what a repair did. ``table_hash`` is the hash of the canonical table.
    """

    out: Path
    total: int
    sound: int
    damaged: list[int]
    missing: list[int]
    problems: list[str]
    repaired: list[str]
    table_hash: str

    @property
    def exit_code(self) -> int:
        """0 when sound or repaired, 4 when not."""
        return 4 if self.problems and not self.repaired else 0


def verify(out: str | Path) -> Verification:
    """Check every stored run, the set of runs, and the derived files of a folder.

    Raises
    ------
    Damaged
        There is no store that SQLite can open.
    """
    out = Path(out)
    with Store(out) as store:
        problems = _problems_of(store)
        ledger = Ledger(store)
        digest, sound, damaged = TableHash(), set[int](), list[int]()
        for stored in legible_runs(ledger):
            if ledger.counts(stored):
                digest.add(stored)
                sound.add(stored.run)
            else:
                damaged.append(stored.run)
        finished = store.fact("finished")
        problems += [
            f"{store.path}: {record['name']}, which is kept there, is damaged."
            for kept, record in ledger.kept.records.items()
            if ledger.kept.amiss(kept)
        ]
    absent = {run for run in range(len(ledger.jobs)) if ledger.expects(run)} - sound - set(damaged)
    if damaged:
        problems.append(f"{counted(len(damaged), 'run')} damaged, or from elsewhere: {_named(damaged)}.")
    if finished:
        problems += _problems_since(finished, digest.hexdigest(), out)
    else:
        problems += _problems_of_tables(out)
    return Verification(out, ledger.expected(), len(sound), damaged, sorted(absent), problems, [], digest.hexdigest())


def _problems_of(store: Store) -> list[str]:
    try:
        return store.problems()
    except Damaged as damaged:
        return [str(damaged)]


def legible_runs(ledger: Ledger) -> list[StoredRun]:
    """Return the stored runs that can be read: in one go, or each by itself where the file is torn."""
    try:
        runs = list(ledger.store.runs())
    except Damaged:
        runs = [stored for run in range(len(ledger.jobs)) if (stored := _legible(ledger, run))]
    # A torn file may show a run twice.
    return list({stored.run: stored for stored in runs}.values())


def _legible(ledger: Ledger, run: int) -> StoredRun | None:
    try:
        stored = ledger.store.run(run)
    except Damaged:
        return None
    return stored if stored is not None and stored.run == run else None


def _problems_since(finished: dict[str, Any], table_hash: str, out: Path) -> list[str]:
    """Return what is no longer as it was when the last sitting ended."""
    problems = []
    if table_hash != finished["table_hash"]:
        problems.append(f"The runs in {STORE} are not those that were there when the sweep ended: some are gone.")
    for name, noted in finished["files"].items():
        path = out / name
        if not path.is_file():
            problems.append(f"{path}: the file is missing.")
        elif sha256(path) != noted:
            problems.append(f"{path}: the file is not what was written.")
    return problems


def _problems_of_tables(out: Path) -> list[str]:
    """Return which tables are not those of the provenance, as when a sweep was killed while it wrote them."""
    return [
        f"{out / name}: this is not the table that {PROVENANCE} tells of."
        for name, digest in provenance.legible(out).files.items()
        if (out / name).is_file() and sha256(out / name) != digest
    ]


def _named(runs: list[int]) -> str:
    shown = ", ".join(str(run) for run in runs[:RUNS_NAMED])
    return shown if len(runs) <= RUNS_NAMED else f"{shown} and {len(runs) - RUNS_NAMED:,} more"
