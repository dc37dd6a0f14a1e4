"""The figures of the gallery, drawn from its small tables alone: what arms are ahead, and their curves, system by system."""

import io
from collections.abc import Mapping, Sequence
from math import ceil, nan
from pathlib import Path

import matplotlib as mpl
from gallery_tables import Row, Tables
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from experiments.analysis.statistics.estimates import Interval, PairedDifference
from experiments.figures import lettering, sheet
from experiments.figures.intervals import dots, make_room_for_numbers, shade_margin
from experiments.figures.lettering import fitted
from experiments.figures.sheet import GREY, INK, PALE, PALETTE

DPI, COLOURS = 100, 255
"""A slide of 1,333 × 750, flat colours as a palette: some 40 kB, and legible at the width of a page."""
LEFT = 0.245
MARGIN = 2.0


def number(row: Row, name: str) -> float:
    """Return a number of a row, no number where it is empty."""
    return float(row[name]) if row.get(name) else nan


def ahead(tables: Tables, words: Sequence[str], systems: Mapping[str, str]) -> Figure:
    """Return what every arm is ahead of the baseline in the end, a panel a system; title, subtitle and footer are given."""
    order = sorted({row["arm"] for row in tables.arms}, key=lambda arm: _mean_gap(tables.arms, arm))
    titles = {row["arm"]: row["title"] for row in tables.arms}
    base = next(row["arm"] for row in tables.arms if not row["gap"])
    arms = [arm for arm in order if arm != base]
    figure, roof = sheet.sheet(*words)
    panels = figure.subplots(1, len(systems), sharex=True, sharey=True, squeeze=False)[0]
    figure.subplots_adjust(left=LEFT, right=0.975, top=roof - 0.07, bottom=0.15, wspace=0.08)
    for panel, system in zip(panels, systems, strict=True):
        rows = {row["arm"]: row for row in tables.arms if row["system"] == system}
        dots(panel, [_gap(rows[arm]) for arm in arms], [int(rows[arm]["sign"]) for arm in arms])
        panel.set_title(systems[system], loc="left", size=13, weight="bold", color=INK, pad=22)
        level = f"{fitted(titles[base], 3.2, 11)}: {100 * number(rows[base], 'share'):.0f} %"
        panel.text(0, 1.015, level, transform=panel.transAxes, size=11, color=GREY)
        panel.set_xlabel("percentage points", color=GREY, size=12)
    make_room_for_numbers(panels[0], MARGIN)
    shade_margin(panels, MARGIN)
    panels[0].set_yticks(range(len(arms)), [fitted(titles[arm], LEFT * sheet.WIDTH - 0.2, 11.5) for arm in arms])
    panels[0].tick_params(axis="y", labelcolor=INK, labelsize=11.5)
    return figure


def _mean_gap(rows: Sequence[Row], arm: str) -> float:
    gaps = [number(row, "gap") for row in rows if row["arm"] == arm and row["gap"]]
    return sum(gaps) / len(gaps) if gaps else 0.0


def _gap(row: Row) -> PairedDifference:
    edges = (number(row, name) for name in ("gap", "gap_low", "gap_high"))
    return PairedDifference(*edges, nan, Interval(nan, nan, nan, 0, ""), nan, nan, nan, 0, "")


def curves(tables: Tables, words: Sequence[str], systems: Mapping[str, str]) -> Figure:
    """Return the share who have adopted over the years, a panel a system; the arms furthest apart have colours."""
    titles = {row["arm"]: row["title"] for row in tables.arms}
    base = next(row["arm"] for row in tables.arms if not row["gap"])
    order = sorted(titles, key=lambda arm: -_mean_gap(tables.arms, arm))
    chosen = [arm for arm in sheet.outermost(order, len(PALETTE) + 1, base) if arm != base][: len(PALETTE)]
    colours = {base: INK, **dict(zip(chosen, PALETTE, strict=False))}
    figure, roof = sheet.sheet(*words)
    panels = figure.subplots(1, len(systems), sharex=True, sharey=True, squeeze=False)[0]
    figure.subplots_adjust(left=0.06, right=0.765, top=roof - 0.05, bottom=0.15, wspace=0.08)
    highest = max(number(row, "high") for row in tables.curves)
    for panel, system in zip(panels, systems, strict=True):
        sheet.bare(panel)
        rows = [row for row in tables.curves if row["system"] == system]
        for arm in reversed(order):
            _curve(panel, [row for row in rows if row["arm"] == arm], colours.get(arm))
        panel.set_title(systems[system], loc="left", size=13, weight="bold", color=INK)
        panel.set_ylim(0, min(102, 5 * ceil(1.03 * highest / 5 + 0.1)))
        sheet.years(panel, max(int(row["week"]) for row in rows))
    panels[0].set_ylabel("share of staff who have adopted (%)", color=GREY, size=12)
    _name(panels[-1], tables, {arm: titles[arm] for arm in order if arm in colours}, colours, list(systems)[-1])
    return figure


def _curve(panel: Axes, rows: Sequence[Row], colour: str | None) -> None:
    weeks = [int(row["week"]) for row in rows]
    mean, low, high = ([number(row, name) for row in rows] for name in ("mean", "low", "high"))
    if colour:
        panel.fill_between(weeks, low, high, color=colour, alpha=0.15, linewidth=0)
    panel.plot(weeks, mean, color=colour or PALE, linewidth=2.2 if colour else 1.0, zorder=2 if colour else 1)


def _name(panel: Axes, tables: Tables, titles: Mapping[str, str], colours: Mapping[str, str], system: str) -> None:
    """Name the curves where those of the last panel end."""
    ends = {row["arm"]: number(row, "mean") for row in tables.curves if row["system"] == system}
    top = panel.get_ylim()[1]
    heights = sheet.spread([ends[arm] for arm in titles], 0.06 * top, 0.01 * top, 0.99 * top)
    across = panel.get_yaxis_transform()
    for (arm, title), height in zip(titles.items(), heights, strict=True):
        colour = sheet.deep(colours[arm])
        panel.plot([1.005, 1.04], [ends[arm], height], transform=across, color=PALE, linewidth=0.8, clip_on=False)
        words = fitted(title, 2.75, 11.5, bold=True)
        panel.text(1.05, height, words, transform=across, size=11.5, color=colour, weight="bold", va="center")


def save(figure: Figure, path: Path) -> None:
    """Write a figure as a small picture, the same each time."""
    lettering.settle(figure)
    file = io.BytesIO()
    with mpl.rc_context(lettering.LITERAL):
        figure.savefig(file, format="png", dpi=DPI, metadata={"Software": None})
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            path, optimize=True
        )
