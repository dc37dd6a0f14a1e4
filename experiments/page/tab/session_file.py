"""A session as a file: runs, levers pulled on the way, prediction and notes."""

import json
from math import inf
from typing import Any

from experiments import CAVEAT
from experiments.design.schedule import request_of
from experiments.page.tab.budget import NEVER_LIMITED, Limits
from experiments.page.tab.pulls import MODES
from experiments.page.tab.session import Session
from experiments.page.tab.workshop import RUN, STAGES
from simulation.errors import Invalid
from simulation.request import MOST_WEEKS

LARGEST_FILE = 5_000_000


def saved(session: Session) -> str:
    """Return a session as the text of a file, from which it can be replayed."""
    workshop = session.workshop
    requests = session.running()
    content = {
        "syslead_session": 1,
        "caveat": CAVEAT,
        "question": session.question,
        "requests": [request._asdict() for request in requests],
        "week": session.week,
        "mode": session.mode,
        "stage": workshop.stage,
        "covers": workshop.covers,
        "prediction": workshop.drawn,
        "choice": workshop.choice,
        "notes": workshop.notes,
        "limits": session.budget.limits,
        "decisions": session.pause_every,
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def open_in(session: Session, text: str, resumed: bool = False) -> None:
    """Start what a session file holds, in week 0; what was pulled then comes again in its weeks.

    Parameters
    ----------
    session : Session
        Where to.
    text : str
        The file's content.
    resumed : bool
        Whether to go on where the session stood, rather than to begin again.

    Raises
    ------
    Invalid
        If the text is no session, or one of its runs is not possible; nothing is changed then.
    """
    content = _content(text)
    try:
        requests = [request_of(entry) for entry in content["requests"]][:2]
        drawn = [[_within(week), _within(share, 1)] for week, share in content.get("prediction", [])]
        notes = {str(key): str(words) for key, words in dict(content.get("notes", {})).items()}
        limits = _limits(content["limits"])
        decisions = int(_within(content.get("decisions", 0)))
        week = int(_within(content.get("week", 0))) if resumed else 0
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
        raise Invalid(["This session file is damaged: its runs cannot be read."]) from None
    if not requests:
        raise Invalid(["This session file holds no run."])
    for request in requests:
        request.check()
    workshop, stage = session.workshop, content.get("stage")
    session.use(requests, str(content.get("question", "")), week, limits or list(NEVER_LIMITED))
    if resumed and content.get("mode") in MODES:
        session.mode = content["mode"]
    workshop.covers = resumed and bool(content.get("covers"))
    workshop.stage = stage if resumed and stage in STAGES else RUN
    workshop.drawn, workshop.notes, workshop.choice = drawn, notes, str(content.get("choice", ""))
    session.pause_every = decisions
    session.changed()


def _within(value: Any, most: float = MOST_WEEKS) -> float:
    """Return a number from 0 to so much; whatever else a file has there is damage."""
    number = float(value)
    if not 0 <= number <= most:
        raise ValueError
    return number


def _limits(said: Any) -> Limits:
    """Return the limits on the leaders' hours, which begin in week 0 and follow one another."""
    limits = [(int(_within(week)), None if hours is None else _within(hours, inf)) for week, hours in said]
    weeks = [week for week, _ in limits]
    if weeks and weeks != sorted({0, *weeks}):
        raise ValueError
    return limits


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
