"""The page in the browser: the model of a theory, week by week. Solara draws it; `session` runs it."""

import json
import os
from collections.abc import Callable
from typing import Any

from experiments.page.panels import Controls, Header, Levers, Pictures, Style
from experiments.page.side import Side
from experiments.page.tab.session import Session
from simulation.page.framework import component, solara
from simulation.request import Request

ENVIRONMENT = "SYSLEAD_VIEW"
"""Holds the request that the page opens with, as JSON: the server imports this module by its name."""


def opening_request() -> Request:
    """Return what the page opens with: what the command line asked for, or the teaching-size example."""
    given = json.loads(os.environ.get(ENVIRONMENT) or "{}")
    schedule = tuple((week, changes) for week, changes in given.pop("schedule", ()))
    if not given:
        from experiments.page.tab.questions import PRESETS, requests_of

        return requests_of(PRESETS["free"], Request("ics-small"))[0]
    return Request(**given)._replace(schedule=schedule)


def new_session(changed: Callable[[], None], answers: bool = True) -> Session:
    """Return what a new tab shows."""
    session = Session(opening_request(), changed, answers)
    session.question = "free"
    return session


@component
def Page(answers: bool = True) -> Any:
    """Draw the page of one browser tab."""
    tick = solara.use_reactive(0)
    session = solara.use_memo(lambda: new_session(lambda: tick.set(tick.peek() + 1), answers), [])
    side = solara.use_reactive("Curves")
    chosen = solara.use_reactive(-1)
    levers = solara.use_reactive(True)

    def begin() -> Callable[[], None]:
        session.open()
        close: Callable[[], None] = session.close
        return close

    solara.use_effect(begin, [])
    compares = len(session.drafts) == 2
    scenario = session.drafts[0].scenario
    narrow = solara.use_reactive(False)

    def make_room() -> None:
        levers.set(not (compares or narrow.value))
        if not compares and side.peek() == "What changed":
            side.set("Curves")

    solara.use_effect(make_room, [compares, narrow.value])
    solara.use_effect(lambda: chosen.set(-1), [scenario])
    Style()
    solara.Title("System leadership: a model of a theory")

    def choose(organisation: int) -> None:
        chosen.set(organisation)
        side.set("Organisation")

    now = tick.value
    with solara.Div(classes=["sy-page", "sy-two" if compares else "sy-one", "" if levers.value else "sy-wide"]):
        Header(session, now)
        with solara.Div(classes=["sy-body"]):
            # Always there, if empty: what is put in before the controls would take the focus from them.
            with solara.Div(classes=["sy-left", "" if levers.value else "sy-gone"]).key("levers"):
                if levers.value:
                    Levers(session, now)
            with solara.Div(classes=["sy-middle"]).key("pictures"):
                Controls(session, now, levers, narrow)
                Pictures(session, now, chosen.value, choose)
            with solara.Div(classes=["sy-right"]).key("side"):
                Side(session, now, side, chosen)
