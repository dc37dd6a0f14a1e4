"""The small tables of the gallery: what a question came to on each system, taken from result folders, kept as CSV."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from experiments.analysis.outcomes import Outcomes
from experiments.analysis.parameters.changes import Effects
from experiments.analysis.summary import ArmSummary, Summary, summary_of
from experiments.analysis.tables import read_curves, read_outcomes
from experiments.figures.curves import band
from experiments.store import provenance

EVERY = 13
"""Weeks between two points of a curve."""
MADE_WITH = "made_with.json"
Row = dict[str, str]


class Tables(NamedTuple):
    """The tables of one question: its arms, its curves, what its factors do, and every run's share in the end."""

    arms: list[Row]
    curves: list[Row]
    changes: list[Row]
    runs: list[Row]

    def write(self, folder: Path, study: str) -> None:
        """Write each table that has rows, and take away one that has none."""
        for name, rows in self._asdict().items():
            path = path_of(folder, study, name)
            if rows:
                path.write_text(as_csv(rows), encoding="utf-8")
            else:
                path.unlink(missing_ok=True)


def as_csv(rows: Sequence[Row]) -> str:
    """Return rows as CSV, their names first."""
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def path_of(folder: Path, study: str, name: str) -> Path:
    """Return where a table of a question lies."""
    return folder / f"{study}-{name}.csv"


def kept(folder: Path, study: str) -> Tables:
    """Return the tables of a question as they are kept, empty where there are none."""
    return Tables(*(_read(path_of(folder, study, name)) for name in Tables._fields))


def _read(path: Path) -> list[Row]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def taken(folders: Mapping[str, Path], runs: bool) -> Tables:
    """Return the tables of a question from its result folder on each system, with every single run if that is wanted."""
    found = Tables([], [], [], [])
    for system, folder in folders.items():
        outcomes = read_outcomes(folder)
        summary = summary_of(outcomes)
        found.arms.extend({"system": system, **row} for row in arms_of(summary))
        found.curves.extend({"system": system, **row} for row in curves_of(folder, outcomes))
        found.changes.extend({"system": system, **row} for row in _changes(summary))
        if runs:
            found.runs.extend({"system": system, **row} for row in runs_of(outcomes))
    return found


def arms_of(summary: Summary) -> Iterator[Row]:
    """Return what every arm came to in the end, and how it compares with the baseline."""
    (asked,) = summary.outcomes
    for whole, row in zip(summary.arms, asked.arms, strict=True):
        gap, beyond = row.difference, row.beyond
        beside = {"declared": summary.declared.get(row.arm), "sustained": summary.sustained.get(row.arm)}
        yield {
            "arm": row.arm,
            "title": row.title,
            **_numbers("share", row.mean),
            **{name: _number(found.value if found else None) for name, found in beside.items()},
            **_numbers("gap", gap),
            "sign": str(row.sign) if gap else "",
            "harm": asked.asked.harm,
            "is_negligible": str(int(row.is_negligible)) if gap else "",
            "above_margin": _number(beyond and beyond.above.value),
            "below_margin": _number(beyond and beyond.below.value),
            **_half(whole),
        }


def _half(row: ArmSummary) -> Row:
    half = row.weeks_to_half.value if row.weeks_to_half else None
    return {"weeks_to_half": _number(half), "never": _number(row.never.value if row.never else None)}


def _numbers(name: str, estimate: Any) -> Row:
    edges = (estimate.value, estimate.low, estimate.high) if estimate else (None, None, None)
    return dict(zip((name, f"{name}_low", f"{name}_high"), map(_number, edges), strict=True))


def _number(value: float | None) -> str:
    """Write a number so that nothing of it is lost that anybody would print; what there is none of is empty."""
    return "" if value is None or not isfinite(value) else f"{value:.6g}"


def curves_of(folder: Path, outcomes: Outcomes) -> Iterator[Row]:
    """Return the curve of every arm with its band, in percent, every so many weeks."""
    curves = read_curves(folder, outcomes)
    shown = np.flatnonzero((curves.weeks % EVERY == 0) | (curves.weeks == curves.weeks[-1]))
    for arm in outcomes.arms:
        edges = band(curves, arm)
        for place in shown:
            shares = (f"{edge[place]:.4g}" for edge in edges)
            yield {
                "arm": arm,
                "week": str(curves.weeks[place]),
                **dict(zip(("mean", "low", "high"), shares, strict=True)),
            }


def _changes(summary: Summary) -> Iterator[Row]:
    """Return what factors do, changed from their first levels."""
    return (row for table in summary.effects[:1] for row in changes_of(table, summary.baseline))


def changes_of(table: Effects, baseline: str) -> Iterator[Row]:
    """Return what every change of a table does to every arm."""
    for change in table.rows:
        for arm, effect in change.arms.items():
            is_gap = table.are_gaps and arm != baseline
            level = {"of": "gap" if is_gap else "share", "start": _number(table.levels[arm])}
            said = {"change": change.meaning, **_numbers("by", effect.change), "sign": str(effect.sign)}
            yield {"arm": arm, **level, **said}


def runs_of(outcomes: Outcomes) -> Iterator[Row]:
    """Return the share who have adopted in the end, a row a replicate and a column an arm, to the last digit."""
    shares = {arm: outcomes.by_run(arm, "adopted_share") for arm in outcomes.arms}
    for place, (replicate, _) in enumerate(shares[outcomes.baseline].index):
        yield {"replicate": str(replicate), **{arm: repr(float(run.iloc[place])) for arm, run in shares.items()}}


def made_with(folder: Path) -> dict[str, Any]:
    """Return what tells the runs of a folder apart from any others."""
    known = provenance.legible(folder)
    made = known.made_with[0] if known.made_with else {}
    return {
        "version": made.get("versions", {}).get("syslead", ""),
        "sources": made.get("sources", ""),
        "seed": known.seed,
        "replicates": known.replicates,
        "weeks": known.weeks,
        "runs": known.runs.get("ok", 0),
        "table": known.table_hash,
    }


def records(folder: Path) -> dict[str, Any]:
    """Return what each question of the gallery was made with, by study and system."""
    path = folder / MADE_WITH
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def write_records(folder: Path, found: Mapping[str, Any]) -> None:
    """Keep what each question was made with."""
    text = json.dumps(found, indent=1, sort_keys=True) + "\n"
    (folder / MADE_WITH).write_text(text, encoding="utf-8")
