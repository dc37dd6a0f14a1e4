"""The head, the levers and the pictures of the page."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from experiments import CAVEAT
from experiments.page.elements import SIDES, arm_chooser
from experiments.page.tab.levers import moved, parameter_levers, tactic_levers
from experiments.page.tab.questions import QUESTIONS, requests_of
from experiments.page.tab.session import Session
from experiments.page.vue.components import LeverPanel, Picker
from simulation import catalogue
from simulation.page.arm import Arm
from simulation.page.drawn import DrawnEconomy
from simulation.page.framework import component, html, markup, solara
from simulation.page.key import key_of
from simulation.page.layout import LANDSCAPE, PORTRAIT
from simulation.page.picture import talks_in_words

VUE = Path(__file__).parent / "vue"


@component
def Style() -> Any:
    """Give the page its style."""
    solara.Style(VUE / "page.css")


@component
def Header(session: Session, tick: int) -> Any:
    """Say what this is, and let the user choose the health economy, the change, the question and the seed."""
    draft = session.drafts[0]

    def choose(picked: dict[str, Any]) -> None:
        if picked["what"] == "question":
            session.use(requests_of(QUESTIONS[picked["value"]], draft), picked["value"])
        elif picked["what"] == "scenario":
            session.set_world(scenario=picked["value"])
        elif picked["what"] == "change":
            session.set_world(change=picked["value"] or None)
        else:
            session.set_number(picked["what"], str(picked["value"]))

    with solara.Div(classes=["sy-head"]):
        html("h1", "System leadership")
        html("span", CAVEAT.removesuffix("."), "sy-caveat")
        Picker(
            questions=[[key, question.title] for key, question in QUESTIONS.items()],
            question=session.asked,
            scenarios=_offered(_scenarios(), draft.scenario),
            scenario=draft.scenario,
            changes=_offered(_changes(), draft.change),
            change=draft.change or "",
            seed=draft.seed,
            weeks=draft.weeks,
            refused=session.refused,
            event_chosen=choose,
        )


def _offered(built_in: list[list[str]], now: str | None) -> list[list[str]]:
    """Return what is built in, and the scenario or change of now where it is a user's own."""
    return built_in if not now or any(now == name for name, _ in built_in) else [*built_in, [now, Path(now).stem]]


@cache
def _scenarios() -> list[list[str]]:
    return [[name, f"{name}: {title.partition(':')[0]}"] for name, title in catalogue.scenarios().items()]


@cache
def _changes() -> list[list[str]]:
    return [["", "default"], *([name, name] for name in catalogue.changes())]


@component
def Levers(session: Session, tick: int) -> Any:
    """Show the levers of one arm."""
    side = solara.use_reactive(0)
    arm = min(side.value, len(session.drafts) - 1)
    draft, waits = session.drafts[arm], session.pending[arm]
    known = solara.use_memo(
        lambda: json.dumps(
            {
                "tactics": tactic_levers(draft),
                "groups": parameter_levers(draft, waits),
                "others": parameter_levers(draft, waits, every=True),
            }
        ),
        [arm, session.version, draft],
    )

    def move(what: dict[str, Any]) -> None:
        if what["kind"] == "tactic":
            session.set_tactic(arm, what["name"], float(what["value"]))
        else:
            session.set_parameter(arm, what["name"], moved(catalogue.parameters()[what["name"]], what["value"]))

    with solara.Div(classes=["sy-stack"]):
        arm_chooser(session, side, " arm")
        with solara.Div(classes=["sy-scroll"]).key("levers"):
            LeverPanel(levers_text=known, arm=arm, refused=session.refused, event_moved=move)


@component
def Pictures(session: Session, tick: int, chosen: int, choose: Callable[[int], None]) -> Any:
    """Draw the health economy of each arm, and say who talks with whom."""
    with solara.Div(classes=["sy-stack"]):
        with solara.Div(attributes={"role": "status", "aria-live": "polite"}).key("said"):
            for problem in session.problems:
                solara.Div(classes=["sy-problem"], children=[problem.replace("`", "")]).key(problem)
        with solara.Div(classes=["sy-pictures"]).key("pictures"):
            solara.Div(
                classes=["sy-busy-said" if not session.busy else "sy-busy"],
                children=[session.busy],
                attributes={"role": "status", "aria-live": "polite"},
            ).key("busy")
            for number, arm in enumerate(session.arms):
                Picture(session, tick, number, arm, chosen, choose).key(f"arm {number}")
        with solara.Div(classes=["sy-under"]).key("under"):
            html("div", key_of(session.arms), "sy-legend")
            if len(session.arms) == 1:
                _talks(session.arms[0])


def _talks(arm: Arm) -> None:
    titles = {name: tactic.title for name, tactic in catalogue.tactics().items()}
    said = talks_in_words(arm, titles) or [{"leader": "", "words": "Nobody has led a conversation this week."}]
    html("div", [markup("<div><b>{leader}</b> {words}</div>", **entry) for entry in said], "sy-talk")


@component
def Picture(session: Session, tick: int, number: int, arm: Arm, chosen: int, choose: Callable[[int], None]) -> Any:
    """Draw one arm, in the room that the browser has for it."""
    two = len(session.arms) == 2
    title = SIDES[number].capitalize() if two else ""
    with solara.Div(classes=["sy-arm"]), solara.Div(classes=["sy-fill"]):
        DrawnEconomy(
            arm,
            arm.week,
            size=None if session.answers else (PORTRAIT if two else LANDSCAPE),
            chosen=chosen,
            title=title,
            name=f"health-economy{'-' + title.lower() if title else ''}",
            caption=session.caption,
            on_pick=choose,
            on_drawn=lambda step: session.drawn(number, step),
        )
