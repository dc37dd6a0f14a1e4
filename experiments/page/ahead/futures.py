"""Forty futures at a time: the same arms with other random numbers, in pairs, made beside the page while it shows what has come."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from typing import NamedTuple, Protocol

from experiments.page.ahead.crew import CREW, Curve, key_of, weeks_kept
from simulation.errors import Invalid
from simulation.request import Request
from simulation.words import counted

A_TIME = 40
"""Pairs of runs that are asked for at once."""
AT_MOST = 400
SHOWN_AT = (10, 20)
"""Pairs at which they are shown before all have come."""
SHOWN_AFTER = 1.0
"""Seconds after which what has come is shown, however little."""


class Workers(Protocol):
    """Who makes the runs."""

    def recalled(self, request: Request) -> Curve | None:
        """Return a curve that was made before, or None."""

    def submit(self, request: Request) -> Future[Curve]:
        """Have a curve made."""


class Seen(NamedTuple):
    """The pairs that have come, in the order of their replicates; an arm is a list of curves."""

    replicates: list[int]
    arms: list[list[Curve]]
    weeks: list[int]
    of: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is still to come."""
        return len(self.replicates) == self.of


class Futures:
    """The futures of one tab.

    Parameters
    ----------
    changed : callable
        Called, from whatever thread, when there is something new to show.
    crew : Workers
        Who makes the runs.
    """

    def __init__(self, changed: Callable[[], None], crew: Workers = CREW) -> None:
        self.changed = changed
        self.before: Seen | None = None
        self.problem = ""
        self.asked = A_TIME
        self._crew = crew
        self._requests: list[Request] = []
        self._came: list[dict[int, Curve]] = []
        self._waiting: list[Future[Curve]] = []
        self._turn = 0
        self._shown = 0.0
        self._shown_pairs = 0
        self._lock = threading.RLock()

    def want(self, requests: Sequence[Request]) -> None:
        """Show the futures of these arms, one request each; what was on its way for others is dropped."""
        wanted = [request._replace(replicate=0, engine="compiled") for request in requests]
        with self._lock:
            if list(map(key_of, wanted)) == list(map(key_of, self._requests)):
                return
            self._keep_for_comparison(wanted)
            self._requests, self._came, self.asked = wanted, [{} for _ in wanted], A_TIME
        self._ask()

    def more(self) -> None:
        """Ask for forty pairs more."""
        self.asked = min(self.asked + A_TIME, AT_MOST)
        self._ask()

    def stop(self) -> None:
        """Drop what is on its way."""
        with self._lock:
            self._turn += 1
            for future in self._waiting:
                future.cancel()
            self._waiting = []

    def seen(self) -> Seen:
        """Return the pairs that have come."""
        with self._lock:
            first = self._came[0] if self._came else {}
            whole = sorted(number for number in first if all(number in arm for arm in self._came))
            weeks = weeks_kept(self._requests[0].weeks) if self._requests else []
            return Seen(whole, [[arm[number] for number in whole] for arm in self._came], weeks, self.asked)

    def _keep_for_comparison(self, wanted: list[Request]) -> None:
        """Remember what is shown, unless another number of arms, health economy or length comes next."""
        seen = self.seen()
        alike = [(r.scenario, r.change, r.weeks) for r in wanted] == [
            (r.scenario, r.change, r.weeks) for r in self._requests
        ]
        if not alike:
            self.before = None
        elif seen.is_whole:
            self.before = seen

    def _ask(self) -> None:
        self.stop()
        with self._lock:
            turn, self.problem, self._shown = self._turn, "", time.monotonic()
            self._shown_pairs = 0
            missing = []
            for number in range(self.asked):
                for arm, request in enumerate(self._requests):
                    one = request._replace(replicate=number)
                    curve = self._crew.recalled(one)
                    if curve is not None:
                        self._came[arm][number] = curve
                    elif number not in self._came[arm]:
                        missing.append((arm, one))
        self.changed()
        for arm, one in missing:
            self._submit(turn, arm, one)

    def _submit(self, turn: int, arm: int, request: Request) -> None:
        future = self._crew.submit(request)
        with self._lock:
            if turn != self._turn:
                future.cancel()
                return
            self._waiting.append(future)
        future.add_done_callback(lambda done: self._take(turn, arm, request.replicate, done))

    def _take(self, turn: int, arm: int, number: int, done: Future[Curve]) -> None:
        with self._lock:
            if turn != self._turn or done.cancelled():
                return
            try:
                self._came[arm][number] = done.result()
            except (Exception, CancelledError) as error:
                self.problem = " ".join(error.problems) if isinstance(error, Invalid) else _broken(error)
                self.stop()
            else:
                if not self._is_worth_showing():
                    return
            self._shown = time.monotonic()
        self.changed()

    def _is_worth_showing(self) -> bool:
        seen = len(self.seen().replicates)
        late = seen > 1 and time.monotonic() - self._shown > SHOWN_AFTER
        if seen == self._shown_pairs or not (late or seen in (*SHOWN_AT, self.asked)):
            return False
        self._shown_pairs = seen
        return True


def _broken(error: BaseException) -> str:
    return f"{counted(1, 'run')} of these futures broke off ({type(error).__name__}): move a lever to try again."
