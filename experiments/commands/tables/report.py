"""The table that ends a sweep: what each arm reached, how it compares, how sure that is."""

from __future__ import annotations

from math import isfinite

from experiments import CAVEAT
from experiments.analysis.outcomes import span
from experiments.analysis.statistics.estimates import (
    ALIKE,
    BOUNDED,
    STUDENT,
    T_NEEDS,
    Interval,
    PairedDifference,
)
from experiments.analysis.summary import ArmSummary, Summary
from experiments.analysis.wording import points, set_in_all
from experiments.commands.console import text
from experiments.commands.console.text import Column
from experiments.commands.tables.correlations import correlation_table
from experiments.commands.tables.effects import effect_table
from experiments.commands.tables.left_out import left_out
from experiments.store.folder import PROVENANCE
from simulation.words import counted, signed

# Beyond this, intervals of the mean that lean to neither side cover too seldom at usual numbers of runs.
SKEWED = 2.0


def report_table(summary: Summary, width: int = 100) -> str:
    """Write the numbers of a sweep as plain text that fits a number of columns, from 60 up.

    Columns that do not fit are hidden, the least important first, and named.
    """
    table, hidden = text.fitted(_columns(summary), width)
    notes = [*_notes(summary), text.hidden_columns(hidden)]
    titles = {row.arm: row.title for row in summary.arms}
    lines = [line for part in (summary.title, _heading(summary)) for line in text.wrapped(part, width)]
    lines += ["", *table, "", *(line for note in notes if note for line in text.wrapped(note, width))]
    for effects in summary.effects:
        lines += ["", *effect_table(effects, titles, summary.baseline, width)]
    if summary.correlations:
        lines += ["", *correlation_table(summary, width)]
    return "\n".join([*lines, *([""] if summary.effects or summary.correlations else []), CAVEAT])


def _columns(summary: Summary) -> list[Column]:
    arms, end = summary.arms, summary.moments[-1].label
    columns = [Column("", "arm", [row.title for row in arms], left=True)]
    for moment in summary.moments:
        rank = 0 if moment.label == end else 3
        columns.append(Column("after", moment.label, [_share(row.shares[moment.label]) for row in arms], rank=rank))
    if len(arms) > 1:
        columns.append(Column("gap after", end, [_gap(row) for row in arms], rank=1))
        if summary.unit == "point" and any(row.spread for row in arms):
            columns.append(Column("at 8 of", "10 points", [_spread(row) for row in arms], rank=3))
        columns.append(Column("wins", "%", [_wins(row) for row in arms], rank=4))
    if summary.censored is not None:
        columns.append(Column("median", "to half", [_weeks(row) for row in arms], rank=2))
        columns.append(Column("never", "there, %", [_never(row) for row in arms], rank=2))
    return columns


def _heading(summary: Summary) -> str:
    over = f", averaged over {summary.points:,} points" if summary.points > 1 and summary.unit != "point" else ""
    units = counted(summary.units, summary.unit)
    notes = {share.note for row in summary.arms for share in row.shares.values()}
    kinds = {
        STUDENT: f"95 % interval of the mean over {units}",
        BOUNDED: f"95 % interval of the mean over {units}, wide as it must be for fewer than {T_NEEDS}",
    }
    kind = next((kinds[note] for note in kinds if note in notes), f"mean over {units}, without interval")
    return f"Share of staff who have adopted{over}, % ({kind})"


def _share(share: Interval) -> str:
    middle = f"{100 * share.value:.0f}"
    if not isfinite(share.low):
        return middle
    return f"{middle} ({100 * share.low:.0f}-{100 * share.high:.0f})"


def _gap(row: ArmSummary) -> str:
    return "-" if row.difference is None else _between(row.difference)


def _between(gap: PairedDifference | Interval) -> str:
    """Write a difference of shares in percentage points, with its interval where it has one."""
    if not isfinite(gap.low):
        return points(gap.value)
    # One decimal for all three where the interval is narrow, so that they can be compared.
    digits = 1 if gap.high - gap.low < 0.02 else 0
    low, high = (_number(edge, digits) for edge in (gap.low, gap.high))
    return f"{signed(100 * gap.value, digits)} ({low} to {high})"


def _number(share: float, digits: int = 0) -> str:
    return f"{100 * share:z.{digits}f}"


def _wins(row: ArmSummary) -> str:
    return "-" if row.superiority is None else f"{100 * row.superiority.value:.0f}"


def _spread(row: ArmSummary) -> str:
    return "-" if row.spread is None else " to ".join(map(_number, row.spread))


def _weeks(row: ArmSummary) -> str:
    half = row.weeks_to_half
    return "never" if half is None or not isfinite(half.value) else f"{half.value:.0f}"


def _never(row: ArmSummary) -> str:
    return "-" if row.never is None else _share(row.never)


def _notes(summary: Summary) -> list[str]:
    notes = [" ".join([_runs(summary), *_censoring(summary), _origin(summary)]), left_out(summary)]
    if summary.compared:
        notes += [_pairing(summary), _significance(summary), _skew(summary)]
    return [*notes, _without_interval(summary)]


def _runs(summary: Summary) -> str:
    total = summary.done + summary.failed + summary.missing
    failed = f"{summary.failed:,} of {total:,}" if summary.failed else "0"
    missing = f", {summary.missing:,} not yet run" if summary.missing else ""
    return f"Runs: {summary.done:,} done, {failed} failed{missing}."


def _censoring(summary: Summary) -> list[str]:
    if summary.censored is None:
        return []
    within = "" if summary.weeks is None else f" within {span(summary.weeks)}"
    if not summary.censored:
        return [f"Median weeks to half the staff: every run got there{within}."]
    count = "counts" if summary.censored == 1 else "count"
    never = f"the {counted(summary.censored, 'run')} that never got there{within} {count} as longer"
    return [f"Median weeks to half the staff: {never}."]


def _origin(summary: Summary) -> str:
    named = {"scenario": summary.scenario, "change": summary.change}
    what = "".join(f", {key} {name}" for key, name in named.items() if name)
    what += "".join(f", {words}" for words in set_in_all(summary.settings))
    if summary.seed is None or summary.weeks is None:
        return f"Seed and horizon unknown, as there is no {PROVENANCE}{what}."
    return f"Seed {summary.seed}, {counted(summary.weeks, 'week')}{what}."


def _baseline_title(summary: Summary) -> str:
    return next(row.title for row in summary.arms if row.arm == summary.baseline)


def _pairing(summary: Summary) -> str:
    """Show that pairing worked, rather than claim it."""
    against = _baseline_title(summary)
    words = f"Gaps (percentage points) and wins are against {against}, in pairs of runs with the same random numbers"
    gained = summary.pairing
    if gained is None:
        return f"{words}."
    saving = f"as good as {gained.saving:.1f} times as many unpaired runs"
    return f"{words} (median correlation {gained.correlation:.2f}: {saving})."


def _significance(summary: Summary) -> str:
    baseline, number = _baseline_title(summary), len(summary.compared)
    if all(row.adjusted_p is None for row in summary.compared):
        return ""
    unclear = [row.title for row in summary.compared if not row.is_significant]
    after = f" after Holm's correction for {number} comparisons" if number > 1 else ""
    if unclear:
        are_few = summary.units < T_NEEDS
        few = f" With fewer than {T_NEEDS} pairs only very large differences could be." if are_few else ""
        return f"Not significantly different from {baseline} at 5 %{after}: {'; '.join(unclear)}.{few}"
    return f"{'Every arm' if number > 1 else 'The arm'} differs significantly from {baseline} at 5 %{after}."


def _skew(summary: Summary) -> str:
    skewed = [row for row in summary.compared if row.difference and abs(row.difference.skewness) > SKEWED]
    gaps = "; ".join(f"{row.title} {_between(row.difference.median)}" for row in skewed if row.difference)
    return f"Gaps are strongly skewed, so see their medians beside their means: {gaps}." if gaps else ""


def _without_interval(summary: Summary) -> str:
    """Say why there are no intervals, or for which arms."""
    shares = [share for row in summary.arms for share in row.shares.values()]
    if not any(isfinite(share.low) for share in shares):
        why = next((share.note for share in shares if share.note != ALIKE), ALIKE)
        more = " More replicates give both." if summary.unit == "point" else ""
        return f"No interval, and nothing is called significant: {why}.{more}"
    alike = [row.title for row in summary.compared if row.difference and row.difference.note == ALIKE]
    return f"All pairs alike, so without an interval: {'; '.join(alike)}." if alike else ""
