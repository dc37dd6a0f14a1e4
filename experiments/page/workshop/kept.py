"""A workshop as plain data: of a session of the page, and in a session's file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from experiments.page.tab.arm_names import names_of_arms
from experiments.page.tab.questions import QUESTIONS, requests_of
from experiments.page.tab.session import Session
from experiments.page.workshop.guesses import checked, points
from experiments.page.workshop.hour import PREDICT, RUN, STEPS, Workshop, in_plain_words, key_of_note
from experiments.page.workshop.hours import hours_of, usual
from experiments.page.workshop.record import Group, Hours, Record
from simulation.request import MOST_WEEKS, Request

OWN = "Your own question"
HALF = "When will half of the staff have adopted?"
"""What a group was asked in files of before, in words of choice."""


def record_of(session: Session) -> Record:
    """Return what a session's workshop leaves, as it stands."""
    requests = session.running()
    workshop, question = session.workshop, QUESTIONS.get(session.question)
    names = names_of_arms(session.question, requests)
    return Record(
        question=session.question if question else "",
        title=question.title if question else OWN,
        arms=tuple(names),
        requests=tuple(requests),
        at=points(session.weeks),
        groups=tuple(workshop.groups),
        hours=_hours(session, requests[0]),
        notes=_notes(session.question, workshop.notes),
        revealed=workshop.revealed,
    )


def _notes(question: str, notes: Mapping[str, str]) -> dict[str, str]:
    """Return what was said of one question, by what was asked, in the words of the room."""
    prefix = key_of_note(question, "")
    return {
        in_plain_words(key.removeprefix(prefix)): words
        for key, words in notes.items()
        if key.startswith(prefix) and words
    }


def _hours(session: Session, request: Request) -> Hours:
    found = hours_of(request, usual_hours(session))
    return Hours(round(found.share, 3), found.ends < session.weeks, session.pause_every)


def usual_hours(session: Session) -> float:
    """Return the hours a week of each leader as the question has them, or the health economy."""
    draft = session.drafts[0]
    question = QUESTIONS.get(session.question)
    plain = requests_of(question, draft)[0] if question else draft._replace(settings={}, schedule=())
    return usual(plain)


def started_at(session: Session) -> float:
    """Return the share of staff who have adopted in week 0, where every line begins."""
    if not session.arms:
        return 0.0
    world = session.arms[0].world
    return round(float(world.record.adopted[0].sum()) / float(world.staff["weight"].sum()), 4)


def written(workshop: Workshop) -> dict[str, Any]:
    """Return a workshop as a session's file has it."""
    return {
        "step": workshop.step,
        "covers": workshop.covers,
        "begun": workshop.begun,
        "revealed": workshop.revealed,
        "watched": workshop.watched,
        "hidden": workshop.hidden,
        "groups": [group._asdict() for group in workshop.groups],
        "notes": workshop.notes,
        "code": workshop.code,
        "keys": workshop.keys,
    }


def read(content: Mapping[str, Any], requests: list[Request]) -> Workshop:
    """Return the workshop of a session's file, also of one that was saved before there were groups.

    Raises
    ------
    Invalid, TypeError, ValueError, AttributeError
        Where the file is damaged.
    """
    found = Workshop()
    found.notes = {str(key): str(words) for key, words in dict(content.get("notes", {})).items()}
    if "groups" not in content:
        return _of_before(content, requests, found)
    at = len(points(requests[0].weeks))
    found.groups = [_group(entry, len(requests), at) for entry in content["groups"]] or [Group()]
    for name in ("covers", "begun", "revealed", "watched", "hidden"):
        setattr(found, name, bool(content.get(name)))
    found.code = str(content.get("code", ""))
    found.keys = {str(name): str(key) for name, key in dict(content.get("keys", {})).items()}
    found.step = content["step"] if content.get("step") in STEPS and found.can_go(content["step"]) else PREDICT
    return found


def within(value: Any, most: float = MOST_WEEKS) -> float:
    """Return a number from 0 to so much; whatever else a session's file has there is damage.

    Raises
    ------
    TypeError, ValueError, OverflowError
        Where it is none.
    """
    number = float(value)
    if not 0 <= number <= most:
        raise ValueError
    return number


def _group(entry: Mapping[str, Any], arms: int, at: int) -> Group:
    lines = tuple(tuple(map(float, line)) for line in entry["lines"])
    return checked(Group(str(entry["name"]), lines, str(entry["ahead"])), arms, at)


def _of_before(content: Mapping[str, Any], requests: list[Request], found: Workshop) -> Workshop:
    """Read one line for the first arm, drawn freehand, and when half would have adopted."""
    drawn = [(within(week), within(share, 1)) for week, share in content.get("prediction", [])]
    at = points(requests[0].weeks)
    if drawn:
        weeks, shares = [week for week, _ in drawn], [share for _, share in drawn]
        first = tuple(np.clip(np.interp(at, weeks, shares), 0, 1).tolist())
        lines = (first, *((),) * (len(requests) - 1))
        found.groups = [checked(Group("", lines), len(requests), len(at))]
    if choice := str(content.get("choice", "")):
        found.notes[key_of_note(str(content.get("question", "")), HALF)] = choice
    found.covers = bool(content.get("covers"))
    found.begun = bool(drawn)
    found.revealed = content.get("stage") == "Reveal and debrief"
    found.step = RUN if found.begun else PREDICT
    return found
