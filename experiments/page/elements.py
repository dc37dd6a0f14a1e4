"""Parts that several tabs of the page are made of."""

from collections.abc import Callable
from typing import Any

from experiments.page.tab.arm_names import UNNAMED, names_of_arms
from experiments.page.tab.session import Session
from simulation.page.framework import Markup, html, markup, solara, toggle

SIDES = ("first", "second")
"""What arms are called in files; on the page they have names of their own."""


def arm_names(session: Session) -> list[str]:
    """Return what the arms are called within a sentence, also while arms come or go."""
    names = names_of_arms(session.question, session.ahead())
    return names if len(names) >= len(session.arms) else list(UNNAMED)


def arm_labels(session: Session) -> list[str]:
    """Return what the arms are called where they stand alone."""
    return [name[:1].upper() + name[1:] for name in arm_names(session)]


def note(words: str) -> None:
    """Draw a remark."""
    html("p", words, "sy-note")


def button(label: str, on_click: Callable[[], Any], **more: Any) -> None:
    """Draw a plain button."""
    solara.Button(label, on_click=on_click, **{"classes": ["sy-plain"], **more})


def resting(label: str, on_click: Callable[[], Any], rests: bool, **more: Any) -> None:
    """Draw a plain button that does nothing while it rests, and says so."""
    attributes = off(rests) | more.pop("attributes", {})
    button(
        label,
        lambda: None if rests else on_click(),
        classes=["sy-plain", "sy-rests" if rests else ""],
        attributes=attributes,
        **more,
    )


def off(rests: bool) -> dict[str, str]:
    """Return the attribute of what does nothing now. Disabled while it has the focus, it would lose it."""
    return {"aria-disabled": "true" if rests else "false"}


def bar(label: str, share: float, words: str) -> Markup:
    """Return a bar between its label and its number; ``share`` is how much of it is filled."""
    template = (
        "<div class='sy-bar'><span>{label}</span><i><b style='width:{percent}%'></b></i><span>{words}</span></div>"
    )
    return markup(template, label=label, percent=f"{100 * share:.0f}", words=words)


def arm_chooser(session: Session, chosen: Any) -> None:
    """Let the user choose one of two arms."""
    if len(session.drafts) == 2:
        with solara.Div(classes=["sy-row"]):
            for number, label in enumerate(arm_labels(session)):
                toggle(label, chosen.value == number, lambda number=number: chosen.set(number)).key(f"arm {number}")
