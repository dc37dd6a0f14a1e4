"""Debrief: what the group says about it, and what it takes away."""

from __future__ import annotations

from experiments.page.downloads import SessionFile
from experiments.page.elements import button
from experiments.page.handouts.offered import offered
from experiments.page.tab.pulls import YEARS
from experiments.page.tab.questions import QUESTIONS
from experiments.page.tab.session import Session
from experiments.page.workshop import acts
from experiments.page.workshop.drawn.components import Note
from experiments.page.workshop.hour import in_plain_words, key_of_note
from simulation.page.framework import html, markup, solara

ALWAYS = (
    "What would have to be true in your own system for this to happen there?",
    "Which assumption of the model would you want to see evidence for?",
)
"""What is asked about every question."""


def asked_about(question: str) -> tuple[str, ...]:
    """Return what a group is asked about a question."""
    return QUESTIONS.get(question, QUESTIONS["free"]).asks + ALWAYS


def debrief(session: Session) -> None:
    """Ask, and keep what is said; offer what can be taken away."""
    with solara.Div(classes=["sy-step-plot sy-step-scroll"]):
        html("h2", "What did the room see?")
        for asked in asked_about(session.question):
            _note(session, asked)
    with solara.Div(classes=["sy-step-side"], attributes={"role": "group", "aria-label": "Before you go"}):
        words = "<b>Before you go.</b> The model says what follows from its assumptions. It cannot say what works where you are."
        html("p", markup(words))
        with solara.Div(classes=["sy-row sy-take-away"]).key("take away"):
            offered(session)
        SessionFile(session, 0).key("session")
        with solara.Div(classes=["sy-row"]).key("on"):
            button("Five years at once", lambda: session.look(YEARS))
            button("Begin anew", lambda: acts.begin_anew(session))


def _note(session: Session, asked: str) -> None:
    notes, key = session.workshop.notes, key_of_note(session.question, asked)

    def write(words: str) -> None:
        notes[key] = str(words)
        session.changed()

    Note(asked=in_plain_words(asked), words=notes.get(key, ""), event_written=write).key(key)
