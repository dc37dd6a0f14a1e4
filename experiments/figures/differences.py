"""Figure of what every arm is ahead of the baseline in an outcome: a forest of paired differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite, nan
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.analysis.asked import ADOPTED, Asked, the_share
from experiments.analysis.comparisons import Comparison, comparisons, difference, spread
from experiments.analysis.footer import footer
from experiments.analysis.outcomes import Milestone, Outcomes, milestones
from experiments.analysis.wording import amount, coloured, difference_of, harm_words, lie, margin_words, ranked
from experiments.figures import sheet
from experiments.figures.intervals import dots, make_room_for_numbers, shade_margin
from experiments.figures.lettering import broken, fitted, width
from experiments.figures.sheet import GREY, INK
from simulation.words import counted

DOTS = 22
LEFT = 0.275
BEYOND = 1.75
"""Inches to the right of the last panel for how often the margin is passed."""


def paired_differences(outcomes: Outcomes, asked: Asked | None = None) -> Figure:
    """Differences from the baseline with the same random numbers, as dots with their 95 % intervals.

    The share who have adopted has a panel for each moment, any other outcome one. What lies within the margin is shaded,
    and beside each arm stands in how many pairs (or points) it is better by more than that.
    """
    one = asked or the_share(outcomes)
    against = comparisons(outcomes, one)
    moments = milestones(outcomes) if one.name == ADOPTED else [Milestone(outcomes.end, one.name)]
    order = [arm for arm in reversed(ranked(outcomes, one.name)) if arm != outcomes.baseline]
    arms = sheet.outermost(order, DOTS)
    left = len(order) - len(arms)
    words = f" Not drawn: {counted(left, 'arm')} between the highest and the lowest." if left else ""
    subtitle = _subtitle(outcomes, one, against) + words
    figure, roof = sheet.sheet(_title(outcomes, one, against), subtitle, footer(outcomes))
    axes = figure.subplots(1, len(moments), sharex=True, sharey=True, squeeze=False)[0]
    right = 0.975 - BEYOND / sheet.WIDTH
    figure.subplots_adjust(left=LEFT, right=right, top=roof - 0.065, bottom=0.145, wspace=0.07)
    inches = (right - LEFT) / len(moments) * sheet.WIDTH
    for panel, moment in zip(axes, moments, strict=True):
        # Verdicts are passed at the end alone; more moments would be more chances of a false one.
        ends = against if moment is moments[-1] else {}
        _panel(panel, outcomes, one, moment, arms, ends)
        _head(panel, outcomes, one, moment, inches)
    make_room_for_numbers(axes[0], one.margin * one.scale)
    shade_margin(axes, one.margin * one.scale)
    _say_how_often(axes[-1], one, [against[arm] for arm in arms])
    axes[0].set_yticks(range(len(arms)), [fitted(outcomes.titles[arm], LEFT * sheet.WIDTH - 0.2, 11.5) for arm in arms])
    axes[0].tick_params(axis="y", labelcolor=INK, labelsize=11.5)
    return figure


def _panel(
    panel: Axes, outcomes: Outcomes, one: Asked, moment: Milestone, arms: Sequence[str], ends: Mapping[str, Comparison]
) -> None:
    if ends:
        spreads = [spread(outcomes, arm, one.name) if outcomes.why_none else None for arm in arms]
        signs = [ends[arm].sign * (one.better or 1) for arm in arms]
        dots(panel, [ends[arm].difference for arm in arms], signs, one, spreads)
    else:
        dots(panel, [difference(outcomes, arm, moment.observable) for arm in arms], [0] * len(arms), one)


def _head(panel: Axes, outcomes: Outcomes, one: Asked, moment: Milestone, inches: float) -> None:
    panel.set_title(f"after {moment.label}", loc="left", size=13, weight="bold", color=INK, pad=22)
    base = outcomes.values(outcomes.baseline, moment.observable)
    level = f"{amount(one, float(base.mean()))} {'%' if one.is_share else one.unit}" if base.size else "unknown"
    title = outcomes.titles[outcomes.baseline]
    words = f"{title if width(title, 11) <= inches - 0.9 else 'the baseline'}: {level}"
    panel.text(0, 1.015, words, transform=panel.transAxes, size=11, color=GREY)
    panel.set_xlabel("percentage points" if one.is_share else one.unit, color=GREY, size=12)


def _say_how_often(panel: Axes, one: Asked, rows: Sequence[Comparison]) -> None:
    """Write beside each row in what share of pairs (or points) it is better, and worse, by more than the margin."""
    above, below = one.better_and_worse
    first, second = ("below", "above") if one.better < 0 else ("above", "below")
    over = next((row.beyond.over for row in rows if row.beyond), "pair")
    words = f"{above} / {below}" if first == "above" else f"{below} / {above}"
    head = "\n".join(broken(f"{words} by more than {margin_words(one)}, % of {over}s", BEYOND - 0.2, 10, lines=4))
    beside: dict[str, Any] = {"textcoords": "offset points", "annotation_clip": False}
    panel.annotate(head, (1, 1), xycoords="axes fraction", xytext=(12, 8), size=10, color=GREY, va="bottom", **beside)
    for place, row in enumerate(rows):
        shares = [getattr(row.beyond, side).value for side in (first, second)] if row.beyond else [nan]
        if all(map(isfinite, shares)):
            said = " / ".join(f"{100 * share:.0f}" for share in shares)
            across = panel.get_yaxis_transform()
            panel.annotate(said, (1, place), xycoords=across, xytext=(12, 0), size=11, color=INK, va="center", **beside)


def _subtitle(outcomes: Outcomes, one: Asked, against: Mapping[str, Comparison]) -> str:
    words = f"{one.headed}, less that with {outcomes.titles[outcomes.baseline]} with the same random numbers: mean of the paired differences"
    shaded = f" Shaded: within {margin_words(one)}, the margin." if one.margin else ""
    tested = sum(row.adjusted_p is not None for row in against.values())
    if tested:
        level = f"{outcomes.titles[outcomes.baseline]} after {outcomes.end}"
        return f"{words} and its 95 % interval.{shaded} {coloured(tested, level, one.better)}"
    pale = " Pale: between what it lies at eight of ten points." if outcomes.why_none else ""
    why = next((row.difference.note for row in against.values()), "")
    return f"{words}.{pale}{shaded} No interval, and no verdict: {why}."


def _title(outcomes: Outcomes, one: Asked, against: Mapping[str, Comparison]) -> str:
    name, end = outcomes.titles[outcomes.baseline], outcomes.end
    what = "" if one.name == ADOPTED else f"{one.called.partition(',')[0]}: "
    if all(row.adjusted_p is None for row in against.values()):
        best = max(against, key=lambda arm: (one.better or 1) * against[arm].difference.value)
        gap = against[best].difference._replace(low=float("nan"))
        return f"{what}after {end} {outcomes.titles[best]} {difference_of(one, gap)} {one.unit_of_differences} against {name}{harm_words(one)}"
    alike = [arm for arm, row in against.items() if row.is_negligible]
    if len(alike) == len(against):
        return f"{what}no arm differs from {name} by more than {margin_words(one)} after {end}{harm_words(one)}"
    above, below = (sum(row.sign == sign for row in against.values()) for sign in (1, -1))
    words = f"{what}{above} of {counted(len(against), 'arm')} {lie(above)} significantly above {name} after {end}"
    words = f"{words}, {below} below" if below else words
    return f"{words}{harm_words(one)}"
