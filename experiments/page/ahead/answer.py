"""What forty pairs of runs say, in numbers and in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from experiments.analysis.outcomes import span
from experiments.analysis.statistics.estimates import Interval, PairedDifference, median, paired_difference
from experiments.analysis.statistics.proportions import SAME, leans, share
from experiments.analysis.wording import percent
from experiments.page.ahead.futures import Seen
from simulation.words import signed

CLEARLY, MOSTLY, HALF = 0.85, 0.8, 0.5
FEW, OF_MOST = 3, 0.45
"""How many of the largest differences make up more than what share of all, where a few runs make most of the mean."""


class Answer(NamedTuple):
    """What pairs of runs say at the end; of a single arm, only its middle."""

    runs: int
    after: str
    middles: tuple[Interval, ...]
    differences: tuple[float, ...] = ()
    ahead: int = 0
    behind: int = 0
    chance: Interval | None = None
    mean: PairedDifference | None = None
    verdict: str = ""

    @property
    def same(self) -> int:
        """Pairs whose difference is not worth the name."""
        return self.runs - self.ahead - self.behind


def answer_of(seen: Seen, names: list[str]) -> Answer | None:
    """Return what the pairs say that have come, or None before the second."""
    if len(seen.replicates) < 2:
        return None
    ends = [np.array([curve[-1] for curve in arm]) for arm in seen.arms]
    found = Answer(len(seen.replicates), span(seen.weeks[-1]), tuple(median(end) for end in ends))
    if len(ends) == 1:
        return found._replace(verdict=f"In the middle run {percent(found.middles[0].value)} of staff have adopted.")
    differences = ends[1] - ends[0]
    found = found._replace(
        differences=tuple(differences.tolist()),
        ahead=int((differences > SAME).sum()),
        behind=int((differences < -SAME).sum()),
        mean=paired_difference(ends[1], ends[0], reach=1.0),
    )
    found = found._replace(chance=share(found.ahead, found.runs))
    return found._replace(verdict=_verdict(found, names))


def _verdict(found: Answer, names: list[str]) -> str:
    """Say in a few words which arm has more adopters in how many pairs; the mean is too easily made by a few."""
    first, second = names
    for count, word in ((found.ahead, "more"), (found.behind, "fewer")):
        if count >= CLEARLY * found.runs:
            return f"Clearly {word} adopt with {second}."
    if found.same >= MOSTLY * found.runs:
        return "No difference worth the name."
    more, decided = found.ahead > found.behind, leans(found.ahead, found.behind)
    if found.same >= HALF * found.runs:
        where = f"; where there is one, {second} is more often {'ahead' if more else 'behind'}" if decided else ""
        return f"Mostly no difference{where}."
    return f"Leans to {second if more else first}, but not in every run." if decided else "Too close to call."


MIDDLES = "After {after} the middle run has {one} of staff with {first}, {other} with {second}."
COUNTS = "With equal luck, {second} is {ahead} of {runs} runs, {behind}, and within one point in {same}"
ON_AVERAGE = "on average {mean} points{interval}"


def filled_in(found: Answer, names: Sequence[str]) -> dict[str, str]:
    """Return what stands in the sentences on two arms, `MIDDLES`, `COUNTS` and `ON_AVERAGE`."""
    assert found.mean is not None, "two arms make pairs"
    known = found.mean.low == found.mean.low
    return {
        "after": found.after,
        "one": percent(found.middles[0].value),
        "other": percent(found.middles[1].value),
        "first": names[0],
        "second": names[1],
        "ahead": f"ahead in {found.ahead}",
        "behind": f"behind in {found.behind}",
        "same": str(found.same),
        "runs": str(found.runs),
        "mean": points(found.mean.value),
        "interval": f" (95 % interval {points(found.mean.low)} to {points(found.mean.high)})" if known else "",
    }


def made_by_few(differences: tuple[float, ...]) -> bool:
    """Whether a few pairs make most of what the mean says."""
    sizes = sorted(map(abs, differences), reverse=True)
    return sum(sizes[:FEW]) > OF_MOST * sum(sizes) and abs(sum(differences)) / len(differences) > SAME


def points(difference: float) -> str:
    """Return a difference in percentage points.

    >>> points(0.066), points(-0.0369)
    ('+6.6', '−3.7')
    """
    return signed(100 * difference, digits=1).replace("-", "−")
