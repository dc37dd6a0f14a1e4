"""What a group does with a session of the page: predict, spend, run, begin anew."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.page.tab.pulls import WEEKS, WORKSHOP
from experiments.page.tab.session import Session
from experiments.page.workshop.guesses import checked, points
from experiments.page.workshop.hour import DEBRIEF
from experiments.page.workshop.hours import shared_out, spent
from experiments.page.workshop.kept import usual_hours
from experiments.page.workshop.record import Group
from simulation.errors import Invalid


def go(session: Session, step: str) -> None:
    """Go to a step of the workshop; a run that is watched waits meanwhile."""
    session.problems = []
    session.workshop.go(step)
    session.changed()


def predict(session: Session, number: int, lines: Sequence[Sequence[float]]) -> None:
    """Write down the lines of a group."""
    group = session.workshop.groups[number]._replace(lines=tuple(tuple(line) for line in lines))
    session.workshop.predict(number, checked(group, len(session.drafts), len(points(session.weeks))))
    session.changed()


def guess(session: Session, number: int, ahead: str) -> None:
    """Write down in how many pairs of runs a group expects the second arm to be ahead."""
    session.workshop.predict(number, session.workshop.groups[number]._replace(ahead=ahead))
    session.changed()


def add_group(session: Session, name: str, group: Group = Group()) -> int | None:  # noqa: B008 - never changed
    """Add a group, and return which it is; where its name does not do, the page says why."""
    session.problems = []
    try:
        number = session.workshop.add(name, group)
    except Invalid as error:
        session.refuse(error.problems)
        return None
    session.changed()
    return number


def spend(session: Session, share: float, early: bool) -> None:
    """Have the leaders spend a share of the hours there are, in both arms; a run that has begun keeps its own."""
    if not session.workshop.is_open:
        return
    as_usual = usual_hours(session)
    session.set_runs([spent(request, share, early, as_usual) for request in session.begun()])


def share_out(session: Session, name: str, share: float) -> None:
    """Give a conversation another share of the hours, in both arms alike."""
    if not session.workshop.is_open:
        return
    session.set_runs([shared_out(request, name, share) for request in session.begun()])


def run_hidden(session: Session) -> None:
    """Have all runs made without showing any; nothing can be predicted from now on."""
    session.workshop.begin()
    session.workshop.hidden = True
    session.pause()


def watch_one(session: Session) -> None:
    """Show one run week by week, from its start; the answer stays covered."""
    if not session.workshop.begun and session.week:
        session.jump(0)
    session.workshop.watched = True
    session.look(WEEKS)


def leave(session: Session) -> None:
    """Uncover the answer without revealing it, and go where all can be seen."""
    session.workshop.leave()
    session.changed()


def begin_anew(session: Session) -> None:
    """Begin the same question again, with new predictions, once the user has said yes."""

    def begin() -> None:
        session.workshop.forget(covers=session.mode == WORKSHOP)
        session.reset()

    predicted = session.workshop.is_predicted
    words = "Beginning anew forgets what was predicted, and starts in week 0."
    session.ask(words, "Begin anew", begin, predicted or session.workshop.step == DEBRIEF)
