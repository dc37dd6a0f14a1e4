"""One browser tab: its arms, its levers, and the thread that plays them. Knows nothing of how the page is drawn."""

from collections.abc import Callable
from typing import Any

from experiments.page.ahead.futures import Futures
from experiments.page.tab.held import Held
from experiments.page.tab.losses import lost_by_another_question, lost_by_reset
from experiments.page.tab.pulls import WEEKS, WORKSHOP, YEARS
from experiments.page.tab.questions import QUESTIONS, is_of, requests_of
from experiments.page.workshop.hour import Workshop
from experiments.page.workshop.hours import elsewhere, ends_early, without_end
from simulation.request import Request

MOST_AT_A_TOUCH = 100
"""Organisations up to which forty pairs of runs take seconds."""
BUILDING = "Building the health economy …"


class Session(Held):
    """What one tab of the page shows and does.

    Parameters
    ----------
    request : Request
        What the first arm starts with.
    changed : callable
        Called, from whatever thread, when there is something new to draw.
    answers : bool
        Whether a browser answers once it has drawn; without one nobody waits.
    """

    def __init__(self, request: Request, changed: Callable[[], None], answers: bool = True) -> None:
        super().__init__(request, changed, answers)
        self.question = ""
        self.futures = Futures(changed)
        self._given = self._levers()

    # What the page asks for

    def open(self) -> None:
        """Build the arms as they were asked for; levers pulled on the way come in their weeks."""
        self._to_build = True
        self.start(BUILDING, lambda turn: self._rebuild(turn, keep_schedule=True))

    def look(self, mode: str) -> None:
        """Show five years at once, a run week by week, or a workshop, whose answer is covered until it is revealed."""
        if mode == YEARS:
            self.stop()
        if mode == WORKSHOP:
            self.workshop.covers = True
        self.mode = mode
        if mode != YEARS and self._to_build and self.arms:
            self.open()
        self.changed()

    def watch(self, replicate: int) -> None:
        """Show one of the futures week by week."""
        self.mode = WEEKS
        self.set_world(replicate=replicate)

    def ahead(self) -> list[Request]:
        """Return what the futures are of: the levers as they stand for five years at once, or what runs."""
        return self.begun() if self.mode == YEARS else self.running()

    @property
    def shows_ahead(self) -> bool:
        """Whether futures are made without being asked for: for all that does not take minutes."""
        return self.mode == YEARS or self.workshop.hidden or self.is_quick

    @property
    def is_quick(self) -> bool:
        """Whether forty pairs take seconds."""
        return bool(self.arms) and len(self.arms[0].described) <= MOST_AT_A_TOUCH

    def look_ahead(self) -> None:
        """Have the futures made of what is shown, unless they are there."""
        if self.answers and self.shows_ahead:
            self.futures.want(self.ahead())

    @property
    def is_changed(self) -> bool:
        """Whether a lever stands otherwise than the question has it, or the leaders' hours end before the run does."""
        early = any(map(ends_early, self.begun()))
        return self.question in QUESTIONS and (early or not is_of(QUESTIONS[self.question], self.standing()))

    def set_runs(self, requests: list[Request]) -> None:
        """Have the arms run something else, from the start."""
        if self._all_possible(requests):
            self.drafts = requests
            self.open()

    def restore(self) -> None:
        """Put all levers where the question has them, from the start; what was pulled on the way stays."""
        if self.question not in QUESTIONS:
            return
        schedules = [without_end(request).schedule for request in self.begun()]
        fresh = requests_of(QUESTIONS[self.question], self.drafts[0])
        if len(fresh) == len(schedules):
            self.drafts = [each._replace(schedule=own) for each, own in zip(fresh, schedules, strict=True)]
            self.open()

    def reset(self) -> None:
        """Start again in week 0 with the levers as they stand now; forget what was pulled when."""
        self.start(BUILDING, lambda turn: self._rebuild(turn, keep_schedule=False))

    def ask_to_reset(self) -> None:
        """Reset, once the user has said yes where that loses something."""
        words = lost_by_reset(self.begun())
        self.ask(f"{words} Reset starts again in week 0.", "Reset", self.reset, bool(words))

    def ask_to_use(self, requests: list[Request], question: str) -> None:
        """Turn to another question, once the user has said yes where that loses something."""
        words = lost_by_another_question(
            self.begun(), self.workshop, own=not self.asked and self._levers() != self._given
        )
        self.ask(words, "Change the question", lambda: self.use(requests, question), bool(words))

    def _levers(self) -> list[tuple[dict[str, float], dict[str, Any]]]:
        return [(draft.tactics, draft.settings) for draft in self.drafts]

    def replay(self) -> None:
        """Start the same run again in week 0: what was pulled comes again, each in its week."""
        self.start("Going back to the start …", self._again)

    def jump(self, week: int) -> None:
        """Go to a week: forwards by running, backwards by running the same again from the start."""
        if not self.arms:
            return
        week = min(max(week, 0), self.weeks)
        if week:
            self.workshop.begin()

        def go(turn: int) -> None:
            if week < self.week:
                self._again(turn)
            self.forward(week, turn)

        self.start("" if week == self.week + 1 else f"Going to week {week} …", go)

    # Levers

    def set_world(self, **values: Any) -> None:
        """Choose another health economy, change, seed, replicate or number of weeks, and start in week 0.

        What was pulled on the way comes again, each in its week; levers that wait for Reset wait no more.
        """
        drafts = [elsewhere(draft, **values) for draft in self.begun()]
        if self._all_possible(drafts):
            if _world(drafts[0]) != _world(self.drafts[0]):
                self._forget()
            self.drafts = drafts
            self.open()

    def set_number(self, name: str, words: str) -> None:
        """Choose another seed or number of weeks, as it was typed."""
        try:
            value = int(words)
        except ValueError:
            self.refuse([f"{name.capitalize()} must be a whole number, but is {words[:40] or 'empty'}."])
            return
        if name == "weeks" and value < 1:
            self.refuse([f"Weeks must be a whole number from 1, but is {value}."])
            return
        self.set_world(**{name: value})

    @property
    def asked(self) -> str:
        """The question whose levers stand as it has them, or nothing: then it is the user's own."""
        question = QUESTIONS.get(self.question)
        return self.question if question and is_of(question, self.drafts) else ""

    def close(self) -> None:
        """End whatever is running and let go of the models."""
        self.futures.stop()
        super().close()

    def use(self, requests: list[Request], question: str = "", week: int = 0, workshop: Workshop | None = None) -> None:
        """Start with these requests, one an arm; where a session is resumed, with its workshop, and on to its week."""
        with self._lock:
            self.drafts = list(requests)
            self.pending = [set() for _ in requests]
            self._to_build = True
            self.question = question
            self._given = self._levers() if workshop is None else []
        if workshop is None:
            self._forget()
        else:
            self.workshop = workshop

        def go(turn: int) -> None:
            self._rebuild(turn, keep_schedule=True)
            self.forward(min(week, self.weeks), turn)

        self.start(f"Going to week {week} …" if week else BUILDING, go)

    def compare(self, on: bool) -> None:
        """Open a second arm that is like the first up to now, or close it."""
        self.pause()
        self.question = ""
        if on and len(self.drafts) == 1 and self.arms:
            self._forget()
            self.start("Building the second arm …", lambda turn: self._twin())
        elif not on and len(self.drafts) == 2:
            self._forget()
            with self._lock:
                self.drafts.pop()
                self.pending.pop()
                self.arms.pop().close()
        self.version += 1
        self.changed()


def _world(request: Request) -> tuple[str, str | None, int]:
    """Return what a prediction is made for: another one needs another prediction."""
    return request.scenario, request.change, request.weeks
