"""What goes with what in a sample of points, as plain text that fits a terminal."""

from __future__ import annotations

from math import isfinite

from experiments.analysis.correlations import Correlation, Factor
from experiments.analysis.summary import Summary
from experiments.commands.console.text import Column
from experiments.commands.tables.effects import two_lines
from experiments.commands.tables.table import Table
from simulation.words import counted

SHORT, LONGEST = 12, 20
TACTIC = "tactics."


def correlation_table(summary: Summary) -> Table:
    """Return a table of rank correlations, a row for each parameter and a column for each arm.

    Of many parameters only those that go with something are shown: a ranking of the others would be one of chance.
    """
    factors = shown(summary.correlations)
    columns = [Column("", "", [factor.name for factor in factors], left=True)]
    for rank, row in enumerate(summary.arms):
        over, head = two_lines(row.title)
        columns.append(Column(over, head, [_cell(factor.arms[row.arm]) for factor in factors], rank=rank))
    return Table("correlations", _meaning(summary), columns, [_family(summary, factors), _scaled(summary)])


def shown(factors: list[Factor]) -> list[Factor]:
    """Return all of a few parameters; of many those that are significant in any arm, the strongest first."""
    if len(factors) <= SHORT:
        return factors
    found = [factor for factor in factors if any(one.sign for one in factor.arms.values())]
    return sorted(found, key=lambda factor: -max(abs(one.value) for one in factor.arms.values() if one.sign))[:LONGEST]


def _cell(one: Correlation) -> str:
    if not isfinite(one.value):
        return "-"
    star = "*" if one.sign else " "
    return f"{one.value:+.2f}{star} ({one.low:.2f} to {one.high:.2f})"


def _meaning(summary: Summary) -> str:
    replicates = "one replicate, so another may differ" if summary.unit == "point" else f"{summary.units} replicates"
    if summary.own_random_numbers:
        replicates = "its own replicates"
    return (
        f"What goes with what: rank correlation (Spearman) of each swept parameter with the share in the end, over "
        f"{summary.points:,} points, each the mean of {replicates}; with its 95 % interval."
    )


def _family(summary: Summary, factors: list[Factor]) -> str:
    tests = [one for factor in summary.correlations for one in factor.arms.values() if one.adjusted_p is not None]
    after = f" after Holm's correction for {len(tests)} correlations" if len(tests) > 1 else ""
    is_found = any(one.sign for one in tests)
    words = f"{'*: significant' if is_found else 'None is significant'} at 5 %{after}."
    left = len(summary.correlations) - len(factors)
    return f"{words} {counted(left, 'more parameter')}: see --json." if left else words


def _scaled(summary: Summary) -> str:
    if sum(factor.name.startswith(TACTIC) for factor in summary.correlations) < 2:
        return ""
    return (
        "Shares of conversations that add up to more than 1 are scaled to 1 in the run: the shares at work are then smaller "
        "than those sampled, and hardly any point comes near one conversation alone."
    )
