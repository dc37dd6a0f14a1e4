"""Figure of a study with swept parameters: what each level of each of them does to every arm."""

from __future__ import annotations

import textwrap
from math import ceil, isfinite
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.analysis import statistics
from experiments.analysis.effects import varied
from experiments.analysis.outcomes import Outcomes
from experiments.analysis.statistics import Interval
from experiments.analysis.wording import footer, named, points, ranked
from experiments.figures import sheet
from experiments.figures.sheet import GREY, INK, PALETTE

# A parameter with more values than these is cut into as many equal parts of its runs.
VALUES, PARTS = 6, 5
PANELS = 12


class Level(NamedTuple):
    """The share who have adopted in the end at one level of a parameter, over all levels of the others."""

    label: str
    share: Interval


def levels(outcomes: Outcomes, arm: str, parameter: str) -> list[Level]:
    """Return what an arm reaches at each level of a parameter, with intervals over replicates."""
    every = outcomes.runs[parameter]
    runs = outcomes.of(arm)
    groups = _grouped(every).loc[runs.index]
    found = []
    for label in groups.cat.categories:
        here = runs[groups == label]
        if not here.empty:
            shares = here.groupby(outcomes.unit)["adopted_share"].mean()
            found.append(Level(str(label), statistics.mean(shares.to_numpy())))
    return found


def _grouped(values: pd.Series) -> pd.Series:
    """Return the level of every run, as a category with its levels in order."""
    if values.nunique() <= VALUES or not pd.api.types.is_numeric_dtype(values):
        order = sorted(values.unique()) if pd.api.types.is_numeric_dtype(values) else list(values.unique())
        return values.map(named).astype(pd.CategoricalDtype([named(value) for value in order], ordered=True))
    parts = pd.qcut(values, PARTS, duplicates="drop")
    middles = values.groupby(parts, observed=True).median()
    return parts.cat.rename_categories([f"{middle:.2g}" for middle in middles])


def parameter_levels(outcomes: Outcomes) -> Figure:
    """Share who have adopted in the end by level of each swept parameter, a line for each arm."""
    parameters = _strongest_first(outcomes)
    order = ranked(outcomes)
    figure, roof = sheet.sheet(
        _title(outcomes, parameters[0]),
        f"Share of staff who have adopted after {outcomes.end} (%), mean and 95 % interval, "
        f"averaged over the levels of the other parameters{_left_out(parameters)}",
        footer(outcomes),
    )
    shown = parameters[:PANELS]
    columns = min(len(shown), 5 if len(shown) <= 5 else 4)
    axes = figure.subplots(ceil(len(shown) / columns), columns, sharey=True, squeeze=False)
    figure.subplots_adjust(left=0.05, right=0.77, top=roof - 0.03, bottom=0.12, wspace=0.1, hspace=0.45)
    colours = {arm: colour for arm, colour in zip((a for a in order if a != outcomes.baseline), PALETTE, strict=False)}
    colours[outcomes.baseline] = INK
    for panel in axes.flat[len(shown) :]:
        panel.set_visible(False)
    for panel, parameter in zip(axes.flat, shown, strict=False):
        for place, arm in enumerate(order):
            # Side by side, as intervals would hide one another.
            aside = 0.3 * ((place + 0.5) / len(order) - 0.5)
            _line(panel, levels(outcomes, arm, parameter), colours.get(arm), aside)
        sheet.bare(panel)
        panel.set_title(parameter, loc="left", size=11.5 if len(parameter) < 26 else 9.5, color=INK, weight="bold")
    axes[0, 0].set_ylim(bottom=0)
    _name(figure, axes[0, columns - 1], outcomes, order, colours)
    return figure


def _left_out(parameters: list[str]) -> str:
    more = len(parameters) - PANELS
    return f"; the {PANELS} that move most, of {len(parameters)}" if more > 0 else ""


def _line(panel: Axes, found: list[Level], colour: str | None, aside: float) -> None:
    """Draw an arm with its intervals; one without a colour of its own as a thin line, so that it hides no other."""
    places = [place + aside for place in range(len(found))]
    centre = [100 * level.share.value for level in found]
    low = [100 * max(level.share.low, 0) if isfinite(level.share.low) else middle
           for level, middle in zip(found, centre, strict=True)]  # fmt: skip
    high = [100 * min(level.share.high, 1) if isfinite(level.share.high) else middle
            for level, middle in zip(found, centre, strict=True)]  # fmt: skip
    if colour is None:
        panel.plot(places, centre, "-", color=GREY, linewidth=0.8, alpha=0.6, zorder=1)
    else:
        panel.vlines(places, low, high, color=colour, linewidth=1.6, alpha=0.6)
        panel.plot(places, centre, "o-", color=colour, linewidth=1.8, markersize=5)
    size = 10 if len(found) < PARTS else 8
    panel.set_xticks(
        range(len(found)), [textwrap.fill(level.label.replace("_", " "), 12) for level in found], size=size
    )
    panel.set_xlim(-0.3, len(found) - 0.7)


def _name(figure: Figure, panel: Axes, outcomes: Outcomes, order: list[str], colours: dict[str, str]) -> None:
    """Name the arms to the right, in the order of what they reach over all levels."""
    box = panel.get_position()
    for place, arm in enumerate(order[:16]):
        share = float(outcomes.values(arm, "adopted_share").mean())
        words = textwrap.shorten(f"{100 * share:.0f} %  {outcomes.titles[arm]}", 34, placeholder=" …")
        figure.text(
            box.x1 + 0.012, box.y1 - 0.02 - 0.034 * place, words, size=9.8, weight="bold" if arm in colours else "normal",
            color=sheet.deep(colours[arm]) if arm in colours else GREY, va="top",
        )  # fmt: skip


def reach(outcomes: Outcomes, arm: str, parameter: str) -> float:
    """Return how much more an arm reaches at the last level of a parameter than at the first."""
    found = levels(outcomes, arm, parameter)
    return found[-1].share.value - found[0].share.value


def _strongest_first(outcomes: Outcomes) -> list[str]:
    def strength(parameter: str) -> float:
        return max(abs(reach(outcomes, arm, parameter)) for arm in outcomes.arms)

    return sorted(varied(outcomes), key=strength, reverse=True)


def _title(outcomes: Outcomes, parameter: str) -> str:
    arm = max(outcomes.arms, key=lambda arm: abs(reach(outcomes, arm, parameter)))
    found = levels(outcomes, arm, parameter)
    words = f"{parameter} from {found[0].label} to {found[-1].label}: {points(reach(outcomes, arm, parameter))} points"
    return f"{words} ({outcomes.titles[arm]})" if len(outcomes.arms) > 1 else words
