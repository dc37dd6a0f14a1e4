"""The pictures of the page, and what their marks mean."""

from collections.abc import Callable
from typing import Any

from experiments.page.elements import SIDES, arm_labels, button
from experiments.page.tab.session import Session
from simulation.page.arm import Arm
from simulation.page.drawn import ALONE, DrawnEconomy, DrawnSystems
from simulation.page.framework import component, html, solara
from simulation.page.key import KEY
from simulation.page.layout import LANDSCAPE, PORTRAIT
from simulation.story.names import system_name

EVERY = -1
"""The system that is shown while all of them are."""


@component
def Pictures(session: Session, tick: int, chosen: int, choose: Callable[[int], None], system: Any) -> Any:
    """Draw the health economy of each arm; of many systems all, or the one that was gone into."""
    systems = session.arms[0].systems if session.arms else 1
    every = systems > 1 and not 0 <= system.value < systems
    with solara.Div(classes=["sy-stack"]):
        with solara.Div(attributes={"role": "status", "aria-live": "polite"}).key("said"):
            for problem in session.problems:
                solara.Div(classes=["sy-problem"], children=[problem.replace("`", "")]).key(problem)
        if systems > 1 and not every:
            _way_back(systems, system)
        with solara.Div(classes=["sy-pictures"]).key("pictures"):
            solara.Div(
                classes=["sy-busy-said" if not session.busy else "sy-busy"],
                children=[session.busy],
                attributes={"role": "status", "aria-live": "polite"},
            ).key("busy")
            if every:
                EverySystem(session, tick, system).key("systems")
            else:
                for number, arm in enumerate(session.arms):
                    Picture(session, tick, number, arm, chosen, choose, max(system.value, 0)).key(
                        f"arm {number}, {system.value}"
                    )
        if not every:
            with solara.Div(classes=["sy-under"]).key("under"):
                html("div", KEY, "sy-legend")


def _way_back(systems: int, system: Any) -> None:
    with solara.Div(classes=["sy-row sy-way-back"]).key("way back"):
        button(f"← All {systems} systems", lambda: system.set(EVERY))
        html("h2", f"{system_name(system.value)}, one of them")


@component
def EverySystem(session: Session, tick: int, system: Any) -> Any:
    """Draw the curve of every system; a click goes into one."""

    def drawn(step: int) -> None:
        for number in range(len(session.arms)):
            session.drawn(number, step)

    with solara.Div(classes=["sy-arm"]), solara.Div(classes=["sy-fill"]):
        DrawnSystems(
            list(session.arms),
            session.week,
            titles=arm_labels(session),
            on_enter=system.set,
            on_drawn=drawn,
        )


@component
def Picture(  # noqa: PLR0913 - what is shown, and what a click does
    session: Session, tick: int, number: int, arm: Arm, chosen: int, choose: Callable[[int], None], system: int
) -> Any:
    """Draw one arm, in the room that the browser has for it."""
    two = len(session.arms) == 2
    title = arm_labels(session)[number] if two else ""
    with solara.Div(classes=["sy-arm"]), solara.Div(classes=["sy-fill"]):
        DrawnEconomy(
            arm,
            arm.week,
            size=None if session.answers else (PORTRAIT if two else LANDSCAPE),
            system=system,
            number=number if two else ALONE,
            chosen=chosen,
            title=title,
            name=f"health-economy-{SIDES[number]}" if two else "health-economy",
            caption=session.caption,
            on_pick=choose,
            on_drawn=lambda step: session.drawn(number, step),
        )
