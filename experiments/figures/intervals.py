"""Differences as dots with their intervals, a row each: the form in which figures compare."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, nan

from matplotlib.axes import Axes

from experiments.analysis.asked import Asked
from experiments.analysis.statistics.estimates import PairedDifference
from experiments.analysis.wording import difference_of, points
from experiments.figures import sheet
from experiments.figures.sheet import GREY, PALE, SIGN

LEAST = 0.5  # percentage points, to either side of 0
NUMBER = 0.5  # inches, that a number beside its interval takes

Spread = tuple[float, float]


def dots(
    panel: Axes,
    gaps: Sequence[PairedDifference],
    signs: Sequence[int],
    asked: Asked | None = None,
    spreads: Sequence[Spread | None] | None = None,
) -> None:
    """Draw differences from the bottom row up, shares in percentage points, each with its number beside it.

    Parameters
    ----------
    panel : Axes
        Where to draw.
    gaps : sequence of PairedDifference
        Each is drawn as a dot, with its interval where it has one.
    signs : sequence of int
        What is significantly above (1) or below (-1) nothing, or neither (0), which gives it its colour.
    asked : Asked, optional
        The outcome; a share if none is given.
    spreads : sequence of (float, float) or None
        Between what a difference lies at eight of ten points, drawn pale.
    """
    sheet.bare(panel)
    panel.spines["left"].set_visible(False)
    panel.tick_params(axis="y", length=0)
    panel.grid(axis="x", color="#EEEEEE", linewidth=0.8)
    panel.axvline(0, color=GREY, linewidth=1, zorder=1)
    scale = asked.scale if asked else 100.0
    for row, (gap, sign, spread) in enumerate(zip(gaps, signs, spreads or [None] * len(gaps), strict=True)):
        colour = SIGN[sign]
        low, centre, high = (scale * edge for edge in (gap.low, gap.value, gap.high))
        ends = [scale * edge for edge in spread or ()]
        panel.plot(ends, [row] * len(ends), color=PALE, linewidth=2.2)
        panel.plot([low, high], [row, row], color=colour, linewidth=2.2)
        panel.plot(centre, row, "o", color=colour, markersize=6)
        # Beside its interval, and clear of the line at 0; beside the dot where there is none.
        right = max(high, 0.0) if isfinite(high) else max([centre, *ends])
        panel.annotate(
            difference_of(asked, gap._replace(low=nan)) if asked else points(gap.value), (right, row), xytext=(7, 0), textcoords="offset points",
            size=10.5, color=sheet.deep(colour), va="center",
        )  # fmt: skip
    panel.set_ylim(-0.6, len(gaps) - 0.4)


def shade_margin(panels: Sequence[Axes], margin: float) -> None:
    """Shade, in the unit of the axis, what lies within the margin: differences that nobody would care about."""
    for panel in panels:
        panel.axvspan(-margin, margin, color="#EFEFEF", zorder=0, linewidth=0)


def make_room_for_numbers(panel: Axes, least: float = LEAST) -> None:
    """Widen the axis to the right, where the numbers stand, and to what matters at least: smaller differences are none."""
    low, high = panel.get_xlim()
    low, high = min(low, -least), max(high, least)
    inches = panel.get_position().width * sheet.WIDTH
    panel.set_xlim(low, high + (high - low) * NUMBER / max(inches - NUMBER, NUMBER))
