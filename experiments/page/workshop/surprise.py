"""How far off a group was, in words: its lines against the middle of all runs, its guess against the pairs that are ahead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from experiments.page.ahead.answer import Answer
from experiments.page.ahead.futures import Seen
from experiments.page.workshop.guesses import ahead_in_words, when
from experiments.page.workshop.record import Group
from simulation.words import counted

YOU = "You"


def middles(seen: Seen, at: Sequence[int]) -> list[list[float]]:
    """Return for each arm the middle of all runs at some weeks, between two that were kept on a straight line."""
    found = []
    for arm in seen.arms:
        middle = np.median(np.array(arm), axis=0)
        found.append(np.interp(at, seen.weeks, middle).tolist())
    return found


def end_in_words(who: str, said: float, came: float, week: int) -> str:
    """Say how far off a line was at the end, in whole points, as they are shown.

    >>> end_in_words("You", 0.55, 0.86, 260)
    'You said 55 % after five years; the middle run has 86 %, 31 points more.'
    >>> end_in_words("Finance", 0.5, 0.501, 52)
    'Finance said 50 % after one year; the middle run has 50 %, just that.'
    """
    expected, found = round(100 * said), round(100 * came)
    if expected == found:
        apart = "just that"
    else:
        apart = f"{counted(abs(found - expected), 'point')} {'more' if found > expected else 'fewer'}"
    return f"{who} said {expected} % {when(week)}; the middle run has {found} %, {apart}."


def ahead_to_words(who: str, said: str, found: Answer) -> str:
    """Say how a guess in how many pairs the second arm is ahead compares with how many are."""
    came = f"It is {found.ahead} of {found.runs}: {ahead_in_words(found.ahead, found.runs)}."
    return f"{who} said {said}. {came}" if said else f"{who} did not say. {came}"


class Distance(NamedTuple):
    """How far a group's lines lie from the middle of all runs, over the years and the arms, as a share of staff."""

    group: Group
    share: float


def distances(groups: Sequence[Group], came: Sequence[Sequence[float]]) -> list[Distance]:
    """Return how far off each group that drew something was, the closest first."""
    found = []
    for group in groups:
        apart = [
            abs(said - middle)
            for line, arm in zip(group.lines, came, strict=False)
            for said, middle in zip(line, arm, strict=False)
        ]
        if apart:
            found.append(Distance(group, sum(apart) / len(apart)))
    return sorted(found, key=lambda distance: distance.share)


def closest(groups: Sequence[Group], came: Sequence[Sequence[float]]) -> str:
    """Say which of several groups was closest over the years, or how close the only one was.

    >>> two = [Group("North", ((0.2, 0.4),)), Group("South", ((0.1, 0.9),))]
    >>> closest(two, [(0.2, 0.5)]), closest(two[:1], [(0.2, 0.5)])
    ('Closest over the years: North, 5 points off on average.', 'Over the years the lines lie 5 points off on average.')
    """
    found = distances(groups, came)
    if not found:
        return ""
    off = f"{counted(round(100 * found[0].share), 'point')} off on average."
    if len(found) == 1:
        return f"Over the years the lines lie {off}"
    level = [each.group.name for each in found if round(100 * each.share) == round(100 * found[0].share)]
    return f"Closest over the years: {' and '.join(level)}, {off}"
