"""Results as pandas objects: runs, weekly curves, and the numbers of a report, a row for each outcome and arm."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from experiments.analysis.asked import ADOPTED, asked_of
from experiments.analysis.by_outcome import ArmInOutcome
from experiments.analysis.statistics.estimates import Interval
from experiments.analysis.summary import Summary, summary_of
from experiments.analysis.tables import read_curves, read_outcomes
from experiments.store.stored_runs import CURVES
from simulation.errors import Invalid, nearest


class Results:
    """What a result folder holds, as pandas objects; what a report says of it is in `numbers`.

    Parameters
    ----------
    folder : str or Path
        A result folder.
    baseline : str, optional
        Arm to compare the others with; the first of the study by default.
    outcomes : sequence of str
        Observables that the summary is about.
    margins : sequence of str
        Smallest differences that matter, as for `syslead report --margin`.

    Raises
    ------
    Invalid
        There is no such arm or observable, or a margin is none.
    Damaged
        The folder holds no outcomes, or not those of its provenance.
    """

    def __init__(
        self,
        folder: str | Path,
        baseline: str | None = None,
        outcomes: Sequence[str] = (ADOPTED,),
        margins: Sequence[str] = (),
    ) -> None:
        self._folder = Path(folder)
        self._read = read_outcomes(self._folder, baseline)
        self._asked = asked_of(self._read, outcomes, margins)

    @property
    def titles(self) -> dict[str, str]:
        """What each arm is called in tables and figures, by its name."""
        return {arm: self._read.titles[arm] for arm in self._read.arms}

    @property
    def outcomes(self) -> pd.DataFrame:
        """A row for each finished run: arm, point, replicate, swept parameters, observables; the same runs for every arm."""
        return self._read.runs.reset_index(drop=True)

    @cached_property
    def numbers(self) -> Summary:
        """The numbers of the report, as named tuples."""
        return summary_of(self._read, self._asked)

    @property
    def summary(self) -> pd.DataFrame:
        """A row for each outcome asked about and arm: see `frame_of`."""
        return frame_of(self.numbers)

    def curves(self, name: str = ADOPTED) -> pd.DataFrame:
        """Return a weekly share, a row a week, a column for each arm and replicate (or point), averaged over the others.

        Parameters
        ----------
        name : str
            ``adopted_share`` or ``declared_share``.
        """
        if name not in CURVES:
            raise Invalid(
                [f"No curve is called {name!r}. {nearest(name, CURVES) or 'There are: ' + ', '.join(CURVES)}"]
            )
        found = read_curves(self._folder, self._read, name)
        units = sorted(self._read.runs[self._read.unit].unique())
        columns = pd.MultiIndex.from_product([list(found.shares), units], names=["arm", self._read.unit])
        shares = [row for arm in found.shares for row in found.shares[arm]]
        return pd.DataFrame(shares, columns=pd.Index(found.weeks, name="week"), index=columns).T


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
