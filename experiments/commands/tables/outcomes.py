"""An outcome that was asked about, as a table: what each arm comes to, and how it compares with the baseline."""

from __future__ import annotations

from math import isfinite

from experiments.analysis.asked import ADOPTED, Asked
from experiments.analysis.by_outcome import ArmInOutcome, OutcomeSummary
from experiments.analysis.outcomes import TIMES
from experiments.analysis.statistics.estimates import BOUNDED, STUDENT, T_NEEDS, Interval
from experiments.analysis.statistics.proportions import Superiority
from experiments.analysis.study_facts import ALL
from experiments.analysis.summary import Summary
from experiments.analysis.wording import amount, difference_of, margin_words, within_words
from experiments.analysis.writing import lowered
from experiments.commands.console.text import Column
from experiments.commands.tables.table import Table
from simulation.words import counted

# Beyond this, intervals of the mean that lean to neither side cover too seldom at usual numbers of runs.
SKEWED = 2.0
GOOD_FIRST = ("better", "more", "less", "worse")
HARMS_IN_SOME = "The change does harm in some of what was run, so that nothing here is called better or worse."


def outcome_table(summary: Summary, found: OutcomeSummary) -> Table:
    """Return the table of one outcome; of the share in the end it has the comparisons alone, as `levels` has the rest."""
    one, is_levels_elsewhere = found.asked, found.asked.name == ADOPTED
    columns = [Column("", "arm", [row.title for row in found.arms], left=True)]
    if not is_levels_elsewhere:
        columns.append(Column("", "mean", [_level(one, row.mean) for row in found.arms]))
        columns.append(Column("", "median", [amount(one, row.median.value) for row in found.arms], rank=2))
    if found.compared:
        columns += _compared(one, found.arms)
        if is_levels_elsewhere and any(_is_known(row.time_saved) for row in summary.arms):
            columns.append(Column("weeks", "saved", [_saved(row.time_saved) for row in summary.arms], rank=3))
    return Table(one.name, _caption(summary, found), columns, _notes(summary, found))


def _compared(one: Asked, rows: list[ArmInOutcome]) -> list[Column]:
    beyond = {
        word: [_share(getattr(row.beyond, side, None)) for row in rows]
        for word, side in zip(one.better_and_worse, ("above", "below"), strict=True)
    }
    head = f">{within_words(one)}, %"
    columns = [
        Column("gap", "mean", [difference_of(one, row.difference) if row.difference else "-" for row in rows]),
        Column("gap", "median", [_median_gap(one, row) for row in rows], rank=4),
        *(Column(f"{word} by", head, beyond[word], rank=1) for word in sorted(beyond, key=GOOD_FIRST.index)),
        Column("wins" if one.better else "above", "%", [_wins(one, row.superiority) for row in rows], rank=5),
    ]
    if any(row.spread for row in rows):
        columns.append(Column("gap at 8 of", "10 points", [_spread(one, row) for row in rows], rank=3))
    return columns


def _median_gap(one: Asked, row: ArmInOutcome) -> str:
    return "-" if row.difference is None else difference_of(one, row.difference.median._replace(low=float("nan")))


def _level(one: Asked, mean: Interval) -> str:
    if not isfinite(mean.low):
        return amount(one, mean.value)
    return f"{amount(one, mean.value)} ({amount(one, mean.low)}-{amount(one, mean.high)})"


def _share(share: Interval | None) -> str:
    return "-" if share is None or not isfinite(share.value) else f"{100 * share.value:.0f}"


def _wins(one: Asked, best: Superiority | None) -> str:
    if best is None or not isfinite(best.value):
        return "-"
    return f"{100 * (1 - best.value if one.better < 0 else best.value):.0f}"


def _spread(one: Asked, row: ArmInOutcome) -> str:
    return "-" if row.spread is None else " to ".join(amount(one, edge) for edge in row.spread)


def _is_known(saved: Interval | None) -> bool:
    return saved is not None and isfinite(saved.value)


def _saved(saved: Interval | None) -> str:
    """Write the weeks saved, which are the fewer weeks that the arm takes."""
    if saved is None or not isfinite(saved.value):
        return "-"
    if not isfinite(saved.low):
        return f"{-saved.value:z.0f}"
    return f"{-saved.value:z.0f} ({-saved.high:z.0f} to {-saved.low:z.0f})"


def _caption(summary: Summary, found: OutcomeSummary) -> str:
    one, baseline = found.asked, summary.titles[summary.baseline]
    what = [f"{'%' if one.is_share else one.unit}"] if one.name != ADOPTED else []
    if found.compared:
        what.append(f"gaps in {'percentage points' if one.is_share else one.unit}, with {_kind(summary, found)}")
    what += {1: ["more is better"], -1: ["more is worse"], 0: []}[one.better]
    against = f"Against {baseline}: " if found.compared else ""
    return f"{against}{lowered(one.called) if against else one.called} ({'; '.join(what)})."


def _kind(summary: Summary, found: OutcomeSummary) -> str:
    units = counted(summary.units, f"paired {summary.unit}" if len(summary.arms) > 1 else summary.unit)
    notes = {row.difference.note for row in found.compared if row.difference}
    if STUDENT in notes:
        return f"95 % intervals over {units}"
    return (
        f"95 % intervals over {units}, wide as they must be for fewer than {T_NEEDS}"
        if BOUNDED in notes
        else f"{units}"
    )


def _notes(summary: Summary, found: OutcomeSummary) -> list[str]:
    one = found.asked
    notes = [_harm(one)]
    if one.name.startswith(TIMES):
        notes.append("Runs that never got there count with the whole horizon (restricted mean).")
    unknown = sum(row.unknown for row in found.arms)
    if unknown and not one.name.startswith(TIMES):
        notes.append(f"{counted(unknown, 'run')} without a value left out, each with its pair.")
    if found.compared:
        notes += [_beyond(one, found), _significance(summary, found), _negligible(one, found), _skew(one, found)]
    return notes


def _harm(one: Asked) -> str:
    if one.harm == ALL:
        return f"The change does harm, so that more of this is {'worse' if one.better < 0 else 'better'}."
    return HARMS_IN_SOME if one.harm else ""


def _beyond(one: Asked, found: OutcomeSummary) -> str:
    over = found.compared[0].beyond
    if over is None:
        return ""
    first, second = sorted(one.better_and_worse, key=GOOD_FIRST.index)
    return f"{first.capitalize()} and {second} by more than {margin_words(one)}, the margin: in so many % of the {over.over}s."


def _significance(summary: Summary, found: OutcomeSummary) -> str:
    baseline, number = summary.titles[summary.baseline], len(found.compared)
    tested = [row for row in found.compared if row.adjusted_p is not None]
    if not tested:
        return ""
    unclear = [row.title for row in found.compared if not row.sign]
    after = f" after Holm's correction for {number} comparisons" if number > 1 else ""
    if unclear:
        few = (
            f" With fewer than {T_NEEDS} pairs only very large differences could be." if summary.units < T_NEEDS else ""
        )
        return f"Not significantly different from {baseline} at 5 %{after}: {'; '.join(unclear)}.{few}"
    return f"{'Every arm' if number > 1 else 'The arm'} differs significantly from {baseline} at 5 %{after}."


def _negligible(one: Asked, found: OutcomeSummary) -> str:
    alike = [row.title for row in found.compared if row.is_negligible]
    return f"The same within {margin_words(one)}, by the whole interval: {'; '.join(alike)}." if alike else ""


def _skew(one: Asked, found: OutcomeSummary) -> str:
    skewed = [row for row in found.compared if row.difference and abs(row.difference.skewness) > SKEWED]
    gaps = "; ".join(f"{row.title} {difference_of(one, row.difference.median)}" for row in skewed if row.difference)
    return f"Gaps are strongly skewed, so see their medians beside their means: {gaps}." if gaps else ""
