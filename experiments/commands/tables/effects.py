"""What swept parameters do, as plain text that fits a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from experiments.analysis.parameters.changes import BEYOND, ONE_AT_A_TIME, Effects
from experiments.analysis.parameters.meanings import set_to
from experiments.analysis.statistics.estimates import PairedDifference
from experiments.analysis.wording import points
from experiments.commands.console import text
from experiments.commands.console.text import Column
from experiments.commands.tables.table import Table
from simulation.words import counted, visible

TITLE = 16
LONGEST = 20


def effect_table(effects: Effects, titles: Mapping[str, str], baseline: str) -> Table:
    """Return a table of changes, a column for each arm, with what is significant."""
    rows = effects.rows[:LONGEST]
    columns = [Column("", "", [effects.start, *(row.meaning for row in rows)], left=True, title="change")]
    for rank, (arm, level) in enumerate(effects.levels.items()):
        changes = ["", *(_change(row.arms[arm].change) for row in rows)]
        reached = [level, *(row.arms[arm].level for row in rows)]
        room = max(map(len, changes))
        cells = [f"{_whole(to):>3}  {by:<{room}}" for to, by in zip(reached, changes, strict=True)]
        over, head = two_lines(titles[arm])
        columns.append(Column(over, head, cells, rank=rank, title=titles[arm]))
    notes = [_values(effects), _more(effects), _significance(effects, titles), _interlocking(effects, titles, baseline)]
    return Table(effects.name, f"{effects.meaning}{effects.how_sure}", columns, notes)


def two_lines(title: str) -> tuple[str, str]:
    """Break a title into the two lines of a column's head."""
    lines = textwrap.wrap(visible(title, keep=text.FOLDED), TITLE, max_lines=2, placeholder=" …")
    return ("", lines[0]) if len(lines) == 1 else (lines[0], lines[1])


def _whole(level: float | None) -> str:
    # Adding zero takes the sign off a level that is rounded to none.
    return "" if level is None else f"{round(100 * level) + 0}"


def _change(change: PairedDifference) -> str:
    """Write a change with the half-width of its interval, which leans to neither side.

    >>> from experiments.analysis.statistics.estimates import paired_difference
    >>> _change(paired_difference([0.30, 0.52, 0.41, 0.58] * 3, [0.20, 0.43, 0.30, 0.50] * 3))
    '+10 ±0.7'
    """
    half = 100 * (change.high - change.value)
    if not half >= 0.05:  # unknown, or nearly none
        return points(change.value)
    return f"{points(change.value)} ±{half:.{1 if half < 0.95 else 0}f}"


def _more(effects: Effects) -> str:
    left = len(effects.rows) - LONGEST
    each = "each " if left > 1 else ""
    return f"{counted(left, 'more change')}, {each}smaller than these: see --json." if left > 0 else ""


def _values(effects: Effects) -> str:
    """Say what the parameters are where nothing is changed, unless the row's name, or that of the first corner, says so."""
    if effects.name.startswith(f"{ONE_AT_A_TIME}_") and effects.name != f"{ONE_AT_A_TIME}_1":
        return ""
    values = ", ".join(set_to(name, value) for name, value in effects.values.items())
    return "" if effects.start == values or not values else f"{effects.start[0].upper()}{effects.start[1:]}: {values}."


def _significance(effects: Effects, titles: Mapping[str, str]) -> str:
    if not effects.tested:
        return ""
    significant: dict[str, list[str]] = {arm: [] for arm in effects.levels}
    for row in effects.rows:
        for arm, effect in row.arms.items():
            if effect.sign:
                significant[arm].append(row.meaning)
    words = [f"{titles[arm]}: {'; '.join(labels)}" for arm, labels in significant.items() if labels]
    none = [titles[arm] for arm, labels in significant.items() if not labels]
    if none:
        words.append(f"None for {', '.join(none)}")
    after = f" after Holm's correction for {effects.tested} comparisons" if effects.tested > 1 else ""
    return f"Significant at 5 %{after}. {'. '.join(words)}."


def _interlocking(effects: Effects, titles: Mapping[str, str], baseline: str) -> str:
    if not any(row.label == BEYOND for row in effects.rows):
        return ""
    words = "Where changes go beyond the sum, what they do depends on one another: they interlock."
    gaps = "; ".join(f"{titles[arm]} {_change(gap)}" for arm, gap in effects.beyond.items())
    return f"{words} Beyond the sum, less that of {titles[baseline]}: {gaps}." if gaps else words
