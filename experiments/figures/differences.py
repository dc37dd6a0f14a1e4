"""Figures that compare arms: paired differences from the baseline, and time to half the staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.analysis.comparisons import Comparison, comparisons, difference, spread
from experiments.analysis.outcomes import Outcomes, milestones
from experiments.analysis.statistics import survival
from experiments.analysis.statistics.exact import share_edges
from experiments.analysis.statistics.survival import Survival
from experiments.analysis.wording import coloured, footer, lie, percent, points, ranked
from experiments.figures import lettering, sheet
from experiments.figures.intervals import dots, make_room_for_numbers
from experiments.figures.lettering import fitted
from experiments.figures.sheet import GREY, INK, PALETTE
from simulation.words import counted

# Rows of numbers at risk, and colours, that a slide has room for; names beside steps; rows of differences.
ROWS = 6
NAMES = 15
DOTS = 22
LEFT = 0.275
AT_RISK = "runs not there yet"


def paired_differences(outcomes: Outcomes) -> Figure:
    """Differences from the baseline with the same random numbers, as dots with their 95 % intervals."""
    moments, against = milestones(outcomes), comparisons(outcomes)
    name = outcomes.titles[outcomes.baseline]
    order = [arm for arm in reversed(ranked(outcomes)) if arm != outcomes.baseline]
    arms = sheet.outermost(order, DOTS)
    spreads = [spread(outcomes, arm) if outcomes.why_none else None for arm in arms]
    left = len(order) - len(arms)
    words = f" Not drawn: {counted(left, 'arm')} between the highest and the lowest." if left else ""
    figure, roof = sheet.sheet(
        _difference_title(outcomes, against), _difference_subtitle(outcomes, against, spreads) + words, footer(outcomes)
    )
    inches = (0.975 - LEFT) / len(moments) * sheet.WIDTH
    axes = figure.subplots(1, len(moments), sharex=True, sharey=True, squeeze=False)[0]
    figure.subplots_adjust(left=LEFT, right=0.975, top=roof - 0.065, bottom=0.135, wspace=0.07)
    for panel, moment in zip(axes, moments, strict=True):
        # Verdicts are passed at the end alone; more moments would be more chances of a false one.
        if moment is moments[-1]:
            ends = [against[arm] for arm in arms]
            dots(panel, [one.difference for one in ends], [one.sign for one in ends], spreads)
        else:
            dots(panel, [difference(outcomes, arm, moment.observable) for arm in arms], [0] * len(arms))
        base = outcomes.values(outcomes.baseline, moment.observable).mean()
        panel.set_title(f"after {moment.label}", loc="left", size=13, weight="bold", color=INK, pad=22)
        level = f"{fitted(name, inches - 0.9, 11)}: {percent(float(base))}"
        panel.text(0, 1.015, level, transform=panel.transAxes, size=11, color=GREY)
        panel.set_xlabel("percentage points", color=GREY, size=12)
    make_room_for_numbers(axes[0])
    axes[0].set_yticks(range(len(arms)), [fitted(outcomes.titles[arm], LEFT * sheet.WIDTH - 0.2, 11.5) for arm in arms])
    axes[0].tick_params(axis="y", labelcolor=INK, labelsize=11.5)
    return figure


def _difference_subtitle(
    outcomes: Outcomes, against: Mapping[str, Comparison], spreads: Sequence[tuple[float, float] | None]
) -> str:
    words = (
        f"Share of staff who have adopted, less that with {outcomes.titles[outcomes.baseline]} with the same random "
        "numbers: mean of the paired differences"
    )
    tested = sum(one.adjusted_p is not None for one in against.values())
    if tested:
        level = f"{outcomes.titles[outcomes.baseline]} after {outcomes.end}"
        return f"{words} and its 95 % interval. {coloured(tested, level)}"
    pale = " Pale: between what it lies at eight of ten points." if any(spreads) else ""
    why = next((one.difference.note for one in against.values()), "")
    return f"{words}.{pale} No interval, and no verdict: {why}."


def _difference_title(outcomes: Outcomes, against: Mapping[str, Comparison]) -> str:
    name, end = outcomes.titles[outcomes.baseline], outcomes.end
    if all(one.adjusted_p is None for one in against.values()):
        best = max(against, key=lambda arm: against[arm].difference.value)
        gap = points(against[best].difference.value)
        return f"After {end}: {outcomes.titles[best]} {gap} points against {name}"
    above, below = (sum(one.sign == sign for one in against.values()) for sign in (1, -1))
    words = f"{above} of {counted(len(against), 'arm')} {lie(above)} significantly above {name} after {end}"
    return f"{words}, {below} below" if below else words


def time_to_half(outcomes: Outcomes) -> Figure:
    """Share of runs in which half the staff have adopted, over time (Kaplan-Meier).

    Runs that never get there stay in the count; arms in which none does are
    named below the title rather than drawn along the axis.
    """
    curves = {arm: survival.kaplan_meier(*outcomes.durations(arm, "weeks_to_50")) for arm in outcomes.arms}
    order = sorted(curves, key=lambda arm: (_share_there(curves[arm]), -outcomes.arms.index(arm)), reverse=True)
    drawn = [arm for arm in order if curves[arm].events.any()]
    figure, roof = sheet.sheet(
        _half_title(outcomes, curves, order), _half_subtitle(outcomes, order, drawn), footer(outcomes)
    )
    rows = drawn[:ROWS]
    named = [AT_RISK, *(_short(outcomes.titles[arm]) for arm in rows)]
    left = 0.06 + max(lettering.width(words, 10.5) for words in named) / sheet.WIDTH
    bottom = 0.15 + 0.029 * (len(rows) + 1) * bool(rows)
    axes = figure.add_axes((left, bottom, 0.685 - left, roof - 0.01 - bottom))
    sheet.bare(axes)
    colours = {arm: PALETTE[place] for place, arm in enumerate(rows)}
    for arm in reversed(drawn):
        _steps(axes, curves[arm], outcomes.weeks, colours.get(arm), outcomes.are_runs_independent)
    sheet.years(axes, outcomes.weeks)
    axes.set_ylim(0, 102)
    axes.set_ylabel("share of runs (%)", color=GREY, size=12)
    _name_steps(axes, outcomes, curves, drawn[:NAMES], colours)
    _at_risk(figure, axes, outcomes, {arm: curves[arm] for arm in rows}, colours)
    return figure


def _short(title: str) -> str:
    return fitted(title, 2.9, 11.5, bold=True)


def _share_there(curve: Survival) -> float:
    return 1.0 - float(curve.survival[-1])


def _steps(axes: Axes, curve: Survival, weeks: int, colour: str | None, has_band: bool) -> None:
    time = np.concatenate([[0.0], curve.times, [float(weeks)]])
    there = 100 * (1 - np.concatenate([[1.0], curve.survival, curve.survival[-1:]]))
    axes.step(time, there, where="post", color=colour or GREY, linewidth=2.4 if colour else 1.0)
    if colour and has_band and curve.runs > 1:
        start = share_edges(curve.runs, curve.runs)
        edges = zip(start, survival.band(curve), strict=True)
        high, low = (100 * (1 - np.concatenate([[first], band, band[-1:]])) for first, band in edges)
        axes.fill_between(time, low, high, step="post", color=colour, alpha=0.10, linewidth=0)


def _name_steps(
    axes: Axes, outcomes: Outcomes, curves: dict[str, Survival], drawn: list[str], colours: dict[str, str]
) -> None:
    ends = [100 * _share_there(curves[arm]) for arm in drawn]
    across = axes.get_yaxis_transform()
    heights = sheet.spread(ends, 6.4, 1.0, 99.0)
    for arm, end, height in zip(drawn, ends, heights, strict=True):
        curve = curves[arm]
        axes.plot([1.003, 1.045], [end, height], transform=across, color=GREY, linewidth=0.6, clip_on=False)
        title = _short(outcomes.titles[arm])
        axes.text(
            1.052, height, f"{curve.events.sum()} of {curve.runs}  {title}", transform=across, va="center",
            size=11.5, color=sheet.deep(colours[arm]) if arm in colours else GREY, weight="bold" if arm in colours else "normal",
        )  # fmt: skip


def _at_risk(
    figure: Figure, axes: Axes, outcomes: Outcomes, curves: dict[str, Survival], colours: dict[str, str]
) -> None:
    """Write under the axis how many runs have not got there yet, as readers of survival curves expect."""
    if not curves:
        return
    box = axes.get_position()
    first, last = axes.get_xlim()
    ticks = [tick for tick in axes.get_xticks() if 0 <= tick <= outcomes.weeks]
    top = box.y0 - 0.092
    figure.text(box.x0 - 0.02, top, AT_RISK, size=10.5, color=GREY, ha="right", va="center")
    for row, (arm, curve) in enumerate(curves.items(), start=1):
        height = top - 0.029 * row
        title = _short(outcomes.titles[arm])
        figure.text(box.x0 - 0.02, height, title, size=10.5, color=sheet.deep(colours[arm]), ha="right", va="center")
        for tick in ticks:
            left = round(curve.runs * survival.survival_at(curve, tick))
            across = box.x0 + box.width * (tick - first) / (last - first)
            figure.text(across, height, f"{left}", size=10.5, color=sheet.deep(colours[arm]), ha="center", va="center")


def _half_title(outcomes: Outcomes, curves: dict[str, Survival], order: list[str]) -> str:
    best, base = order[0], outcomes.baseline

    def count(arm: str) -> str:
        there = int(curves[arm].events.sum())
        return f"in {there} of {counted(curves[arm].runs, 'run')}" if there else "in no run"

    if len(order) == 1:
        return f"Half the staff adopt {count(base)}"
    other = order[-1] if best == base else base
    return f"Half adopt: {outcomes.titles[best]} {count(best)}, {outcomes.titles[other]} {count(other)}"


def _half_subtitle(outcomes: Outcomes, order: list[str], drawn: list[str]) -> str:
    kind = "exact 95 % intervals" if outcomes.are_runs_independent else "without interval, as runs share random numbers"
    words = f"Runs in which half the staff have adopted (Kaplan-Meier, {kind}, horizon {outcomes.end})."
    never = [outcomes.titles[arm] for arm in order if arm not in drawn]
    if len(drawn) > NAMES:
        words += f" Not named: {counted(len(drawn) - NAMES, 'more arm')}."
    if never:
        shown = ", ".join(never[:4]) + (f" and {len(never) - 4} more" if len(never) > 4 else "")
        words += f" In no run: {shown}."
    return words
