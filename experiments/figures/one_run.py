"""Figure of one run: who has adopted, who says so, and every organisation."""

from __future__ import annotations

from math import ceil

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from experiments.analysis.outcomes import span
from experiments.figures import sheet
from experiments.figures.sheet import BLUE, GREY, PALE, VERMILION
from simulation.words import counted

Floats = NDArray[np.float64]


def run_picture(adopted: ArrayLike, declared: ArrayLike, by_organisation: ArrayLike, note: str) -> Figure:
    """One run: who has adopted, who says so, and each organisation as a thin line behind.

    Parameters
    ----------
    adopted, declared : array_like
        Shares of staff by week, from the start on.
    by_organisation : array_like
        Share who have adopted, weeks by organisations.
    note : str
        How the run was made, for the footer.
    """
    have, say = (100 * np.asarray(line, dtype=np.float64) for line in (adopted, declared))
    organisations = 100 * np.asarray(by_organisation, dtype=np.float64)
    weeks = len(have) - 1
    figure, roof = sheet.sheet(
        _run_title(have, say),
        f"All staff, and each of {counted(organisations.shape[1], 'organisation')} as a thin line "
        "(share of its staff who have adopted)",
        note,
    )
    axes = figure.add_axes((0.06, 0.13, 0.72, roof - 0.14))
    sheet.bare(axes)
    week = np.arange(weeks + 1)
    axes.plot(week, organisations, color=PALE, linewidth=0.7, alpha=0.7, zorder=1)
    lines = [(have, f"{have[-1]:.0f} %  have adopted", BLUE)]
    if _differ(have, say):
        axes.plot(week, say, color=VERMILION, linewidth=2.2, linestyle=(0, (4, 2)))
        lines.append((say, f"{say[-1]:.0f} %  say they have\n(some in name only)", VERMILION))
    axes.plot(week, have, color=BLUE, linewidth=3)
    highest = max(float(line.max(initial=0.0)) for line in (have, say, organisations))
    top = min(102.0, 5 * ceil(1.03 * highest / 5 + 0.1))
    axes.set_ylim(0, top)
    sheet.years(axes, weeks)
    axes.set_ylabel("share of staff (%)", color=GREY, size=12)
    heights = sheet.spread([float(line[-1]) for line, _, _ in lines], 0.09 * top, 0.03 * top, 0.97 * top)
    for (_, words, colour), height in zip(lines, heights, strict=True):
        axes.annotate(
            words, (1, height), xycoords=("axes fraction", "data"), xytext=(8, 0),
            textcoords="offset points", color=colour, size=13, weight="bold", va="center",
        )  # fmt: skip
    return figure


def _differ(have: Floats, say: Floats) -> bool:
    """Whether the two shares can be told apart, in percent, at any time."""
    return float(np.abs(have - say).max()) >= 0.05


def _run_title(have: Floats, say: Floats) -> str:
    adopted = f"After {span(len(have) - 1)}, {have[-1]:.0f} % of staff have adopted"
    return f"{adopted} and {say[-1]:.0f} % say they have" if _differ(have, say) else adopted
