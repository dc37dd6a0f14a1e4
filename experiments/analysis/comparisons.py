"""The comparisons of a sweep, arm by arm with the baseline: the one place where their verdicts are passed.

Report and figures both ask here, so that they call the same arms significant, adjusted for the same family: the arms of
one outcome.
"""

from __future__ import annotations

from math import isfinite
from typing import NamedTuple

import numpy as np
import pandas as pd

from experiments.analysis.asked import ADOPTED, Asked, the_share
from experiments.analysis.outcomes import Outcomes
from experiments.analysis.statistics import estimates, multiplicity
from experiments.analysis.statistics.estimates import ALIKE, T_NEEDS, Interval, PairedDifference
from experiments.analysis.statistics.proportions import share

AT_THE_END = ADOPTED
SPREAD_NEEDS = 10
SHARED_POINTS = "points share their random numbers"
HAIR = 1e-12
"""What a difference may miss the margin by and still be it: rounding, of shares that lie apart by just so much."""


class Beyond(NamedTuple):
    """In what share of pairs (or points) an arm is beyond the margin: above by more, below by more, or within it."""

    over: str
    margin: float
    above: Interval
    below: Interval
    within: Interval


class Comparison(NamedTuple):
    """One arm against the baseline; ``adjusted_p`` is Holm's, None where nothing could be tested."""

    difference: PairedDifference
    adjusted_p: float | None
    beyond: Beyond | None = None

    @property
    def sign(self) -> int:
        """Whether the arm is significantly above (1) or below (-1) the baseline at 5 %, or neither (0)."""
        return multiplicity.sign(self.difference.value, self.adjusted_p)

    @property
    def is_negligible(self) -> bool:
        """Whether the whole interval lies within the margin: then no difference that matters is left."""
        return is_within(self.difference, self.beyond.margin if self.beyond else 0.0)


def is_within(gap: PairedDifference, margin: float) -> bool:
    """Whether the whole interval of a difference lies within a margin, or all pairs are alike within it."""
    if gap.note == ALIKE and gap.runs >= T_NEEDS:
        return abs(gap.value) <= margin
    return isfinite(gap.low) and -margin <= gap.low and gap.high <= margin


def comparisons(outcomes: Outcomes, asked: Asked | None = None) -> dict[str, Comparison]:
    """Return every arm but the baseline, compared with it in one outcome: the share in the end, unless another is asked for."""
    one = asked or the_share(outcomes)
    others = [arm for arm in outcomes.arms if arm != outcomes.baseline]
    pairs = {arm: outcomes.pairs(arm, one.name) for arm in others}
    found = {arm: _difference(outcomes, *pair, one.reach) for arm, pair in pairs.items()}
    adjusted = multiplicity.family({arm: gap.p_value for arm, gap in found.items()})
    return {
        arm: Comparison(gap, adjusted.get(arm), beyond(outcomes, arm, one, np.subtract(*pairs[arm])))
        for arm, gap in found.items()
    }


def difference(outcomes: Outcomes, arm: str, observable: str = AT_THE_END, reach: float = 1.0) -> PairedDifference:
    """Return the paired difference of an observable between an arm and the baseline."""
    return _difference(outcomes, *outcomes.pairs(arm, observable), reach)


def _difference(outcomes: Outcomes, ours: estimates.Floats, theirs: estimates.Floats, reach: float) -> PairedDifference:
    return estimates.paired_difference(ours, theirs, reach=reach, why_none=outcomes.why_none)


def beyond(outcomes: Outcomes, arm: str, asked: Asked, by_unit: estimates.Floats) -> Beyond:
    """Return in what share of points an arm is beyond the margin, or of pairs where there are fewer than ten points."""
    is_over_points = outcomes.points >= SPREAD_NEEDS
    gaps = _by_point(outcomes, arm, asked.name) if is_over_points else by_unit
    why = outcomes.why_none or (SHARED_POINTS if is_over_points and outcomes.unit != "point" else "")
    counts = (gaps > asked.margin + HAIR, gaps < -asked.margin - HAIR)
    within = ~(counts[0] | counts[1])
    shares = [share(int(count.sum()), int(gaps.size), why_none=why) for count in (*counts, within)]
    return Beyond("point" if is_over_points or outcomes.unit == "point" else "pair", asked.margin, *shares)


def _by_point(outcomes: Outcomes, arm: str, observable: str) -> estimates.Floats:
    ours, theirs = outcomes.paired(arm, observable)
    gaps: pd.Series[float] = (ours - theirs).groupby(level="point").mean()
    return np.asarray(gaps, dtype=np.float64)


def spread(outcomes: Outcomes, arm: str, observable: str = AT_THE_END) -> tuple[float, float] | None:
    """Return between what the gap to the baseline lies at eight of ten points, None where there are fewer than ten."""
    if outcomes.points < SPREAD_NEEDS or not (gaps := _by_point(outcomes, arm, observable)).size:
        return None
    low, high = np.quantile(gaps, [0.1, 0.9])
    return float(low), float(high)
