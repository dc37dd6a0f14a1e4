"""A workshop: predict, run, reveal, debrief; a budget of leaders' hours; a session kept in a file."""

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from simulation.errors import Invalid
from simulation.request import Request

if TYPE_CHECKING:
    from experiments.page.tab.session import Session

PREDICT, RUN, REVEAL = "Predict", "Run", "Reveal and debrief"
STAGES = (PREDICT, RUN, REVEAL)
CHOICES = ("within a year", "in year 2", "in year 3", "in year 4 or 5", "later, or never")
ENDS = (52, 104, 156, 260)
"""The last week of each choice but the last."""
DECISIONS = {"every week": 1, "every 4 weeks": 4, "every quarter": 13, "every half year": 26, "never": 0}
LARGEST_FILE = 5_000_000


class Workshop:
    """What a group predicted, wrote and decided on."""

    def __init__(self) -> None:
        self.stage = PREDICT
        self.drawn: list[list[float]] = []
        self.choice = ""
        self.notes: dict[str, str] = {}

    def forget(self) -> None:
        """Begin anew with a prediction: what was predicted was about something else."""
        self.stage, self.drawn, self.choice = PREDICT, [], ""

    def shown(self) -> list[list[float]]:
        """Return the curve that was predicted, once it is revealed."""
        return self.drawn if self.stage == REVEAL else []


def error_of(drawn: list[list[float]], weeks: list[int], shares: list[float]) -> float | None:
    """Return the mean distance between prediction and run, as a share of staff, over the weeks that both have.

    >>> error_of([[0, 0.0], [10, 0.1]], [0, 5, 10], [0.0, 0.05, 0.3])
    0.06666666666666667
    """
    if len(drawn) < 2:
        return None
    distances = []
    for week, share in zip(weeks, shares, strict=True):
        if drawn[0][0] <= week <= drawn[-1][0]:
            distances.append(abs(_between(drawn, week) - share))
    return sum(distances) / len(distances) if distances else None


def _between(drawn: list[list[float]], week: float) -> float:
    """Return the predicted share in a week, on a straight line between the points drawn."""
    for (a, y), (b, z) in pairwise(drawn):
        if a <= week <= b:
            return y if b == a else y + (z - y) * (week - a) / (b - a)
    return drawn[-1][1]


def outcome(half: float | None) -> str:
    """Return which of the choices came true, given the first week with half of staff, or None.

    >>> outcome(60.0), outcome(None)
    ('in year 2', 'later, or never')
    """
    if half is None:
        return CHOICES[-1]
    return next((CHOICES[k] for k, end in enumerate(ENDS) if half <= end), CHOICES[-1])


def hours_a_week(session: "Session", arm: int = 0) -> dict[str, float]:
    """Return how many of the leaders' hours go to each conversation in a week, as the levers stand."""
    from simulation.plan import mix

    world = session.arms[arm].world
    settings = session.arms[arm].phase().groups["leaders"]
    hours = float(session.drafts[arm].settings.get("leaders.hours", settings.hours))
    if session.spent_since(arm) is not None:
        hours = 0.0
    in_post = int((world.leaders["in_post"] == 1).sum())
    return {name: share * hours * in_post for name, share in mix(session.drafts[arm].tactics).items()}


def saved(session: "Session") -> str:
    """Return a session as the text of a file, from which it can be replayed."""
    workshop = session.workshop
    requests = [arm.request for arm in session.arms]
    content = {
        "syslead_session": 1,
        "caveat": "A model of a theory, not a forecast.",
        "question": session.question,
        "requests": [request._asdict() for request in requests],
        "week": session.week,
        "prediction": workshop.drawn,
        "choice": workshop.choice,
        "notes": workshop.notes,
        "limits": session.limits,
        "decisions": session.pause_every,
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def opened(session: "Session", text: str) -> None:
    """Start what a session file holds, in week 0; what was pulled then comes again in its weeks.

    Raises
    ------
    Invalid
        If the text is no session, or one of its runs is not possible; nothing is changed then.
    """
    content = _content(text)
    try:
        requests = [_request(entry) for entry in content["requests"]][:2]
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
    session.limits, session.pause_every = limits or [(0, None)], decisions
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


def _request(entry: dict[str, Any]) -> Request:
    schedule = tuple((int(week), dict(changes)) for week, changes in entry.get("schedule", ()))
    known = {name: value for name, value in entry.items() if name in Request._fields and name != "schedule"}
    return Request(**known)._replace(schedule=schedule)
