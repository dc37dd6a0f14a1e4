"""The tables of a result folder, read for statistics and figures.

Only the derived tables are read (``outcomes.csv``, ``trajectories.csv.gz``, ``provenance.json``), so anyone may bring
tables of their own. A table that is not the one of its provenance is refused; one without provenance is taken as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from experiments.analysis.like_with_like import shared
from experiments.analysis.outcomes import WEEKS_A_YEAR, Curves, Outcomes, has_values
from experiments.analysis.statistics.estimates import T_NEEDS
from experiments.analysis.study_facts import facts_of, own_settings
from experiments.store import provenance
from experiments.store.errors import Damaged
from experiments.store.folder import OUTCOMES, PROVENANCE, STORE, TRAJECTORIES, sha256
from experiments.store.provenance import Provenance
from simulation.errors import Invalid, nearest

CHUNK = 500_000
# An arm may be called None, NA or 1; only a cell that is empty says that something never came about.
AS_WRITTEN: Any = {"dtype": {"arm": str}, "keep_default_na": False, "na_values": [""]}


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
        The folder holds no outcomes, or not those of its provenance.
    """
    path = folder / OUTCOMES
    if not path.is_file():
        raise Damaged(_nothing_in(folder))
    known = provenance.read(folder) or Provenance()
    _check(path, known)
    runs = _finished(path)
    study = known.study
    declared = {str(arm["name"]): str(arm.get("title", "")) for arm in study.get("arms", [])}
    every = (*declared, *(arm for arm in dict.fromkeys(runs["arm"]) if arm not in declared))
    titles = _told_apart({arm: _title(arm, declared.get(arm, "")) for arm in every})
    base = _baseline(baseline, [arm for arm in every if arm in set(runs["arm"])])
    parameters = tuple(name for name in known.parameters if name in runs)
    alike = shared(runs, every, base, parameters)
    return Outcomes(
        runs=alike.runs,
        arms=alike.arms,
        titles=titles,
        baseline=base,
        title=str(study.get("title", folder.name)),
        scenario=_named(study, "scenario"),
        seed=study.get("seed"),
        weeks=int(study["weeks"]) if "weeks" in study else _last_week(runs),
        parameters=parameters,
        failed=known.failed,
        expected=int(known.runs.get("expected", len(runs))),
        is_horizon_known="weeks" in study,
        left_out=alike.left_out,
        own=own_settings(study, parameters) if parameters else {},
        is_grid="levels" in study.get("design", {}),
        change=_named(study, "change"),
        own_random_numbers=bool(study.get("own_luck", False)),
        settings=_set_in_all(study),
        facts=facts_of(study, {name: runs[name].unique().tolist() for name in parameters}),
        corners=tuple(study.get("design", {}).get("corners", ())),
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


def _check(path: Path, known: Provenance) -> None:
    """Refuse a table that is not the one of its provenance."""
    digest = known.files.get(path.name)
    if digest is not None and sha256(path) != digest:
        raise Damaged(
            f"{path}: this is not the table that {PROVENANCE} was written with. "
            f"`syslead verify {path.parent} --repair` writes it again."
        )


def _finished(path: Path) -> pd.DataFrame:
    try:
        # Otherwise numbers are read in haste, and a swept value may differ in its last digit from that of the study.
        runs: pd.DataFrame = pd.read_csv(path, float_precision="round_trip", **AS_WRITTEN)
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
    """Return what to call an arm; one without a title, or with one of blanks, goes by its name, in words."""
    return title if title.strip() not in {"", arm} else arm[:1].upper() + arm[1:].replace("_", " ")


def _told_apart(titles: Mapping[str, str]) -> dict[str, str]:
    """Return titles with the arm's own name where two are alike, as those of `true` and `True` would be."""
    alike = Counter(titles.values())
    return {arm: title if alike[title] == 1 else f"{title} ({arm})" for arm, title in titles.items()}


def _baseline(chosen: str | None, arms: Sequence[str]) -> str:
    if chosen is None:
        return arms[0]
    if chosen not in arms:
        raise Invalid([f"No arm is called {chosen!r}. {nearest(chosen, arms) or 'Arms: ' + ', '.join(arms)}"])
    return chosen


def _named(study: Mapping[str, Any], key: str) -> str:
    """Name the scenario or change, or those where arms differ in it."""
    names = dict.fromkeys(Path(str(arm.get(key) or "")).stem for arm in study.get("arms", []))
    return ", ".join(name for name in names if name)


def _set_in_all(study: Mapping[str, Any]) -> dict[str, Any]:
    """Return what every arm of a study sets alike, stances and comparators left out."""
    first, *others = [arm.get("settings", {}) for arm in study.get("arms", [])] or [{}]
    return {name: value for name, value in first.items() if all(arm.get(name) == value for arm in others)}


def _last_week(runs: pd.DataFrame) -> int:
    """Return the last week that a table without provenance reaches."""
    names = [str(name) for name in runs.columns]
    weeks = [
        WEEKS_A_YEAR * int(year)
        for name in names
        if (year := name.removeprefix("share_year_")).isdecimal() and has_values(runs, name)
    ]
    times = [runs[name].max() for name in names if name.startswith("weeks_to_") and has_values(runs, name)]
    return max([1, *weeks, *map(int, times)])


def read_curves(folder: Path, outcomes: Outcomes, column: str = "adopted_share") -> Curves:
    """Read the weekly share of every arm over the runs of `outcomes`, averaged over points within each replicate.

    The table is read in pieces and summed as it comes, as a long sweep has more
    rows than memory.
    """
    path = folder / TRAJECTORIES
    if not path.is_file():
        raise Damaged(f"{folder} holds no {TRAJECTORIES}; `syslead export {folder}` writes it.")
    _check(path, provenance.read(folder) or Provenance())
    cell = ["arm", "point", "replicate"]
    keys = ["arm", outcomes.unit, "week"]
    kept = pd.MultiIndex.from_frame(outcomes.runs[cell]) if outcomes.left_out.runs else None
    total: pd.DataFrame | None = None
    for part in pd.read_csv(path, usecols=[*cell, "week", column], chunksize=CHUNK, **AS_WRITTEN):
        if kept is not None:
            part = part[pd.MultiIndex.from_frame(part[cell]).isin(kept)]
        sums = part.groupby(keys)[column].agg(["sum", "count"])
        total = sums if total is None else total.add(sums, fill_value=0.0)
    if total is None or total.empty:
        raise Damaged(f"{path} is empty.")
    means = (total["sum"] / total["count"]).unstack("week")
    shares = {
        str(arm): means.loc[arm].dropna().to_numpy(dtype=np.float64)
        for arm in means.index.get_level_values("arm").unique()
    }
    few = f"it needs {T_NEEDS} replicates" if outcomes.units < T_NEEDS else ""
    return Curves(means.columns.to_numpy(dtype=np.int64), shares, outcomes.why_none or few)
