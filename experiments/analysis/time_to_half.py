"""When half the staff have adopted: how long an arm takes, how many runs never get there, which arm is there first."""

from __future__ import annotations

from math import inf, nan
from typing import NamedTuple

import numpy as np

from experiments.analysis.outcomes import Outcomes
from experiments.analysis.statistics import estimates, multiplicity, survival
from experiments.analysis.statistics.estimates import Floats, Interval
from experiments.analysis.statistics.log_rank import first_there
from experiments.analysis.statistics.proportions import share

WEEKS_TO_HALF = "weeks_to_50"
NOBODY = "no run got there"
SHARED = "runs of one replicate share their random numbers"


class Half(NamedTuple):
    """When half the staff of an arm have adopted; None where the outcomes do not say."""

    weeks_to_half: Interval | None
    reached_half: int | None
    never_reached_half: int | None
    never: Interval | None


class Sooner(NamedTuple):
    """In how many pairs an arm had half its staff before the baseline, in how many after it, and in how many neither.

    ``chi_square`` is that of the log-rank test stratified by pair, which with two runs a stratum asks who was there first;
    ``p_value`` is exact, ``adjusted_p`` after Holm over the arms.
    """

    first: int
    second: int
    neither: int
    chi_square: float
    p_value: float
    adjusted_p: float


def half_of(outcomes: Outcomes, arm: str) -> Half:
    """Return when half the staff of an arm have adopted, as a median over runs that counts those that never got there."""
    if not outcomes.has_times:
        return Half(None, None, None, None)
    weeks, reached = outcomes.durations(arm, WEEKS_TO_HALF)
    missed = int((~reached).sum())
    why = "" if outcomes.are_runs_independent else outcomes.why_none or SHARED
    halfway = estimates.median(np.where(reached, weeks, inf), why_none=why or ("" if reached.any() else NOBODY))
    halfway = halfway._replace(value=survival.median_time(survival.kaplan_meier(weeks, reached)))
    if outcomes.are_runs_independent:
        never = share(missed, reached.size, why_none="" if reached.size > 1 else "needs 2 replicates")
    else:
        never = estimates.mean(outcomes.averaged(arm, ~reached), why_none=outcomes.why_none)
    return Half(halfway, int(reached.sum()), missed, never)


def time_saved(outcomes: Outcomes, arm: str) -> Interval | None:
    """Compare restricted means: as every run is watched to the horizon, means of the weeks up to it."""
    if not (outcomes.has_times and outcomes.is_horizon_known):
        return None
    (ours, here), (theirs, there) = (outcomes.durations(name, WEEKS_TO_HALF) for name in (arm, outcomes.baseline))
    if not (here.any() or there.any()):
        return Interval(nan, nan, nan, outcomes.units, NOBODY)
    weeks = outcomes.averaged(arm, ours), outcomes.averaged(outcomes.baseline, theirs)
    gap = estimates.paired_difference(*weeks, reach=outcomes.weeks, why_none=outcomes.why_none)
    saved = survival.restricted_mean(ours, here, outcomes.weeks) - survival.restricted_mean(
        theirs, there, outcomes.weeks
    )
    return Interval(saved, gap.low, gap.high, gap.runs, gap.note)


def sooner_than_baseline(outcomes: Outcomes) -> dict[str, Sooner]:
    """Return for every arm whether it is there before the baseline, nothing where runs of an arm are not independent."""
    if not (outcomes.has_times and outcomes.are_runs_independent):
        return {}
    theirs = _weeks(outcomes, outcomes.baseline)
    others = [arm for arm in outcomes.arms if arm != outcomes.baseline]
    found = {arm: first_there(_weeks(outcomes, arm), theirs) for arm in others}
    adjusted = multiplicity.family({arm: one.p_value for arm, one in found.items()})
    return {arm: Sooner(*one, adjusted[arm]) for arm, one in found.items()}


def _weeks(outcomes: Outcomes, arm: str) -> Floats:
    """Return the weeks that the runs of an arm took, infinite where they never got there, in the order of the pairs."""
    weeks, reached = outcomes.durations(arm, WEEKS_TO_HALF)
    return np.where(reached, weeks, inf)
