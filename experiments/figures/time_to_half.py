"""Figure of the time to half the staff, which some runs never reach: the curves of Kaplan and Meier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.analysis.asked import asked_of
from experiments.analysis.footer import footer
from experiments.analysis.outcomes import Outcomes
from experiments.analysis.statistics import survival
from experiments.analysis.statistics.survival import Survival
from experiments.analysis.time_to_half import WEEKS_TO_HALF, Sooner, half_of, sooner_than_baseline
from experiments.analysis.wording import chance, harm_words, median_words
from experiments.figures import lettering, sheet
from experiments.figures.lettering import fitted
from experiments.figures.sheet import GREY, PALETTE
from simulation.words import counted

# Rows of numbers at risk, and colours, that a slide has room for; names beside steps, and how far they stand apart.
ROWS = 6
NAMES = 17
APART = 6.4
LINE = 0.029  # of the height, of a row under the axis
MEDIAN, FIRST = 0.775, 0.915  # of the width, where the two columns beside the numbers at risk stand
AT_RISK = "runs not there yet"
WITHOUT = "without interval, as runs share random numbers"


def time_to_half(outcomes: Outcomes) -> Figure:
    """Share of runs in which half the staff have not adopted yet, over time (Kaplan-Meier), with the numbers at risk.

    Runs that never get there stay in the count; arms in which none does are
    named below the title rather than drawn along the edge. Beside the numbers at risk stand the medians with their
    intervals, and whether an arm is there before the baseline.
    """
    curves = {arm: survival.kaplan_meier(*outcomes.durations(arm, WEEKS_TO_HALF)) for arm in outcomes.arms}
    order = sorted(curves, key=lambda arm: (_share_there(curves[arm]), -outcomes.arms.index(arm)), reverse=True)
    drawn = [arm for arm in order if curves[arm].events.any()]
    sooner = sooner_than_baseline(outcomes)
    figure, roof = sheet.sheet(
        _half_title(outcomes, curves, order), _half_subtitle(outcomes, order, drawn, sooner), footer(outcomes)
    )
    rows = _coloured(drawn, outcomes.baseline)
    named = [AT_RISK, *(_short(outcomes.titles[arm]) for arm in rows)]
    left = 0.06 + max(lettering.width(words, 10.5) for words in named) / sheet.WIDTH
    bottom = 0.15 + LINE * (len(rows) + 1) * bool(rows)
    axes = figure.add_axes((left, bottom, 0.685 - left, roof - 0.01 - bottom))
    sheet.bare(axes)
    colours = {arm: PALETTE[place] for place, arm in enumerate(rows)}
    for arm in reversed(drawn):
        _steps(axes, curves[arm], outcomes.weeks, colours.get(arm), outcomes.are_runs_independent)
    sheet.years(axes, outcomes.weeks)
    axes.set_ylim(0, 102)
    axes.set_ylabel("share of runs not there yet (%)", color=GREY, size=12)
    _name_steps(axes, outcomes, curves, sheet.outermost(drawn, NAMES, outcomes.baseline), colours)
    _at_risk(figure, axes, outcomes, {arm: curves[arm] for arm in rows}, colours)
    _medians(figure, axes.get_position().y0 - 0.092, outcomes, colours, sooner)
    return figure


def _coloured(drawn: Sequence[str], baseline: str) -> list[str]:
    """Return the arms that get a colour and a row: those of which most runs get there, and the baseline.

    >>> _coloured(["a", "b", "c", "d", "e", "f", "g"], "g")
    ['a', 'b', 'c', 'd', 'e', 'g']
    """
    first = drawn[:ROWS]
    return list(first) if baseline in first or baseline not in drawn else [*first[:-1], baseline]


def _short(title: str) -> str:
    return fitted(title, 2.9, 11.5, bold=True)


def _share_there(curve: Survival) -> float:
    return 1.0 - float(curve.survival[-1])


def _steps(axes: Axes, curve: Survival, weeks: int, colour: str | None, has_band: bool) -> None:
    time = np.concatenate([[0.0], curve.times, [float(weeks)]])
    left = 100 * np.concatenate([[1.0], curve.survival, curve.survival[-1:]])
    axes.step(time, left, where="post", color=colour or GREY, linewidth=2.4 if colour else 1.0)
    if colour and has_band and curve.runs > 1:
        # Before anybody got there all bands are the same, and would hide one another.
        low, high = (100 * np.append(edge, edge[-1]) for edge in survival.band(curve))
        axes.fill_between(time[1:], low, high, step="post", color=colour, alpha=0.10, linewidth=0)


def _name_steps(
    axes: Axes, outcomes: Outcomes, curves: dict[str, Survival], drawn: list[str], colours: dict[str, str]
) -> None:
    ends = [100 * float(curves[arm].survival[-1]) for arm in drawn]
    across = axes.get_yaxis_transform()
    heights = sheet.spread(ends, min(APART, 98.0 / max(1, len(ends) - 1)), 1.0, 99.0)
    for arm, end, height in zip(drawn, ends, heights, strict=True):
        curve = curves[arm]
        axes.plot([1.003, 1.045], [end, height], transform=across, color=GREY, linewidth=0.6, clip_on=False)
        title = _short(outcomes.titles[arm])
        axes.text(
            1.052, height, f"{curve.events.sum()} of {curve.runs}  {title}", transform=across, va="center",
            size=11.5, color=sheet.deep(colours[arm]) if arm in colours else GREY, weight="bold" if arm in colours else "normal",
        )  # fmt: skip


def _at_risk(
    figure: Figure, axes: Axes, outcomes: Outcomes, curves: Mapping[str, Survival], colours: Mapping[str, str]
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
        height = top - LINE * row
        title = _short(outcomes.titles[arm])
        figure.text(box.x0 - 0.02, height, title, size=10.5, color=sheet.deep(colours[arm]), ha="right", va="center")
        for tick in ticks:
            left = round(curve.runs * survival.survival_at(curve, tick))
            across = box.x0 + box.width * (tick - first) / (last - first)
            figure.text(across, height, f"{left}", size=10.5, color=sheet.deep(colours[arm]), ha="center", va="center")


def _medians(
    figure: Figure, top: float, outcomes: Outcomes, colours: Mapping[str, str], sooner: Mapping[str, Sooner]
) -> None:
    """Write beside the numbers at risk after how many weeks half the runs are there, and the test against the baseline."""
    heads = {MEDIAN: "median weeks (95 %)"} | ({FIRST: "sooner / later, p"} if sooner else {})
    if not colours:
        return
    for across, head in heads.items():
        figure.text(across, top, head, size=10.5, color=GREY, ha="center", va="center")
    for row, (arm, colour) in enumerate(colours.items(), start=1):
        cells = {MEDIAN: median_words(half_of(outcomes, arm).weeks_to_half)}
        cells |= {FIRST: _first(sooner.get(arm))} if sooner else {}
        for across, cell in cells.items():
            height = top - LINE * row
            figure.text(across, height, cell, size=10.5, color=sheet.deep(colour), ha="center", va="center")


def _first(found: Sooner | None) -> str:
    return f"{found.first} / {found.second}, {chance(found.adjusted_p)}" if found else "-"


def _half_title(outcomes: Outcomes, curves: dict[str, Survival], order: list[str]) -> str:
    best, base = order[0], outcomes.baseline

    def count(arm: str) -> str:
        there = int(curves[arm].events.sum())
        return f"in {there} of {counted(curves[arm].runs, 'run')}" if there else "in no run"

    (asked,) = asked_of(outcomes, [WEEKS_TO_HALF])
    if len(order) == 1:
        return f"Half the staff adopt {count(base)}{harm_words(asked)}"
    other = order[-1] if best == base else base
    words = f"Half the staff adopt {count(best)} ({outcomes.titles[best]}), {count(other)} ({outcomes.titles[other]})"
    return f"{words}{harm_words(asked)}"


def _half_subtitle(outcomes: Outcomes, order: Sequence[str], drawn: Sequence[str], sooner: Mapping[str, Sooner]) -> str:
    kind = "from the first that got there with exact 95 % intervals" if outcomes.are_runs_independent else WITHOUT
    words = f"Runs in which half the staff have not adopted yet (Kaplan-Meier, {kind}); beside each name, how many got there."
    if sooner:
        after = f", after Holm's correction for {len(sooner)} comparisons" if len(sooner) > 1 else ""
        words += f" p: there before {outcomes.titles[outcomes.baseline]} in more pairs than after it by chance (log-rank test within pairs{after})."
    never = [outcomes.titles[arm] for arm in order if arm not in drawn]
    if len(drawn) > NAMES:
        words += f" Not named: {counted(len(drawn) - NAMES, 'more arm')}."
    if never:
        shown = ", ".join(never[:4]) + (f" and {len(never) - 4} more" if len(never) > 4 else "")
        words += f" In no run: {shown}."
    return words
