"""The curves of a run, as the page draws them: shares by kind and tier, trust, credit, gates, week by week."""

from typing import Any

import numpy as np

from ..entities import KINDS
from ..world import Array
from .arm import Arm
from .names import KIND_LABELS, TIER_LABELS

MOST_POINTS = 320
MONTHS = (
    *("April", "May", "June", "July", "August", "September"),
    *("October", "November", "December", "January", "February", "March"),
)
KIND_COLOURS = dict(
    zip(
        KINDS,
        ("#0072B2", "#CC79A7", "#56B4E9", "#666666", "#009E73", "#E69F00", "#D55E00", "#000000"),
        strict=True,
    )
)
TIER_COLOURS = ("#56B4E9", "#009E73", "#E69F00", "#000000")


class Curves:
    """The weekly series of one run, added to as it goes on."""

    def __init__(self, arm: Arm) -> None:
        self.arm = arm
        world = arm.world
        weights = world.organisations["weight"].astype(float)
        kinds = world.organisations["kind"]
        self.kinds = [kind for kind in range(len(KINDS)) if (kinds == kind).any()]
        self.rows = [np.flatnonzero(kinds == kind) for kind in self.kinds]
        self.of_kind = np.array([weights[rows].sum() for rows in self.rows])
        staff = world.staff
        self.of_tier = np.array([max(int(staff["weight"][staff["tier"] == t].sum()), 1) for t in range(4)])
        self.everyone = float(staff["weight"].sum())
        self.by_kind = np.zeros((len(world.record.hours), len(self.kinds)))
        self.known = -1

    def described(self) -> dict[str, Any]:
        """Return every series up to now, ready to be sent to the page."""
        week, record = self.arm.week, self.arm.world.record
        for w in range(self.known + 1, week + 1):
            self.by_kind[w] = [record.by_organisation[w, rows].sum() for rows in self.rows] / self.of_kind
        self.known = week
        every = max(1, -(-week // MOST_POINTS))
        at = np.unique(np.append(np.arange(0, week + 1, every), week))
        adopted = record.adopted[at].sum(axis=1) / self.everyone
        return {
            "at": at.tolist(),
            "adopted": _rounded(adopted),
            "declared": _rounded(adopted + record.complying[at] / self.everyone),
            "kinds": [
                {"label": KIND_LABELS[KINDS[kind]][0], "colour": KIND_COLOURS[KINDS[kind]], "y": _rounded(line)}
                for kind, line in zip(self.kinds, self.by_kind[at].T, strict=True)
            ],
            "tiers": [
                {"label": TIER_LABELS[t], "colour": TIER_COLOURS[t], "y": _rounded(record.adopted[at, t] / all_)}
                for t, all_ in enumerate(self.of_tier)
            ],
            "trust": _rounded(record.trust[at] / self.everyone),
            "conviction": _rounded(record.conviction[at] / self.everyone),
            "committed": _rounded(record.committed[at] / len(self.arm.world.organisations)),
            "taken": _rounded(record.credit_taken[at] * 1024 / self.everyone),
            "given": _rounded(record.credit_given[at] * 1024 / self.everyone),
            "hours": np.rint(record.hours[at]).astype(int).tolist(),
        }


def _rounded(values: Array) -> list[float]:
    found: list[float] = np.round(values, 4).tolist()
    return found


def winters(peak: int, weeks: int) -> list[list[int]]:
    """Return the first and the last week of every winter.

    >>> winters(40, 104)
    [[34, 47], [86, 99]]
    """
    middles = range(peak % 52, weeks + 7, 52)
    return [[max(middle - 6, 0), min(middle + 7, weeks)] for middle in middles if middle - 6 < weeks]


def date_in_words(week: int) -> str:
    """Return the year and month of a week; a run starts in April.

    >>> date_in_words(0), date_in_words(92)
    ('year 1, April', 'year 2, January')
    """
    year, within = divmod(week, 52)
    return f"year {year + 1}, {MONTHS[min(within * 12 // 52, 11)]}"
