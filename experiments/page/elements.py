"""Parts that several tabs of the page are made of."""

from collections.abc import Callable
from typing import Any

from experiments.page.tab.session import Session
from simulation.page.framework import Markup, html, markup, solara, toggle

SIDES = ("left", "right")


def note(words: str) -> None:
    """Draw a remark."""
    html("p", words, "sy-note")


def button(label: str, on_click: Callable[[], Any], **more: Any) -> None:
    """Draw a plain button."""
    solara.Button(label, on_click=on_click, **{"classes": ["sy-plain"], **more})


def bar(label: str, share: float, words: str) -> Markup:
    """Return a bar between its label and its number; ``share`` is how much of it is filled."""
    template = (
        "<div class='sy-bar'><span>{label}</span><i><b style='width:{percent}%'></b></i><span>{words}</span></div>"
    )
    return markup(template, label=label, percent=f"{100 * share:.0f}", words=words)


def arm_chooser(session: Session, chosen: Any, noun: str = "") -> None:
    """Let the user choose one of two arms."""
    if len(session.drafts) == 2:
        with solara.Div(classes=["sy-row"]):
            for number, name in enumerate(SIDES):
                label = f"{name.capitalize()}{noun}"
                toggle(label, chosen.value == number, lambda number=number: chosen.set(number))
