"""The levers beside what they move: the six that matter for the question, and all others behind a button."""

import json
from typing import Any

from experiments.page.elements import arm_chooser, arm_labels, button, note, resting
from experiments.page.tab.contradictions import contradictions
from experiments.page.tab.levers import moved, parameter_levers, tactic_levers
from experiments.page.tab.presets import CONVERSATION, six_levers
from experiments.page.tab.pulls import YEARS
from experiments.page.tab.session import Session
from experiments.page.vue.components import LeverPanel, Stops
from simulation import catalogue
from simulation.page.framework import by_key, component, html, solara


@component
def LeverColumn(session: Session, tick: int) -> Any:
    """Show six levers, or all of them."""
    every = solara.use_reactive(False)
    with solara.Div(classes=["sy-stack"]):
        html("h2", "All levers" if every.value else "Six levers that matter here")
        with solara.Div(classes=["sy-scroll"], attributes={"tabindex": "-1"}).key("levers"):
            if every.value:
                AllLevers(session, tick)
            else:
                SixLevers(session, tick)
        _contradictions(session)
        with solara.Div(classes=["sy-row"]).key("below"):
            button(
                "The six levers" if every.value else "All levers …",
                lambda: every.set(not every.value),
                attributes=by_key("L" if session.mode == YEARS else ""),
            )
            resting("As the question has it", session.restore, not session.is_changed)


def _contradictions(session: Session) -> None:
    found = [contradictions(request) for request in session.standing()]
    with solara.Div(attributes={"role": "status", "aria-live": "polite"}).key("contradictions"):
        for words in dict.fromkeys(words for arm in found for words in arm):
            html("p", words, "sy-problem").key(words)


@component
def SixLevers(session: Session, tick: int) -> Any:
    """Show the levers that matter for the question, with a few stops each."""
    standing, labels = session.standing(), arm_labels(session)
    levers = six_levers(session.question, standing)
    for lever in levers:
        arms = lever["arms"]
        lever["whose"] = "" if len(labels) == 1 else "both arms" if len(arms) == 2 else labels[arms[0]]
        lever["waits"] = any(lever["name"] in session.pending[arm] for arm in arms)

    def choose(what: dict[str, Any]) -> None:
        lever = next(lever for lever in levers if lever["name"] == what["name"])
        value = lever["values"][int(what["stop"])]
        for arm in lever["arms"]:
            if lever["name"] == CONVERSATION:
                session.choose_tactic(arm, str(value))
            else:
                session.set_parameter(arm, lever["name"], moved(catalogue.parameters()[lever["name"]], value))

    if session.mode == YEARS:
        note("Move one: all runs follow at once. The small dot is the question's own setting.")
    shown = [{key: value for key, value in lever.items() if key not in ("values", "arms")} for lever in levers]
    Stops(levers_text=json.dumps(shown), event_chosen=choose)


@component
def AllLevers(session: Session, tick: int) -> Any:
    """Show every lever of one arm, or of both at once."""
    side = solara.use_reactive(0)
    standing = session.standing()
    arm = min(side.value, len(standing) - 1)
    draft, waits = standing[arm], session.pending[arm]
    known = solara.use_memo(
        lambda: json.dumps(
            {
                "tactics": tactic_levers(draft),
                "groups": parameter_levers(draft, waits),
                "others": parameter_levers(draft, waits, every=True),
            }
        ),
        [arm, session.version, session.mode, draft],
    )

    def move(what: dict[str, Any]) -> None:
        if what["kind"] == "tactic":
            session.set_tactic(arm, what["name"], float(what["value"]))
        else:
            session.set_parameter(arm, what["name"], moved(catalogue.parameters()[what["name"]], what["value"]))

    arm_chooser(session, side)
    LeverPanel(levers_text=known, arm=arm, refused=session.refused, event_moved=move)
