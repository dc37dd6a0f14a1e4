"""What can be saved of a result folder that is not what was written."""

from __future__ import annotations

import shlex
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from experiments.store import folder, provenance
from experiments.store.database import Store, hold
from experiments.store.errors import Damaged
from experiments.store.export import derive
from experiments.store.folder import OUTCOMES, PROVENANCE, STORE, TEMPORARY, TRAJECTORIES
from experiments.store.ledger import Ledger
from experiments.store.made_with import Kept
from experiments.store.stored_runs import StoredRun
from experiments.store.verification import Verification, legible_runs, verify
from simulation.words import counted

FACTS = ("study", "epochs", "shard", "changes", "observables")
FILES = (OUTCOMES, TRAJECTORIES, PROVENANCE)


def repair(out: str | Path) -> Verification:
    """Salvage every sound run, keep the damaged store beside the new one, and derive the other files again.

    What a repair could not save is missing afterwards, and `resume` makes it.

    Raises
    ------
    Damaged
        Neither the store nor the provenance tells which study this is.
    """
    out = Path(out)
    exists = (out / STORE).exists()
    lost = f"{out / STORE}: {'SQLite could not open the store' if exists else 'the store was missing'}."
    with hold(out):
        before = _verification(out)
        if before is not None and not before.problems:
            return before
        done = [] if before and _only_files_differ(before) else _salvage(out)
        with Store(out, write=True) as store:
            store.put(finished=derive(Ledger(store)).seal(), holder=None)
        done.append("The derived files have been written again.")
    return verify(out)._replace(problems=before.problems if before else [lost], repaired=done)


def _verification(out: Path) -> Verification | None:
    try:
        return verify(out)
    except Damaged:
        return None


def _only_files_differ(before: Verification) -> bool:
    return not before.damaged and all(STORE not in problem for problem in before.problems)


def _salvage(out: Path) -> list[str]:
    """Put a new store with everything that can be read in the place of a damaged one, and say what was done."""
    fresh = out / f"{TEMPORARY}{STORE}"
    facts, runs = _legible(out)
    with Store(fresh, write=True) as store:
        store.put(**facts)
        lost = _keep_inputs(out, store)
        ledger = Ledger(store)
        sound = [stored for stored in runs if ledger.counts(stored)]
        store.add(sound)
    tables = _keep_tables(out, len(sound))
    kept = _put_aside(out)
    fresh.replace(out / STORE)
    folder.sync(out)
    done = [
        f"{len(sound):,} of {counted(ledger.expected(), 'run')} {'has' if len(sound) == 1 else 'have'} been salvaged."
    ]
    done += [f"The damaged store is kept as {kept}."] if kept else []
    done += [f"The tables of before are kept as {', '.join(tables)}."] if tables else []
    done += [f"{name} was kept in the store, and is lost: sweep its study into this folder again." for name in lost]
    if not sound:
        done.append(f"All runs must be made again: syslead resume {shlex.quote(str(out))}")
    return done


def _keep_inputs(out: Path, fresh: Store) -> list[str]:
    """Keep the scenarios and changes that a damaged store keeps and that are sound; return the names of the others."""
    try:
        with Store(out) as store:
            before, kept = Kept(store), Kept(fresh)
            kept.take(before)
            return [record["name"] for digest, record in before.records.items() if digest not in kept]
    except Damaged:
        return []


def _keep_tables(out: Path, salvaged: int) -> list[str]:
    """Keep the tables under other names where they hold more runs than could be salvaged; return these names."""
    counts = provenance.legible(out)
    # What cannot be counted is kept.
    if counts.runs and salvaged >= counts.runs.get("ok", 0) + counts.failed:
        return []
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


def _legible(out: Path) -> tuple[dict[str, Any], list[StoredRun]]:
    """Return the facts, from the store or else from the provenance, and the runs that can be read."""
    facts = _facts_of_provenance(out)
    try:
        with Store(out) as store:
            for name in FACTS:
                with suppress(Damaged):
                    facts[name] = store.fact(name)
            if facts.get("study"):
                return facts, legible_runs(Ledger(store, facts))
    except Damaged:
        pass
    if not facts.get("study"):
        raise Damaged(f"{out / STORE}: nothing can be salvaged: neither it nor {PROVENANCE} says which study it was.")
    return facts, []


def _facts_of_provenance(out: Path) -> dict[str, Any]:
    known = provenance.legible(out)
    if not (known.study and known.made_with):
        return {}
    return {
        "study": known.study,
        "epochs": known.made_with,
        "shard": known.shard,
        "changes": known.accepted_changes,
        "observables": known.observables,
    }


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
