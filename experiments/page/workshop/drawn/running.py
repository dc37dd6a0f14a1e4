"""Run it: hidden, all runs at once, or one of them shown first, week by week."""

from __future__ import annotations

from experiments.page.elements import button, note
from experiments.page.tab.session import Session
from experiments.page.workshop import acts
from experiments.page.workshop.drawn.predict import draw
from experiments.page.workshop.hour import REVEAL
from simulation.page.framework import html, markup, solara
from simulation.words import counted


def running(session: Session) -> None:
    """Let the group choose, and say how far it is."""
    arms = len(session.arms)
    every = f"40 runs{' of each arm' if arms == 2 else ''}"
    with solara.Div(classes=["sy-step-plot"]):
        with solara.Div(classes=["sy-heading"]):
            html("h2", "Run it")
            note("Your lines stay; what the model does is covered.")
        with solara.Div(classes=["sy-plot sy-plot-board"]):
            draw(session, 0, f"Covered: {every}")
    with solara.Div(classes=["sy-step-side"], attributes={"role": "group", "aria-label": "Run it"}):
        words = (
            "<b>Shown or hidden?</b> Shown, the room watches one run week by week. Hidden, {every} are done in {time}."
        )
        time = "a second or two" if session.is_quick else "minutes, for so large a health economy"
        html("p", markup(words, every=every, time=time))
        _buttons(session, 40 * arms)


def _buttons(session: Session, runs: int) -> None:
    workshop, seen = session.workshop, session.futures.seen()
    came = len(seen.replicates) * len(seen.arms)
    all_there = workshop.hidden and seen.is_whole and bool(seen.arms)
    hide = ["sy-main sy-next"] if not workshop.begun else ["sy-plain"]
    with solara.Div(classes=["sy-row"]):
        solara.Button(f"Run all {runs} now, hidden", on_click=lambda: acts.run_hidden(session), classes=hide)
    with solara.Div(classes=["sy-row"]):
        again = "Go on watching one run" if workshop.watched else "Watch one run first"
        button(again, lambda: acts.watch_one(session))
    with solara.Div(attributes={"role": "status", "aria-live": "polite"}):
        if workshop.hidden:
            html("p", markup("<b>{came}</b> of {of} runs done", came=came, of=seen.of * max(len(seen.arms), 1)))
        if session.week:
            html("p", f"The run that is shown stands in week {session.week} of {counted(session.weeks, 'week')}.")
    if workshop.begun:
        note("Nothing can be predicted any more." if not all_there else "All is there. Ask the room once more, then …")
        solara.Button("Reveal", on_click=lambda: acts.go(session, REVEAL), classes=["sy-main sy-next"])
