"""A workshop on the page: five steps, one at a time."""

from __future__ import annotations

import json
from typing import Any

from experiments.page.tab.session import Session
from experiments.page.workshop.acts import go
from experiments.page.workshop.desks import DESKS
from experiments.page.workshop.drawn.components import Steps
from experiments.page.workshop.drawn.debrief import debrief
from experiments.page.workshop.drawn.predict import predict
from experiments.page.workshop.drawn.reveal import reveal
from experiments.page.workshop.drawn.running import running
from experiments.page.workshop.drawn.spend import spend
from experiments.page.workshop.hour import DEBRIEF, PREDICT, REVEAL, RUN, SPEND, STEPS
from simulation.page.framework import component, html, solara

WHY = {REVEAL: "Run first: there is nothing to see yet.", DEBRIEF: "Reveal first."}


@component
def Hour(session: Session, tick: int) -> Any:
    """Lead a room through one question."""
    chosen = solara.use_reactive(0)
    workshop = session.workshop
    solara.use_effect(lambda: _at_desk(session), [workshop.code])
    steps = [
        {"words": step, "open": workshop.can_go(step), "why": "" if workshop.can_go(step) else WHY[step]}
        for step in STEPS
    ]
    named = {"role": "region", "aria-label": "Workshop"}
    with solara.Div(classes=["sy-body sy-hour"]), solara.Div(classes=["sy-panel"], attributes=named):
        Steps(
            steps_text=json.dumps(steps),
            at=STEPS.index(workshop.step),
            event_chosen=lambda number: go(session, STEPS[int(number)]),
        )
        _said(session)
        with solara.Div(classes=["sy-step"]).key(f"step {workshop.step}"):
            if session.arms:
                _step(session, chosen)


def _at_desk(session: Session) -> None:
    """Let phones find a session again that was resumed."""
    if session.workshop.code:
        DESKS.open(session, session.workshop.code)


def _said(session: Session) -> None:
    with solara.Div(attributes={"role": "status", "aria-live": "polite"}).key("said"):
        # Over the page and not in it: what is being pressed meanwhile would move away below the pointer.
        html("p", session.busy, "sy-note sy-busy-here" if session.busy else "sy-hidden")
        for problem in session.problems:
            solara.Div(classes=["sy-problem"], children=[problem.replace("`", "")]).key(problem)


def _step(session: Session, chosen: Any) -> None:
    step = session.workshop.step
    if step == PREDICT:
        predict(session, chosen)
    else:
        {SPEND: spend, RUN: running, REVEAL: reveal, DEBRIEF: debrief}[step](session)
