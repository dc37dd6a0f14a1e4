"""The page in the browser: the model of a theory, week by week. Solara draws it; `session` runs it."""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

from experiments.design.schedule import request_of
from experiments.page.controls import Controls
from experiments.page.panels import Header, Levers, Pictures, Style
from experiments.page.server import ENVIRONMENT
from experiments.page.side import Side
from experiments.page.tab.questions import QUESTIONS, requests_of
from experiments.page.tab.session import Session
from experiments.page.tab.session_file import open_in, saved
from experiments.page.vue.components import Ask, Keeper
from simulation.errors import Invalid
from simulation.page.framework import component, solara
from simulation.request import Request


def opening_request() -> Request:
    """Return what the page opens with: what the command line asked for, or the teaching-size example."""
    asked = json.loads(os.environ.get(ENVIRONMENT) or "{}")
    return request_of(asked) if asked else requests_of(QUESTIONS["free"], Request("ics-small"))[0]


def new_session(changed: Callable[[], None], answers: bool = True) -> Session:
    """Return what a new tab shows."""
    session = Session(opening_request(), changed, answers)
    session.question = "free"
    return session


class View(NamedTuple):
    """What is open on the page, each as Solara's reactive value: tab on the right, organisation, levers, width."""

    side: Any
    chosen: Any
    levers: Any
    narrow: Any


@component
def Page(answers: bool = True) -> Any:
    """Draw the page of one browser tab."""
    tick = solara.use_reactive(0)
    session = solara.use_memo(lambda: new_session(lambda: tick.set(tick.peek() + 1), answers), [])
    view = View(
        solara.use_reactive("Curves"), solara.use_reactive(-1), solara.use_reactive(True), solara.use_reactive(False)
    )
    solara.use_effect(lambda: _begun(session), [])
    compares = len(session.drafts) == 2
    solara.use_effect(lambda: _make_room(view, compares), [compares, view.narrow.value])
    solara.use_effect(lambda: view.chosen.set(-1), [session.drafts[0].scenario])
    Style()
    solara.Title("System leadership: a model of a theory")
    width = "" if view.levers.value else "sy-wide"
    with solara.Div(classes=["sy-page", "sy-two" if compares else "sy-one", width]):
        Header(session, tick.value)
        Kept(session, tick.value)
        with solara.Div(classes=["sy-body"]):
            _columns(session, tick.value, view)


@component
def Kept(session: Session, tick: int) -> Any:
    """Keep the session in the browser, go on with what this tab kept, and ask before something is lost."""
    ready = solara.use_reactive(False)

    def found(text: str) -> None:
        if text:
            with suppress(Invalid):  # kept by another version of the page: begin anew
                open_in(session, text, resumed=True)
        ready.set(True)

    asked = session.asking
    Ask(words=asked.words if asked else "", yes=asked.yes if asked else "", event_answered=session.answer)
    Keeper(text=saved(session) if ready.value and session.arms and not session.busy else "", event_found=found)


def _begun(session: Session) -> Callable[[], None]:
    session.open()
    close: Callable[[], None] = session.close
    return close


def _make_room(view: View, compares: bool) -> None:
    view.levers.set(not (compares or view.narrow.value))
    if not compares and view.side.peek() == "What changed":
        view.side.set("Curves")


def _columns(session: Session, now: int, view: View) -> None:
    def choose(organisation: int) -> None:
        view.chosen.set(organisation)
        view.side.set("Organisation")

    # Always there, if empty: what is put in before the controls would take the focus from them.
    with solara.Div(classes=["sy-left", "" if view.levers.value else "sy-gone"]).key("levers"):
        if view.levers.value:
            Levers(session, now)
    with solara.Div(classes=["sy-middle"]).key("pictures"):
        Controls(session, now, view.levers, view.narrow)
        Pictures(session, now, view.chosen.value, choose)
    with solara.Div(classes=["sy-right"]).key("side"):
        Side(session, now, view.side, view.chosen)
