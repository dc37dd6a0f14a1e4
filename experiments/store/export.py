"""The files derived from a store, which other programs and people open: tables, and where they come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from experiments.store import tables
from experiments.store.database import Store, hold
from experiments.store.folder import PROVENANCE, TRAJECTORIES, sha256
from experiments.store.ledger import Ledger
from experiments.store.provenance import Provenance, machine
from experiments.store.stored_runs import OK, StoredRun
from simulation.errors import Invalid

FORMS = ("csv", "parquet")


class Derived(NamedTuple):
    """What was written, and the hash of the canonical table behind it."""

    files: list[Path]
    table_hash: str

    def seal(self) -> dict[str, Any]:
        """Return what the store keeps of it, by which a changed file is noticed."""
        return {"table_hash": self.table_hash, "files": {path.name: sha256(path) for path in self.files}}


def derive(ledger: Ledger, weekly_rows: int = tables.WEEKLY_ROWS) -> Derived:
    """Write the tables and the provenance of a folder, each whole or not at all.

    The weekly table is left out when it would have more than ``weekly_rows`` rows.
    """
    digest, statuses = tables.TableHash(), Counter[str]()
    files = [tables.write_outcomes(ledger, _counted(ledger.runs(), digest, statuses))]
    rows = statuses[OK] * (ledger.study.weeks + 1)
    if rows <= weekly_rows:
        files.append(tables.write_trajectories(ledger, rows))
    else:
        (ledger.folder / TRAJECTORIES).unlink(missing_ok=True)
    _provenance(ledger, statuses, digest.hexdigest(), files).write(ledger.folder)
    return Derived([*files, ledger.folder / PROVENANCE], digest.hexdigest())


def _counted(runs: Iterable[StoredRun], digest: tables.TableHash, statuses: Counter[str]) -> Iterator[StoredRun]:
    for stored in runs:
        digest.add(stored)
        statuses[stored.status] += 1
        yield stored


def _provenance(ledger: Ledger, statuses: Counter[str], table_hash: str, files: list[Path]) -> Provenance:
    study, expected = ledger.study, ledger.expected()
    return Provenance(
        title=study.title,
        question=study.question,
        arms=[arm.name for arm in study.arms],
        arm_titles={arm.name: arm.title for arm in study.arms},
        parameters=list(study.design.columns),
        observables=ledger.observables,
        weeks=study.weeks,
        replicates=study.replicates,
        seed=study.seed,
        engine=study.engine,
        shard=ledger.shard,
        runs={
            "expected": expected,
            "ok": statuses[OK],
            "missing": expected - statuses.total(),
            "failed": {status: number for status, number in sorted(statuses.items()) if status != OK},
        },
        table_hash=table_hash,
        files={path.name: sha256(path) for path in files},
        made_with=ledger.made_with,
        accepted_changes=ledger.store.fact("changes"),
        written_on=machine(),
        study=study.document(),
    )


def export_tables(out: str | Path, form: str = "csv") -> list[Path]:
    """Write the derived tables of a folder again, all weeks included, as ``csv`` or ``parquet``.

    Raises
    ------
    Invalid
        There is no such form, or it needs the extra ``data``.
    """
    out = Path(out)
    if form not in FORMS:
        raise Invalid([f"Tables are exported as {' or '.join(FORMS)}, not as {form!r}."])
    with Store(out) as store:
        # Damage is reported before anything is written or locked.
        Ledger(store)
    with hold(out), Store(out, write=True) as store:
        ledger = Ledger(store)
        derived = derive(ledger, weekly_rows=len(ledger.jobs) * (ledger.study.weeks + 1))
        store.put(finished=derived.seal())
        if form == "csv":
            return derived.files
        from experiments.store import parquet

        return parquet.write(ledger)
