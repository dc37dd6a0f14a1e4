"""What the page offers to take away: the session as one file, and the facilitator's sheet of its question."""

from __future__ import annotations

from experiments.analysis.facilitator.told import SHEET
from experiments.page.downloads import command
from experiments.page.handouts.facilitator import numbered
from experiments.page.handouts.replay import replays
from experiments.page.handouts.served import ADDRESS
from experiments.page.handouts.takeaway import Session as TakenAway
from experiments.page.handouts.takeaway import page_of
from experiments.page.tab.presets import only_in_second
from experiments.page.tab.questions import QUESTIONS
from experiments.page.tab.session import Session
from experiments.page.workshop.kept import record_of, started_at
from simulation.page.framework import solara

TAKE_AWAY = "Take away"


def taken_away(session: Session) -> bytes:
    """Return the file that a group takes home, as the session stands."""
    record = record_of(session)
    question = QUESTIONS.get(record.question)
    watched = replays(record.requests) if record.revealed else ()
    commands = tuple(command(request) for request in record.requests)
    about = question.words if question else ""
    if question and len(record.requests) == len(question.names) == 2:
        own = only_in_second(record.question, list(record.requests))
        about += f" {question.names[1][:1].upper()}{question.names[1][1:]}. {own}" if own else ""
    return page_of(TakenAway(record, about, session.futures.seen(), watched, commands, started_at(session)))


def offered(session: Session) -> None:
    """Offer the session as one file, and the sheet of its question where there is one."""
    solara.FileDownload(lambda: taken_away(session), filename="workshop.html", label=TAKE_AWAY)
    sheet_link(session)


def sheet_link(session: Session) -> None:
    """Link to the facilitator's sheet, which opens beside the page."""
    name = numbered().get(session.question)
    if name:
        solara.Button(SHEET, href=f"{ADDRESS}{name}", target="_blank", classes=["sy-plain"]).key("sheet")
