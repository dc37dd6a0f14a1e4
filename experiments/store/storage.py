"""Result folders as their readers see them: what is in one, its tables, one of its runs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.design.jobs import Jobs
from experiments.store import folder
from experiments.store.database import Store, held
from experiments.store.errors import Damaged, Incompatible
from experiments.store.export import derive
from experiments.store.ledger import Failure, Ledger
from experiments.store.provenance import Epoch, differences, epoch_of
from experiments.store.stored_runs import OK, Row
from experiments.store.verification import Verification, repaired, verified
from simulation.errors import Invalid

if TYPE_CHECKING:
    from simulation import Request

FORMS = ("csv", "parquet")
BATCH = 500


class Status(NamedTuple):
    """How far a sweep has come. ``holder`` says who is writing to it now (pid, host, started), None when nobody.

    ``failures`` counts failed runs by status, ``failed_runs`` lists each with the command that makes it again;
    ``changes`` lists the accepted changes of sources or versions.
    """

    out: Path
    title: str
    total: int
    done: int
    failed: int
    missing: int
    failures: dict[str, int]
    failed_runs: list[Failure]
    holder: dict[str, Any] | None
    finished: bool
    changes: list[str]


def status(out: str | Path) -> Status:
    """Tell how far the sweep in a folder has come; reads only, also while the sweep runs.

    Raises
    ------
    Damaged
        The folder holds no store that can be read.
    """
    out = Path(out)
    with Store(out) as store:
        ledger = Ledger(store)
        counts = Counter(row.status for row in ledger.rows())
        holder = store.fact("holder") if folder.is_locked(out) else None
        changes = store.fact("changes")
        failed_runs = ledger.failures()
    total, done = ledger.expected(), counts.pop(OK, 0)
    missing = total - done - counts.total()
    return Status(
        out=out,
        title=ledger.study.title,
        total=total,
        done=done,
        failed=counts.total(),
        missing=missing,
        failures=dict(counts),
        failed_runs=failed_runs,
        holder=holder,
        finished=not missing,
        changes=changes,
    )


def verify(out: str | Path, repair: bool = False) -> Verification:
    """Check every row, the set of rows and the derived files of a folder.

    With ``repair`` what can be read is salvaged into a new store (the old one is kept beside it), and the derived
    files are written again; `runner.resume` then runs just the rest.

    Raises
    ------
    Damaged
        There is no store that SQLite can open, and nothing from which to make one again.
    """
    return repaired(Path(out)) if repair else verified(Path(out))


def export(out: str | Path, form: str = "csv") -> list[Path]:
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
        # Damage is told before anything is written or locked.
        Ledger(store)
    with held(out), Store(out, write=True) as store:
        ledger = Ledger(store)
        derived = derive(ledger, weekly_rows=len(ledger.jobs) * (ledger.study.weeks + 1))
        store.put(finished=derived.seal())
        if form == "csv":
            return derived.files
        from experiments.store import parquet

        return parquet.write(ledger)


def merge(out: str | Path, shards: Sequence[str | Path]) -> Status:
    """Join the shards of one study into a new folder, and derive its tables.

    Raises
    ------
    Incompatible
        They are not of one study, or were made by different sources or versions.
    """
    out = Path(out)
    if not shards:
        raise Invalid(["There is nothing to merge: name the folders of the shards."])
    folder.prepare(out)
    with held(out), Store(out, write=True) as store:
        if store.fact("study") is not None:
            raise Incompatible(f"{out}: this folder holds a sweep already; merge into a new one.")
        for shard in map(Path, shards):
            with Store(shard) as source:
                _add_shard(store, Ledger(source), shard)
        ledger = Ledger(store)
        store.put(finished=derive(ledger).seal())
    return status(out)


def parts_amiss(shards: Sequence[str | Path]) -> list[str]:
    """Say which parts of a sweep are missing among its shards, or stand there twice."""
    found: dict[tuple[int, int], list[str]] = {}
    for place in shards:
        with Store(Path(place)) as store:
            shard = store.fact("shard")
        if shard:
            found.setdefault((shard[0], shard[1]), []).append(str(place))
    twice = [
        f"Part {part}/{parts} is there {len(places)} times: {', '.join(places)}."
        for (part, parts), places in sorted(found.items())
        if len(places) > 1
    ]
    numbers = {parts for _, parts in found}
    missing = [f"{part}/{n}" for n in numbers for part in range(1, n + 1) if (part, n) not in found]
    if len(numbers) != 1 or not missing:
        return twice
    shown = ", ".join(missing[:10]) + (f" and {len(missing) - 10} more" if len(missing) > 10 else "")
    return [*twice, f"Missing: part{'' if len(missing) == 1 else 's'} {shown}."]


def _add_shard(store: Store, shard: Ledger, place: Path) -> None:
    facts = {"study": shard.study.document(), "epochs": shard.epochs, "observables": shard.observables}
    facts = json.loads(json.dumps(facts))
    if store.fact("study") is None:
        store.put(**facts, shard=None, changes=shard.store.fact("changes"))
    changes = differences({name: store.fact(name) for name in facts}, facts)
    if changes:
        raise Incompatible("\n  ".join([f"{place}: these runs do not belong with the others:", *changes]))
    present = {row.run for row in store.rows() if row.status == OK}
    for batch in _batches(row for row in shard.rows() if row.run not in present):
        store.add(batch)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


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
        row = store.row(run) if 0 <= run < len(ledger.jobs) else None
    if not 0 <= run < len(ledger.jobs):
        raise Invalid([f"{out}: runs are numbered from 0 to {len(ledger.jobs) - 1}; {run} is not one of them."])
    epoch = ledger.epochs[row.epoch if row is not None and ledger.counts(row) else -1]
    request = ledger.jobs[run].request
    changes = differences(_that_matters(epoch, request), _that_matters(epoch_of(Jobs(ledger.study)), request))
    if changes and not accept_changes:
        told = "\n".join(f"  {change}" for change in changes)
        raise Incompatible(
            f"{out}: run {run} was made otherwise, and would not be the same again:\n{told}\n"
            "With --accept-changes it is made with what is here now."
        )
    return Repeat(request, changes)


def _that_matters(epoch: Epoch, request: Request) -> Epoch:
    """Return an epoch without the scenarios of other runs."""
    inputs = {path: digest for path, digest in epoch["inputs"].items() if path == request.scenario}
    return {**epoch, "inputs": inputs}


def provenance(out: str | Path) -> dict[str, Any]:
    """Return the provenance of a folder: study, seed, engine, versions, source hash, platform, checksums.

    Raises
    ------
    Damaged
        The file is missing or cannot be read.
    """
    path = Path(out) / folder.PROVENANCE
    try:
        document: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise Damaged(
            f"{path}: it cannot be read ({folder.reason(error)}); `syslead export` writes it again."
        ) from None
    return document
