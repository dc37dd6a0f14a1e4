"""Verdicts as rows: a pattern's numbers, what is accepted, and what came out for each change."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import NamedTuple

from experiments.validity.patterns.catalogue import BY_KEY
from experiments.validity.patterns.verdicts import KnockedOut, Number, Verdict, accepted


class Row(NamedTuple):
    """A pattern or one of its statistics, in words: what came out and what is accepted; the verdict is on the pattern."""

    words: str
    found: str
    accept: str
    verdict: str


def rows(found: Sequence[Verdict]) -> list[Row]:
    """Return a row for each pattern, and under one that has several statistics a row for each."""
    table: list[Row] = []
    for one in found:
        head, words = f"{one.pattern} {one.title}", BY_KEY[one.pattern].in_words
        each = [(words[number.statistic], shown(number), accepted(number)) for number in one.numbers]
        if len(each) == 1:
            table += [Row(f"{head}: {what}", came, accept, one.verdict) for what, came, accept in each]
        else:
            table += [
                Row(head, "", "", one.verdict),
                *(Row(f"  {what}", came, accept, "") for what, came, accept in each),
            ]
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
