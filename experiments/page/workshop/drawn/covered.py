"""What stands in the place of an answer that is not to be seen yet, and the way back to the workshop."""

from __future__ import annotations

from experiments.page.elements import button, note
from experiments.page.tab.pulls import WEEKS, WORKSHOP
from experiments.page.tab.session import Session
from experiments.page.workshop.acts import leave
from simulation.page.framework import html, solara


def hides(session: Session) -> bool:
    """Whether the pictures and curves of a run are covered: as long as no run is watched before the answer is revealed."""
    return session.workshop.is_covering and session.mode == WEEKS and not session.workshop.watched


def covered(session: Session) -> None:
    """Draw the cover, and the ways on."""
    with solara.Div(classes=["sy-covered"]):
        html("h2", "Covered until you reveal it")
        note("A workshop has begun: predict first, run, then reveal.")
        with solara.Div(classes=["sy-row"]):
            button("Go to the workshop", lambda: session.look(WORKSHOP))
            button("Leave the workshop", lambda: leave(session))


def way_back(session: Session) -> None:
    """Offer the way back from a run that is watched."""
    if session.workshop.is_covering:
        with solara.Div(classes=["sy-row sy-way-back"]):
            solara.Button("Back to the workshop", on_click=lambda: session.look(WORKSHOP), classes=["sy-main"])
