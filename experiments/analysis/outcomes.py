"""What a result folder says, read back from its tables for statistics and figures.

Only the derived tables are read (``outcomes.csv``, ``trajectories.csv.gz``,
``provenance.json``), so anyone may bring tables of their own. A table that is not
the one its provenance tells of is refused; one without provenance is taken as it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.store.errors import Damaged
from experiments.store.export import sha256
from experiments.store.folder import OUTCOMES, PROVENANCE, STORE, TRAJECTORIES
from simulation.errors import Invalid, nearest

Floats = NDArray[np.float64]

WEEKS_A_YEAR = 52
CHUNK = 500_000


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
        Of the study. Without provenance the seed is None, and ``weeks`` the last that the table tells of.
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
        twin with it rather than breaking the shared luck.
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
        return f"{weeks} weeks"
    return "1 year" if weeks == WEEKS_A_YEAR else f"{weeks // WEEKS_A_YEAR} years"


class Milestone(NamedTuple):
    """A moment at which the share who have adopted is reported."""

    label: str
    observable: str


def milestones(outcomes: Outcomes, years: tuple[int, ...] = (1, 2, 5)) -> list[Milestone]:
    """Moments within the horizon at which shares are compared; the end is always one of them."""
    found = [
        Milestone(span(year * WEEKS_A_YEAR), f"share_year_{year}")
        for year in years
        if year * WEEKS_A_YEAR <= outcomes.weeks and _has_values(outcomes.runs, f"share_year_{year}")
    ]
    last = f"share_year_{outcomes.weeks / WEEKS_A_YEAR:g}"
    if not found or not outcomes.is_horizon_known or found[-1].observable != last:
        found.append(Milestone(outcomes.end, "adopted_share"))
    return found


def _has_values(runs: pd.DataFrame, name: str) -> bool:
    return name in runs and bool(runs[name].notna().any())


def read_outcomes(folder: Path, baseline: str | None = None) -> Outcomes:
    """Read the outcomes of a sweep.

    Parameters
    ----------
    folder : Path
        A result folder.
    baseline : str, optional
        Arm to compare the others with; the first of the study by default.

    Raises
    ------
    Invalid
        There is no such arm.
    Damaged
        The folder holds no outcomes, or not those that its provenance tells of.
    """
    path = folder / OUTCOMES
    if not path.is_file():
        raise Damaged(_nothing_in(folder))
    provenance = _provenance(folder)
    _check(path, provenance)
    runs = _finished(path)
    study, counts = provenance.get("study", {}), provenance.get("runs", {})
    declared = {str(arm["name"]): str(arm.get("title", "")) for arm in study.get("arms", [])}
    present = list(dict.fromkeys(runs["arm"]))
    arms = (*(arm for arm in declared if arm in present), *(arm for arm in present if arm not in declared))
    return Outcomes(
        runs=runs,
        arms=arms,
        titles={arm: _title(arm, declared.get(arm, "")) for arm in arms},
        baseline=_baseline(baseline, arms),
        title=str(study.get("title", folder.name)),
        scenario=_scenario(study),
        seed=study.get("seed"),
        weeks=int(study["weeks"]) if "weeks" in study else _last_week(runs),
        parameters=tuple(str(name) for name in provenance.get("parameters", []) if name in runs),
        failed=sum(counts.get("failed", {}).values()),
        expected=int(counts.get("expected", len(runs))),
        is_horizon_known="weeks" in study,
    )


def _nothing_in(folder: Path) -> str:
    """Say why there is nothing to show, and what to do about it."""
    if not folder.is_dir():
        return f"{folder}: there is no such folder."
    if (folder / STORE).is_file():
        return (
            f"{folder} holds no {OUTCOMES}: the sweep was ended before its tables were written. "
            f"`syslead resume {folder}` makes the rest, `syslead export {folder}` writes what there is."
        )
    return f"{folder} holds no {OUTCOMES}. `syslead sweep STUDY --out {folder}` writes one."


def _check(path: Path, provenance: Mapping[str, Any]) -> None:
    """Refuse a table that is not the one its provenance tells of."""
    noted = provenance.get("files", {}).get(path.name)
    if noted is not None and sha256(path) != noted:
        raise Damaged(
            f"{path}: this is not the table that {PROVENANCE} tells of. "
            f"`syslead verify {path.parent} --repair` writes it again."
        )


def _finished(path: Path) -> pd.DataFrame:
    try:
        runs = pd.read_csv(path, dtype={"arm": str}, keep_default_na=False, na_values=[""])
    except (ValueError, UnicodeDecodeError) as problem:
        raise Damaged(f"{path} cannot be read as a table: {problem}.") from None
    missing = [name for name in ("arm", "point", "replicate", "adopted_share") if name not in runs]
    if missing:
        raise Damaged(f"{path} has no column {' and none '.join(map(repr, missing))}.")
    if "status" in runs:
        runs = runs[runs["status"] == "ok"]
    if runs.empty:
        raise Damaged(f"{path} holds no finished run, so there is nothing to show.")
    return runs


def _title(arm: str, title: str) -> str:
    """Return what to call an arm; one without a title goes by its name, in words."""
    return title if title not in {"", arm} else arm.replace("_", " ").capitalize()


def _baseline(chosen: str | None, arms: tuple[str, ...]) -> str:
    if chosen is None:
        return arms[0]
    if chosen not in arms:
        raise Invalid([f"No arm is called {chosen!r}. {nearest(chosen, arms) or 'Arms: ' + ', '.join(arms)}"])
    return chosen


def _scenario(study: Mapping[str, Any]) -> str:
    """Name the scenario, or the scenarios where arms differ in it."""
    names = dict.fromkeys(Path(str(arm.get("scenario", ""))).stem for arm in study.get("arms", []))
    return ", ".join(name for name in names if name)


def _provenance(folder: Path) -> dict[str, Any]:
    path = folder / PROVENANCE
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise Damaged(f"{path} is not readable JSON. `syslead verify {folder} --repair` mends it.") from None
    return content if isinstance(content, dict) else {}


def _last_week(runs: pd.DataFrame) -> int:
    """Return the last week of which tables that came without provenance tell."""
    names = [str(name) for name in runs.columns]
    weeks = [
        WEEKS_A_YEAR * int(year)
        for name in names
        if (year := name.removeprefix("share_year_")).isdecimal() and _has_values(runs, name)
    ]
    times = [runs[name].max() for name in names if name.startswith("weeks_to_") and _has_values(runs, name)]
    return max([1, *weeks, *map(int, times)])


class Curves(NamedTuple):
    """Share who have adopted by arm: for each, an array of replicates by weeks."""

    weeks: NDArray[np.int64]
    shares: dict[str, Floats]


def read_curves(folder: Path, unit: str, column: str = "adopted_share") -> Curves:
    """Read the weekly share of every arm, averaged over points within each replicate.

    The table is read in pieces and summed as it comes, as a long sweep has more
    rows than memory.
    """
    path = folder / TRAJECTORIES
    if not path.is_file():
        raise Damaged(f"{folder} holds no {TRAJECTORIES}; `syslead export {folder}` writes it.")
    _check(path, _provenance(folder))
    keys = ["arm", unit, "week"]
    total: pd.DataFrame | None = None
    for part in pd.read_csv(path, usecols=[*keys, column], dtype={"arm": str}, chunksize=CHUNK):
        sums = part.groupby(keys)[column].agg(["sum", "count"])
        total = sums if total is None else total.add(sums, fill_value=0.0)
    if total is None or total.empty:
        raise Damaged(f"{path} is empty.")
    means = (total["sum"] / total["count"]).unstack("week")
    shares = {
        str(arm): means.loc[arm].dropna().to_numpy(dtype=np.float64)
        for arm in means.index.get_level_values("arm").unique()
    }
    return Curves(means.columns.to_numpy(dtype=np.int64), shares)
