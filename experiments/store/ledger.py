"""A sweep's place in its folder: whose results these are, and which runs they hold."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from experiments.design.inputs import Input, is_change, names_of, placeless, read
from experiments.design.jobs import Jobs
from experiments.design.study import Study
from experiments.store.database import Store
from experiments.store.errors import Damaged, Incompatible
from experiments.store.folder import TEMPORARY, remove
from experiments.store.made_with import Kept, MadeWith
from experiments.store.stored_runs import STATUSES, StoredRun
from simulation.errors import Invalid


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
        study = Study.from_document(document)
        # Where older stores, which keep no scenarios, say that these lay.
        names = names_of(study)
        self.kept = Kept(store, fact("kept") or {})
        self._lay_at = {name: Path(path) for path, name in names.items() if path != name}
        self.study = placeless(study)
        self.made_with = [_by_names(made, names) for made in fact("epochs") or []]
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

    def place(self, name: str, digest: str) -> Path | None:
        """Return where a scenario or change of a user's own lay when it was last read, if that is known."""
        return self.kept.place(digest) or self._lay_at.get(name)

    def inputs(self, as_kept: bool = False) -> dict[str, Input]:
        """Return the files of a user's own with which this sweep would go on: as they lie where they lay, or as kept here.

        Raises
        ------
        Incompatible
            One is gone, and nothing is kept of it.
        """
        found = {}
        for name, digest in self.made_with[-1]["inputs"].items():
            place = self.place(name, digest)
            there = None if place is None or (as_kept and digest in self.kept) else self._read_if_there(place, name)
            if there is None and digest not in self.kept:
                raise Incompatible(gone(self.folder, name, place))
            found[name] = there or Input(name, digest, {}, {})
        return found

    @contextmanager
    def laid_out(self, inputs: Mapping[str, Input], where_they_lie: bool) -> Iterator[None]:
        """Have what the runs to be made read in files: copies of what is kept, or the user's own where asked.

        Copies do not change while a sweep goes on, and are removed when it ends; but another machine may not see them.
        """
        folder = self.folder / f"{TEMPORARY}inputs"
        try:
            for name, digest in self.made_with[-1]["inputs"].items():
                there = inputs[name].place if where_they_lie and inputs[name].places else None
                self.jobs.places[name] = str(there or self.kept.lay_out(digest, folder))
            yield
        finally:
            remove(folder)

    def _read_if_there(self, place: Path, name: str) -> Input | None:
        try:
            return read(place, name, is_change(self.study, name))
        except Invalid:
            return None

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


def _by_names(made: MadeWith, names: Mapping[str, str]) -> MadeWith:
    return {**made, "inputs": {names.get(path, path): digest for path, digest in made["inputs"].items()}}


def shard_of(run: int, shards: int) -> int:
    """Return which of so many shards a run belongs to, from 1.

    Neighbouring runs are spread evenly, so that no shard gets all of one arm or of one costly setting.

    >>> [shard_of(run, 3) for run in range(8)]
    [1, 2, 1, 3, 2, 1, 3, 1]
    """
    # Multiples of the golden ratio fill the unit interval evenly, wherever one starts.
    return ((run * 2_654_435_769) % 2**32) * shards // 2**32 + 1


def gone(out: Path, name: str, place: Path | None) -> str:
    """Say that a scenario or change is neither where it lay nor kept in a folder."""
    where = f"It lay at {place}" if place else "Where it lay is not known"
    return (
        f"{out}: {name} is not kept in this folder, which an earlier version made or a repair has lost it. "
        f"{where}; with it there again, `syslead sweep STUDY --out {shlex.quote(str(out))}` keeps it."
    )
