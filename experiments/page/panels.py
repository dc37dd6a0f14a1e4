"""The pictures of the page, what they mean, and who talks with whom."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from experiments.page.elements import SIDES, arm_labels
from experiments.page.tab.session import Session
from simulation import catalogue
from simulation.page.arm import Arm
from simulation.page.components import Economy
from simulation.page.framework import Markup, component, html, markup, solara
from simulation.page.layout import LANDSCAPE, PORTRAIT, size_for
from simulation.page.picture import frame, legend, scene, talks_in_words

VUE = Path(__file__).parent / "vue"
LEGEND = Markup((VUE / "legend.html").read_text("utf-8"))


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
    title = arm_labels(session)[number] if two else ""
    with solara.Div(classes=["sy-arm"]), solara.Div(classes=["sy-fill"]):
        Economy(
            scene_text=stays,
            frame_text=now,
            chosen=chosen,
            title=title,
            name=f"health-economy-{SIDES[number]}" if two else "health-economy",
            caption=session.caption,
            event_measured=lambda pixels: room.set(size_for(*pixels)),
            event_picked=lambda o: choose(int(o)),
            event_drawn=lambda step: session.drawn(number, int(step)),
        )
