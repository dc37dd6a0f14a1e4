"""In words: what a group expected, and how far off it was."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from experiments.analysis.outcomes import span
from experiments.analysis.wording import percent
from experiments.page.ahead.answer import Answer, points
from experiments.page.ahead.futures import Seen
from experiments.page.workshop.record import Group, Hours, Record
from simulation.words import counted


def answered(found: Answer, names: Sequence[str]) -> list[str]:
    """Return the answer of the forty pairs in sentences; of one arm, only its middle."""
    if found.mean is None:
        return [found.verdict]
    first, second = names
    one, other = (percent(middle.value) for middle in found.middles)
    interval = (
        f" (95 % interval {points(found.mean.low)} to {points(found.mean.high)})"
        if found.mean.low == found.mean.low
        else ""
    )
    return [
        found.verdict,
        f"After {found.after} the middle run has {one} of staff with {first}, {other} with {second}.",
        f"With equal luck, {second} is ahead in {found.ahead} of {found.runs} runs, behind in {found.behind}, and within one "
        f"point in {found.same}; on average {points(found.mean.value)} points{interval}.",
    ]


def how_far_off(group: Group, record: Record, seen: Seen) -> list[str]:
    """Return for each arm that a group predicted how far the middle of the runs lies from what it said."""
    said = []
    for line, name, curves in zip(group.lines, record.arms, seen.arms, strict=False):
        if line:
            end, above = line[-1], sum(curve[-1] > line[-1] for curve in curves)
            middle = median(curve[-1] for curve in curves)
            said.append(
                f"With {name}: {percent(end)} after {span(record.weeks)}; the middle run has {percent(middle)}, "
                f"{_difference(middle - end)}. {above} of {len(curves)} runs end above the line."
            )
    return said


def _difference(gap: float) -> str:
    """Say by how much the runs have more than was said.

    >>> _difference(0.311), _difference(-0.01), _difference(0.001)
    ('31 points more', '1 point fewer', 'just that')
    """
    size = round(abs(100 * gap))
    return f"{counted(size, 'point')} {'more' if gap > 0 else 'fewer'}" if size else "just that"


def spent(hours: Hours) -> str:
    """Say how the leaders' hours were spent."""
    share = {0.5: "half of the hours there are", 1.0: "the hours there are", 2.0: "twice the hours there are"}
    words = share.get(hours.share, f"{percent(hours.share)} of the hours there are")
    when = "all in the first half of the time" if hours.early else "spread over the whole time"
    return f"The leaders spent {words}, {when}."
