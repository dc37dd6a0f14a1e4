"""The outcomes of a sweep as statistics and figures see them: by arm, by unit, beside their twins in the baseline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from simulation.words import counted

Floats = NDArray[np.float64]

WEEKS_A_YEAR = 52


@dataclass(frozen=True)
class Outcomes:
    """What a sweep found: a row per run, and what is needed to name and order the arms.

    Attributes
    ----------
    runs : pandas.DataFrame
        A row per finished run: ``run``, ``arm``, ``point``, ``replicate``, the swept
        parameters and the observables.
    arms : tuple of str
        Arms in the order of the study, those without a finished run left out.
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
        """What intervals are taken over: replicates, or points where each has only one replicate."""
        alone = self.runs["replicate"].nunique() == 1 and self.runs["point"].nunique() > 1
        return "point" if alone else "replicate"

    def units(self, arm: str) -> int:
        """Return how many replicates (or points) of an arm are finished."""
        return int(self.of(arm)[self.unit].nunique())

    def of(self, arm: str) -> pd.DataFrame:
        """Return the finished runs of an arm."""
        return self.runs[self.runs["arm"] == arm]

    def values(self, arm: str, observable: str) -> Floats:
        """Return an observable of an arm, averaged over points within each replicate."""
        column = self.of(arm).groupby(self.unit, sort=True)[observable].mean()
        return column.dropna().to_numpy(dtype=np.float64)

    def pairs(self, arm: str, observable: str) -> tuple[Floats, Floats]:
        """Return an observable in an arm and in the baseline, replicate by replicate.

        Only runs that both arms have finished are kept, so a failed run takes its
        twin with it rather than compare unpaired runs.
        """
        both = self.matched(arm)
        twin = f"{observable}_baseline"
        columns = both.groupby(self.unit, sort=True)[[observable, twin]].mean().dropna()
        return columns[observable].to_numpy(dtype=np.float64), columns[twin].to_numpy(dtype=np.float64)

    def matched(self, arm: str) -> pd.DataFrame:
        """Return the runs of an arm beside their twins in the baseline, whose columns end in ``_baseline``."""
        keys = ["replicate", "point"]
        return self.of(arm).merge(self.of(self.baseline), on=keys, suffixes=("", "_baseline")).sort_values(keys)

    def durations(self, arm: str, observable: str) -> tuple[Floats, NDArray[np.bool_]]:
        """Return the weeks an arm took to get somewhere, and whether each run got there."""
        return self.censored(self.of(arm).sort_values(["replicate", "point"])[observable])

    def censored(self, weeks: pd.Series[float]) -> tuple[Floats, NDArray[np.bool_]]:
        """Return weeks with those that never got there put at the horizon, and whether each did."""
        return np.asarray(weeks.fillna(self.weeks), dtype=np.float64), np.asarray(weeks.notna(), dtype=np.bool_)


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
    """Share who have adopted by arm: for each, an array of replicates by weeks."""

    weeks: NDArray[np.int64]
    shares: dict[str, Floats]
