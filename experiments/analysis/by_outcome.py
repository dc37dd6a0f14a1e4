"""What each arm comes to in an outcome that is asked about, and how it compares with the baseline."""

from __future__ import annotations

from typing import Any, NamedTuple

from experiments.analysis.asked import Asked
from experiments.analysis.comparisons import Beyond, Comparison, comparisons, spread
from experiments.analysis.outcomes import Outcomes
from experiments.analysis.statistics import estimates
from experiments.analysis.statistics.estimates import Interval, PairedDifference
from experiments.analysis.statistics.proportions import Superiority, superiority


class ArmInOutcome(NamedTuple):
    """The numbers of one arm in one outcome; what needs another arm is None for the baseline.

    ``unknown`` counts the runs in which the outcome has no value; ``superiority`` is how often the arm ends above the
    baseline, whether that is better or not; ``is_negligible`` whether no difference beyond the margin is left.
    """

    arm: str
    title: str
    unknown: int
    mean: Interval
    median: Interval
    difference: PairedDifference | None
    adjusted_p: float | None
    is_negligible: bool
    beyond: Beyond | None
    superiority: Superiority | None
    spread: tuple[float, float] | None

    @property
    def sign(self) -> int:
        """Whether it is significantly above (1) or below (-1) the baseline at 5 %, or neither (0)."""
        return Comparison(self.difference, self.adjusted_p).sign if self.difference else 0


class OutcomeSummary(NamedTuple):
    """An outcome, and what each arm comes to in it."""

    asked: Asked
    arms: list[ArmInOutcome]

    @property
    def compared(self) -> list[ArmInOutcome]:
        """The arms that are compared with the baseline."""
        return [row for row in self.arms if row.difference is not None]

    def document(self) -> dict[str, Any]:
        """Return the numbers as plain data."""
        return {**self.asked._asdict(), "arms": self.arms}


def by_outcome(outcomes: Outcomes, asked: Asked) -> OutcomeSummary:
    """Sum up one outcome, arm by arm."""
    against = comparisons(outcomes, asked)
    return OutcomeSummary(asked, [_arm(outcomes, arm, asked, against.get(arm)) for arm in outcomes.arms])


def _arm(outcomes: Outcomes, arm: str, asked: Asked, against: Comparison | None) -> ArmInOutcome:
    values, why = outcomes.values(arm, asked.name), outcomes.why_none
    return ArmInOutcome(
        arm=arm,
        title=outcomes.titles[arm],
        unknown=int(outcomes.by_run(arm, asked.name).isna().sum()),
        mean=estimates.mean(values, (asked.low, asked.high), why_none=why),
        median=estimates.median(values, why_none=why),
        difference=against.difference if against else None,
        adjusted_p=against.adjusted_p if against else None,
        is_negligible=bool(against and against.is_negligible),
        beyond=against.beyond if against else None,
        superiority=superiority(*outcomes.pairs(arm, asked.name), why_none=why) if against else None,
        spread=spread(outcomes, arm, asked.name) if against else None,
    )
