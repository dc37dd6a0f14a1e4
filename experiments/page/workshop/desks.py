"""Desks: where groups hand in what they expect from phones of their own, by the number of the room's workshop."""

from __future__ import annotations

import secrets
import socket
import threading
import weakref
from typing import Any

from experiments.page.tab.session import Session
from experiments.page.workshop.guesses import AHEAD, checked, points, when
from experiments.page.workshop.kept import record_of, started_at
from experiments.page.workshop.record import Group
from simulation.errors import Invalid

PATH = "/predict"
CLOSED = "The run has begun: nothing can be predicted any more."
LONGEST_KEY = 64


class Desks:
    """The desks of one server; they can be opened only where the page is served to others than this machine.

    Attributes
    ----------
    address : str
        Where phones find the page on which they predict; empty where nobody but this machine is let in.
    """

    def __init__(self) -> None:
        self.address = ""
        self._sessions: weakref.WeakValueDictionary[str, Session] = weakref.WeakValueDictionary()
        self._lock = threading.RLock()

    def serve_at(self, host: str, port: int) -> None:
        """Let phones in at the address that the page is served at."""
        shown = f"[{host}]" if ":" in host else host
        self.address = f"http://{shown}:{port}{PATH}"

    def open(self, session: Session, code: str = "") -> str:
        """Open a desk for a session, and return its number; one that it had before is its again."""
        with self._lock:
            while not code or (code in self._sessions and session.workshop.code != code):
                code = f"{secrets.randbelow(9000) + 1000}"
            self._sessions[code] = session
            session.workshop.code = code
        return code

    def close(self, session: Session) -> None:
        """Close a session's desk."""
        with self._lock:
            if self._sessions.get(session.workshop.code) is session:
                del self._sessions[session.workshop.code]
            session.workshop.code = ""

    def at(self, code: str) -> Session | None:
        """Return the session whose desk has a number."""
        return self._sessions.get(code)


DESKS = Desks()
"""The desks of this server."""


def this_machine() -> str:
    """Return the address under which other machines of the network find this one, as far as that can be told."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("10.255.255.255", 9))  # sends nothing: the system says by which of its addresses it would
            return str(asking.getsockname()[0])
        except OSError:
            return socket.gethostname()


def asked(session: Session) -> dict[str, Any]:
    """Return what a phone is told: the question, the arms, and what can be said of them. Nothing of any answer."""
    found = record_of(session)
    names = [name[:1].upper() + name[1:] for name in found.arms]
    return {
        "title": found.title,
        "arms": names,
        "ahead": f"In how many of 40 runs will {found.arms[1]} be ahead?" if len(names) == 2 else "",
        "choices": list(AHEAD),
        "at": list(found.at),
        "labels": [when(week) for week in found.at],
        "start": started_at(session),
        "open": session.workshop.is_open,
    }


def hand_in(session: Session, sent: Any) -> Group:
    """Take what a phone sends: a group's name, its lines and its guess, with the key by which that phone is known again.

    Raises
    ------
    Invalid
        Where it is none, where the name is that of another group, or where the run has begun.
    """
    try:
        name, key, ahead = (str(sent[part]) for part in ("name", "key", "ahead"))
        lines = tuple(tuple(map(float, line)) for line in sent["lines"])
    except (TypeError, ValueError, KeyError):
        raise Invalid(["This is no prediction."]) from None
    if not 0 < len(key) <= LONGEST_KEY:
        raise Invalid(["This is no prediction."])
    workshop = session.workshop
    if not workshop.is_open:
        raise Invalid([CLOSED])
    group = checked(Group("", lines, ahead), len(session.drafts), len(points(session.weeks)))
    found = workshop.hand_in(name, key, group)
    session.changed()
    return found
