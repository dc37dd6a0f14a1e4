"""One browser tab: its arms, its levers, and the thread that plays them. Knows nothing of how the page is drawn."""

import threading
import time
from collections.abc import Callable
from typing import Any

from .app_arm import Arm
from .app_workshop import Workshop
from .errors import Invalid
from .plan import is_live
from .request import Request

SPEEDS = (1, 2, 5, 10, 25, 100)
"""Weeks a second that can be chosen."""
MOST_DRAWN = 6.0
"""Pictures a second; at higher speeds some weeks are not drawn."""
PATIENCE = 30.0
"""Seconds without an answer of the browser after which playing pauses: the tab is gone, or asleep."""


class Session:
    """What one tab of the page shows and does.

    Parameters
    ----------
    request : Request
        What the left arm starts with.
    changed : callable
        Called, from whatever thread, when there is something new to draw.
    answers : bool
        Whether a browser answers once it has drawn; without one nobody waits.
    """

    def __init__(self, request: Request, changed: Callable[[], None], answers: bool = True) -> None:
        self.changed = changed
        self.answers = answers
        self.drafts = [request]
        self.arms: list[Arm] = []
        self.pending: list[set[str]] = [set()]
        self.speed = 5
        self.playing = False
        self.busy = ""
        self.problems: list[str] = []
        self.pause_every = 0
        self.budget: float | None = None
        self.version = 0
        self.question = ""
        self.workshop = Workshop()
        self._lock = threading.RLock()
        self._turn = 0
        self._answered: dict[int, int] = {}
        self._answer = threading.Condition()

    # What the page asks for

    def open(self) -> None:
        """Build the arms as they were asked for; levers pulled on the way come in their weeks."""
        self._start("Building the health economy …", lambda turn: self._rebuild(keep_schedule=True))

    def reset(self) -> None:
        """Start again in week 0 with the levers as they stand now; forget what was pulled when."""
        self._start("Building the health economy …", lambda turn: self._rebuild(keep_schedule=False))

    def replay(self) -> None:
        """Start the same run again in week 0: what was pulled comes again, each in its week."""
        self._start("Going back to the start …", lambda turn: self._again())

    def step(self) -> None:
        """Run one week, if nothing is playing."""
        if not self.playing and not self.busy and self._live_a_week():
            self.changed()

    def play(self) -> None:
        """Play on until paused, or until the last week."""
        if self.playing or self.busy or not self.arms or self.is_over:
            return
        self.playing = True
        self._turn += 1
        threading.Thread(target=self._play, args=(self._turn,), daemon=True).start()
        self.changed()

    def pause(self) -> None:
        """Stop playing; the week that is being run is finished."""
        self._turn += 1
        self.playing = False
        self.changed()

    def jump(self, week: int) -> None:
        """Go to a week: forwards by running, backwards by running the same again from the start."""
        if not self.arms:
            return
        self.pause()
        week = min(max(week, 0), self.weeks)

        def go(turn: int) -> None:
            if week < self.week:
                self._again()
            self._forward(week, turn)

        self._start("" if week == self.week + 1 else f"Going to week {week} …", go)

    def close(self) -> None:
        """End whatever is running and let go of the models."""
        self._turn += 1
        self.playing = False
        with self._lock:
            for arm in self.arms:
                arm.close()
            self.arms = []

    def drawn(self, arm: int, step: int) -> None:
        """Note that the browser has drawn a week of an arm."""
        with self._answer:
            self._answered[arm] = step
            self._answer.notify_all()

    def set_budget(self, hours: float | None) -> None:
        """Limit the leaders' hours of the whole run; None for no limit."""
        self.budget = hours
        self.changed()

    def set_decisions(self, weeks: int) -> None:
        """Pause every so many weeks, for the group to decide; 0 for never."""
        self.pause_every = weeks
        self.changed()

    # What is shown

    @property
    def week(self) -> int:
        """The weeks that have passed."""
        return self.arms[0].week if self.arms else 0

    @property
    def weeks(self) -> int:
        """The weeks of the whole run."""
        return self.drafts[0].weeks

    @property
    def is_over(self) -> bool:
        """Whether the last week has passed."""
        return bool(self.arms) and self.arms[0].is_over

    # Levers

    def set_world(self, **values: Any) -> None:
        """Choose another health economy, seed, replicate or number of weeks, and start in week 0."""
        with self._lock:
            self.drafts = [draft._replace(**values) for draft in self.drafts]
        self.reset()

    def use(self, requests: list[Request], question: str = "") -> None:
        """Start with these requests, one an arm."""
        with self._lock:
            self.drafts = list(requests)
            self.question = question
        self.open()

    def set_speed(self, speed: int) -> None:
        """Choose how many weeks a second to play."""
        self.speed = speed
        self.changed()

    def set_tactic(self, arm: int, name: str, value: float) -> None:
        """Give a tactic another share of the leaders' time, or another degree."""
        mix = {**self.drafts[arm].tactics, name: value}
        self._pull(arm, {"tactics": {key: share for key, share in mix.items() if share > 0}}, [])

    def set_parameter(self, arm: int, name: str, value: Any) -> None:
        """Give a parameter another value: at once where it can change on the way, or on Reset."""
        self._pull(arm, {"settings": {**self.drafts[arm].settings, name: value}}, [name])

    def _pull(self, arm: int, values: dict[str, Any], names: list[str]) -> None:
        draft = self.drafts[arm]._replace(**values)
        try:
            draft.check()
        except Invalid as error:
            self.problems = error.problems
            self.changed()
            return
        self.problems = []
        with self._lock:
            self.drafts[arm] = draft
            if not self.arms:
                return
            if self.week == 0:
                self._build_arm(arm)
            elif all(is_live(name) for name in names):
                self._change(arm, values, names)
            else:
                self.pending[arm].update(names)
        self.version += 1
        self.changed()

    def _change(self, arm: int, values: dict[str, Any], names: list[str]) -> None:
        settings = {name: values["settings"][name] for name in names}
        try:
            self.arms[arm].change(values.get("tactics"), settings or None)
        except Invalid as error:
            self.problems = error.problems

    def compare(self, on: bool) -> None:
        """Open a second arm that is like the first up to now, or close it."""
        self.pause()
        if on and len(self.drafts) == 1 and self.arms:
            self._start("Building the second arm …", lambda turn: self._twin())
        elif not on and len(self.drafts) == 2:
            with self._lock:
                self.drafts.pop()
                self.pending.pop()
                self.arms.pop().close()
        self.version += 1
        self.changed()

    def _twin(self) -> None:
        with self._lock:
            week = self.week
            twin = Arm(self.arms[0].request, like=self.arms[0])
            while twin.week < week:
                twin.step()
            self.drafts.append(self.drafts[0])
            self.pending.append(set(self.pending[0]))
            self.arms.append(twin)
        self.version += 1

    # How it runs

    def _start(self, words: str, action: Callable[[int], None]) -> None:
        """Do what may take a while: in a thread where a browser waits, at once where nobody does."""
        self._turn += 1
        self.playing = False
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

    def _again(self) -> None:
        with self._lock:
            self.drafts = [arm.request for arm in self.arms] or self.drafts
        self._rebuild(keep_schedule=True)

    def _rebuild(self, keep_schedule: bool) -> None:
        with self._lock:
            if not keep_schedule:
                self.drafts = [draft._replace(schedule=()) for draft in self.drafts]
            try:
                fresh: list[Arm] = []
                for draft in self.drafts:
                    fresh.append(Arm(draft, like=next(iter(fresh or self.arms), None)))
            except Invalid as error:
                self.problems = error.problems
            else:
                for arm in self.arms:
                    arm.close()
                self.arms = fresh
                self.problems = []
                self.pending = [set() for _ in self.drafts]
                self._answered = {}
        self.version += 1
        self.changed()

    def _build_arm(self, arm: int) -> None:
        fresh = Arm(self.drafts[arm], like=self.arms[0])
        self.arms[arm].close()
        self.arms[arm] = fresh
        self.pending[arm] = set()

    def _live_a_week(self) -> bool:
        with self._lock:
            if not self.arms or self.is_over:
                return False
            for number, arm in enumerate(self.arms):
                self._mind_the_budget(number, arm)
                arm.step()
                self._follow(number, arm)
        return True

    def _follow(self, number: int, arm: Arm) -> None:
        """Let the levers show what the schedule changes in the coming week."""
        change = dict(arm.request.schedule).get(arm.week)
        if change:
            draft = self.drafts[number]
            self.drafts[number] = draft._replace(
                tactics=dict(change.get("tactics", draft.tactics)), settings=draft.settings | change.get("settings", {})
            )
            self.version += 1

    def _mind_the_budget(self, number: int, arm: Arm) -> None:
        """Leave the leaders no hours once the budget is spent; the schedule shows it."""
        if self.budget is None or float(arm.world.record.hours[arm.week]) < self.budget:
            return
        hours = self.drafts[number].settings.get("leaders.hours")
        if hours != 0:
            self.drafts[number] = self.drafts[number]._replace(
                settings={**self.drafts[number].settings, "leaders.hours": 0.0}
            )
            arm.change(settings={"leaders.hours": 0.0})

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
        due = time.monotonic()
        last_answer = due
        while self._turn == turn:
            a_draw = max(1, round(self.speed / MOST_DRAWN))
            for _ in range(a_draw):
                if self._turn != turn or not self._live_a_week():
                    return
                if self.pause_every and self.week % self.pause_every == 0:
                    return
            self.changed()
            if self._wait_for_the_browser():
                last_answer = time.monotonic()
            elif time.monotonic() - last_answer > PATIENCE:
                return
            # From the time it was due, so that a slow week is caught up on; but never more than a second.
            due = max(due + a_draw / self.speed, time.monotonic() - 1.0)
            time.sleep(max(0.0, due - time.monotonic()))

    def _forward(self, week: int, turn: int) -> None:
        shown = time.monotonic()
        while self._turn == turn and self.week < week and self._live_a_week():
            if time.monotonic() - shown > 0.5:
                self.changed()
                shown = time.monotonic()
        self.changed()

    def _wait_for_the_browser(self) -> bool:
        """Return whether the browser drew this week before two seconds were over."""
        if not self.answers:
            return True
        week = self.week
        with self._answer:
            return self._answer.wait_for(
                lambda: all(self._answered.get(arm, -1) >= week for arm in range(len(self.arms))), timeout=2.0
            )
