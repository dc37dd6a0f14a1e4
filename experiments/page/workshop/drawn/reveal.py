"""Reveal: the groups' lines over forty runs of each arm, and in words how far off they were."""

from __future__ import annotations

import json
from typing import Any

from experiments.page.ahead.answer import Answer, answer_of
from experiments.page.ahead.futures import Seen
from experiments.page.elements import arm_labels, arm_names, note
from experiments.page.tab.session import Session
from experiments.page.vue.components import Fan, Pairs
from experiments.page.workshop import acts
from experiments.page.workshop.drawn.predict import LETTERS, lines_of, name_of
from experiments.page.workshop.guesses import points
from experiments.page.workshop.hour import DEBRIEF
from experiments.page.workshop.kept import started_at
from experiments.page.workshop.record import Group
from experiments.page.workshop.surprise import YOU, ahead_to_words, closest, end_in_words, middles
from experiments.page.years import fan_of, pairs_of
from simulation.page.framework import html, markup, solara


def reveal(session: Session) -> None:
    """Show what was expected over what came."""
    seen, names = session.futures.seen(), arm_names(session)
    found = answer_of(seen, names) if len(seen.arms) == len(names) else None
    with solara.Div(classes=["sy-step-plot"]):
        several = len(session.workshop.groups) > 1
        html(
            "h2",
            f"{'The groups’' if several else 'Your'} lines, dotted; {len(seen.replicates)} runs of each arm; the middle run, thick",
        )
        if found is not None:
            _plots(session, seen, names)
    with solara.Div(classes=["sy-step-side"], attributes={"role": "group", "aria-label": "How far off"}):
        with solara.Div(classes=["sy-step-words"]):
            if found is None:
                note("The runs are being made …")
            else:
                _words(session, seen, found)
        solara.Button("Debrief", on_click=lambda: acts.go(session, DEBRIEF), classes=["sy-main sy-next"])


def _plots(session: Session, seen: Seen, names: list[str]) -> None:
    fan = fan_of(seen, None, arm_labels(session)) | {"lines": _lines(session)}
    with solara.Div(classes=["sy-plot sy-plot-fan"]).key("fan"):
        Fan(fan_text=json.dumps(fan))
    if len(names) == 2:
        with solara.Div(classes=["sy-plot sy-plot-pairs"]).key("pairs"):
            Pairs(pairs_text=json.dumps(pairs_of(seen, names)))


def _lines(session: Session) -> list[dict[str, Any]]:
    """Return each line that was drawn, in thousandths, from where all of them start."""
    at, start = points(session.weeks), round(1000 * started_at(session))
    return [
        {
            "arm": arm,
            "letter": entry["letter"],
            "weeks": [0, *at],
            "shares": [start, *(round(1000 * share) for share in line)],
        }
        for entry in lines_of(session.workshop.groups)
        for arm, line in enumerate(entry["lines"])
        if line
    ]


def _words(session: Session, seen: Seen, found: Answer) -> None:
    groups, came = session.workshop.groups, middles(seen, points(session.weeks))
    several = len(groups) > 1
    for letter, group in zip(LETTERS, groups, strict=False):
        if several:
            html("h3", f"{letter} {name_of(group)}").key(f"name {letter}")
        with solara.Div().key(f"words {letter}"):
            _of_group(session, group, came, found)
    if near := closest(groups, came):
        html("p", near)
    if not seen.is_whole:
        note(f"{len(seen.replicates)} of {seen.of} runs so far.")


def _of_group(session: Session, group: Group, came: list[list[float]], found: Answer) -> None:
    labels, weights = arm_labels(session), ("sy-first", "sy-second")
    if not any(group.lines):
        html("p", "No line was drawn.")
    for arm, line in enumerate(group.lines):
        if line:
            words = end_in_words(YOU, line[-1], came[arm][-1], session.weeks)
            weight = weights[arm] if len(labels) == 2 else ""
            html("p", markup("<b class='{weight}'>{label}.</b> {words}", weight=weight, label=labels[arm], words=words))
    if len(labels) == 2:
        words = ahead_to_words(YOU, group.ahead, found)
        html("p", markup("<b>Ahead in how many runs?</b> {words}", words=words))
