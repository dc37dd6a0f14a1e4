"""Figure of what every single run came to: no mean hides that some take off and others do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from experiments.analysis.asked import ADOPTED, Asked, the_share
from experiments.analysis.footer import footer
from experiments.analysis.outcomes import TIMES, Outcomes
from experiments.analysis.wording import amount, harm_words, ranked, what_dots_are
from experiments.figures import sheet
from experiments.figures.lettering import fitted
from experiments.figures.sheet import BLUE, GREY, INK, VERMILION
from simulation.words import counted

Floats = NDArray[np.float64]

ROWS = 22
LEFT = 0.275
BINS = 60
DOTS = 4_000
"""More than these are drawn as pixels in an SVG too, which would be too large otherwise."""
LOW, HIGH, AT_EACH_END, BETWEEN = 0.15, 0.5, 0.2, 0.25
"""Two humps: a fifth of the runs below the one and above the other share, and at most a quarter between."""


def every_run(outcomes: Outcomes, asked: Asked | None = None) -> Figure:
    """Return a row of dots for each arm, a dot for each run, with the median as a bar and the mean as a diamond."""
    one = asked or the_share(outcomes)
    values = {arm: _values(outcomes, arm, one) for arm in ranked(outcomes, one.name)}
    order = [arm for arm in values if values[arm].size]
    arms = sheet.outermost(order, ROWS, outcomes.baseline)[::-1]
    left = len(order) - len(arms)
    words = f" Not drawn: {counted(left, 'arm')} between the highest and the lowest." if left else ""
    is_time = one.name.startswith(TIMES)
    words += " Runs that never got there stand at the horizon." if is_time else ""
    figure, roof = sheet.sheet(
        f"{_title(outcomes, one, values)}{harm_words(one)}",
        f"{one.headed}{'' if is_time else f' after {outcomes.end}'}: each dot a run, bar the median run, diamond the mean.{words}",
        footer(outcomes, what_dots_are(outcomes)),
    )
    axes = figure.add_axes((LEFT, 0.145, 0.975 - LEFT, roof - 0.16))
    sheet.bare(axes)
    axes.grid(visible=False, axis="y")
    axes.grid(axis="x", color="#EEEEEE", linewidth=0.8)
    _rows(axes, one, [values[arm] for arm in arms])
    axes.set_yticks(range(len(arms)), [fitted(outcomes.titles[arm], LEFT * sheet.WIDTH - 0.7, 11.5) for arm in arms])
    axes.tick_params(axis="y", labelcolor=INK, labelsize=11.5, length=0)
    axes.set_xlabel(f"{one.unit} (%)" if one.is_share else one.unit, color=GREY, size=12)
    return figure


def _values(outcomes: Outcomes, arm: str, one: Asked) -> Floats:
    return np.asarray(outcomes.by_run(arm, one.name).dropna(), dtype=np.float64)


def _rows(axes: Axes, one: Asked, rows: Sequence[Floats]) -> None:
    everything = np.concatenate(rows) * one.scale
    low, high = (
        (0.0, 100.0) if one.is_share and one.low == 0 and one.high == 1 else (everything.min(), everything.max())
    )
    room = 0.03 * (high - low) or 1.0
    axes.set_xlim(low - room, high + room)
    axes.set_ylim(-0.6, len(rows) - 0.4)
    size = float(np.clip(9_000 / everything.size, 6, 26))
    for place, values in enumerate(rows):
        across = values * one.scale
        up = place + _stacked(across, low - room, high + room)
        axes.scatter(
            across, up, s=size, color=BLUE, alpha=0.45, linewidth=0, zorder=2, rasterized=bool(everything.size > DOTS)
        )
        middle = float(np.median(across))
        axes.plot([middle, middle], [place - 0.38, place + 0.38], color=INK, linewidth=2.2, zorder=3)
        axes.plot(across.mean(), place, "D", color=VERMILION, markersize=5.5, zorder=4)


def _stacked(values: Floats, low: float, high: float) -> Floats:
    """Return how far above or below its row each dot stands, so that those of one place lie beside one another."""
    bins = np.clip(((values - low) / (high - low) * BINS).astype(np.int64), 0, BINS - 1)
    order = np.argsort(bins, kind="stable")
    counts = np.bincount(bins, minlength=BINS)
    rank = np.empty(values.size)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    rank[order] = np.arange(values.size) - starts[bins[order]]
    middle = rank - (counts[bins] - 1) / 2
    return np.asarray(middle * min(0.11, 0.76 / max(1, counts.max() - 1)), dtype=np.float64)


def _title(outcomes: Outcomes, one: Asked, values: Mapping[str, Floats]) -> str:
    known = {arm: row for arm, row in values.items() if row.size}
    humps = {arm: row for arm, row in known.items() if one.name == ADOPTED and _has_two_humps(row)}
    if humps:
        arm = max(humps, key=lambda arm: float(humps[arm].std()))
        low, high = (int(count) for count in ((humps[arm] < LOW).sum(), (humps[arm] >= HIGH).sum()))
        ends = f"{high} of {counted(len(humps[arm]), 'run')} end above half, {low} below {100 * LOW:.0f} %"
        return f"Runs take off or do not: with {outcomes.titles[arm]} {ends}"
    arm = max(known, key=lambda arm: float(np.ptp(known[arm])))
    least, most = (amount(one, float(edge)) for edge in (known[arm].min(), known[arm].max()))
    unit = "%" if one.is_share else one.unit
    if one.name.startswith(TIMES):
        return f"Single runs take from {least} to {most} {unit} with {outcomes.titles[arm]}"
    return f"Single runs end between {least} and {most} {unit} with {outcomes.titles[arm]}"


def _has_two_humps(values: Floats) -> bool:
    """Whether many runs end low, many high, and few between.

    >>> _has_two_humps(np.array([0.02] * 5 + [0.8] * 5)), _has_two_humps(np.linspace(0, 1, 20))
    (True, False)
    """
    low, high = float((values < LOW).mean()), float((values >= HIGH).mean())
    return min(low, high) >= AT_EACH_END and 1 - low - high <= BETWEEN
