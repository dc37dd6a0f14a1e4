"""Words and numbers that figures and tables share: how a sweep was made, shares, lengths of time."""

from __future__ import annotations

import numpy as np

from experiments.analysis import statistics
from experiments.analysis.outcomes import Outcomes
from simulation.words import signed


def footer(outcomes: Outcomes) -> str:
    """How a sweep was made, in one line."""
    counts = sorted({outcomes.units(arm) for arm in outcomes.arms})
    number = f"{counts[0]}" if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
    noun = outcomes.unit if counts[-1] == 1 else f"{outcomes.unit}s"
    words = [f"{number} paired {noun}" if len(outcomes.arms) > 1 else f"{number} {noun}"]
    words.append("seed unknown" if outcomes.seed is None else f"seed {outcomes.seed}")
    if outcomes.scenario:
        words.append(f"scenario {outcomes.scenario}")
    if outcomes.failed:
        words.append(f"{outcomes.failed:,} of {outcomes.expected:,} runs failed")
    return ", ".join(words)


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


def verdicts(outcomes: Outcomes, observable: str) -> dict[str, int]:
    """Whether each arm lies clearly above (1) or below (-1) the baseline, or neither (0)."""
    found = {}
    for arm in outcomes.arms:
        gap = statistics.paired_difference(*outcomes.pairs(arm, observable))
        found[arm] = sign(gap)
    return found


def ranked(outcomes: Outcomes) -> list[str]:
    """Arms from the largest share at the end to the smallest."""
    return sorted(outcomes.arms, key=lambda arm: -float(outcomes.values(arm, "adopted_share").mean()))


def sign(gap: statistics.PairedDifference) -> int:
    """Whether a paired difference is clearly above (1) or below (-1) nothing, or neither (0)."""
    return int(gap.low > 0) - int(gap.high < 0)
