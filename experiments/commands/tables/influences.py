"""What follows from which swept parameter, as a table."""

from __future__ import annotations

from math import isfinite

from experiments.analysis.asked import ADOPTED, declared
from experiments.analysis.parameters.influences import Influence, Influences
from experiments.analysis.summary import Summary
from experiments.analysis.writing import lowered
from experiments.commands.console.text import Column
from experiments.commands.tables.effects import two_lines
from experiments.commands.tables.table import Table
from simulation.words import counted

LONGEST = 20
TACTIC = "tactics."


def influence_table(summary: Summary, influences: Influences) -> Table:
    """Return a table of the parameters that matter, a column for the baseline and for the gap of each other arm."""
    rows = influences.found[:LONGEST]
    columns = [Column("", "", [row.name for row in rows], left=True, title="parameter")] if rows else []
    for rank, arm in enumerate(
        arm for arm in summary.titles if any(row.arms[arm].passes for row in rows if arm in row.arms)
    ):
        title = summary.titles[arm] if arm == summary.baseline else f"gap of {summary.titles[arm]}"
        over, head = two_lines(title)
        columns.append(Column(over, head, [_cell(row.arms[arm]) for row in rows], rank=rank, title=title))
    name = "influences" if influences.outcome == ADOPTED else f"influences_{influences.outcome}"
    meanings = "; ".join(f"{row.name}: {row.meaning}" for row in rows if row.name != row.meaning)
    notes = [f"{meanings}." if meanings else "", _threshold(influences), _others(influences), _scaled(influences)]
    return Table(name, _meaning(summary, influences), columns, notes)


def _cell(one: Influence) -> str:
    """Write a share of the variance in percent, with the way in which the outcome goes, and a star where it passes."""
    if not isfinite(one.share):
        return "-"
    way = "+" if one.direction and one.direction.low > 0 else "-" if one.direction and one.direction.high < 0 else " "
    return f"{max(0.0, 100 * one.share):.0f} {way}{'*' if one.passes else ' '}"


def _meaning(summary: Summary, influences: Influences) -> str:
    what = "the share of staff who have adopted"
    if influences.outcome != ADOPTED:
        what = f"{lowered(declared(influences.outcome, 0, '').called)} ({influences.outcome})"
    replicates = (
        f"the mean of {counted(summary.units, 'replicate')}" if summary.unit == "replicate" else "one replicate"
    )
    own = "with random numbers of its own" if summary.own_random_numbers else replicates
    together = "alone and together with others" if influences.has_totals else "by itself"
    return (
        f"What matters: of {what} in the end, and of the gaps to {summary.titles[summary.baseline]}, how much of the difference "
        f"between {influences.points:,} points (each {own}) follows from a parameter {together}, % of the variance; "
        "+ and -: rises and falls with it."
    )


def _threshold(influences: Influences) -> str:
    edge = f"{100 * max(0.0, influences.threshold):.0f} %"
    words = "chance alone, points dealt anew, brings any parameter of any column there in 5 of 100 studies"
    if not influences.found:
        return f"No parameter passes {edge}: {words}."
    unseen = "" if influences.has_totals else " What parameters do only together is not seen: that takes more points."
    return f"*: above {edge}; {words}.{unseen}"


def _others(influences: Influences) -> str:
    left = len(influences.rows) - len(influences.found[:LONGEST])
    words = ["Arms without any are not shown."] if influences.found else []
    words += [f"{counted(left, 'more parameter')}: see --json."] if left and influences.found else []
    if influences.idle:
        words.append(f"Left out, as they cannot act in any arm: {counted(len(influences.idle), 'parameter')}.")
    return " ".join(words)


def _scaled(influences: Influences) -> str:
    if sum(row.name.startswith(TACTIC) for row in influences.rows) < 2:
        return ""
    return (
        "Shares of conversations that add up to more than 1 are scaled to 1 in the run: the shares at work are then smaller "
        "than those sampled, and hardly any point comes near one conversation alone."
    )
