"""Studies: a question, the arms that are compared, and the parameters that vary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from experiments.design.cells import Value
from experiments.design.opening import Opening
from experiments.design.points import Design, design_of
from experiments.design.schedule import Schedule, schedule_of
from simulation.words import counted

RUNS_LIMIT = 10_000_000
# About what one run of 260 weeks takes in the store.
BYTES_PER_RUN = 2_000


class Arm(NamedTuple):
    """One of the alternatives that a study compares, complete: what is common to all arms is included.

    ``schedule`` lists changes during the run, each a week with the tactics and settings from then on. ``change`` names
    what is to be adopted; without it, that is what the scenario or the defaults say.
    """

    name: str
    title: str
    scenario: str
    tactics: dict[str, float]
    settings: dict[str, Value]
    schedule: Schedule = ()
    change: str | None = None


@dataclass(frozen=True)
class Study:
    """What is asked, and the runs that answer it.

    Every arm meets the same points with the same seed and replicates, so arms and points can be compared in pairs. With
    ``own_random_numbers`` each point has random numbers of its own, which its arms share: then arms are pairs, and points are
    independent of one another. ``watch`` says what to look at in the results, and ``opening`` how the page opens the
    study, which is known of a file alone.
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
    own_random_numbers: bool = False
    watch: tuple[str, ...] = ()
    opening: Opening | None = field(default=None, compare=False)

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
            # Said only where it holds, as studies were written before there was any; folders know it by this name.
            **({"own_luck": True} if self.own_random_numbers else {}),
            **({"watch": list(self.watch)} if self.watch else {}),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Study:
        """Return the study that was written as plain data."""
        arms = tuple(Arm(**{**arm, "schedule": schedule_of(arm["schedule"])}) for arm in document["arms"])
        said = {key: value for key, value in document.items() if key != "own_luck"}
        own = bool(document.get("own_luck", False))
        design, watch = design_of(document["design"]), tuple(document.get("watch", ()))
        return cls(**{**said, "own_random_numbers": own, "arms": arms, "design": design, "watch": watch})


def size_problems(points: int, arms: int, replicates: int, allow_large: bool) -> list[str]:
    """Return what is wrong with the number of runs, before a single one is thought of."""
    runs = points * arms * replicates
    if replicates < 1:
        return [f"`replicates` must be at least 1, but is {replicates}."]
    if runs <= RUNS_LIMIT or allow_large:
        return []
    return [
        f"{counted(points, 'point')} x {counted(arms, 'arm')} x {counted(replicates, 'replicate')} are {runs:,} runs,"
        f" about {runs * BYTES_PER_RUN / 2**30:,.0f} GiB of results;"
        f" at most {RUNS_LIMIT:,} runs are made unless large sweeps are allowed (--allow-large)."
    ]
