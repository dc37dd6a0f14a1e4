"""The head of the page: what this is, how to look at it, for whom; and the style of everything."""

from pathlib import Path
from typing import Any

from experiments import CAVEAT
from experiments.page.tab.pulls import MODES
from experiments.page.tab.session import Session
from experiments.page.vue.components import Cards
from simulation.page.framework import by_key, component, html, solara, toggle

WHAT = "What this is: four cards, and keys"
HERE = Path(__file__).parent


@component
def Style() -> Any:
    """Give the page its style."""
    solara.Style(HERE / "vue" / "page.css")
    solara.Style(HERE / "workshop" / "drawn" / "workshop.css")


@component
def Head(session: Session, tick: int, projected: Any) -> Any:
    """Say that this is no forecast, and offer the ways to look at it."""
    cards = solara.use_reactive(0)
    with solara.Div(
        classes=["sy-head"], attributes={"role": "region", "aria-label": "What this is, and how to look at it"}
    ):
        html("span", "System leadership", "sy-name")
        html("span", CAVEAT.removesuffix("."), "sy-caveat")
        with solara.Div(classes=["sy-modes"], attributes={"role": "group", "aria-label": "How to look at it"}):
            for number, mode in enumerate(MODES, 1):
                toggle(mode, session.mode == mode, lambda mode=mode: session.look(mode), str(number)).key(mode)
        toggle("Projector", projected.value, lambda: projected.set(not projected.value), "P")
        solara.Button(
            "?",
            on_click=lambda: cards.set(cards.value + 1),
            classes=["sy-plain"],
            attributes={"aria-label": WHAT, "title": WHAT} | by_key("?"),
        )
        Cards(shown=cards.value)
