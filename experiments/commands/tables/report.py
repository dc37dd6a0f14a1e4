"""The table that ends a sweep: what each arm reached, how it compares, how sure that is."""

from __future__ import annotations

from math import isfinite
from typing import Any, NamedTuple

import numpy as np

from experiments.analysis import effects, statistics, survival
from experiments.analysis.effects import Effects
from experiments.analysis.outcomes import Milestone, Outcomes, milestones, span
from experiments.analysis.statistics import Interval, PairedDifference, Superiority
from experiments.analysis.survival import Median
from experiments.analysis.wording import points
from experiments.commands.console import text
from experiments.commands.console.text import Column
from experiments.commands.tables.effects import effect_table
from experiments.store.folder import PROVENANCE

CAVEAT = "A model of a theory, not a forecast."
# Beyond this, intervals of the mean that lean to neither side cover too seldom at usual numbers of runs.
SKEWED = 2.0


class ArmReport(NamedTuple):
    """What is said of one arm; what needs another arm is None for the baseline.

    ``shares`` gives the share who have adopted by moment; ``difference`` and
    ``superiority`` compare it with the baseline at the end, ``adjusted_p``
    after Holm; ``time_saved`` is the difference in restricted mean weeks to
    half the staff, below zero where the arm is faster. Where the table does not tell when half the staff had adopted,
    what is said of that is None.
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


class Report(NamedTuple):
    """What is said of a sweep; seed and weeks are None where no provenance tells them."""

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
    arms: list[ArmReport]
    effects: list[Effects]


def report(outcomes: Outcomes) -> Report:
    """Sum up the outcomes of a sweep, arm by arm."""
    moments = milestones(outcomes)
    rows = _adjusted([_arm(outcomes, arm, moments) for arm in outcomes.arms])
    return Report(
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


def _arm(outcomes: Outcomes, arm: str, moments: list[Milestone]) -> ArmReport:
    compared = arm != outcomes.baseline
    pair = outcomes.pairs(arm, "adopted_share")
    half, there, never = _half(outcomes, arm)
    return ArmReport(
        arm=arm,
        title=outcomes.titles[arm],
        runs=len(outcomes.of(arm)),
        shares={moment.label: statistics.mean(outcomes.values(arm, moment.observable)) for moment in moments},
        difference=statistics.paired_difference(*pair) if compared else None,
        adjusted_p=None,
        superiority=statistics.superiority(*pair) if compared else None,
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


def _adjusted(rows: list[ArmReport]) -> list[ArmReport]:
    """Adjust the p-values of all comparisons with the baseline as one family."""
    family = [place for place, row in enumerate(rows) if row.difference and isfinite(row.difference.p_value)]
    p_values = statistics.holm([_difference(rows[place]).p_value for place in family])
    adjusted = dict(zip(family, p_values, strict=True))
    return [row._replace(adjusted_p=adjusted.get(place)) for place, row in enumerate(rows)]


def _difference(row: ArmReport) -> PairedDifference:
    assert row.difference is not None
    return row.difference


def report_table(summary: Report, width: int = 100) -> str:
    """Write the report as plain text that fits a number of columns, from 60 up.

    Columns that do not fit are left out, the least telling first, and named.
    """
    columns = [Column("", "arm", [row.title for row in summary.arms], left=True)]
    end = summary.moments[-1].label
    for moment in summary.moments:
        rank = 0 if moment.label == end else 3
        cells = [_share(row.shares[moment.label]) for row in summary.arms]
        columns.append(Column("after", moment.label, cells, rank=rank))
    if len(summary.arms) > 1:
        columns.append(Column("gap after", end, [_gap(row) for row in summary.arms], rank=1))
        columns.append(
            Column(
                "wins in",
                "pairs" if summary.unit == "replicate" else "points",
                [_wins(row) for row in summary.arms],
                rank=4,
            )
        )
    if summary.censored is not None:
        columns.append(Column("median", "to half", [_weeks(row) for row in summary.arms], rank=2))
        columns.append(_never(summary))
    body, dropped = text.fitted(columns, width)
    notes = [*_notes(summary), *([f"Left out for want of width: {', '.join(dropped)}."] if dropped else [])]
    heading = [summary.title, _heading(summary)]
    titles = {row.arm: row.title for row in summary.arms}
    tables = [effect_table(found, titles, summary.baseline, width) for found in summary.effects]
    return "\n".join(
        [
            *(line for part in heading for line in text.wrapped(part, width)),
            "",
            *body,
            "",
            *(line for note in notes for line in text.wrapped(note, width)),
            *(line for table in tables for line in ["", *table]),
            *([""] if tables else []),
            CAVEAT,
        ]
    )


def _heading(summary: Report) -> str:
    units = f"{summary.units} {summary.unit}{'' if summary.units == 1 else 's'}"
    over = f", averaged over {summary.points:,} points" if summary.points > 1 and summary.unit != "point" else ""
    return f"Share of staff who have adopted{over}, % (95 % interval of the mean over {units})"


def _share(share: Interval) -> str:
    middle = f"{100 * share.value:.0f}"
    if not isfinite(share.low):
        return middle
    return f"{middle} ({100 * max(share.low, 0):.0f}-{100 * min(share.high, 1):.0f})"


def _gap(row: ArmReport) -> str:
    if row.difference is None:
        return "-"
    gap = row.difference
    if not isfinite(gap.low):
        return points(gap.value)
    # One decimal for all three where the interval is narrow, so that they can be compared.
    digits = 1 if gap.high - gap.low < 0.02 else 0
    low, high = (f"{100 * edge:.{digits}f}" for edge in (gap.low, gap.high))
    return f"{100 * gap.value:+.{digits}f} ({low} to {high})"


def _wins(row: ArmReport) -> str:
    return "-" if row.superiority is None else f"{100 * row.superiority.value:.0f} %"


def _weeks(row: ArmReport) -> str:
    half = row.weeks_to_half
    return "never" if half is None or not isfinite(half.value) else f"{half.value:.0f}"


def _never(summary: Report) -> Column:
    runs = {row.runs for row in summary.arms}
    if len(runs) == 1:
        counts = [str(row.never_reached_half) for row in summary.arms]
        return Column("never", f"of {runs.pop()}", counts, rank=2)
    return Column("never", "", [f"{row.never_reached_half} of {row.runs}" for row in summary.arms], rank=2)


def _notes(summary: Report) -> list[str]:
    missing = f", {summary.missing:,} not yet run" if summary.missing else ""
    total = summary.done + summary.failed + summary.missing
    failed = f"{summary.failed:,} of {total:,}" if summary.failed else "0"
    within = "" if summary.weeks is None else f" within {span(summary.weeks)}"
    words = [f"Runs: {summary.done:,} done, {failed} failed{missing}."]
    if summary.censored is not None:
        runs = "run" if summary.censored == 1 else "runs"
        never = f"the {summary.censored} {runs} that never got there{within} count{'s' * (runs == 'run')} as longer"
        words.append(f"Median weeks to half the staff: {never}.")
    notes = [" ".join([*words, _origin(summary)])]
    compared = [row for row in summary.arms if row.difference is not None]
    if compared:
        notes += [_pairing(summary, compared), *_told_apart(summary, compared), *_skew(compared)]
    return notes


def _origin(summary: Report) -> str:
    scenario = f", scenario {summary.scenario}" if summary.scenario else ""
    if summary.seed is None or summary.weeks is None:
        return f"Seed and horizon unknown, as there is no {PROVENANCE}{scenario}."
    return f"Seed {summary.seed}, {summary.weeks} weeks{scenario}."


def _baseline_title(summary: Report) -> str:
    return next(row.title for row in summary.arms if row.arm == summary.baseline)


def _pairing(summary: Report, compared: list[ArmReport]) -> str:
    """Show that pairing worked, rather than claim it."""
    correlations = [_difference(row).correlation for row in compared]
    savings = [_difference(row).saving for row in compared]
    known = [(c, s) for c, s in zip(correlations, savings, strict=True) if isfinite(c) and isfinite(s)]
    words = f"Gaps (percentage points) and wins are against {_baseline_title(summary)}, in pairs of the same luck"
    if not known:
        return f"{words}."
    middle, saved = (float(np.median(column)) for column in zip(*known, strict=True))
    return f"{words} (median correlation {middle:.2f}: as good as {saved:.1f} times as many unpaired runs)."


def _told_apart(summary: Report, compared: list[ArmReport]) -> list[str]:
    name = _baseline_title(summary)
    unclear = [row.title for row in compared if not (row.adjusted_p is not None and row.adjusted_p <= 0.05)]
    if all(row.adjusted_p is None for row in compared):
        return ["One pair an arm is too few for intervals."]
    family = f"After Holm's adjustment for {len(compared)} comparisons at 5 %, " if len(compared) > 1 else ""
    if not unclear:
        words = f"every arm differs from {name}." if len(compared) > 1 else f"The arm differs from {name}."
    else:
        words = f"not told apart from {name}: {'; '.join(unclear)}."
    return [family + words if family else words[0].upper() + words[1:]]


def _skew(compared: list[ArmReport]) -> list[str]:
    skewed = [row.title for row in compared if abs(_difference(row).skewness) > SKEWED]
    if not skewed:
        return []
    return [f"Skewed, so rather use the bootstrap intervals of --json: {'; '.join(skewed)}."]


def content(summary: Report) -> dict[str, Any]:
    """Return the report as a mapping for `--json`."""
    return {**summary._asdict(), "moments": [moment.label for moment in summary.moments], "caveat": CAVEAT}
