"""The page in the browser: the model of a theory, week by week. Solara draws it; `session` runs it."""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

from experiments.design.schedule import request_of
from experiments.page.ahead.crew import key_of
from experiments.page.controls import Controls
from experiments.page.head import Head, Style
from experiments.page.lever_panel import LeverColumn
from experiments.page.panels import EVERY, Pictures
from experiments.page.server import ENVIRONMENT
from experiments.page.side import Side
from experiments.page.strip import Strip
from experiments.page.tab.pulls import WORKSHOP, YEARS
from experiments.page.tab.questions import QUESTIONS, requests_of
from experiments.page.tab.session import Session
from experiments.page.tab.session_file import open_in, saved
from experiments.page.vue.components import Ask, Keeper, Keys
from experiments.page.workshop.drawn.covered import covered, hides
from experiments.page.workshop.drawn.panel import Hour
from experiments.page.years import Years
from simulation.errors import Invalid
from simulation.page.framework import component, solara
from simulation.request import Request

OPENING_QUESTION = "4"


def opening_request() -> Request | None:
    """Return what the command line asked for, if anything."""
    asked = json.loads(os.environ.get(ENVIRONMENT) or "{}")
    return request_of(asked) if asked else None


def new_session(changed: Callable[[], None], answers: bool = True) -> Session:
    """Return what a new tab shows: the run that was asked for, week by week, or a question, five years at once."""
    asked = opening_request()
    if asked:
        return Session(asked, changed, answers)
    session = Session(Request("ics-small"), changed, answers)
    session.use(requests_of(QUESTIONS[OPENING_QUESTION], Request("ics-small")), OPENING_QUESTION)
    session.mode = YEARS
    return session


class View(NamedTuple):
    """What is open on the page, each as Solara's reactive value: tab on the right, organisation, system, levers, width, size."""

    side: Any
    chosen: Any
    system: Any
    levers: Any
    narrow: Any
    projected: Any


@component
def Page(answers: bool = True) -> Any:
    """Draw the page of one browser tab."""
    tick = solara.use_reactive(0)
    session = solara.use_memo(lambda: new_session(lambda: tick.set(tick.peek() + 1), answers), [])
    view = View(
        solara.use_reactive("Curves"),
        solara.use_reactive(-1),
        solara.use_reactive(EVERY),
        solara.use_reactive(True),
        solara.use_reactive(False),
        solara.use_reactive(False),
    )
    solara.use_effect(lambda: _begun(session), [])
    compares = len(session.drafts) == 2
    wide = compares or (bool(session.arms) and session.arms[0].systems > 1)
    solara.use_effect(lambda: _make_room(view, compares, wide), [compares, wide, view.narrow.value])
    solara.use_effect(lambda: _look_anew(view), [session.drafts[0].scenario])
    wanted = [key_of(request) for request in session.ahead()]
    solara.use_effect(session.look_ahead, [wanted, session.mode, session.shows_ahead])
    Style()
    solara.Title("System leadership: a model of a theory")
    shape = ["sy-two" if compares else "sy-one", "" if view.levers.value else "sy-wide"]
    with solara.Div(classes=["sy-page", *shape, "sy-projected" if view.projected.value else ""]):
        Head(session, tick.value, view.projected)
        Kept(session, tick.value)
        Strip(session, tick.value, view.projected.value)
        if session.mode == YEARS:
            Years(session, tick.value).key("years")
        elif session.mode == WORKSHOP:
            Hour(session, tick.value).key("hour")
        elif hides(session):
            with solara.Div(classes=["sy-body sy-hour"]).key("covered"), solara.Div(classes=["sy-panel"]):
                covered(session)
        else:
            with solara.Div(classes=["sy-body"]).key("weeks"):
                _columns(session, tick.value, view)


@component
def Kept(session: Session, tick: int) -> Any:
    """Keep the session in the browser and the focus on the page, and ask before something is lost."""
    ready = solara.use_reactive(False)

    def found(text: str) -> None:
        if text:
            with suppress(Invalid):  # kept by another version of the page: begin anew
                open_in(session, text, resumed=True)
        ready.set(True)

    Keys()
    asked = session.asking
    Ask(words=asked.words if asked else "", yes=asked.yes if asked else "", event_answered=session.answer)
    Keeper(text=saved(session) if ready.value and session.arms and not session.busy else "", event_found=found)


def _begun(session: Session) -> Callable[[], None]:
    if not session.busy:
        session.open()
    close: Callable[[], None] = session.close
    return close


def _make_room(view: View, compares: bool, wide: bool) -> None:
    view.levers.set(not (wide or view.narrow.value))
    if not compares and view.side.peek() == "What changed":
        view.side.set("Curves")


def _look_anew(view: View) -> None:
    view.chosen.set(-1)
    view.system.set(EVERY)


def _columns(session: Session, now: int, view: View) -> None:
    def choose(organisation: int) -> None:
        view.chosen.set(organisation)
        view.side.set("Organisation")

    # Always there, if empty: what is put in before the controls would take the focus from them.
    with solara.Div(classes=["sy-left", "" if view.levers.value else "sy-gone"]).key("levers"):
        if view.levers.value:
            LeverColumn(session, now)
    with solara.Div(classes=["sy-middle"]).key("pictures"):
        Controls(session, now, view.levers, view.narrow)
        Pictures(session, now, view.chosen.value, choose, view.system)
    with solara.Div(classes=["sy-right"]).key("side"):
        Side(session, now, view.side, view.chosen)
