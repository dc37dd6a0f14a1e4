"""The numbers of a report as one table of numbers: a row for each outcome and arm."""

from __future__ import annotations

from typing import Any

import pandas as pd

from experiments.analysis.by_outcome import ArmInOutcome
from experiments.analysis.statistics.estimates import Interval
from experiments.analysis.summary import Summary


def frame_of(summary: Summary) -> pd.DataFrame:
    """Return a row for each outcome and arm, numbers in the outcome's unit and to the last digit.

    What is compared with the baseline is empty for the baseline itself, an interval that is not offered is empty too.
    """
    rows = [
        {
            "outcome": found.asked.name,
            "unit": found.asked.unit,
            "better": {1: "more", -1: "less", 0: ""}[found.asked.better],
            "margin": found.asked.margin,
            **_row(row),
        }
        for found in summary.outcomes
        for row in found.arms
    ]
    return pd.DataFrame(rows)


def _row(row: ArmInOutcome) -> dict[str, Any]:
    cells: dict[str, Any] = {"arm": row.arm, "title": row.title, "replicates": row.mean.runs}
    cells |= _interval("mean", row.mean) | _interval("median", row.median)
    gap, beyond, best = row.difference, row.beyond, row.superiority
    cells |= _interval("gap", gap and Interval(*gap[:3], gap.runs, gap.note))
    cells |= {"gap_p_value": gap and gap.p_value, "gap_adjusted_p": row.adjusted_p}
    cells |= _interval("gap_median", gap and gap.median)
    for side in ("above", "below", "within"):
        cells |= _interval(f"{side}_margin", beyond and getattr(beyond, side))
    return cells | _interval("superiority", best and Interval(best.value, best.low, best.high, best.runs, best.note))


def _interval(name: str, estimate: Interval | None) -> dict[str, float | None]:
    value, low, high = estimate[:3] if estimate else (None, None, None)
    return {name: value, f"{name}_low": low, f"{name}_high": high}
