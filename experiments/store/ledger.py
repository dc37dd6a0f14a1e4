"""A sweep's place in its folder: whose results these are, which runs they hold, and whether more may be added."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from experiments.design.jobs import Jobs
from experiments.design.study import Study
from experiments.store.database import Store
from experiments.store.errors import Damaged, Incompatible
from experiments.store.made_with import MadeWith, differences, here_and_now
from experiments.store.stored_runs import STATUSES, StoredRun

DIFFERENCES_SHOWN = 20


class Failure(NamedTuple):
    """One run that could not be completed.

    ``status`` is one of failed, worker_died, memory, timeout; ``reproduce`` is the command that runs it again.
    """

    run: int
    status: str
    problem: str
    reproduce: str


class Ledger:
    """The runs that a store is expected to hold, and those it does hold.

    A stored run counts if its checksum holds and its key is the one that it has with the sources that made it.

    Parameters
    ----------
    store : Store
        An open store that holds a study.
    facts : mapping, optional
        The facts about the sweep, where they are not to be taken from the store.

    Raises
    ------
    Damaged
        The store holds no study, or a damaged one.
    """

    def __init__(self, store: Store, facts: Mapping[str, Any] | None = None):
        self.store = store
        fact = store.fact if facts is None else facts.get
        document = fact("study")
        if document is None:
            raise Damaged(f"{store.path}: no study is stored here; the sweep was ended before it began.")
        self.study = Study.from_document(document)
        self.made_with: list[MadeWith] = fact("epochs") or []
        self.shard: tuple[int, int] | None = tuple(fact("shard") or ()) or None
        self.observables: list[str] = fact("observables") or []
        self._jobs = [Jobs(self.study, made["sources"], made["inputs"]) for made in self.made_with]

    @property
    def folder(self) -> Path:
        """The folder that holds the store."""
        return self.store.path.parent

    @property
    def jobs(self) -> Jobs:
        """The runs as the latest sources make them."""
        return self._jobs[-1]

    def note(self, observables: Sequence[str]) -> None:
        """Store the names of the observables."""
        self.observables = list(observables)
        self.store.put(observables=self.observables)

    def expects(self, run: int) -> bool:
        """Whether the run belongs to this folder: to its study and its shard."""
        return 0 <= run < len(self.jobs) and (self.shard is None or shard_of(run, self.shard[1]) == self.shard[0])

    def expected(self) -> int:
        """Return how many runs belong to this folder."""
        if self.shard is None:
            return len(self.jobs)
        return sum(self.expects(run) for run in range(len(self.jobs)))

    def counts(self, stored: StoredRun) -> bool:
        """Whether this is the sound result of a run that belongs here."""
        if not stored.is_sound or not self.expects(stored.run) or not 0 <= stored.made_with < len(self._jobs):
            return False
        return stored.status in STATUSES and stored.key == self._jobs[stored.made_with].key(stored.run)

    def runs(self) -> Iterator[StoredRun]:
        """Yield the stored runs that count, in the order of their numbers."""
        return (stored for stored in self.store.runs() if self.counts(stored))

    def failures(self, most: int | None = None) -> list[Failure]:
        """Return the runs that failed, or the first of them, each with the command that makes it again."""
        out = shlex.quote(str(self.folder))
        return [
            Failure(
                failed.run, failed.status, failed.content["problem"], f"syslead run --from {out} --run {failed.run}"
            )
            for failed in self.store.failures(-1 if most is None else most)
            if self.counts(failed)
        ]


def shard_of(run: int, shards: int) -> int:
    """Return which of so many shards a run belongs to, from 1.

    Neighbouring runs are spread evenly, so that no shard gets all of one arm or of one costly setting.

    >>> [shard_of(run, 3) for run in range(8)]
    [1, 2, 1, 3, 2, 1, 3, 1]
    """
    # Multiples of the golden ratio fill the unit interval evenly, wherever one starts.
    return ((run * 2_654_435_769) % 2**32) * shards // 2**32 + 1


def enter(store: Store, study: Study, shard: tuple[int, int] | None, accept_changes: bool) -> Ledger:
    """Enter a study in a store that is new, or check that the store is one of this study, these sources and versions.

    Raises
    ------
    Incompatible
        They differ, and the changes are not accepted; the message shows how.
    """
    now = here_and_now(Jobs(study))
    if store.fact("study") is None:
        store.put(study=study.document(), epochs=[now], shard=shard, changes=[])
        return Ledger(store)
    before = store.fact("epochs")
    # More replicates only add runs.
    study = study.with_runs(replicates=max(study.replicates, store.fact("study")["replicates"]))
    changes = _changes(store, study, shard, now)
    if changes and not accept_changes:
        raise Incompatible(_refusal(store.path.parent, changes))
    made_with = before if before[-1] == now else [*before, now]
    store.put(study=study.document(), epochs=made_with, shard=shard, changes=[*store.fact("changes"), *changes])
    return Ledger(store)


def _changes(store: Store, study: Study, shard: tuple[int, int] | None, now: MadeWith) -> list[str]:
    before: dict[str, Any] = {"study": {**store.fact("study"), "replicates": study.replicates}}
    before |= {"shard": store.fact("shard"), **store.fact("epochs")[-1]}
    after = {"study": _plain(study.document()), "shard": list(shard) if shard else None, **now}
    return differences(before, after)


def _plain(document: Any) -> Any:
    """Return a document as it comes back from JSON: lists for tuples."""
    return json.loads(json.dumps(document))


def _refusal(out: Path, changes: list[str]) -> str:
    shown = changes[:DIFFERENCES_SHOWN]
    more = [f"and {len(changes) - len(shown)} more"] if len(changes) > len(shown) else []
    lines = "\n".join(f"  {change}" for change in [*shown, *more])
    return f"{out}: these results were made otherwise, and nothing has been added to them:\n{lines}\n{_way_out(out, changes)}"


def _way_out(out: Path, changes: list[str]) -> str:
    """Return what can be done: `resume` takes the study from the folder, so it can accept anything but another study."""
    if any(change.startswith(("study", "shard")) for change in changes):
        return "Use a new folder for this study, or throw the results away with `syslead sweep ... --overwrite`."
    return (
        f"Use a new folder, or accept the changes with `syslead resume {shlex.quote(str(out))} --accept-changes`: "
        "they are recorded, and the runs are marked."
    )
