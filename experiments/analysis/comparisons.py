"""The comparisons of a sweep, arm by arm with the baseline at the end: the one place where their verdicts are passed.

Report and figures both ask here, so that they call the same arms significant, adjusted for the same family.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from experiments.analysis.outcomes import Outcomes
from experiments.analysis.statistics import estimates, multiplicity
from experiments.analysis.statistics.estimates import PairedDifference

AT_THE_END = "adopted_share"
SPREAD_NEEDS = 10


class Comparison(NamedTuple):
    """One arm against the baseline at the end; ``adjusted_p`` is Holm's, None where nothing could be tested."""

    difference: PairedDifference
    adjusted_p: float | None

    @property
    def sign(self) -> int:
        """Whether the arm is significantly above (1) or below (-1) the baseline at 5 %, or neither (0)."""
        return multiplicity.sign(self.difference.value, self.adjusted_p)


def comparisons(outcomes: Outcomes) -> dict[str, Comparison]:
    """Return every arm but the baseline, compared with it."""
    found = {arm: difference(outcomes, arm) for arm in outcomes.arms if arm != outcomes.baseline}
    adjusted = multiplicity.family({arm: gap.p_value for arm, gap in found.items()})
    return {arm: Comparison(gap, adjusted.get(arm)) for arm, gap in found.items()}


def difference(outcomes: Outcomes, arm: str, observable: str = AT_THE_END) -> PairedDifference:
    """Return the paired difference of a share between an arm and the baseline."""
    return estimates.paired_difference(*outcomes.pairs(arm, observable), reach=1.0, why_none=outcomes.why_none)


def spread(outcomes: Outcomes, arm: str) -> tuple[float, float] | None:
    """Return between what the gap to the baseline lies at eight of ten points, None where there are fewer than ten."""
    if outcomes.points < SPREAD_NEEDS:
        return None
    ours, theirs = (outcomes.of(name).groupby("point")[AT_THE_END].mean() for name in (arm, outcomes.baseline))
    low, high = np.quantile(ours - theirs, [0.1, 0.9])
    return float(low), float(high)
