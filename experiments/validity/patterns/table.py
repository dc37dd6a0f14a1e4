"""Verdicts as rows: a pattern's numbers, what is accepted, and what came out for each change."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import NamedTuple

from experiments.validity.patterns.verdicts import KnockedOut, Number, Verdict, accepted


class Row(NamedTuple):
    """One statistic of one pattern: what came out and what is accepted; the verdict, on the pattern, in its first row."""

    pattern: str
    statistic: str
    found: str
    accept: str
    verdict: str


def rows(found: Sequence[Verdict]) -> list[Row]:
    """Return a row for each statistic of each pattern."""
    table: list[Row] = []
    for one in found:
        head, said = f"{one.pattern} {one.title}", one.verdict
        head += f": {one.numbers[0].statistic}" if len(one.numbers) > 1 else ""
        for number in one.numbers:
            table.append(Row(head, number.statistic, shown(number), accepted(number), said))
            head = said = ""
        if not one.numbers:
            table.append(Row(head, one.why, "", "", said))
    return table


def shown(number: Number) -> str:
    """Return a number with its interval, or a dash.

    >>> shown(Number("x", 0.123, 0.1, 0.15, 9, 0, 1, True))
    '0.12 (0.10 to 0.15)'
    """
    if not isfinite(number.value):
        return "-"
    edges = f" ({short(number.low)} to {short(number.high)})" if isfinite(number.low) else ""
    return f"{short(number.value)}{edges}"


def short(value: float) -> str:
    """Return a number in two decimals, or as whole where it is large.

    >>> short(0.123), short(36.5), short(-0.001)
    ('0.12', '36', '0.00')
    """
    return f"{value:.0f}" if abs(value) >= 10 else f"{value + 0.0:.2f}".replace("-0.00", "0.00")


def needed_by(found: Sequence[KnockedOut]) -> list[tuple[str, str, str]]:
    """Return each mechanism with the patterns that hold no more without it, and those that hold only without it."""
    return [(one.mechanism, ", ".join(one.lost) or "-", ", ".join(one.gained) or "-") for one in found[1:]]
