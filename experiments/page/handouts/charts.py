"""Charts of a take-away: the groups' lines over forty runs of an arm, and the curves of the runs that were watched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from xml.etree import ElementTree as ET

from experiments.figures.elements import element
from simulation.words import counted

WIDTH, HEIGHT = 360.0, 240.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 332.0, 12.0, 214.0
COLOURS, ALONE = ("#B4470B", "#0B5FA5"), "#3E5668"
DASHES = ("", "9 5")
WEEKS_A_YEAR, MOST_YEARS = 52, 6
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
APART = 14.0
"""Units between the letters of two lines, at least."""

Line = Sequence[tuple[float, float]]
"""Weeks, and shares from 0 to 1."""


class Chart:
    """A chart of shares of staff by week, to which lines are added.

    Parameters
    ----------
    weeks : int
        The last week.
    spoken : str
        What it shows, for whoever cannot see it.
    """

    def __init__(self, weeks: int, spoken: str) -> None:
        self.weeks = max(weeks, 1)
        self.svg = element("svg", viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", role="img", aria_label=spoken)
        self.svg.extend([*self._shares(), *self._years()])

    def x(self, week: float) -> float:
        """Return where a week stands."""
        return LEFT + (RIGHT - LEFT) * week / self.weeks

    @staticmethod
    def y(share: float) -> float:
        """Return where a share stands."""
        return BOTTOM - (BOTTOM - TOP) * share

    def _shares(self) -> Iterable[ET.Element]:
        for part in (0.0, 0.25, 0.5, 0.75, 1.0):
            at = f"{self.y(part):.1f}"
            yield element("line", x1=f"{LEFT:g}", x2=f"{RIGHT:g}", y1=at, y2=at, class_="grid")
            yield element(
                "text", f"{100 * part:.0f} %", x=f"{LEFT - 5:g}", y=f"{self.y(part) + 4:.1f}", text_anchor="end"
            )

    def _years(self) -> Iterable[ET.Element]:
        years = self.weeks // WEEKS_A_YEAR
        for year in range(0, years + 1, -(-years // MOST_YEARS) or 1):
            words = f"{year} y" if year else "start"
            yield element(
                "text", words, x=f"{self.x(year * WEEKS_A_YEAR):.1f}", y=f"{HEIGHT - 8:g}", text_anchor="middle"
            )

    def add(self, line: Line, **look: str) -> None:
        """Draw a line."""
        path = "".join(
            f"{'L' if k else 'M'}{self.x(week):.1f} {self.y(share):.1f}" for k, (week, share) in enumerate(line)
        )
        self.svg.append(element("path", d=path, fill="none", **look))

    def letter(self, letter: str, share: float, colour: str) -> None:
        """Put a letter at the end of a line."""
        self.svg.append(element("text", letter, x=f"{RIGHT + 14:g}", y=f"{share:.1f}", fill=colour, class_="letter"))


def colour_of(arm: int, arms: int) -> str:
    """Return the colour of an arm."""
    return COLOURS[arm] if arms > 1 else ALONE


def letter_of(group: int, groups: int) -> str:
    """Return what stands for a group in a chart; nothing where there is one."""
    return LETTERS[group % len(LETTERS)] if groups > 1 else ""


def expected(
    weeks: Sequence[int], curves: Sequence[Sequence[float]], lines: Mapping[str, Line], colour: str
) -> ET.Element:
    """Return a chart of an arm: forty runs pale, the middle one thick, and what the groups expected, dotted.

    Parameters
    ----------
    weeks : sequence of int
        Those at which the curves are known, the last one last.
    curves : sequence
        One a run, none while the answer is covered.
    lines : dict
        What each group expects, by its letter.
    colour : str
        Of the arm.
    """
    last = [f"{letter or 'the group'} {100 * line[-1][1]:.0f} %" for letter, line in lines.items() if line]
    middle = [median(shares) for shares in zip(*curves, strict=True)] if curves else []
    spoken = (
        f"{counted(len(curves), 'run')}, the middle one with {100 * middle[-1]:.0f} % at the end; " if middle else ""
    )
    chart = Chart(weeks[-1], f"{spoken}expected at the end: {', '.join(last) or 'nothing'}.")
    for curve in curves:
        chart.add(list(zip(weeks, curve, strict=True)), stroke=colour, class_="ghost")
    if middle:
        chart.add(list(zip(weeks, middle, strict=True)), stroke=colour, class_="middle")
    places = iter(spread([chart.y(line[-1][1]) + 5 for line in lines.values() if line]))
    for letter, line in lines.items():
        if line:
            chart.add(line, class_="said")
            chart.letter(letter, next(places), "#1B2733")
    return chart.svg


def spread(places: Sequence[float]) -> list[float]:
    """Return where letters stand so that none lies on another, each as near to its own place as that allows.

    >>> spread([100.0, 101.0, 200.0])
    [100.0, 114.0, 200.0]
    """
    found, lowest = [0.0] * len(places), float("-inf")
    for number in sorted(range(len(places)), key=lambda number: places[number]):
        found[number] = lowest = max(places[number], lowest + APART)
    over = max(0.0, lowest - HEIGHT + 4)
    return [place - over for place in found]


def watched(weeks: Sequence[int], shares: Sequence[Sequence[int]]) -> ET.Element:
    """Return the curves of the runs that were watched, in thousandths, with the line that moves along them."""
    ends = " and ".join(f"{curve[-1] / 10:.0f} %" for curve in shares)
    chart = Chart(weeks[-1], f"The run that was watched: {ends} at the end.")
    for arm, curve in enumerate(shares):
        line = [(week, share / 1000) for week, share in zip(weeks, curve, strict=True)]
        chart.add(line, stroke=colour_of(arm, len(shares)), stroke_dasharray=DASHES[arm], class_="run")
    edges = {"data_left": f"{LEFT:g}", "data_right": f"{RIGHT:g}"}
    chart.svg.append(element("line", x1="0", x2="0", y1=f"{TOP:g}", y2=f"{BOTTOM:g}", class_="now", **edges))
    return chart.svg
