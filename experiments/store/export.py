"""The files derived from a store, which other programs and people open: tables, and where they come from."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from experiments import how_to_install
from experiments.design.cells import Value
from experiments.store import tables
from experiments.store.database import Store, hold
from experiments.store.folder import OUTCOMES, PROVENANCE, TEMPORARY, TRAJECTORIES, not_writable, sha256, sync
from experiments.store.ledger import Ledger
from experiments.store.provenance import Provenance, machine
from experiments.store.stored_runs import OK, StoredRun
from simulation.errors import Invalid

FORMS = ("csv", "parquet")
FIXED = {
    "run": "BIGINT",
    "point": "BIGINT",
    "replicate": "BIGINT",
    "epoch": "BIGINT",
    "week": "BIGINT",
    "arm": "VARCHAR",
    "status": "VARCHAR",
}
"""What the columns of a table hold; the others hold numbers, or what the study says."""


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
        return write_parquet(ledger)


def write_parquet(ledger: Ledger) -> list[Path]:
    """Write the outcomes and the trajectories of a folder as Parquet, through DuckDB, from its CSV tables.

    Raises
    ------
    Invalid
        DuckDB is not installed.
    NotWritable
        There is no room; what was there before is as it was.
    """
    try:
        import duckdb
    except ImportError:
        raise Invalid([f"Parquet needs DuckDB: {how_to_install('data')}"]) from None
    out = ledger.folder
    levels = ledger.study.design.levels_by_name()
    types = {**{name: _type(values) for name, values in levels.items()}, **FIXED}
    written = []
    for name in (OUTCOMES, TRAJECTORIES):
        path = out / f"{name.partition('.')[0]}.parquet"
        temporary = out / f"{TEMPORARY}{path.name}"
        columns = {column: types.get(column, "DOUBLE") for column in _header(out / name)}
        with duckdb.connect() as database:
            table = database.read_csv(str(out / name), header=True, columns=columns)
            try:
                table.write_parquet(str(temporary), compression="zstd")
            except (duckdb.Error, OSError) as error:
                temporary.unlink(missing_ok=True)
                # Compressed columns are smaller than the text they come from.
                raise not_writable(out, error, (out / name).stat().st_size) from None
        temporary.replace(path)
        written.append(path)
    sync(out)
    return written


def _type(values: Iterable[Value]) -> str:
    kinds = {type(value) for value in values}
    if kinds == {bool}:
        return "BOOLEAN"
    return "DOUBLE" if kinds <= {int, float} else "VARCHAR"


def _header(path: Path) -> list[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        return next(csv.reader(file))
