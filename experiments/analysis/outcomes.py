"""The outcomes of a sweep as statistics and figures see them: by arm, by unit, beside their twins in the baseline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.analysis.study_facts import NOTHING_KNOWN, StudyFacts
from simulation.words import counted

Floats = NDArray[np.float64]

WEEKS_A_YEAR = 52
TIMES = "weeks_to_"
ONE_REPLICATE = "one replicate, whose points share their random numbers"


class LeftOut(NamedTuple):
    """What is left out so that every arm is seen over the same points and replicates.

    Attributes
    ----------
    arms : dict of str to int
        Arms that lack most runs, and how many they have.
    replicates : list of int
        Those that not every arm has in whole.
    points : dict of int to dict
        Those that not every other arm has, each with its swept parameters.
    cells : int
        How many single points of single replicates are left out besides.
    lacks : dict of str to int
        How many runs each of the other arms lacks; those that lack none are not named.
    runs : int
        How many finished runs this leaves out.
    """

    arms: dict[str, int]
    replicates: list[int]
    points: dict[int, dict[str, Any]]
    cells: int
    lacks: dict[str, int]
    runs: int


NOTHING_LEFT_OUT = LeftOut({}, [], {}, 0, {}, 0)


@dataclass(frozen=True)
class Outcomes:
    """What a sweep found: a row per run, and what is needed to name and order the arms.

    Attributes
    ----------
    runs : pandas.DataFrame
        A row per finished run: ``arm``, ``point``, ``replicate``, the swept parameters and the observables. Every arm
        has the same points of the same replicates.
    arms : tuple of str
        Arms in the order of the study, those that lack most runs left out.
    titles : mapping of str to str
        What to call each arm in a table or figure.
    baseline : str
        The arm that the others are compared with: the first, unless chosen.
    title, scenario, seed, weeks : str, str, int, int
        Of the study. Without provenance the seed is None, and ``weeks`` the last in the table.
    parameters : tuple of str
        The swept parameters, which are columns of ``runs``.
    failed, expected : int
        Runs that failed, and runs that the study asks for.
    is_horizon_known : bool
        Whether ``weeks`` is the study's.
    left_out : LeftOut
        What is missing from ``runs`` so that arms are alike.
    own : mapping of str to value
        What the study itself sets each swept parameter to, where that is known and the same in all arms.
    is_grid : bool
        Whether the points are known to be a full grid of levels.
    change : str
        What is to be adopted, empty where the study names nothing.
    own_random_numbers : bool
        Whether each point has random numbers of its own, so that points are independent.
    settings : mapping of str to value
        What the study sets in every arm alike, by its file or laid over it.
    facts : StudyFacts
        What the study says of its runs: whether its change harms, who is paid or ordered, what happens when.
    corners : tuple of int
        The points from each of which those up to the next change one parameter, where a design has more than one.
    """

    runs: pd.DataFrame
    arms: tuple[str, ...]
    titles: Mapping[str, str]
    baseline: str
    title: str
    scenario: str
    seed: int | None
    weeks: int
    parameters: tuple[str, ...]
    failed: int
    expected: int
    is_horizon_known: bool = True
    left_out: LeftOut = NOTHING_LEFT_OUT
    own: Mapping[str, Any] = field(default_factory=dict)
    is_grid: bool = False
    change: str = ""
    own_random_numbers: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)
    facts: StudyFacts = NOTHING_KNOWN
    corners: tuple[int, ...] = ()

    @property
    def done(self) -> int:
        """How many runs finished, those that are left out included."""
        return len(self.runs) + self.left_out.runs

    @property
    def end(self) -> str:
        """What the whole length of a run is called."""
        return span(self.weeks) if self.is_horizon_known else "the whole run"

    @property
    def has_times(self) -> bool:
        """Whether the table says when half the staff had adopted."""
        return "weeks_to_50" in self.runs

    @property
    def unit(self) -> str:
        """What pairs are counted over: replicates, or points where each has one replicate or random numbers of its own."""
        alone = self.own_random_numbers or self.runs["replicate"].nunique() == 1
        return "point" if alone and self.points > 1 else "replicate"

    @property
    def units(self) -> int:
        """How many replicates (or points) there are."""
        return int(self.runs[self.unit].nunique())

    @property
    def points(self) -> int:
        """How many points there are."""
        return int(self.runs["point"].nunique())

    @property
    def why_none(self) -> str:
        """Why no interval may be given at all, empty where one may: another replicate would move all points at once."""
        return ONE_REPLICATE if self.unit == "point" and not self.own_random_numbers else ""

    @property
    def are_runs_independent(self) -> bool:
        """Whether each run of an arm has random numbers of its own, so that runs can be counted one by one."""
        return self.points == 1 or (self.own_random_numbers and self.runs["replicate"].nunique() == 1)

    def of(self, arm: str) -> pd.DataFrame:
        """Return the finished runs of an arm."""
        return self.runs[self.runs["arm"] == arm]

    def values(self, arm: str, observable: str) -> Floats:
        """Return an observable of an arm, averaged over points within each replicate; what is not known is left out."""
        return self._averaged(self.by_run(arm, observable).dropna())

    def pairs(self, arm: str, observable: str) -> tuple[Floats, Floats]:
        """Return an observable in an arm and in the baseline, replicate by replicate.

        Where there are several points, a replicate is the average over those at which both are known.
        """
        ours, theirs = self.paired(arm, observable)
        return self._averaged(ours), self._averaged(theirs)

    def paired(self, arm: str, observable: str) -> tuple[pd.Series[float], pd.Series[float]]:
        """Return an observable run by run in an arm and in the baseline, wherever both are known."""
        ours, theirs = (self.by_run(name, observable) for name in (arm, self.baseline))
        theirs = theirs if theirs.index.equals(ours.index) else theirs.reindex(ours.index)
        known = ours.notna() & theirs.notna()
        return ours[known], theirs[known]

    def by_run(self, arm: str, observable: str) -> pd.Series[float]:
        """Return an observable of every run of an arm, by replicate and point; a run that never got there is at the horizon."""
        values = self._by_arm[arm][observable].astype(np.float64)
        return values.fillna(self.weeks) if observable.startswith(TIMES) else values

    @cached_property
    def _by_arm(self) -> dict[str, pd.DataFrame]:
        """The runs of every arm, by replicate and point; kept, as everything asks for them."""
        return {arm: self.of(arm).set_index(["replicate", "point"]) for arm in self.arms}

    def _averaged(self, values: pd.Series[float]) -> Floats:
        return np.asarray(values.groupby(level=self.unit, sort=True).mean(), dtype=np.float64)

    def durations(self, arm: str, observable: str) -> tuple[Floats, NDArray[np.bool_]]:
        """Return the weeks an arm took to get somewhere, those that never did put at the horizon, and whether each did."""
        weeks = self.of(arm).sort_values(["replicate", "point"])[observable]
        return np.asarray(weeks.fillna(self.weeks), dtype=np.float64), np.asarray(weeks.notna(), dtype=np.bool_)

    def averaged(self, arm: str, values: Floats | NDArray[np.bool_]) -> Floats:
        """Return values of the runs of an arm, in the order of `durations`, averaged within each replicate (or point)."""
        units = self.of(arm).sort_values(["replicate", "point"])[self.unit].to_numpy()
        return np.asarray(pd.Series(values, dtype=np.float64).groupby(units).mean(), dtype=np.float64)


def span(weeks: int) -> str:
    """Name a length of time in years where it is whole years.

    >>> span(260), span(52), span(30)
    ('5 years', '1 year', '30 weeks')
    """
    if weeks < WEEKS_A_YEAR or weeks % WEEKS_A_YEAR:
        return counted(weeks, "week")
    return counted(weeks // WEEKS_A_YEAR, "year")


class Milestone(NamedTuple):
    """A moment at which the share who have adopted is reported."""

    label: str
    observable: str


def milestones(outcomes: Outcomes, years: tuple[int, ...] = (1, 2, 5)) -> list[Milestone]:
    """Moments within the horizon at which shares are compared; the end is always one of them."""
    found = [
        Milestone(span(year * WEEKS_A_YEAR), f"share_year_{year}")
        for year in years
        if year * WEEKS_A_YEAR <= outcomes.weeks and has_values(outcomes.runs, f"share_year_{year}")
    ]
    last = f"share_year_{outcomes.weeks / WEEKS_A_YEAR:g}"
    if not found or not outcomes.is_horizon_known or found[-1].observable != last:
        found.append(Milestone(outcomes.end, "adopted_share"))
    return found


def has_values(runs: pd.DataFrame, name: str) -> bool:
    """Whether a table has a column with anything in it."""
    return name in runs and bool(runs[name].notna().any())


class Curves(NamedTuple):
    """Share who have adopted by arm: for each, an array of replicates by weeks.

    ``why_none`` says why a mean over replicates may have no interval, where that is so.
    """

    weeks: NDArray[np.int64]
    shares: dict[str, Floats]
    why_none: str
