"""The pictures of the page, what they mean, and who talks with whom."""

from collections.abc import Callable
from typing import Any

from experiments.page.elements import SIDES, arm_labels
from experiments.page.tab.session import Session
from simulation import catalogue
from simulation.page.arm import Arm
from simulation.page.drawn import DrawnEconomy
from simulation.page.framework import component, html, markup, solara
from simulation.page.key import key_of
from simulation.page.layout import LANDSCAPE, PORTRAIT
from simulation.page.picture import talks_in_words


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
    title = arm_labels(session)[number] if two else ""
    with solara.Div(classes=["sy-arm"]), solara.Div(classes=["sy-fill"]):
        DrawnEconomy(
            arm,
            arm.week,
            size=None if session.answers else (PORTRAIT if two else LANDSCAPE),
            chosen=chosen,
            title=title,
            name=f"health-economy-{SIDES[number]}" if two else "health-economy",
            caption=session.caption,
            on_pick=choose,
            on_drawn=lambda step: session.drawn(number, step),
        )
