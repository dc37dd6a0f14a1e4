"""A session as a file: runs, levers pulled on the way, prediction and notes."""

import json
from typing import Any

from experiments import CAVEAT
from experiments.design.schedule import request_of
from experiments.page.tab.budget import NEVER_LIMITED
from experiments.page.tab.session import Session
from experiments.page.tab.workshop import RUN
from simulation.errors import Invalid

LARGEST_FILE = 5_000_000


def saved(session: Session) -> str:
    """Return a session as the text of a file, from which it can be replayed."""
    workshop = session.workshop
    requests = [arm.request for arm in session.arms]
    content = {
        "syslead_session": 1,
        "caveat": CAVEAT,
        "question": session.question,
        "requests": [request._asdict() for request in requests],
        "week": session.week,
        "prediction": workshop.drawn,
        "choice": workshop.choice,
        "notes": workshop.notes,
        "limits": session.budget.limits,
        "decisions": session.pause_every,
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def open_in(session: Session, text: str) -> None:
    """Start what a session file holds, in week 0; what was pulled then comes again in its weeks.

    Raises
    ------
    Invalid
        If the text is no session, or one of its runs is not possible; nothing is changed then.
    """
    content = _content(text)
    try:
        requests = [request_of(entry) for entry in content["requests"]][:2]
        drawn = [[float(week), float(share)] for week, share in content.get("prediction", [])]
        notes = {str(key): str(words) for key, words in dict(content.get("notes", {})).items()}
        limits = [(int(week), None if hours is None else float(hours)) for week, hours in content["limits"]]
        decisions = int(content.get("decisions", 0))
    except (TypeError, ValueError, KeyError, AttributeError):
        raise Invalid(["This session file is damaged: its runs cannot be read."]) from None
    if not requests:
        raise Invalid(["This session file holds no run."])
    for request in requests:
        request.check()
    session.use(requests, str(content.get("question", "")))
    workshop = session.workshop
    workshop.stage, workshop.drawn, workshop.notes = RUN, drawn, notes
    workshop.choice = str(content.get("choice", ""))
    session.budget.limits, session.pause_every = limits or list(NEVER_LIMITED), decisions
    session.changed()


def _content(text: str) -> dict[str, Any]:
    if len(text) > LARGEST_FILE:
        raise Invalid(["This file is too large for a session."])
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict) or content.get("syslead_session") != 1:
        raise Invalid(["This file is not a session of this page."])
    return content
