"""The files derived from a store: tables of what it holds, and where it all comes from."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from experiments.store import provenance, tables
from experiments.store.folder import OUTCOMES, PROVENANCE, TRAJECTORIES, written
from experiments.store.ledger import Ledger
from experiments.store.stored_runs import OK, Row

SCHEMA_VERSION = 1
FILES = (OUTCOMES, TRAJECTORIES, PROVENANCE)


class Derived(NamedTuple):
    """What was written, and the hash of the canonical table behind it."""

    files: list[Path]
    table_hash: str

    def seal(self) -> dict[str, Any]:
        """Return what the store notes of it, by which a changed file is found out."""
        return {"table_hash": self.table_hash, "files": {path.name: sha256(path) for path in self.files}}


def derive(ledger: Ledger, weekly_rows: int = tables.WEEKLY_ROWS) -> Derived:
    """Write the tables and the provenance of a folder, each whole or not at all.

    The weekly table is left out when it would have more than ``weekly_rows`` rows.
    """
    out = ledger.store.path.parent
    digest, statuses = tables.TableHash(), Counter[str]()
    columns = tables.outcome_columns(ledger.jobs, ledger.observables, len(ledger.epochs))
    watched = _watched(ledger.rows(), digest, statuses)
    records = tables.outcomes(watched, ledger.jobs, ledger.observables, len(ledger.epochs))
    cells = len(ledger.jobs) * len(columns)
    files = [tables.write_outcomes(out, columns, records, cells * tables.CELL_BYTES)]
    weeks = statuses[OK] * (ledger.study.weeks + 1)
    if weeks <= weekly_rows:
        files.append(tables.write_trajectories(out, ledger.rows(), ledger.jobs, weeks * tables.WEEK_BYTES))
    else:
        (out / TRAJECTORIES).unlink(missing_ok=True)
    document = _provenance(ledger, statuses, digest.hexdigest(), files)
    content = json.dumps(document, indent=1, ensure_ascii=False).encode()
    with written(out / PROVENANCE, len(content)) as file:
        file.write(content)
    return Derived([*files, out / PROVENANCE], digest.hexdigest())


def _watched(rows: Iterable[Row], digest: tables.TableHash, statuses: Counter[str]) -> Iterator[Row]:
    for row in rows:
        digest.add(row)
        statuses[row.status] += 1
        yield row


def _provenance(ledger: Ledger, statuses: Counter[str], table_hash: str, files: list[Path]) -> dict[str, Any]:
    study = ledger.study
    expected = ledger.expected()
    return {
        "schema_version": SCHEMA_VERSION,
        "title": study.title,
        "question": study.question,
        "arms": [arm.name for arm in study.arms],
        "arm_titles": {arm.name: arm.title for arm in study.arms},
        "parameters": list(study.design.columns),
        "observables": ledger.observables,
        "weeks": study.weeks,
        "replicates": study.replicates,
        "seed": study.seed,
        "engine": study.engine,
        "shard": ledger.shard,
        "runs": {
            "expected": expected,
            "ok": statuses[OK],
            "missing": expected - statuses.total(),
            "failed": {status: number for status, number in sorted(statuses.items()) if status != OK},
        },
        "table_hash": table_hash,
        "files": {path.name: sha256(path) for path in files},
        "made_with": ledger.epochs,
        "accepted_changes": ledger.store.fact("changes"),
        "written_on": provenance.machine(),
        "study": study.document(),
    }


def sha256(path: Path) -> str:
    """Return the hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
