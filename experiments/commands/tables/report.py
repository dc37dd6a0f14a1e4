"""The table that ends a sweep: what each arm reached, how it compares, how sure that is."""

from __future__ import annotations

from math import isfinite

from experiments import CAVEAT
from experiments.analysis.asked import ADOPTED
from experiments.analysis.outcomes import span
from experiments.analysis.parameters.meanings import set_in_all
from experiments.analysis.statistics.estimates import ALIKE, BOUNDED, STUDENT, T_NEEDS, Interval
from experiments.analysis.summary import ArmSummary, Summary
from experiments.analysis.wording import saved_by_pairing
from experiments.commands.console import text
from experiments.commands.console.text import Column
from experiments.commands.tables.effects import effect_table
from experiments.commands.tables.influences import influence_table
from experiments.commands.tables.left_out import left_out
from experiments.commands.tables.outcomes import outcome_table
from experiments.commands.tables.table import Table, as_text
from experiments.store.folder import PROVENANCE
from simulation.words import counted


def report_table(summary: Summary, width: int = 100) -> str:
    """Write the numbers of a sweep as plain text that fits a number of columns, from 60 up.

    Columns that do not fit are hidden, the least important first, and named.
    """
    parts = [line for table in report_tables(summary) for line in [*as_text(table, width), ""]]
    return "\n".join([*text.wrapped(summary.title, width), *parts, CAVEAT])


def report_tables(summary: Summary) -> list[Table]:
    """Return everything that a report says, table by table."""
    titles = {row.arm: row.title for row in summary.arms}
    asked = [found for found in summary.outcomes if found.compared or found.asked.name != ADOPTED]
    levels = _levels(summary) if any(found.asked.name == ADOPTED for found in summary.outcomes) else []
    tables = [*levels, *(outcome_table(summary, found) for found in asked), _how_made(summary)]
    tables += [effect_table(effects, titles, summary.baseline) for effects in summary.effects]
    return [*tables, *(influence_table(summary, found) for found in summary.influences)]


def _levels(summary: Summary) -> list[Table]:
    """Return the table of the share who have adopted, by moment."""
    return [Table("levels", _heading(summary), _columns(summary), _censoring(summary))]


def _how_made(summary: Summary) -> Table:
    return Table("how_made", "", [], [note for note in _notes(summary) if note])


def _columns(summary: Summary) -> list[Column]:
    arms, end = summary.arms, summary.moments[-1].label
    columns = [Column("", "arm", [row.title for row in arms], left=True)]
    for moment in summary.moments:
        rank = 0 if moment.label == end else 3
        columns.append(Column("after", moment.label, [_share(row.shares[moment.label]) for row in arms], rank=rank))
    adopted = next(found for found in summary.outcomes if found.asked.name == ADOPTED)
    columns.append(Column("median", "run", [f"{100 * row.median.value:.0f}" for row in adopted.arms], rank=3))
    beside = (("say they", "have", summary.declared), ("kept of", "the most", summary.sustained))
    for over, head, shares in beside:
        if shares:
            columns.append(Column(over, head, [_share(shares[row.arm]) for row in arms], rank=2))
    if summary.censored is not None:
        columns.append(Column("weeks to", "half", [_weeks(row) for row in arms], rank=2))
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


def _weeks(row: ArmSummary) -> str:
    half = row.weeks_to_half
    return "never" if half is None or not isfinite(half.value) else f"{half.value:.0f}"


def _never(row: ArmSummary) -> str:
    return "-" if row.never is None else _share(row.never)


def _notes(summary: Summary) -> list[str]:
    notes = [f"{_runs(summary)} {_origin(summary)}", left_out(summary)]
    return [*notes, _pairing(summary) if summary.compared else "", _without_interval(summary)]


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
    words = f"Gaps and wins are against {against}, in pairs of runs with the same random numbers"
    gained = summary.pairing
    if gained is None:
        return f"{words}."
    return f"{words} (median correlation {gained.correlation:.2f}: {saved_by_pairing(gained.saving)})."


def _without_interval(summary: Summary) -> str:
    """Say why there are no intervals, or for which arms."""
    shares = [share for row in summary.arms for share in row.shares.values()]
    if not any(isfinite(share.low) for share in shares):
        why = next((share.note for share in shares if share.note != ALIKE), ALIKE)
        more = " More replicates give both." if summary.unit == "point" else ""
        return f"No interval, and nothing is called significant: {why}.{more}"
    alike = [row.title for row in summary.compared if row.difference and row.difference.note == ALIKE]
    return f"All pairs alike, so without an interval: {'; '.join(alike)}." if alike else ""
