"""A session as a file: runs, levers pulled on the way, predictions, notes, and where it stood."""

import json
from typing import Any

from experiments import CAVEAT
from experiments.design.schedule import request_of
from experiments.page.tab.pulls import MODES
from experiments.page.tab.session import Session
from experiments.page.workshop.kept import read, within, written
from simulation.errors import Invalid

LARGEST_FILE = 5_000_000


def saved(session: Session) -> str:
    """Return a session as the text of a file, from which it can be replayed."""
    content = {
        "syslead_session": 1,
        "caveat": CAVEAT,
        "question": session.question,
        "requests": [request._asdict() for request in session.running()],
        "week": session.week,
        "mode": session.mode,
        **written(session.workshop),
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
        workshop = read(content, requests) if requests else None
        decisions = int(within(content.get("decisions", session.pause_every)))
        week = int(within(content.get("week", 0))) if resumed else 0
    except (TypeError, ValueError, KeyError, AttributeError, IndexError, OverflowError):
        raise Invalid(["This session file is damaged: its runs cannot be read."]) from None
    if workshop is None:
        raise Invalid(["This session file holds no run."])
    for request in requests:
        request.check()
    if not resumed:
        workshop.code = ""  # phones find the tab that opened a desk, not a file of it
    if resumed and content.get("mode") in MODES:
        session.mode = content["mode"]
    session.pause_every = decisions
    session.use(requests, str(content.get("question", "")), week, workshop)
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
