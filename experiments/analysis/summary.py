"""The numbers of a sweep's report: what each arm reached, how it compares with the baseline, how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from statistics import median
from typing import Any, NamedTuple

from experiments import CAVEAT
from experiments.analysis.asked import Asked, the_share
from experiments.analysis.by_outcome import OutcomeSummary, by_outcome
from experiments.analysis.comparisons import AT_THE_END, Comparison, comparisons, spread
from experiments.analysis.outcomes import LeftOut, Milestone, Outcomes, has_values, milestones
from experiments.analysis.parameters import effects
from experiments.analysis.parameters.changes import Effects
from experiments.analysis.parameters.influences import Influences, influences
from experiments.analysis.statistics import estimates
from experiments.analysis.statistics.estimates import Interval, PairedDifference
from experiments.analysis.statistics.proportions import Superiority, superiority
from experiments.analysis.time_to_half import Sooner, half_of, sooner_than_baseline, time_saved

DECLARED, SUSTAINED = "declared_share", "sustained_share"


class ArmSummary(NamedTuple):
    """The numbers of one arm; what needs another arm is None for the baseline.

    ``shares`` gives the share who have adopted by moment; ``difference`` and ``superiority`` compare it with the
    baseline at the end, ``adjusted_p`` after Holm; ``spread`` is between what the gap lies at eight of ten points, where
    there are ten. ``never`` is the share of runs in which half the staff have not adopted, ``time_saved`` the difference
    in restricted mean weeks to half the staff, below zero where the arm is faster, ``sooner`` in how many pairs it was there
    first. Where the outcomes do not say when half the staff had adopted, the numbers of that are None.
    """

    arm: str
    title: str
    runs: int
    shares: dict[str, Interval]
    difference: PairedDifference | None
    adjusted_p: float | None
    superiority: Superiority | None
    spread: tuple[float, float] | None
    weeks_to_half: Interval | None
    reached_half: int | None
    never_reached_half: int | None
    never: Interval | None
    time_saved: Interval | None
    sooner: Sooner | None

    @property
    def is_significant(self) -> bool:
        """Whether it differs from the baseline at 5 %, after Holm's correction."""
        return self.difference is not None and Comparison(self.difference, self.adjusted_p).sign != 0


class Pairing(NamedTuple):
    """What pairing gained, as medians over arms: see `PairedDifference`."""

    correlation: float
    saving: float


class Summary(NamedTuple):
    """The numbers of a sweep; seed and weeks are None where no provenance gives them.

    ``outcomes`` has those asked about; ``arms`` tells of the share who have adopted, asked about or not. ``declared`` and
    ``sustained`` give, where anybody is paid or ordered, the share who say they have adopted, and what is left of the most
    that ever had, by arm.
    """

    title: str
    scenario: str
    change: str
    settings: dict[str, Any]
    seed: int | None
    weeks: int | None
    unit: str
    units: int
    own_random_numbers: bool
    points: int
    baseline: str
    titles: dict[str, str]
    done: int
    failed: int
    missing: int
    left_out: LeftOut
    censored: int | None
    moments: list[Milestone]
    arms: list[ArmSummary]
    outcomes: list[OutcomeSummary]
    declared: dict[str, Interval]
    sustained: dict[str, Interval]
    effects: list[Effects]
    influences: list[Influences]

    @property
    def compared(self) -> list[ArmSummary]:
        """The arms that are compared with the baseline."""
        return [row for row in self.arms if row.difference is not None]

    @property
    def pairing(self) -> Pairing | None:
        """What pairing gained, None where that cannot be known."""
        # Points of one replicate differ by their parameters, which is not what pairing is for.
        gaps = [row.difference for row in self.compared if self.unit == "replicate" and row.difference is not None]
        known = [(gap.correlation, gap.saving) for gap in gaps if isfinite(gap.correlation) and isfinite(gap.saving)]
        return Pairing(*map(median, zip(*known, strict=True))) if known else None

    def document(self) -> dict[str, Any]:
        """Return the numbers as plain data, for `--json`."""
        return {
            **self._asdict(),
            "moments": [moment.label for moment in self.moments],
            "outcomes": [found.document() for found in self.outcomes],
            "caveat": CAVEAT,
        }


def summary_of(outcomes: Outcomes, asked: Sequence[Asked] = ()) -> Summary:
    """Sum up a sweep arm by arm, in the outcomes that are asked about: the share who have adopted, if in none."""
    moments, against, about = milestones(outcomes), comparisons(outcomes), asked or [the_share(outcomes)]
    first = sooner_than_baseline(outcomes)
    rows = [_arm(outcomes, arm, moments, against.get(arm), first.get(arm)) for arm in outcomes.arms]
    tables = effects.effects(outcomes)
    return Summary(
        title=outcomes.title,
        scenario=outcomes.scenario,
        change=outcomes.change,
        settings=dict(outcomes.settings),
        seed=outcomes.seed,
        weeks=outcomes.weeks if outcomes.is_horizon_known else None,
        unit=outcomes.unit,
        units=outcomes.units,
        own_random_numbers=outcomes.own_random_numbers,
        points=outcomes.points,
        baseline=outcomes.baseline,
        titles=dict(outcomes.titles),
        done=outcomes.done,
        failed=outcomes.failed,
        missing=max(0, outcomes.expected - outcomes.failed - outcomes.done),
        left_out=outcomes.left_out,
        censored=sum(row.never_reached_half or 0 for row in rows) if outcomes.has_times else None,
        moments=moments,
        arms=rows,
        outcomes=[by_outcome(outcomes, one) for one in about],
        declared=_beside(outcomes, DECLARED),
        sustained=_beside(outcomes, SUSTAINED),
        effects=tables,
        # A table of changes says more of its parameters than a share of variance would.
        influences=[] if tables else [found for one in about if (found := influences(outcomes, one))],
    )


def _beside(outcomes: Outcomes, observable: str) -> dict[str, Interval]:
    """Return what stands beside the share who have adopted where anybody is paid or ordered, empty where nobody is."""
    if not (outcomes.facts.has_compliance and has_values(outcomes.runs, observable)):
        return {}
    why = outcomes.why_none
    return {arm: estimates.mean(outcomes.values(arm, observable), why_none=why) for arm in outcomes.arms}


def _arm(
    outcomes: Outcomes, arm: str, moments: list[Milestone], against: Comparison | None, sooner: Sooner | None
) -> ArmSummary:
    why = outcomes.why_none
    return ArmSummary(
        arm=arm,
        title=outcomes.titles[arm],
        runs=len(outcomes.of(arm)),
        shares={
            moment.label: estimates.mean(outcomes.values(arm, moment.observable), why_none=why) for moment in moments
        },
        difference=against.difference if against else None,
        adjusted_p=against.adjusted_p if against else None,
        superiority=superiority(*outcomes.pairs(arm, AT_THE_END), why_none=why) if against else None,
        spread=spread(outcomes, arm) if against else None,
        **half_of(outcomes, arm)._asdict(),
        time_saved=time_saved(outcomes, arm) if against else None,
        sooner=sooner,
    )
