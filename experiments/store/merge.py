"""The parts of a sweep that was made in shards, joined into one folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from experiments.store import folder
from experiments.store.database import Store, hold
from experiments.store.entry import identity
from experiments.store.errors import Incompatible
from experiments.store.export import derive
from experiments.store.ledger import Ledger
from experiments.store.made_with import Kept, differences
from experiments.store.status import Status, status_of
from experiments.store.stored_runs import OK, StoredRun
from simulation.errors import Invalid

BATCH = 500
PARTS_NAMED = 10


def join_shards(out: str | Path, shards: Sequence[str | Path]) -> Status:
    """Join the shards of one study into a new folder, and derive its tables.

    Raises
    ------
    Incompatible
        They are not of one study, or were made by different sources or versions.
    """
    out = Path(out)
    if not shards:
        raise Invalid(["There is nothing to merge: name the folders of the shards."])
    for shard in map(Path, shards):
        with Store(shard) as source:
            Ledger(source)  # what cannot be read is told before anything is written
    folder.prepare(out)
    with hold(out):
        with Store(out, write=True) as store:
            if store.fact("study") is not None:
                raise Incompatible(f"{out}: this folder holds a sweep already; merge into a new one.")
        try:
            _fill(out, shards)
        except BaseException:
            folder.clear(out)
            raise
    return status_of(out)


def _fill(out: Path, shards: Sequence[str | Path]) -> None:
    """Copy every run into a new folder, and derive its tables."""
    with Store(out, write=True) as store:
        for shard in map(Path, shards):
            with Store(shard) as source:
                _add_shard(store, Ledger(source), shard)
        store.put(finished=derive(Ledger(store)).seal())


def _add_shard(store: Store, shard: Ledger, place: Path) -> None:
    if store.fact("study") is None:
        facts = {"study": shard.study.document(), "epochs": shard.made_with, "observables": shard.observables}
        store.put(**facts, shard=None, changes=shard.store.fact("changes"))
    Kept(store).take(shard.kept)
    changes = differences(_identity(Ledger(store)), _identity(shard))
    if changes:
        raise Incompatible("\n  ".join([f"{place}: these runs do not belong with the others:", *changes]))
    present = {stored.run for stored in store.runs() if stored.status == OK}
    for batch in _batches(stored for stored in shard.runs() if stored.run not in present):
        store.add(batch)


def _identity(ledger: Ledger) -> dict[str, Any]:
    return {"study": identity(ledger.study), "epochs": ledger.made_with, "observables": ledger.observables}


def _batches(runs: Iterable[StoredRun]) -> Iterator[list[StoredRun]]:
    runs = iter(runs)
    while batch := list(islice(runs, BATCH)):
        yield batch


def parts_amiss(shards: Sequence[str | Path]) -> list[str]:
    """Say which parts of a sweep are missing among its shards, or are there twice."""
    places: dict[tuple[int, int], list[str]] = {}
    for place in shards:
        with Store(Path(place)) as store:
            shard = store.fact("shard")
        if shard:
            places.setdefault((shard[0], shard[1]), []).append(str(place))
    twice = [
        f"Part {part}/{parts} is there {len(there)} times: {', '.join(there)}."
        for (part, parts), there in sorted(places.items())
        if len(there) > 1
    ]
    numbers = {parts for _, parts in places}
    missing = [f"{part}/{n}" for n in numbers for part in range(1, n + 1) if (part, n) not in places]
    if len(numbers) != 1 or not missing:
        return twice
    more = f" and {len(missing) - PARTS_NAMED} more" if len(missing) > PARTS_NAMED else ""
    return [*twice, f"Missing: part{'' if len(missing) == 1 else 's'} {', '.join(missing[:PARTS_NAMED])}{more}."]
