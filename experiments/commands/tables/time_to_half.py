"""When half the staff of each arm have adopted, as a table: how many runs get there, the median, who is there first."""

from __future__ import annotations

from experiments.analysis.summary import Summary
from experiments.analysis.wording import chance, median_words
from experiments.commands.console.text import Column
from experiments.commands.tables.table import Table
from simulation.words import counted

NAME = "time_to_half"


def half_table(summary: Summary) -> list[Table]:
    """Return the table of when half the staff have adopted, none where no run gets there or the outcomes do not say."""
    rows = summary.arms
    if not any(row.reached_half for row in rows):
        return []
    columns = [
        Column("", "arm", [row.title for row in rows], left=True),
        Column("runs", "there", [f"{row.reached_half} of {row.runs}" for row in rows]),
        Column("median", "weeks", [median_words(row.weeks_to_half) for row in rows]),
    ]
    tests = [row.sooner for row in rows if row.sooner]
    if tests:
        columns.append(Column("sooner, later", "in pairs", [_first(row.sooner and row.sooner[:3]) for row in rows]))
        columns.append(Column("log-rank", "p", [chance(row.sooner.adjusted_p) if row.sooner else "-" for row in rows]))
    notes = ["Kaplan and Meier's medians with their exact 95 % intervals: runs that never get there count as longer."]
    if tests:
        after = f", after Holm's correction for {counted(len(tests), 'comparison')}" if len(tests) > 1 else ""
        notes.append(
            f"Log-rank test against {summary.titles[summary.baseline]} within pairs of runs with the same random numbers: with two "
            f"runs a stratum it asks which of them was there first, and its p is exact{after}."
        )
    return [Table(NAME, "Weeks to half the staff.", columns, notes)]


def _first(counts: tuple[int, ...] | None) -> str:
    return f"{counts[0]}, {counts[1]}" if counts else "-"
