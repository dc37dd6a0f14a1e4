"""The curves of a run, as the page draws them: shares by kind and tier, trust, credit, gates, week by week."""

import json
from typing import Any

import numpy as np

from ..entities import KINDS
from ..story.names import KIND_LABELS, TIER_LABELS
from ..world import Array

MOST_POINTS = 320
MONTHS = (
    *("April", "May", "June", "July", "August", "September"),
    *("October", "November", "December", "January", "February", "March"),
)
KIND_LINES = dict(
    zip(
        KINDS,
        (
            *(("#0072B2", ""), ("#A8447E", "8 3"), ("#2586C0", "2 2"), ("#666666", "8 3 2 3")),
            *(("#00805D", "14 3"), ("#9A6700", "4 2"), ("#D55E00", "14 3 2 3"), ("#000000", "")),
        ),
        strict=True,
    )
)
TIER_LINES = (("#0072B2", ""), ("#00805D", "7 3"), ("#9A6700", "2 3"), ("#000000", "7 3 2 3"))
"""Colour and dashes of each line: 3 to 1 or more on white, and told apart without colour."""


class Series:
    """The weekly series of one run, added to as it goes on.

    Parameters
    ----------
    run : SystemModel or Arm
        What has a world and a week.
    """

    def __init__(self, run: Any) -> None:
        self.run = run
        self.world = world = run.world
        weights = world.organisations["weight"].astype(float)
        kinds = world.organisations["kind"]
        self.kinds = [kind for kind in range(len(KINDS)) if (kinds == kind).any()]
        self.rows = [np.flatnonzero(kinds == kind) for kind in self.kinds]
        self.of_kind = np.array([weights[rows].sum() for rows in self.rows])
        staff = world.staff
        self.of_tier = np.array([max(int(staff["weight"][staff["tier"] == t].sum()), 1) for t in range(4)])
        self.everyone = float(staff["weight"].sum())
        weeks = len(world.record.hours)
        self.every = -(-weeks // MOST_POINTS)
        self.by_kind = np.zeros((weeks, len(self.kinds)))
        self.known = -1

    @property
    def lasting(self) -> int:
        """How many points there are that stay; between two of them the last point is of this week, and gives way."""
        return int(self.run.week) // self.every + 1

    def described(self, known: int = 0) -> dict[str, Any]:
        """Return every series up to now, ready to be sent to a page that has so many lasting points already."""
        week, record = int(self.run.week), self.world.record
        for w in range(self.known + 1, week + 1):
            self.by_kind[w] = [record.by_organisation[w, rows].sum() for rows in self.rows] / self.of_kind
        self.known = week
        at = np.unique(np.append(np.arange(known * self.every, week + 1, self.every), week))
        adopted = record.adopted[at].sum(axis=1) / self.everyone
        return {
            "from": known,
            "at": at.tolist(),
            "adopted": _rounded(adopted),
            "declared": _rounded(adopted + record.complying[at] / self.everyone),
            "kinds": [
                _line(KIND_LABELS[KINDS[kind]][0], KIND_LINES[KINDS[kind]], line)
                for kind, line in zip(self.kinds, self.by_kind[at].T, strict=True)
            ],
            "tiers": [
                _line(TIER_LABELS[t], TIER_LINES[t], record.adopted[at, t] / all_)
                for t, all_ in enumerate(self.of_tier)
            ],
            "trust": _rounded(record.trust[at] / self.everyone),
            "conviction": _rounded(record.conviction[at] / self.everyone),
            "committed": _rounded(record.committed[at] / len(self.world.organisations)),
            "taken": _rounded(record.credit_taken[at] * 1024 / self.everyone),
            "given": _rounded(record.credit_given[at] * 1024 / self.everyone),
        }


class Sent:
    """What one browser has been sent of a run's series, so that it is sent only what is new."""

    def __init__(self, run: Any) -> None:
        self.series = Series(run)
        self.known = 0

    def again(self) -> None:
        """Send everything: the browser has lost what it was sent."""
        self.known = 0

    def text(self) -> str:
        """Return what is new, as JSON."""
        found = json.dumps(self.series.described(self.known), separators=(",", ":"))
        self.known = self.series.lasting
        return found


def _line(label: str, drawn: tuple[str, str], values: Array) -> dict[str, Any]:
    return {"label": label, "colour": drawn[0], "dash": drawn[1], "y": _rounded(values)}


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
