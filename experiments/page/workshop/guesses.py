"""What a group can say beforehand: a line for each arm, and in how many pairs of runs the second arm will be ahead."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from experiments.page.workshop.numbers import time_in_words
from experiments.page.workshop.record import Group
from simulation.errors import Invalid
from simulation.words import visible

AHEAD = ("hardly any", "about a quarter", "about half", "about three quarters", "nearly all")
"""In how many pairs, from none to all: a quarter of them lies between one and the next."""
STEPS = (1, 4, 13, 26, 52, 104, 260, 520)
MOST_POINTS = 8
MOST_GROUPS = 12
LONGEST_NAME = 24


def points(weeks: int) -> tuple[int, ...]:
    """Return the weeks for which a group says a share: few enough to be set one by one, the last one among them.

    >>> points(260), points(60), points(5)
    ((52, 104, 156, 208, 260), (13, 26, 39, 52, 60), (1, 2, 3, 4, 5))
    """
    step = next((step for step in STEPS if weeks / step <= MOST_POINTS), weeks)
    return (*range(step, weeks, step), weeks)


def when(week: int) -> str:
    """Return a week as it is said of a point.

    >>> when(104), when(39)
    ('after two years', 'after 39 weeks')
    """
    return f"after {time_in_words(week)}"


def ahead_in_words(count: int, of: int) -> str:
    """Return the nearest of `AHEAD` for so many pairs.

    >>> ahead_in_words(4, 40), ahead_in_words(18, 40), ahead_in_words(40, 40)
    ('hardly any', 'about half', 'nearly all')
    """
    return AHEAD[round(4 * count / of)]


def named(name: str, taken: Sequence[str]) -> str:
    """Return a group's name, made fit to be shown.

    Raises
    ------
    Invalid
        Where it is empty, too long, or that of another group, or where there are groups enough.
    """
    found = visible(" ".join(name.split()))
    problems = []
    if not found:
        problems.append("Say what the group is called.")
    if len(found) > LONGEST_NAME:
        problems.append(f"A group's name has at most {LONGEST_NAME} letters; this one has {len(found)}.")
    if found.lower() in [other.lower() for other in taken]:
        problems.append(f"There is a group called {found[:LONGEST_NAME]} already; choose another name.")
    if len(taken) >= MOST_GROUPS:
        problems.append(f"There are {MOST_GROUPS} groups already, which is as many as can be told apart.")
    if problems:
        raise Invalid(problems)
    return found


def checked(group: Group, arms: int, at: int) -> Group:
    """Return what a group expects, as far as it can be: rounded to a tenth of a point.

    Raises
    ------
    Invalid
        Where it is not a line for each arm (empty where nothing was said of one), with a share from 0 to 1 at each point.
    """
    lines = tuple(tuple(float(share) for share in line) for line in group.lines)
    right = len(lines) in (0, arms) and all(len(line) in (0, at) for line in lines)
    if not right or not all(isfinite(share) and 0 <= share <= 1 for line in lines for share in line):
        raise Invalid([f"A prediction is a line for each of {arms} arms, of {at} shares between 0 and 100 %."])
    if group.ahead not in ("", *AHEAD):
        raise Invalid([f"In how many runs one is ahead is said as one of: {', '.join(AHEAD)}."])
    return group._replace(lines=tuple(tuple(round(share, 3) for share in line) for line in lines))
