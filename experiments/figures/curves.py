"""Figures of adoption over time: all arms in one panel, a panel for each arm, one run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray
from scipy import stats

from experiments.analysis.asked import the_share
from experiments.analysis.comparisons import comparisons
from experiments.analysis.footer import footer
from experiments.analysis.outcomes import Curves, Outcomes
from experiments.analysis.wording import coloured, harm_words, lie, percent, ranked
from experiments.figures import lettering, sheet
from experiments.figures.lettering import broken, fitted, led_by_number
from experiments.figures.sheet import GREY, INK, PALE, PALETTE, SIGN
from simulation.words import counted

Floats = NDArray[np.float64]

# More curves than this cannot be told apart by colour, more names not be written beside them, more panels not be read.
FEW = 6
NAMES = 22
PANELS = 24
LONGEST = 4.2  # inches, of a name


def band(curves: Curves, arm: str) -> tuple[Floats, Floats, Floats]:
    """Mean over replicates and its 95 % interval by week, in percent; no wider than the mean where none may be given."""
    shares = curves.shares[arm]
    number = len(shares)
    centre = 100 * shares.mean(axis=0)
    if curves.why_none:
        return centre, centre, centre
    half = 100 * stats.t.ppf(0.975, number - 1) * shares.std(axis=0, ddof=1) / np.sqrt(number)
    return centre, np.maximum(centre - half, 0), np.minimum(centre + half, 100)


def _draw(axes: Axes, curves: Curves, arm: str, colour: str, width: float = 2.4) -> float:
    """Draw the curve of an arm with its band, and return where it ends."""
    centre, low, high = band(curves, arm)
    axes.fill_between(curves.weeks, low, high, color=colour, alpha=0.18, linewidth=0)
    axes.plot(curves.weeks, centre, color=colour, linewidth=width, solid_capstyle="round", marker=_mark(curves))
    return float(centre[-1])


def _top(curves: Curves) -> float:
    """Upper end of an axis of percent that leaves little of it empty."""
    highest = max(float(band(curves, arm)[2].max()) for arm in curves.shares)
    return min(102.0, 5 * ceil(1.03 * highest / 5 + 0.1))


def adoption_curves(outcomes: Outcomes, curves: Curves) -> Figure:
    """Share who have adopted over time, every arm in one panel and named where its curve ends.

    With many arms, the baseline, the best three and the worst are coloured
    with their bands and the others stay grey behind them.
    """
    order = ranked(outcomes)
    colours = _highlights(order, outcomes.baseline)
    named = sheet.outermost(order, NAMES, outcomes.baseline)
    figure, roof = sheet.sheet(
        _adoption_title(outcomes, order),
        f"Share of staff who have adopted: {interval_words(curves)}.{_left_out(order, named, 'named')}",
        footer(outcomes),
    )
    size = 11.5 if len(order) > FEW else 13
    labels = {arm: fitted(outcomes.titles[arm], LONGEST, size, arm in colours) for arm in named}
    axes = figure.add_axes((0.06, 0.13, _width(labels, size), roof - 0.14))
    sheet.bare(axes)
    top = _top(curves)
    ends: dict[str, float] = {}
    for arm in reversed(order):
        if arm in colours:
            ends[arm] = _draw(axes, curves, arm, colours[arm])
        else:
            centre = band(curves, arm)[0]
            axes.plot(curves.weeks, centre, color=PALE, linewidth=1.2, zorder=1, marker=_mark(curves))
            ends[arm] = float(centre[-1])
    sheet.years(axes, outcomes.weeks)
    axes.set_ylim(0, top)
    axes.set_ylabel("share of staff who have adopted (%)", color=GREY, size=12)
    _name_ends(axes, {arm: end for arm, end in ends.items() if arm in labels}, labels, colours, size)
    return figure


def _left_out(arms: Sequence[str], shown: Sequence[str], how: str) -> str:
    """Say how many arms a figure has no room for."""
    left = len(arms) - len(shown)
    return f" Not {how}: {counted(left, 'arm')} between the highest and the lowest." if left else ""


def _mark(curves: Curves) -> str | None:
    """What makes a curve of a single week visible."""
    return "o" if len(curves.weeks) == 1 else None


def _width(labels: Mapping[str, str], size: float) -> float:
    """Width of the panel that leaves room for the longest name to its right."""
    longest = max(lettering.width(f"100 %  {label}", size, bold=True) for label in labels.values())
    return min(0.74, max(0.5, (0.925 - longest / sheet.WIDTH) / 1.035))


def interval_words(curves: Curves) -> str:
    """Say what the shading is, or why there is none."""
    if curves.why_none:
        return f"mean, without interval ({curves.why_none})"
    return "mean and, shaded, its 95 % interval"


def _highlights(order: list[str], baseline: str) -> dict[str, str]:
    if len(order) <= FEW:
        chosen = [arm for arm in order if arm != baseline]
    else:
        chosen = [arm for arm in [*order[:3], order[-1]] if arm != baseline]
    palette = dict(zip(chosen, PALETTE, strict=False))
    return {**palette, baseline: INK}


def _name_ends(
    axes: Axes, ends: Mapping[str, float], labels: Mapping[str, str], colours: Mapping[str, str], size: float
) -> None:
    """Write each arm's name and end value to the right of its curve."""
    top = axes.get_ylim()[1]
    gap = top * (0.043 if len(ends) > FEW else 0.065)
    heights = sheet.spread(list(ends.values()), gap, 0.01 * top, 0.99 * top)
    across = axes.get_yaxis_transform()
    for (arm, end), height in zip(ends.items(), heights, strict=True):
        named = arm in colours
        axes.plot([1.003, 1.03], [end, height], transform=across, color=PALE, linewidth=0.8, clip_on=False)
        axes.text(
            1.035, height, led_by_number(f"{end:.0f} %  {labels[arm]}"), transform=across, va="center",
            color=sheet.deep(colours.get(arm, GREY)) if named else GREY, weight="bold" if named else "normal", size=size,
        )  # fmt: skip


def _adoption_title(outcomes: Outcomes, order: list[str]) -> str:
    def end(arm: str) -> str:
        return percent(float(outcomes.values(arm, "adopted_share").mean()))

    harm = harm_words(the_share(outcomes))
    after, best, base = outcomes.end, order[0], outcomes.baseline
    if len(order) == 1:
        return f"{end(best)} of staff have adopted after {after}{harm}"
    other = order[-1] if best == base else base
    return f"After {after}: {outcomes.titles[best]} {end(best)}, {outcomes.titles[other]} {end(other)}{harm}"


def adoption_by_arm(outcomes: Outcomes, curves: Curves) -> Figure:
    """Share who have adopted over time, a small panel for each arm against the grey baseline."""
    order = [arm for arm in ranked(outcomes) if arm != outcomes.baseline]
    drawn = sheet.outermost(order, PANELS)
    against = comparisons(outcomes)
    name, better = outcomes.titles[outcomes.baseline], the_share(outcomes).better or 1
    tested = sum(one.adjusted_p is not None for one in against.values())
    above, below = (sum(against[arm].sign == sign for arm in order) for sign in (1, -1))
    figure, roof = sheet.sheet(
        f"After {outcomes.end}, {above} of {counted(len(order), 'arm')} {lie(above)} significantly above {name}, {below} below{harm_words(the_share(outcomes))}"
        if tested
        else f"{counted(len(order), 'arm')} against {name}",
        f"Share of staff who have adopted (%) over {_time_words(outcomes.weeks)}: {interval_words(curves)}. "
        f"Grey: {name}. {coloured(tested, f'{name} in the end', better) if tested else ''}{_left_out(order, drawn, 'drawn')}",
        footer(outcomes),
    )
    columns, rows = _grid(len(drawn))
    inches = 0.9 * 0.925 * sheet.WIDTH / columns
    axes = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    figure.subplots_adjust(left=0.05, right=0.975, top=roof - 0.025, bottom=0.105, wspace=0.12, hspace=0.5)
    top = 1.15 * _top(curves)
    for place, panel in enumerate(axes.flat):
        if place >= len(drawn):
            panel.set_visible(False)
            if place - columns < len(drawn):
                axes.flat[place - columns].tick_params(labelbottom=True)
            continue
        _panel(panel, outcomes, curves, drawn[place], SIGN[better * against[drawn[place]].sign], inches)
        panel.set_ylim(0, top)
    return figure


def _time_words(weeks: int) -> str:
    return "the years" if weeks >= 104 else "the weeks"


def _grid(number: int) -> tuple[int, int]:
    """Columns and rows of panels that fill a wide slide with the fewest gaps."""
    columns = min(
        range(max(1, ceil(number / 4)), max(1, ceil(number / 4)) + 3),
        key=lambda columns: (columns * ceil(number / columns) - number, abs(columns / 1.8 - number / columns)),
    )
    return columns, ceil(number / columns)


def _panel(panel: Axes, outcomes: Outcomes, curves: Curves, arm: str, colour: str, inches: float) -> None:
    sheet.bare(panel)
    _draw(panel, curves, outcomes.baseline, PALE, 1.4)
    end = _draw(panel, curves, arm, colour, 2.0)
    title = "\n".join(broken(outcomes.titles[arm], inches, 10.5, lines=2, bold=True))
    panel.set_title(title, loc="left", size=10.5, color=sheet.deep(colour), weight="bold", pad=3)
    panel.annotate(
        f"{end:.0f} %", (1, end), xycoords=("axes fraction", "data"), xytext=(-2, 5),
        textcoords="offset points", ha="right", color=sheet.deep(colour), size=11, weight="bold",
    )  # fmt: skip
    sheet.years(panel, outcomes.weeks)
    panel.set_xlabel("")
