"""Whether a result folder is what was written, and what can be saved of one that is not."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from experiments.store import folder
from experiments.store.database import Store, held
from experiments.store.errors import Damaged
from experiments.store.export import FILES, derive, sha256
from experiments.store.folder import PROVENANCE, STORE, TEMPORARY
from experiments.store.ledger import Ledger
from experiments.store.stored_runs import Row
from experiments.store.tables import TableHash

RUNS_NAMED = 10
FACTS = ("study", "epochs", "shard", "changes", "observables")


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


def verified(out: Path) -> Verification:
    """Check every row, the set of rows, and the derived files."""
    with Store(out) as store:
        problems = _problems_of(store)
        ledger = Ledger(store)
        digest, sound, damaged = TableHash(), set[int](), list[int]()
        for row in _readable(ledger):
            if ledger.counts(row):
                digest.add(row)
                sound.add(row.run)
            else:
                damaged.append(row.run)
        finished = store.fact("finished")
    missing = [run for run in range(len(ledger.jobs)) if ledger.expects(run) and run not in sound]
    missing = sorted(set(missing) - set(damaged))
    if damaged:
        problems.append(f"{len(damaged):,} rows are damaged or do not belong here: runs {_named(damaged)}.")
    if finished:
        problems += _problems_since(finished, digest.hexdigest(), out)
    else:
        problems += _problems_of_tables(out)
    return Verification(out, ledger.expected(), len(sound), damaged, missing, problems, [], digest.hexdigest())


def _problems_of(store: Store) -> list[str]:
    try:
        return store.problems()
    except Damaged as damaged:
        return [str(damaged)]


def _readable(ledger: Ledger) -> Iterator[Row]:
    """Yield the rows that can be read: in one go, or each by itself where the file is torn."""
    try:
        read = list(ledger.store.rows())
    except Damaged:
        read = []
        for run in range(len(ledger.jobs)):
            try:
                row = ledger.store.row(run)
            except Damaged:
                continue
            if row is not None and row.run == run:
                read.append(row)
    # A torn file may show a row twice.
    return iter({row.run: row for row in read}.values())


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
    """Return which tables are not those that the provenance tells of, as when a sweep was killed while it wrote them."""
    try:
        noted = dict(json.loads((out / PROVENANCE).read_bytes())["files"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []
    return [
        f"{out / name}: this is not the table that {PROVENANCE} tells of."
        for name, digest in noted.items()
        if (out / name).is_file() and sha256(out / name) != digest
    ]


def _named(runs: list[int]) -> str:
    shown = ", ".join(str(run) for run in runs[:RUNS_NAMED])
    return shown if len(runs) <= RUNS_NAMED else f"{shown} and {len(runs) - RUNS_NAMED:,} more"


def repaired(out: Path) -> Verification:
    """Salvage every sound row, keep the damaged store beside the new one, and derive the other files again.

    Raises
    ------
    Damaged
        Neither the store nor the provenance tells which study this is.
    """
    exists = (out / STORE).exists()
    lost = f"{out / STORE}: {'SQLite could not open the store' if exists else 'the store was missing'}."
    with held(out):
        before = _looked_at(out)
        if before is not None and not before.problems:
            return before
        done = [] if before and _only_files_differ(before) else _salvage(out)
        with Store(out, write=True) as store:
            store.put(finished=derive(Ledger(store)).seal(), holder=None)
        done.append("The derived files have been written again.")
    after = verified(out)
    problems = before.problems if before else [lost]
    return after._replace(problems=problems, repaired=done)


def _looked_at(out: Path) -> Verification | None:
    try:
        return verified(out)
    except Damaged:
        return None


def _only_files_differ(found: Verification) -> bool:
    return not found.damaged and all(STORE not in problem for problem in found.problems)


def _salvage(out: Path) -> list[str]:
    """Put a new store with everything that can be read in the place of a damaged one, and say what was done."""
    fresh = out / f"{TEMPORARY}{STORE}"
    facts, rows = _legible(out)
    with Store(fresh, write=True) as store:
        store.put(**facts)
        ledger = Ledger(store)
        sound = [row for row in rows if ledger.counts(row)]
        store.add(sound)
    tables = _tables_kept(out, len(sound))
    kept = _put_aside(out)
    fresh.replace(out / STORE)
    folder.sync(out)
    done = [f"{len(sound):,} of {ledger.expected():,} runs have been salvaged."]
    done += [f"The damaged store is kept as {kept}."] if kept else []
    done += [f"The tables of before are kept as {', '.join(tables)}."] if tables else []
    if not sound:
        done.append(f"All runs must be made again: syslead resume {shlex.quote(str(out))}")
    return done


def _tables_kept(out: Path, rows: int) -> list[str]:
    """Keep the tables under another name where they hold more runs than could be salvaged; return these names."""
    try:
        counts = json.loads((out / PROVENANCE).read_bytes())["runs"]
        if rows >= counts["ok"] + sum(counts["failed"].values()):
            return []
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        # What cannot be counted is kept.
        pass
    number = 1
    while any(out.glob(f"*.kept-{number}.*")):
        number += 1
    kept = []
    for name in FILES:
        if (out / name).is_file():
            stem, _, ending = name.partition(".")
            kept.append(f"{stem}.kept-{number}.{ending}")
            shutil.copy2(out / name, out / kept[-1])
    return kept


def _legible(out: Path) -> tuple[dict[str, Any], list[Row]]:
    """Return the facts, from the store or else from the provenance, and the rows that can be read."""
    facts = _facts_of_provenance(out)
    try:
        with Store(out) as store:
            for name in FACTS:
                try:
                    facts[name] = store.fact(name)
                except Damaged:
                    continue
            if facts.get("study"):
                return facts, list(_readable(Ledger(store, facts)))
    except Damaged:
        pass
    if not facts.get("study"):
        raise Damaged(f"{out / STORE}: nothing can be salvaged: neither it nor {PROVENANCE} tells which study it was.")
    return facts, []


def _facts_of_provenance(out: Path) -> dict[str, Any]:
    try:
        document = json.loads((out / PROVENANCE).read_bytes())
        return {
            "study": document["study"],
            "epochs": document["made_with"],
            "shard": document["shard"],
            "changes": document["accepted_changes"],
            "observables": document["observables"],
        }
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def _put_aside(out: Path) -> str:
    """Keep a copy of the damaged store and its log under a new name, and take the log away from the old one.

    Return the name of the copy, empty where there was no store.
    """
    number = 1
    while (kept := out / f"damaged-{number}.sqlite").exists():
        number += 1
    is_there = (out / STORE).exists()
    if is_there:
        shutil.copy2(out / STORE, kept)
    for suffix in ("-wal", "-shm", "-journal"):
        log = out / f"{STORE}{suffix}"
        if log.exists():
            # A log that outlived its store would be played into the new one.
            log.replace(out / f"{kept.name}{suffix}")
    return kept.name if is_there else ""
