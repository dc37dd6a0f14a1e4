"""Studies: a question, the arms that are compared, the parameters that vary, and the runs that follow from them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, overload

from experiments.design import study_file
from experiments.design.cells import Value
from experiments.design.points import Design, design_of
from experiments.design.study_file import Arm
from simulation import Request, fingerprint
from simulation.errors import Invalid, nearest

STUDIES = Path(__file__).parents[1] / "studies"
TACTIC_PREFIX = "tactics."
# Opening a folder checks the key of every row, mostly of a few cells again and again.
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
        Which luck.
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


@dataclass(frozen=True)
class Study:
    """What is asked, and the runs that answer it.

    Every arm meets the same points with the same seed and replicates, so arms and points can be compared in pairs.
    """

    name: str
    title: str
    question: str
    arms: tuple[Arm, ...]
    design: Design
    weeks: int
    replicates: int
    seed: int
    engine: str

    def jobs(self, replicates: int | None = None, seed: int | None = None, *, allow_large: bool = False) -> Jobs:
        """Return the runs of the study, each worked out when it is asked for.

        Raises
        ------
        Invalid
            There are more runs than the limit, and ``allow_large`` is not given.
        """
        study = self.with_runs(replicates, seed)
        arms = len(study.arms)
        problems = study_file.size_problems(study.design.size, arms, study.replicates, allow_large)
        if problems:
            raise Invalid(problems)
        return Jobs(study)

    def with_runs(self, replicates: int | None = None, seed: int | None = None) -> Study:
        """Return the study with another number of replicates or another seed."""
        return replace(
            self,
            replicates=self.replicates if replicates is None else replicates,
            seed=self.seed if seed is None else seed,
        )

    @property
    def size(self) -> int:
        """Number of runs."""
        return self.design.size * len(self.arms) * self.replicates

    def document(self) -> dict[str, Any]:
        """Return the study as plain data, its design drawn, from which `from_document` makes it again."""
        fields = ("name", "title", "question", "weeks", "replicates", "seed", "engine")
        return {
            **{field: getattr(self, field) for field in fields},
            "arms": [arm._asdict() for arm in self.arms],
            "design": self.design.document(),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Study:
        """Return the study that was written as plain data."""
        arms = tuple(
            Arm(**{**arm, "schedule": tuple((week, change) for week, change in arm["schedule"])})
            for arm in document["arms"]
        )
        return cls(**{**document, "arms": arms, "design": design_of(document["design"])})


class Jobs(Sequence[Job]):
    """The runs of a study in the order of their numbers: replicate by replicate, point by point, arm by arm."""

    def __init__(self, study: Study, sources: str | None = None, inputs: Mapping[str, str] | None = None):
        self.study = study
        self.sources = fingerprint.sources() if sources is None else sources
        self.inputs = inputs_of(study) if inputs is None else dict(inputs)
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
            raise IndexError(f"There are {len(self)} runs; {run} is not one of them.")
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
            request=self._request(self.study.arms[arm], values, replicate),
        )

    def __iter__(self) -> Iterator[Job]:
        return (self[run] for run in range(len(self)))

    def place(self, run: int) -> tuple[int, int, int]:
        """Return the number of the arm, the point and the replicate of a run."""
        cell, arm = divmod(run, len(self.study.arms))
        replicate, point = divmod(cell, self.study.design.size)
        return arm, point, replicate

    def key(self, run: int) -> str:
        """Return the key of a run, without working out the rest."""
        arm, point, replicate = self.place(run)
        digest = self._cell_digest(arm, point).copy()
        digest.update(f"{self.study.seed} {replicate}".encode())
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
        # What a user's scenario says counts, not where it stands.
        content["scenario"] = self.inputs.get(arm.scenario, arm.scenario)
        return hashlib.sha256(_ENCODE(content).encode()).digest()

    def _request(self, arm: Arm, values: Mapping[str, Value], replicate: int) -> Request:
        tactics, settings = dict(arm.tactics), dict(arm.settings)
        for name, value in values.items():
            if name.startswith(TACTIC_PREFIX):
                tactics[name.removeprefix(TACTIC_PREFIX)] = float(value)
            else:
                settings[name] = value
        study = self.study
        return Request(arm.scenario, tactics, settings, study.weeks, study.seed, replicate, study.engine, arm.schedule)


_ENCODE = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def inputs_of(study: Study) -> dict[str, str]:
    """Return a hash of the content of each scenario that is a user's own file, by path."""
    return {
        arm.scenario: study_file.content_hash(Path(arm.scenario))
        for arm in study.arms
        if Path(arm.scenario).suffix == ".toml"
    }


def load(name_or_path: str | Path, *, allow_large: bool = False) -> Study:
    """Return a study: a built-in one by name, or a TOML file by path.

    Raises
    ------
    Invalid
        With every problem of the file, each with its line where it has one.
    """
    return Study(**study_file.read(_path(name_or_path), allow_large)._asdict())


def _path(name_or_path: str | Path) -> Path:
    name = str(name_or_path)
    built_in = STUDIES / f"{name}.toml"
    if "/" not in name and "\0" not in name and len(name) < 64 and built_in.is_file():
        return built_in
    if name.endswith(".toml") or "/" in name:
        return Path(name)
    raise Invalid(
        [f"No study is called {name[:80]!r}, and a file must end in .toml. {nearest(name[:80], studies())}".strip()]
    )


def studies() -> dict[str, str]:
    """Return the built-in studies: name and title."""
    return {path.stem: study_file.title_of(path) for path in sorted(STUDIES.glob("*.toml"))}
