"""The curves of a run, as the page draws them: shares by kind, tier and system, trust, credit, gates, week by week."""

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
KIND_DASHES = dict(zip(KINDS, ("", "9 3", "2 3", "9 3 2 3", "14 3", "5 2", "14 3 2 3 2 3", "1 5"), strict=True))
TIER_DASHES = ("", "9 3", "2 3", "9 3 2 3")
"""How lines of a chart are told apart; their colour says that they are of the adopted share."""


class Points:
    """The weeks of a run at which series have points, more of them as it goes on.

    Parameters
    ----------
    run : SystemModel or Arm
        What has a world and a week.
    """

    def __init__(self, run: Any) -> None:
        self.run = run
        self.world = run.world
        self.every = -(-len(self.world.record.hours) // MOST_POINTS)

    @property
    def lasting(self) -> int:
        """How many points there are that stay; between two of them the last point is of this week, and gives way."""
        return int(self.run.week) // self.every + 1

    def at(self, known: int) -> Array:
        """Return the weeks of the points that follow so many lasting ones."""
        week = int(self.run.week)
        return np.unique(np.append(np.arange(known * self.every, week + 1, self.every), week))


class Series(Points):
    """The weekly series of one run, added to as it goes on."""

    def __init__(self, run: Any) -> None:
        super().__init__(run)
        world = self.world
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

    def described(self, known: int = 0) -> dict[str, Any]:
        """Return every series up to now, ready to be sent to a page that has so many lasting points already."""
        week, record = int(self.run.week), self.world.record
        for w in range(self.known + 1, week + 1):
            self.by_kind[w] = [record.by_organisation[w, rows].sum() for rows in self.rows] / self.of_kind
        self.known = week
        at = self.at(known)
        adopted = record.adopted[at].sum(axis=1) / self.everyone
        return {
            "from": known,
            "at": at.tolist(),
            "adopted": _rounded(adopted),
            "declared": _rounded(adopted + record.complying[at] / self.everyone),
            "kinds": [
                _line(KIND_LABELS[KINDS[kind]][0], KIND_DASHES[KINDS[kind]], line)
                for kind, line in zip(self.kinds, self.by_kind[at].T, strict=True)
            ],
            "tiers": [
                _line(TIER_LABELS[t], TIER_DASHES[t], record.adopted[at, t] / all_)
                for t, all_ in enumerate(self.of_tier)
            ],
            "trust": _rounded(record.trust[at] / self.everyone),
            "conviction": _rounded(record.conviction[at] / self.everyone),
            "committed": _rounded(record.committed[at] / len(self.world.organisations)),
            "taken": _rounded(record.credit_taken[at] * 1024 / self.everyone),
            "given": _rounded(record.credit_given[at] * 1024 / self.everyone),
        }


class BySystem(Points):
    """The adopted share of every system, week by week."""

    def __init__(self, run: Any) -> None:
        super().__init__(run)
        organisations = self.world.organisations
        self.first = np.flatnonzero(np.diff(organisations["system"], prepend=-1))
        self.staff = np.add.reduceat(organisations["weight"].astype(float), self.first)

    def described(self, known: int = 0) -> dict[str, Any]:
        """Return the share of each system up to now in thousandths, ready to be sent to a page that has so many points."""
        at = self.at(known)
        shares = np.add.reduceat(self.world.record.by_organisation[at], self.first, axis=1) / self.staff
        return {"from": known, "at": at.tolist(), "shares": np.rint(1000 * shares).astype(int).tolist()}


class Sent:
    """What one browser has been sent of a run's series, so that it is sent only what is new."""

    def __init__(self, series: Series | BySystem) -> None:
        self.series = series
        self.known = 0

    def again(self) -> None:
        """Send everything: the browser has lost what it was sent."""
        self.known = 0

    def text(self) -> str:
        """Return what is new, as JSON."""
        found = json.dumps(self.series.described(self.known), separators=(",", ":"))
        self.known = self.series.lasting
        return found


def _line(label: str, dash: str, values: Array) -> dict[str, Any]:
    return {"label": label, "dash": dash, "y": _rounded(values)}


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
    """Return the year and month of the week that was last; a run starts in April.

    >>> date_in_words(0), date_in_words(92), date_in_words(104)
    ('year 1, April', 'year 2, January', 'year 2, March')
    """
    return f"year {year_of(week)}, {MONTHS[min(max(week - 1, 0) % 52 * 12 // 52, 11)]}"


def year_of(week: int) -> int:
    """Return the year that a week belongs to; week 52 is the last of the first.

    >>> year_of(0), year_of(52), year_of(53)
    (1, 1, 2)
    """
    return max(week - 1, 0) // 52 + 1
