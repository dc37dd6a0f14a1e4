"""What lets weeks pass on the page: step, play, pause, jump, at a speed that the browser can follow."""

import threading
import time
from collections.abc import Callable

from simulation.errors import Invalid

SPEEDS = (1, 2, 5, 10, 25, 100)
"""Weeks a second that can be chosen."""
READABLE, SLOWER = 5, 3.0
"""Speed up to which a week in which something great happens is played more slowly, and how much."""
MOST_DRAWN = 7.0
"""Pictures a second; where weeks pass faster, some are not drawn."""
PATIENCE = 30.0
"""Seconds without an answer of the browser after which playing pauses: the tab is gone, or asleep."""


class Clock:
    """The clock of one tab.

    Parameters
    ----------
    changed : callable
        Called, from whatever thread, when there is something new to draw.
    answers : bool
        Whether a browser answers once it has drawn; without one nobody waits, and everything happens at once.
    """

    def __init__(self, changed: Callable[[], None], answers: bool) -> None:
        self.changed = changed
        self.answers = answers
        self.speed = 5
        self.playing = False
        self.busy = ""
        self.problems: list[str] = []
        self.refused = 0
        self.pause_every = 52
        self._turn = 0
        self._shown = 0
        self._answered: dict[int, int] = {}
        self._answer = threading.Condition()

    @property
    def week(self) -> int:
        """The weeks that have passed."""
        raise NotImplementedError

    @property
    def drawn_arms(self) -> int:
        """How many arms are drawn."""
        raise NotImplementedError

    @property
    def is_over(self) -> bool:
        """Whether the last week has passed."""
        raise NotImplementedError

    @property
    def lingers(self) -> bool:
        """Whether this week is worth a longer look."""
        raise NotImplementedError

    @property
    def decides(self) -> bool:
        """Whether there is something to decide, so that playing stops now and then."""
        return False

    def live_a_week(self, turn: int) -> bool:
        """Run one week in every arm, unless the last one has passed or something else has been asked for since."""
        raise NotImplementedError

    def forget_answers(self) -> None:
        """Wait anew for the browser: another run begins."""
        self._answered = {}

    def refuse(self, problems: list[str]) -> None:
        """Say why something was not done; it is said until something else is done."""
        self.problems = problems
        self.refused += 1
        self.changed()

    def step(self) -> None:
        """Run one week, if nothing is playing."""
        self.problems = []
        if not self.playing and not self.busy and self.live_a_week(self._turn):
            self.changed()

    def play(self) -> None:
        """Play on until paused, or until the last week."""
        if self.playing or self.busy or not self.drawn_arms or self.is_over:
            return
        self.playing = True
        self.problems = []
        self._turn += 1
        threading.Thread(target=self._play, args=(self._turn,), daemon=True).start()
        self.changed()

    def pause(self) -> None:
        """Stop playing; the week that is being run is finished."""
        self.problems = []
        self.stop()
        self.changed()

    def stop(self) -> None:
        """End whatever is running, after the week that it is in."""
        self._turn += 1
        self.playing = False
        self.busy = ""

    def drawn(self, arm: int, step: int) -> None:
        """Note that the browser has drawn a week of an arm."""
        with self._answer:
            self._answered[arm] = step
            self._answer.notify_all()

    def set_speed(self, speed: int) -> None:
        """Choose how many weeks a second to play."""
        self.problems = []
        self.speed = speed
        self.changed()

    def set_decisions(self, weeks: int) -> None:
        """Pause every so many weeks, for the group to decide; 0 for never."""
        self.pause_every = weeks
        self.changed()

    def start(self, words: str, action: Callable[[int], None]) -> None:
        """Do what may take a while: in a thread where a browser waits, at once where nobody does."""
        self._turn += 1
        self.playing = False
        self.problems = []
        self.busy = words
        turn = self._turn

        def act() -> None:
            try:
                action(turn)
            except Invalid as error:
                self.problems = error.problems
            finally:
                if self._turn == turn:
                    self.busy = ""
                self.changed()

        if self.answers:
            self.changed()
            threading.Thread(target=act, daemon=True).start()
        else:
            act()

    def _play(self, turn: int) -> None:
        try:
            self._play_on(turn)
        except Invalid as error:
            self.problems = error.problems
        finally:
            if self._turn == turn:
                self.playing = False
            self.changed()

    def _play_on(self, turn: int) -> None:
        due = answered = time.monotonic()
        drawn = 0.0
        self._shown = self.week
        while self._turn == turn and self.live_a_week(turn):
            if self.pause_every and self.week % self.pause_every == 0 and self.decides:
                return
            # From the time it was due, so that a slow week is caught up on; but never more than a second.
            now = time.monotonic()
            slower = SLOWER if self.speed <= READABLE and self.lingers else 1.0
            due = max(due + slower / self.speed, now - 1.0)
            if now - drawn >= 1.0 / MOST_DRAWN:
                # The browser has had the weeks since the last picture to draw it.
                if self._wait_for_the_browser():
                    answered = time.monotonic()
                elif time.monotonic() - answered > PATIENCE:
                    return
                drawn, self._shown = time.monotonic(), self.week
                self.changed()
            time.sleep(max(0.0, due - time.monotonic()))

    def forward(self, week: int, turn: int) -> None:
        """Run up to a week, showing now and then how far it is."""
        shown = time.monotonic()
        while self._turn == turn and self.week < week and self.live_a_week(turn):
            if time.monotonic() - shown > 0.5:
                self.changed()
                shown = time.monotonic()
        self.changed()

    def _wait_for_the_browser(self) -> bool:
        """Return whether the browser drew the last picture before two seconds were over."""
        if not self.answers:
            return True
        with self._answer:
            return self._answer.wait_for(
                lambda: all(self._answered.get(arm, -1) >= self._shown for arm in range(self.drawn_arms)), timeout=2.0
            )
