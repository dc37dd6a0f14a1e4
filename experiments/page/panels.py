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
from simulation.page.components import Economy
from simulation.page.framework import Markup, component, html, markup, solara
from simulation.page.layout import LANDSCAPE, PORTRAIT, size_for
from simulation.page.picture import frame, legend, scene, talks_in_words

VUE = Path(__file__).parent / "vue"
LEGEND = Markup((VUE / "legend.html").read_text("utf-8"))


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
            session.ask_to_use(requests_of(QUESTIONS[picked["value"]], draft), picked["value"])
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
            html("div", [LEGEND, *_letters(session.arms)], "sy-legend")
            if len(session.arms) == 1:
                _talks(session.arms[0])


def _letters(arms: list[Arm]) -> list[Markup]:
    """Return what the letters of organisations, leaders and conversations stand for."""
    known = legend(arms) if arms else {"kinds": [], "tactics": []}
    kinds = [
        markup("<span><b>{mark}</b> {words}</span>", mark=mark, words=words.lower()) for mark, words in known["kinds"]
    ]
    tactic = "<span class='sy-tactic'><b class='sy-mark'>{mark}</b> {words}</span>"
    return kinds + [markup(tactic, mark=mark, words=words) for mark, words in known["tactics"]]


def _talks(arm: Arm) -> None:
    titles = {name: tactic.title for name, tactic in catalogue.tactics().items()}
    said = talks_in_words(arm, titles) or [{"leader": "", "words": "Nobody has led a conversation this week."}]
    with solara.Div(classes=["sy-talk"]):
        for entry in said:
            html("div", markup("<b>{leader}</b> {words}", **entry))


@component
def Picture(session: Session, tick: int, number: int, arm: Arm, chosen: int, choose: Callable[[int], None]) -> Any:
    """Draw one arm, in the room that the browser has for it."""
    two = len(session.arms) == 2
    room = solara.use_reactive(None if session.answers else (PORTRAIT if two else LANDSCAPE))
    size = room.value
    stays = solara.use_memo(lambda: json.dumps(scene(arm, size)) if size else "", [id(arm), size])
    now = solara.use_memo(lambda: json.dumps(frame(arm)), [id(arm), arm.week])
    title = SIDES[number].capitalize() if two else ""
    with solara.Div(classes=["sy-arm"]), solara.Div(classes=["sy-fill"]):
        Economy(
            scene_text=stays,
            frame_text=now,
            chosen=chosen,
            title=title,
            name=f"health-economy{'-' + title.lower() if title else ''}",
            caption=session.caption,
            event_measured=lambda pixels: room.set(size_for(*pixels)),
            event_picked=lambda o: choose(int(o)),
            event_drawn=lambda step: session.drawn(number, int(step)),
        )
