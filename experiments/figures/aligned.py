"""Figure of adoption before and after something that happens on the way: a leader leaves, payment ends, a convener goes."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.analysis.asked import the_share
from experiments.analysis.footer import footer
from experiments.analysis.outcomes import WEEKS_A_YEAR, Curves, Outcomes, has_values, span
from experiments.analysis.study_facts import Event
from experiments.analysis.wording import harm_words, percent
from experiments.figures import sheet
from experiments.figures.curves import band, interval_words
from experiments.figures.lettering import fitted, led_by_number
from experiments.figures.sheet import GREY, INK, PALE, PALETTE
from simulation.words import counted

LINES = len(PALETTE)
BESIDE = {"say so": "declared_share", "kept": "sustained_share"}
KEPT = "Kept: what is left in the end of the most that ever had."


def events_of(outcomes: Outcomes) -> list[Event]:
    """Return what happens on the way, in the arms that were run."""
    found = [
        event._replace(weeks={arm: week for arm, week in event.weeks.items() if arm in outcomes.arms})
        for event in outcomes.facts.events
    ]
    return [event for event in found if event.weeks]


def aligned_at(outcomes: Outcomes, curves: Curves, event: Event, declared: Curves | None = None) -> Figure:
    """Share who have adopted, every arm counted from the week of what happens in it; others grey where the week is the same.

    Where anybody is paid or ordered, the share who say that they have is dashed, and what is kept of the most stands by the name.
    """
    arms = list(event.weeks)[:LINES]
    left = len(event.weeks) - len(arms)
    more = f" Not drawn: {counted(left, 'more arm')}." if left else ""
    others = [arm for arm in outcomes.arms if arm not in event.weeks] if len(set(event.weeks.values())) == 1 else []
    grey = " Grey: arms in which it does not happen." if others else ""
    says = f" Dashed: those who say they have adopted. {KEPT}" if declared else ""
    figure, roof = sheet.sheet(
        f"{_title(outcomes, curves, event)}{harm_words(the_share(outcomes))}",
        f"Share of staff who have adopted, counted from the week in which {event.meaning}: {interval_words(curves)}.{says}{grey}{more}",
        footer(outcomes),
    )
    axes = figure.add_axes((0.06, 0.145, 0.64, roof - 0.155))
    sheet.bare(axes)
    ends: dict[str, tuple[float, str]] = {}
    shift = next(iter(event.weeks.values()))
    for arm in others[:LINES]:
        centre = band(curves, arm)[0]
        axes.plot(curves.weeks - shift, centre, color=PALE, linewidth=1.6, zorder=1)
        ends[arm] = (float(centre[-1]), GREY)
    for arm, colour in zip(arms, PALETTE, strict=False):
        centre, low, high = band(curves, arm)
        weeks = curves.weeks - event.weeks[arm]
        axes.fill_between(weeks, low, high, color=colour, alpha=0.16, linewidth=0)
        axes.plot(weeks, centre, color=colour, linewidth=2.4)
        if declared:
            axes.plot(weeks, band(declared, arm)[0], color=colour, linewidth=1.4, linestyle=(0, (4, 2)))
        ends[arm] = (float(centre[-1]), sheet.deep(colour))
    axes.axvline(0, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))
    lines = [band(curves, arm)[2] for arm in ends] + [band(declared, arm)[0] for arm in arms if declared]
    top = min(102.0, 5 * ceil(1.05 * max(float(line.max()) for line in lines) / 5 + 0.1))
    axes.set_ylim(0, top)
    _time_axis(axes, event, outcomes.weeks)
    axes.text(0, 1.01 * top, f" {event.meaning}", size=11, color=INK, va="bottom")
    axes.set_ylabel("share of staff who have adopted (%)", color=GREY, size=12)
    beside = {arm: _beside(outcomes, arm) for arm in arms} if declared else {}
    _name(axes, outcomes, ends, top, beside)
    return figure


def _beside(outcomes: Outcomes, arm: str) -> str:
    """Say what share says in the end that they have adopted, and what is kept of the most that ever had."""
    found = {words: name for words, name in BESIDE.items() if has_values(outcomes.of(arm), name)}
    return ", ".join(f"{percent(float(outcomes.values(arm, name).mean()))} {words}" for words, name in found.items())


def _name(
    axes: Axes, outcomes: Outcomes, ends: Mapping[str, tuple[float, str]], top: float, beside: Mapping[str, str]
) -> None:
    gap = 0.095 if beside else 0.06
    heights = sheet.spread([end for end, _ in ends.values()], gap * top, 0.01 * top, 0.99 * top)
    across = axes.get_yaxis_transform()
    for (arm, (end, colour)), height in zip(ends.items(), heights, strict=True):
        axes.plot([1.003, 1.03], [end, height], transform=across, color=PALE, linewidth=0.8, clip_on=False)
        words = led_by_number(f"{end:.0f} %  {fitted(outcomes.titles[arm], 2.9, 12)}")
        place: Any = {"transform": across, "color": sheet.deep(colour)}
        if arm not in beside:
            axes.text(1.035, height, words, size=12, va="center", **place)
            continue
        axes.text(1.035, height, words, size=12, va="bottom", **place)
        axes.text(1.035, height - 0.008 * top, beside[arm], size=10.5, va="top", **place)


def _time_axis(axes: Axes, event: Event, horizon: int) -> None:
    first, last = -max(event.weeks.values()), horizon - min(event.weeks.values())
    axes.set_xlim(first, last)
    if last - first >= 2 * WEEKS_A_YEAR:
        ticks = range(ceil(first / WEEKS_A_YEAR), last // WEEKS_A_YEAR + 1)
        axes.set_xticks([WEEKS_A_YEAR * tick for tick in ticks], [f"{tick:+d}" if tick else "0" for tick in ticks])
    axes.set_xlabel(f"{'years' if last - first >= 2 * WEEKS_A_YEAR else 'weeks'} before and after", color=GREY, size=12)


def _title(outcomes: Outcomes, curves: Curves, event: Event) -> str:
    def at(arm: str, week: int) -> float:
        return float(curves.shares[arm][:, np.searchsorted(curves.weeks, week)].mean())

    arm = max(event.weeks, key=lambda arm: abs(at(arm, outcomes.weeks) - at(arm, event.weeks[arm])))
    before, after = (percent(at(arm, week)) for week in (event.weeks[arm], outcomes.weeks))
    later = span(outcomes.weeks - event.weeks[arm])
    return f"{outcomes.titles[arm]}: {before} when {event.meaning}, {after} {later} later"
