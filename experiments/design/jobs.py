"""The runs that follow from a study: each with its number, its key, and what the model is asked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, overload

from experiments.design.cells import Value
from experiments.design.dotted import TACTIC_PREFIX
from experiments.design.inputs import inputs_of, names_of
from experiments.design.study import Arm, Study, size_problems
from simulation import Request, fingerprint
from simulation.errors import Invalid
from simulation.words import counted

# Opening a folder checks the key of every run, mostly of a few cells again and again.
CELLS_KEPT = 4096


class Job(NamedTuple):
    """One run to be made.

    Parameters
    ----------
    run : int
        Number of the run in its sweep. A larger number of replicates adds runs and renumbers none.
    key : str
        Hash of everything the result follows from, the model's sources included.
    arm : str
        Name of the arm.
    point : int
        Row of the design.
    replicate : int
        Which repetition: each has random numbers of its own.
    values : dict
        The swept parameters by name.
    request : Request
        What the model is asked.
    """

    run: int
    key: str
    arm: str
    point: int
    replicate: int
    values: dict[str, Value]
    request: Request


def jobs_of(study: Study, replicates: int | None = None, seed: int | None = None, *, allow_large: bool = False) -> Jobs:
    """Return the runs of a study, each worked out when it is asked for.

    Raises
    ------
    Invalid
        There are more runs than the limit, and ``allow_large`` is not given.
    """
    study = study.with_runs(replicates, seed)
    problems = size_problems(study.design.size, len(study.arms), study.replicates, allow_large)
    if problems:
        raise Invalid(problems)
    return Jobs(study)


class Jobs(Sequence[Job]):
    """The runs of a study in the order of their numbers: replicate by replicate, point by point, arm by arm.

    Parameters
    ----------
    study : Study
        What is run.
    sources : str, optional
        Hash of the model's sources; those that are here unless given.
    inputs : mapping, optional
        Hash of each scenario or change that is a user's own, by what the study calls it; read where the study says
        unless given.

    Attributes
    ----------
    places : dict
        Where these files are to be read, by what the study calls them, where that is no path.
    """

    def __init__(self, study: Study, sources: str | None = None, inputs: Mapping[str, str] | None = None):
        self.study = study
        self.sources = fingerprint.sources() if sources is None else sources
        self.inputs = _digests(study) if inputs is None else dict(inputs)
        self.places: dict[str, str] = {}
        self._arm_digests = [self._arm_digest(arm) for arm in study.arms]
        self._cell_digest = lru_cache(CELLS_KEPT)(self._digest_of_cell)

    def __len__(self) -> int:
        return self.study.size

    @overload
    def __getitem__(self, run: int) -> Job: ...
    @overload
    def __getitem__(self, run: slice) -> Sequence[Job]: ...
    def __getitem__(self, run: int | slice) -> Job | Sequence[Job]:
        if isinstance(run, slice):
            return [self[number] for number in range(*run.indices(len(self)))]
        if not -len(self) <= run < len(self):
            raise IndexError(f"Run {run} is not one of the study's {counted(len(self), 'run')}.")
        run %= len(self)
        arm, point, replicate = self.place(run)
        values = self.study.design.row(point)
        return Job(
            run=run,
            key=self.key(run),
            arm=self.study.arms[arm].name,
            point=point,
            replicate=replicate,
            values=values,
            request=self._request(self.study.arms[arm], values, self._number(point, replicate)),
        )

    def __iter__(self) -> Iterator[Job]:
        return (self[run] for run in range(len(self)))

    def place(self, run: int) -> tuple[int, int, int]:
        """Return the number of the arm, the point and the replicate of a run."""
        cell, arm = divmod(run, len(self.study.arms))
        replicate, point = divmod(cell, self.study.design.size)
        return arm, point, replicate

    def _number(self, point: int, replicate: int) -> int:
        """Return the number of the random numbers of a point in a replicate, as the model counts replicates."""
        return replicate * self.study.design.size + point if self.study.own_random_numbers else replicate

    def key(self, run: int) -> str:
        """Return the key of a run, without working out the rest."""
        arm, point, replicate = self.place(run)
        digest = self._cell_digest(arm, point).copy()
        digest.update(f"{self.study.seed} {self._number(point, replicate)}".encode())
        return str(digest.hexdigest())

    def _digest_of_cell(self, arm: int, point: int) -> Any:
        """Return the unfinished hash that all replicates of an arm at a point share."""
        digest = hashlib.sha256(self._arm_digests[arm])
        digest.update(f"{_ENCODE(self.study.design.row(point))} ".encode())
        return digest

    def _arm_digest(self, arm: Arm) -> bytes:
        content = arm._asdict()
        del content["name"], content["title"]
        content |= {"weeks": self.study.weeks, "engine": self.study.engine, "sources": self.sources}
        # What a user's file says counts, not where it stands.
        content["scenario"] = self.inputs.get(arm.scenario, arm.scenario)
        if arm.change is None:
            del content["change"]  # as before there were any
        else:
            content["change"] = self.inputs.get(arm.change, arm.change)
        return hashlib.sha256(_ENCODE(content).encode()).digest()

    def _request(self, arm: Arm, values: Mapping[str, Value], number: int) -> Request:
        tactics, settings = dict(arm.tactics), dict(arm.settings)
        for name, value in values.items():
            if name.startswith(TACTIC_PREFIX):
                tactics[name.removeprefix(TACTIC_PREFIX)] = float(value)
            else:
                settings[name] = value
        return Request(
            scenario=self.places.get(arm.scenario, arm.scenario),
            tactics=tactics,
            settings=settings,
            weeks=self.study.weeks,
            seed=self.study.seed,
            replicate=number,
            engine=self.study.engine,
            schedule=arm.schedule,
            change=arm.change and self.places.get(arm.change, arm.change),
        )


_ENCODE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def _digests(study: Study) -> dict[str, str]:
    """Return the hash of each scenario or change that is a user's own, by its path."""
    found = inputs_of(study)
    return {path: found[name].digest for path, name in names_of(study).items()}
