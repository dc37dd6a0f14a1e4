"""Words and numbers that figures and tables share: what intervals are, shares, lengths of time."""

from __future__ import annotations

from math import floor, inf, isfinite, isnan, log10

from experiments.analysis.asked import ADOPTED, Asked
from experiments.analysis.outcomes import Outcomes
from experiments.analysis.statistics.estimates import Interval, PairedDifference
from simulation.words import signed

MOST_SAVED = 1_000
"""Times; where pairs are all but alike, rounding alone makes it any number."""


def saved_by_pairing(saving: float) -> str:
    """Say how many times as many runs it would have taken without pairs.

    >>> saved_by_pairing(3.04), saved_by_pairing(4.9e13)
    ('as good as 3.0 times as many unpaired runs', 'as good as over 1,000 times as many unpaired runs')
    """
    times = f"{saving:.1f}" if saving <= MOST_SAVED else f"over {MOST_SAVED:,}"
    return f"as good as {times} times as many unpaired runs"


def what_intervals_are(outcomes: Outcomes, are_averages: bool = True) -> str:
    """Say whether intervals tell of chance between runs or of ignorance of numbers, and whether they are over all points."""
    if outcomes.unit == "point" and outcomes.own_random_numbers:
        return "Intervals are over worlds that were drawn: chance between runs and ignorance of the numbers drawn, together."
    over = f", averaged over {outcomes.points:,} points" if are_averages and outcomes.points > 1 else ""
    if outcomes.why_none:
        return (
            "No intervals: differences between points are ignorance of the numbers that vary, not chance between runs."
        )
    return f"Intervals are chance between runs{over}; that numbers and rules may be wrong is not in them."


def what_dots_are(outcomes: Outcomes) -> str:
    """Say whether single runs differ by chance or by the numbers that vary."""
    if outcomes.points > 1:
        return f"Runs differ by chance and by the numbers that vary over {outcomes.points:,} points."
    return "Runs of one arm differ by chance alone; that numbers and rules may be wrong is not in them."


def harm_words(asked: Asked) -> str:
    """Say for a title which way is worse, where the change does harm; empty elsewhere.

    >>> harm_words(Asked("a", "share", "A", 0, 1, 0.02, -1, "all"))
    '; the change harms, so more is worse'
    """
    if asked.harm == "all":
        return f"; the change harms, so more is {'worse' if asked.better < 0 else 'better'}"
    return "; the change harms in some of what was run" if asked.harm else ""


def coloured(tests: int, level: str = "0", better: int = 1) -> str:
    """Say what the colours of a figure mean, tests of so many differences from a level.

    >>> coloured(14)
    "Blue and orange: significantly above and below 0 at 5 %, after Holm's correction for 14 comparisons."
    >>> coloured(1, better=-1)
    'Blue and orange: significantly below (better) and above (worse) 0 at 5 %.'
    """
    after = f", after Holm's correction for {tests} comparisons" if tests > 1 else ""
    sides = "below (better) and above (worse)" if better < 0 else "above and below"
    return f"Blue and orange: significantly {sides} {level} at 5 %{after}."


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


def chance(p_value: float) -> str:
    """Write a p-value.

    >>> chance(0.0000004), chance(0.0312), chance(1.0)
    ('p < 0.001', 'p = 0.031', 'p = 1')
    """
    return "p < 0.001" if p_value < 0.001 else f"p = {p_value:.2g}"


def median_words(half: Interval | None) -> str:
    """Write a median with its interval; what lies beyond the horizon has no number.

    >>> nan = float("nan")
    >>> [median_words(Interval(*edges, 9, "")) for edges in ((40, 30, 52), (40, 30, inf), (inf, 52, inf), (inf, nan, nan))]
    ['40 (30 to 52)', '40 (30 to never)', 'never (from 52)', 'never']
    """
    if half is None or not isfinite(half.value):
        return f"never (from {half.low:.0f})" if half and isfinite(half.low) else "never"
    high = f"{half.high:.0f}" if isfinite(half.high) else "never"
    return f"{half.value:.0f} ({half.low:.0f} to {high})" if isfinite(half.low) else f"{half.value:.0f}"


def ranked(outcomes: Outcomes, observable: str = ADOPTED) -> list[str]:
    """Arms from the largest value at the end to the smallest; those without any come last."""
    means = {arm: outcomes.values(arm, observable) for arm in outcomes.arms}
    return sorted(means, key=lambda arm: -float(means[arm].mean()) if means[arm].size else inf)


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
