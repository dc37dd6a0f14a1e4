"""The numbers of a sweep's report: what each arm reached, how it compares with the baseline, how sure that is."""

from __future__ import annotations

from math import isfinite
from statistics import median
from typing import Any, NamedTuple

from experiments import CAVEAT
from experiments.analysis import effects, statistics, survival
from experiments.analysis.effects import Effects
from experiments.analysis.outcomes import Milestone, Outcomes, milestones
from experiments.analysis.proportions import Superiority, superiority
from experiments.analysis.statistics import Interval, PairedDifference
from experiments.analysis.survival import Median


class ArmSummary(NamedTuple):
    """The numbers of one arm; what needs another arm is None for the baseline.

    ``shares`` gives the share who have adopted by moment; ``difference`` and
    ``superiority`` compare it with the baseline at the end, ``adjusted_p``
    after Holm; ``time_saved`` is the difference in restricted mean weeks to
    half the staff, below zero where the arm is faster. Where the outcomes do not say when half the staff had adopted,
    the numbers of that are None.
    """

    arm: str
    title: str
    runs: int
    shares: dict[str, Interval]
    difference: PairedDifference | None
    adjusted_p: float | None
    superiority: Superiority | None
    weeks_to_half: Median | None
    reached_half: int | None
    never_reached_half: int | None
    time_saved: Interval | None

    @property
    def is_significant(self) -> bool:
        """Whether it differs from the baseline at 5 %, after Holm's correction."""
        return self.adjusted_p is not None and self.adjusted_p <= 0.05


class Pairing(NamedTuple):
    """What pairing gained, as medians over arms: see `PairedDifference`."""

    correlation: float
    saving: float


class Summary(NamedTuple):
    """The numbers of a sweep; seed and weeks are None where no provenance gives them."""

    title: str
    scenario: str
    seed: int | None
    weeks: int | None
    unit: str
    units: int
    points: int
    baseline: str
    done: int
    failed: int
    missing: int
    censored: int | None
    moments: list[Milestone]
    arms: list[ArmSummary]
    effects: list[Effects]

    @property
    def compared(self) -> list[ArmSummary]:
        """The arms that are compared with the baseline."""
        return [row for row in self.arms if row.difference is not None]

    @property
    def pairing(self) -> Pairing | None:
        """What pairing gained, None where that cannot be known."""
        gaps = [row.difference for row in self.arms if row.difference is not None]
        known = [(gap.correlation, gap.saving) for gap in gaps if isfinite(gap.correlation) and isfinite(gap.saving)]
        return Pairing(*map(median, zip(*known, strict=True))) if known else None

    def document(self) -> dict[str, Any]:
        """Return the numbers as plain data, for `--json`."""
        return {**self._asdict(), "moments": [moment.label for moment in self.moments], "caveat": CAVEAT}


def summary_of(outcomes: Outcomes) -> Summary:
    """Sum up the outcomes of a sweep, arm by arm."""
    moments = milestones(outcomes)
    rows = _adjusted([_arm(outcomes, arm, moments) for arm in outcomes.arms])
    return Summary(
        title=outcomes.title,
        scenario=outcomes.scenario,
        seed=outcomes.seed,
        weeks=outcomes.weeks if outcomes.is_horizon_known else None,
        unit=outcomes.unit,
        units=max(outcomes.units(arm) for arm in outcomes.arms),
        points=int(outcomes.runs["point"].nunique()),
        baseline=outcomes.baseline,
        done=len(outcomes.runs),
        failed=outcomes.failed,
        missing=max(0, outcomes.expected - outcomes.failed - len(outcomes.runs)),
        censored=sum(row.never_reached_half or 0 for row in rows) if outcomes.has_times else None,
        moments=moments,
        arms=rows,
        effects=effects.effects(outcomes),
    )


def _arm(outcomes: Outcomes, arm: str, moments: list[Milestone]) -> ArmSummary:
    compared = arm != outcomes.baseline
    pair = outcomes.pairs(arm, "adopted_share")
    half, there, never = _half(outcomes, arm)
    return ArmSummary(
        arm=arm,
        title=outcomes.titles[arm],
        runs=len(outcomes.of(arm)),
        shares={moment.label: statistics.mean(outcomes.values(arm, moment.observable)) for moment in moments},
        difference=statistics.paired_difference(*pair) if compared else None,
        adjusted_p=None,
        superiority=superiority(*pair) if compared else None,
        weeks_to_half=half,
        reached_half=there,
        never_reached_half=never,
        time_saved=_time_saved(outcomes, arm) if compared else None,
    )


def _half(outcomes: Outcomes, arm: str) -> tuple[Median | None, int | None, int | None]:
    """Return the median time to half the staff, and how many runs got there and how many did not."""
    if not outcomes.has_times:
        return None, None, None
    weeks, reached = outcomes.durations(arm, "weeks_to_50")
    median = survival.median_time(survival.kaplan_meier(weeks, reached))
    return median, int(reached.sum()), int((~reached).sum())


def _time_saved(outcomes: Outcomes, arm: str) -> Interval | None:
    """Compare restricted means, where each pair of runs is a unit of its own."""
    pairs = outcomes.matched(arm)
    if not (outcomes.has_times and outcomes.is_horizon_known):
        return None
    if pairs.empty or pairs[outcomes.unit].duplicated().any():
        return None
    ours = outcomes.censored(pairs["weeks_to_50"])
    theirs = outcomes.censored(pairs["weeks_to_50_baseline"])
    return survival.restricted_mean_difference(ours, theirs, outcomes.weeks, resamples=1000)


def _adjusted(rows: list[ArmSummary]) -> list[ArmSummary]:
    """Adjust the p-values of all comparisons with the baseline as one family."""
    p_values = {row.arm: row.difference.p_value for row in rows if row.difference and isfinite(row.difference.p_value)}
    adjusted = dict(zip(p_values, statistics.holm(list(p_values.values())), strict=True))
    return [row._replace(adjusted_p=adjusted.get(row.arm)) for row in rows]
