"""Words and numbers that figures and tables share: how a sweep was made, shares, lengths of time."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, isfinite, isnan, log10

import numpy as np

from experiments.analysis.asked import Asked
from experiments.analysis.outcomes import Outcomes
from experiments.analysis.statistics.estimates import Interval, PairedDifference
from simulation.words import counted, signed

MOST_SETTINGS = 3


def footer(outcomes: Outcomes) -> str:
    """How a sweep was made, in one line."""
    words = [counted(outcomes.units, f"paired {outcomes.unit}" if len(outcomes.arms) > 1 else outcomes.unit)]
    words.append("seed unknown" if outcomes.seed is None else f"seed {outcomes.seed}")
    if outcomes.scenario:
        words.append(f"scenario {outcomes.scenario}")
    if outcomes.change:
        words.append(f"change {outcomes.change}")
    words += set_in_all(outcomes.settings)
    if outcomes.failed:
        words.append(f"{outcomes.failed:,} of {outcomes.expected:,} runs failed")
    if outcomes.left_out.runs:
        words.append(f"{outcomes.left_out.runs:,} left out that not every arm has")
    return ", ".join(words)


def set_in_all(settings: Mapping[str, object]) -> list[str]:
    """Name what a study sets in all of its arms, the first few of them.

    >>> set_in_all({"gates.delay": 4.0, "gates.on": True})
    ['gates.delay 4', 'gates.on true']
    """
    words = [f"{name} {named(value)}" for name, value in settings.items()]
    more = len(words) - MOST_SETTINGS
    return words if more <= 0 else [*words[:MOST_SETTINGS], f"{more} more set"]


def coloured(tests: int, level: str = "0") -> str:
    """Say what the colours of a figure mean, tests of so many differences from a level.

    >>> coloured(14)
    "Blue and orange: significantly above and below 0 at 5 %, after Holm's correction for 14 comparisons."
    """
    after = f", after Holm's correction for {tests} comparisons" if tests > 1 else ""
    return f"Blue and orange: significantly above and below {level} at 5 %{after}."


def percent(share: float) -> str:
    """Write a share as whole percent.

    >>> percent(0.256)
    '26 %'
    """
    return f"{100 * share:.0f} %"


def points(difference: float) -> str:
    """Write a difference of shares in percentage points, finer where it is small.

    >>> points(0.12), points(-0.004), points(0.0)
    ('+12', '-0.4', '0')
    """
    hundredths = 100 * difference
    return signed(hundredths, digits=1 if 0.05 <= abs(hundredths) < 0.95 else 0)


def named(level: object) -> str:
    """Write a value of a swept parameter.

    >>> named(True), named(0.45), named("none")
    ('true', '0.45', 'none')
    """
    if isinstance(level, bool | np.bool_):
        return str(level).lower()
    return f"{level:g}" if isinstance(level, float) else str(level)


def ranked(outcomes: Outcomes) -> list[str]:
    """Arms from the largest share at the end to the smallest."""
    return sorted(outcomes.arms, key=lambda arm: -float(outcomes.values(arm, "adopted_share").mean()))


def lie(number: int) -> str:
    """Return the verb of so many arms.

    >>> lie(1), lie(0)
    ('lies', 'lie')
    """
    return "lies" if number == 1 else "lie"


def amount(asked: Asked, value: float) -> str:
    """Write what an arm comes to in an outcome: percent without their sign, or three figures.

    >>> from experiments.analysis.asked import Asked
    >>> share, weeks = (Asked("a", unit, "A", 0, 1, 0.02, 1) for unit in ("share of staff", "weeks"))
    >>> amount(share, 0.256), amount(weeks, 137.6), amount(weeks, 0.2512), amount(weeks, float("nan"))
    ('26', '138', '0.251', '-')
    """
    if not isfinite(value):
        return "-" if isnan(value) else "never"
    scaled = asked.scale * value
    return f"{scaled:z,.0f}" if asked.is_share or abs(scaled) >= 100 else f"{scaled:z.3g}"


def difference_of(asked: Asked, gap: PairedDifference | Interval) -> str:
    """Write a difference in an outcome, with its interval where it has one, all three alike fine."""
    scaled = asked.scale * gap.value
    if not isfinite(gap.low):
        return points(gap.value) if asked.is_share else "-" if isnan(scaled) else f"{scaled:+.3g}" if scaled else "0"
    digits = decimals(asked.scale * (gap.high - gap.low))
    low, high = (f"{asked.scale * edge:z,.{digits}f}" for edge in (gap.low, gap.high))
    return f"{signed(scaled, digits)} ({low} to {high})"


def decimals(width: float) -> int:
    """Return how many decimals numbers need whose interval is so wide.

    >>> decimals(20), decimals(1.9), decimals(0.1)
    (0, 1, 2)
    """
    return max(0, min(4, floor(1 - log10(width / 2)))) if 0 < width < 2 else 0


def margin_words(asked: Asked) -> str:
    """Write the margin with its unit.

    >>> from experiments.analysis.asked import Asked
    >>> margin_words(Asked("a", "share of staff", "A", 0, 1, 0.02, 1)), margin_words(Asked("a", "weeks", "A", 0, 260, 4, -1))
    ('2 points', '4 weeks')
    """
    number = f"{asked.scale * asked.margin:g}"
    unit = asked.unit_of_differences
    return f"{number} {unit.removesuffix('s') if number == '1' else unit}"


def within_words(asked: Asked) -> str:
    """Write the margin as short as the head of a column wants it."""
    return f"{asked.scale * asked.margin:g}"
