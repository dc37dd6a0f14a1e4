"""Figure of a data set on adoption: its curve, what people saw when they adopted, and its statistics."""

from __future__ import annotations

from math import isfinite

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.figures import sheet
from experiments.figures.sheet import BLUE, GREY, INK, PALE, VERMILION
from experiments.validity.adoptions import Adoptions
from experiments.validity.description import Description
from experiments.validity.statistics import curve, exposure
from experiments.validity.words import in_words
from simulation.words import counted

MOST_UNITS = 200
TABLE = (
    "bass_p",
    "bass_q",
    "bass_m",
    "exposure_at_adoption_mean",
    "hazard_odds_ratio",
    "in_degree_and_time",
    "morans_i",
)


def adoption_picture(found: Description, data: Adoptions, source: str) -> Figure:
    """Return the figure of a data set.

    Parameters
    ----------
    found, data : Description, Adoptions
        What is said of the data, and the data.
    source : str
        Where they are from, for the footer.
    """
    final = 100 * found.adopted / found.people
    figure, roof = sheet.sheet(
        f"{final:.0f} % of {counted(found.people, 'person', 'people')} had adopted by time {found.end:g}",
        _subtitle(found, data),
        source,
        caveat="",
    )
    axes = figure.add_axes((0.06, 0.13, 0.4, roof - 0.16))
    _draw_curve(axes, found, data)
    other = figure.add_axes((0.53, 0.13, 0.2, roof - 0.16))
    _draw_thresholds(other, data)
    _write_table(figure, found, roof)
    return figure


def _is_fitted(found: Description) -> bool:
    # The curve begins after the first moment, or where it was fitted from; before that there is none.
    return bool(np.isfinite(found.fitted).any())


def _subtitle(found: Description, data: Adoptions) -> str:
    level = next(iter(data.units), None)
    units = f", each {level} as a thin line" if level else ""
    bass = ", and the curve of Bass" if _is_fitted(found) else ""
    return f"Left: who had adopted{units}{bass}. Middle: share of contacts who had adopted before."


def _draw_curve(axes: Axes, found: Description, data: Adoptions) -> None:
    sheet.bare(axes)
    for units in list(data.units.values())[:1]:
        for unit in np.unique(units[units >= 0])[:MOST_UNITS].tolist():
            line = curve.cumulative(data.times[units == unit], found.times)
            axes.plot(found.times, 100 * line, color=PALE, linewidth=0.7, alpha=0.7, zorder=1)
    axes.plot(found.times, 100 * found.shares, color=BLUE, linewidth=3, label="adopted")
    if _is_fitted(found):
        axes.plot(found.times, 100 * found.fitted, color=VERMILION, linewidth=1.8, linestyle=(0, (4, 2)), label="Bass")
    axes.set_ylim(0, 102)
    axes.set_xlabel("time", color=GREY, size=12)
    axes.set_ylabel("have adopted (%)", color=GREY, size=12)
    axes.legend(frameon=False, labelcolor=INK, fontsize=11, loc="upper left")


def _draw_thresholds(axes: Axes, data: Adoptions) -> None:
    sheet.bare(axes)
    if data.ties is None:
        axes.text(0.5, 0.5, "no ties were given", transform=axes.transAxes, ha="center", color=GREY, size=12)
        axes.set_xticks([])
        axes.set_yticks([])
        return
    exposures = exposure.at_adoption(data)
    known = exposures[~np.isnan(exposures)]
    axes.hist(
        known, bins=np.linspace(0, 1, 11).tolist(), color=BLUE, weights=np.full(len(known), 100 / max(len(known), 1))
    )
    axes.set_xlabel("exposure at adoption", color=GREY, size=12)
    axes.set_ylabel("of those who adopted (%)", color=GREY, size=12)


def _write_table(figure: Figure, found: Description, roof: float) -> None:
    by_name = {one.name: one for one in found.statistics}
    height = roof - 0.05
    for name in TABLE:
        one = by_name.get(name)
        if one is None or not isfinite(one.value):
            continue
        edges = f"  ({_short(one.low)} to {_short(one.high)})" if isfinite(one.low) else ""
        figure.text(0.76, height, in_words(name), size=12, color=GREY, va="top")
        figure.text(0.76, height - 0.035, f"{_short(one.value)}{edges}", size=13, weight="bold", color=INK, va="top")
        height -= 0.092


def _short(value: float) -> str:
    return f"{value:.3g}" if abs(value) > 1e-6 else "0"
