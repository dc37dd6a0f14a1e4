"""Five years at once: forty curves an arm, their medians, and the difference of every pair."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.page.ahead.answer import answer_of, points
from experiments.page.ahead.futures import A_TIME, AT_MOST, Seen
from experiments.page.elements import arm_labels, arm_names, button, note, resting
from experiments.page.lever_panel import LeverColumn
from experiments.page.tab.session import Session
from experiments.page.vue.components import Fan, Pairs
from experiments.page.workshop.drawn.covered import covered
from simulation.page.framework import component, html, solara


@component
def Years(session: Session, tick: int) -> Any:
    """Draw all five years of all pairs, beside the levers that move them."""
    with solara.Div(classes=["sy-body sy-years"]):
        with solara.Div(classes=["sy-panel"], attributes={"role": "region", "aria-label": "Five years at once"}):
            if session.workshop.is_covering:
                covered(session)
            else:
                FuturesPanel(session, tick)
        with solara.Div(classes=["sy-panel sy-levers-beside"], attributes={"role": "region", "aria-label": "Levers"}):
            LeverColumn(session, tick)


@component
def FuturesPanel(session: Session, tick: int) -> Any:
    """Draw the fan, the strip of differences, and offer more pairs, and one of them to watch."""
    picked = solara.use_reactive(-1)
    futures, labels = session.futures, arm_labels(session)
    seen = futures.seen()
    at = seen.replicates.index(picked.value) if picked.value in seen.replicates else -1
    with solara.Div(classes=["sy-stack"]):
        _heading(seen, len(labels))
        if len(seen.arms) == len(labels):
            _plots(session, seen, picked)
            _below(session, seen, at, picked.value)


def _heading(seen: Seen, arms: int) -> None:
    came = len(seen.replicates)
    with solara.Div(classes=["sy-heading"]):
        html("h2", "Share of staff who have adopted")
        so_far = "" if seen.is_whole else f" of {seen.of}"
        note(f"{came}{so_far} runs{' of each arm' if arms == 2 else ''}, thin; the middle run, thick")


def _plots(session: Session, seen: Seen, picked: Any) -> None:
    names = arm_names(session)
    at = seen.replicates.index(picked.value) if picked.value in seen.replicates else -1
    with solara.Div(classes=["sy-plot sy-plot-fan"]).key("fan"):
        Fan(fan_text=json.dumps(fan_of(seen, session.futures.before, arm_labels(session))), picked=at)
    if len(names) == 2:
        html("h2", f"Run by run, with equal luck: {names[1]} minus {names[0]}, in points")
        with solara.Div(classes=["sy-plot sy-plot-pairs"]).key("pairs"):
            Pairs(
                pairs_text=json.dumps(pairs_of(seen, names)),
                picked=picked.value if at >= 0 else -1,
                event_picked_pair=lambda replicate: picked.set(int(replicate)),
            )


def _below(session: Session, seen: Seen, at: int, replicate: int) -> None:
    two, picked = len(seen.arms) == 2, replicate if at >= 0 else -1
    with solara.Div(classes=["sy-row sy-below"]):
        if picked >= 0:
            note(f"Replicate {picked} is thick above; Esc or another press lets go.")
        else:
            note("Each mark is one pair of runs. Press one to find it among the curves." if two else "")
        resting(f"{A_TIME} more runs", session.futures.more, seen.of >= AT_MOST or not seen.is_whole)
        which = picked if picked >= 0 else session.drafts[0].replicate
        words = f"Watch replicate {which}" if picked >= 0 else "Watch a run"
        button(words, lambda: session.watch(which))


def fan_of(seen: Seen, before: Seen | None = None, labels: Sequence[str] = ("", "")) -> dict[str, Any]:
    """Return curves, medians and earlier medians in thousandths, ready to be sent to the page."""
    arms = []
    for number, (label, arm) in enumerate(zip(labels, seen.arms, strict=False)):
        earlier = before.arms[number] if before and number < len(before.arms) else []
        arms.append({"name": label, "curves": _mille(arm), "median": _median(arm), "before": _median(earlier) or None})
    return {"weeks": seen.weeks, "arms": arms}


def _mille(curves: list[tuple[float, ...]]) -> list[list[int]]:
    found: list[list[int]] = np.rint(1000 * np.array(curves)).astype(int).tolist()
    return found


def _median(curves: list[tuple[float, ...]]) -> list[int]:
    if not curves:
        return []
    found: list[int] = np.rint(1000 * np.median(np.array(curves), axis=0)).astype(int).tolist()
    return found


def pairs_of(seen: Seen, names: list[str]) -> dict[str, Any]:
    """Return the differences by replicate, in points, their counts, their mean and its interval."""
    found = answer_of(seen, names)
    if found is None or found.mean is None:
        return {"pairs": [], "ahead": 0, "behind": 0, "same": 0, "name": names[-1], "mean": None, "words": []}
    edges = [found.mean.value, found.mean.low, found.mean.high]
    known = not np.isnan(edges).any()
    differences = zip(seen.replicates, found.differences, strict=True)
    return {
        "pairs": [[replicate, round(100 * difference, 2)] for replicate, difference in differences],
        "ahead": found.ahead,
        "behind": found.behind,
        "same": found.same,
        "name": names[1],
        "mean": [round(100 * edge, 2) for edge in edges] if known else None,
        "words": [points(edge) for edge in edges] if known else [],
    }
