"""One browser tab: its arms, its levers, and the thread that plays them. Knows nothing of how the page is drawn."""

import threading
from collections.abc import Callable
from typing import Any

from experiments.page.tab.budget import HOURS, Budget
from experiments.page.tab.clock import Clock
from experiments.page.tab.questions import QUESTIONS, is_of
from experiments.page.tab.workshop import Workshop
from simulation import catalogue
from simulation.errors import Invalid
from simulation.page.arm import Arm
from simulation.plan import merged
from simulation.request import Request
from simulation.scenario import economy


class Session(Clock):
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
        super().__init__(changed, answers)
        self.drafts = [request]
        self.arms: list[Arm] = []
        self.pending: list[set[str]] = [set()]
        self.budget = Budget()
        self.version = 0
        self.question = ""
        self.workshop = Workshop()
        self._lock = threading.RLock()

    # What the page asks for

    def open(self) -> None:
        """Build the arms as they were asked for; levers pulled on the way come in their weeks."""
        self.start("Building the health economy …", lambda turn: self._rebuild(turn, keep_schedule=True))

    def reset(self) -> None:
        """Start again in week 0 with the levers as they stand now; forget what was pulled when."""
        self.start("Building the health economy …", lambda turn: self._rebuild(turn, keep_schedule=False))

    def replay(self) -> None:
        """Start the same run again in week 0: what was pulled comes again, each in its week."""
        self.start("Going back to the start …", self._again)

    def jump(self, week: int) -> None:
        """Go to a week: forwards by running, backwards by running the same again from the start."""
        if not self.arms:
            return
        week = min(max(week, 0), self.weeks)

        def go(turn: int) -> None:
            if week < self.week:
                self._again(turn)
            self.forward(week, turn)

        self.start("" if week == self.week + 1 else f"Going to week {week} …", go)

    def close(self) -> None:
        """End whatever is running and let go of the models."""
        self.stop()
        with self._lock:
            for arm in self.arms:
                arm.close()
            self.arms = []

    def set_budget(self, hours: float | None) -> None:
        """Limit the leaders' hours of the whole run, from this week on; None for no limit."""
        with self._lock:
            self.budget.set(hours, self.week)
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
    def caption(self) -> str:
        """What a saved picture says about its run."""
        draft = self.drafts[0]
        replicate = f", replicate {draft.replicate}" if draft.replicate else ""
        change = f", change {_stem(draft.change)}" if draft.change else ""
        return f"Scenario {_stem(draft.scenario)}{change}, seed {draft.seed}{replicate}"

    @property
    def drawn_arms(self) -> int:
        """How many arms are drawn."""
        return len(self.arms)

    @property
    def is_over(self) -> bool:
        """Whether the last week has passed."""
        return bool(self.arms) and self.arms[0].is_over

    # Levers

    def set_world(self, **values: Any) -> None:
        """Choose another health economy, change, seed, replicate or number of weeks, and start in week 0."""
        drafts = [draft._replace(schedule=(), **values) for draft in self.drafts]
        if self._all_possible(drafts):
            if _world(drafts[0]) != _world(self.drafts[0]):
                self.workshop.forget()
            self.drafts = drafts
            self.reset()

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

    def use(self, requests: list[Request], question: str = "") -> None:
        """Start with these requests, one an arm."""
        with self._lock:
            self.drafts = list(requests)
            self.question = question
            self.budget.restart()
        self.workshop.forget()
        self.open()

    def set_tactic(self, arm: int, name: str, value: float) -> None:
        """Give a tactic another share of the leaders' time, or another degree."""
        mix = {**self.drafts[arm].tactics, name: value}
        self._pull(arm, {"tactics": {key: share for key, share in mix.items() if share > 0}}, [])

    def set_parameter(self, arm: int, name: str, value: Any) -> None:
        """Give a parameter another value: at once where it can change on the way, or on Reset."""
        self._pull(arm, {"settings": {**self.drafts[arm].settings, name: value}}, [name])

    def _all_possible(self, requests: list[Request]) -> bool:
        """Return whether these can be run; if not, the page says why."""
        self.problems = []
        try:
            for request in requests:
                request.check()
        except Invalid as error:
            self.refuse(error.problems)
        return not self.problems

    def _pull(self, arm: int, values: dict[str, Any], names: list[str]) -> None:
        draft = self.drafts[arm]._replace(**values)
        if not self._all_possible([draft]):
            return
        with self._lock:
            self.drafts[arm] = draft
            if not self.arms:
                return
            fixed = {name for name in names if not catalogue.parameters()[name].live}
            if self.week == 0:
                self._build_arm(arm)
            elif not fixed:
                self._change(arm, values, names)
            self.pending[arm] = self._waiting(arm, self.pending[arm] | fixed)
        self.version += 1
        self.changed()

    def _waiting(self, arm: int, names: set[str]) -> set[str]:
        """Return which levers stand otherwise than the run has it, and wait for Reset."""
        draft, request = self.drafts[arm], self.arms[arm].request
        stands, runs = (
            merged(economy(each.scenario, each.change), each.tactics, each.settings) for each in (draft, request)
        )
        default = catalogue.parameters()
        return {
            name for name in names if stands.get(name, default[name].default) != runs.get(name, default[name].default)
        }

    def _change(self, arm: int, values: dict[str, Any], names: list[str]) -> None:
        settings = {name: values["settings"][name] for name in names}
        try:
            self.arms[arm].change(values.get("tactics"), settings or None)
        except Invalid as error:
            self.problems = error.problems

    def compare(self, on: bool) -> None:
        """Open a second arm that is like the first up to now, or close it."""
        self.pause()
        self.question = ""
        if on and len(self.drafts) == 1 and self.arms:
            self.start("Building the second arm …", lambda turn: self._twin())
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
            twin = Arm.of(self.arms[0].request, like=self.arms[0])
            while twin.week < week:
                twin.step()
            self.drafts.append(self.drafts[0])
            self.pending.append(set(self.pending[0]))
            self.arms.append(twin)
        self.version += 1

    # How it runs

    def _again(self, turn: int) -> None:
        with self._lock:
            wait = [{name: d.settings[name] for name in p} for d, p in zip(self.drafts, self.pending, strict=True)]
            self.drafts = [arm.request for arm in self.arms] or self.drafts
        self._rebuild(turn, keep_schedule=True)
        with self._lock:
            if turn != self._turn or len(wait) != len(self.drafts):
                return
            self.drafts = [d._replace(settings=d.settings | w) for d, w in zip(self.drafts, wait, strict=True)]
            self.pending = [set(names) for names in wait]

    def _rebuild(self, turn: int, keep_schedule: bool) -> None:
        with self._lock:
            if turn != self._turn:
                return
            if not keep_schedule:
                self.drafts = [draft._replace(schedule=()) for draft in self.drafts]
                self.budget.restart()
            fresh: list[Arm] = []
            for draft in self.drafts:
                fresh.append(Arm.of(draft, like=next(iter(fresh or self.arms), None)))
            # A tab that was closed meanwhile, or asked for something else, does not want them any more.
            old, self.arms = (self.arms, fresh) if turn == self._turn else (fresh, self.arms)
            for arm in old:
                arm.close()
            self.problems = []
            self.pending = [set() for _ in self.drafts]
            self.forget_answers()
        self.version += 1
        self.changed()

    def _build_arm(self, arm: int) -> None:
        fresh = Arm.of(self.drafts[arm], like=self.arms[0])
        self.arms[arm].close()
        self.arms[arm] = fresh
        self.pending[arm] = set()

    def live_a_week(self, turn: int) -> bool:
        """Run one week in every arm, unless the last one has passed or something else has been asked for since."""
        with self._lock:
            if turn != self._turn or not self.arms or self.is_over:
                return False
            for number, arm in enumerate(self.arms):
                self.budget.enforce(arm, self.drafts[number])
                arm.step()
                self._follow(number, arm)
        return True

    def _follow(self, number: int, arm: Arm) -> None:
        """Let the levers show what the schedule changes in the coming week."""
        change = dict(arm.request.schedule).get(arm.week)
        if change:
            settings = dict(change.get("settings", {}))
            if self.budget.is_spent(arm) and settings.get(HOURS) == 0:
                del settings[HOURS]
            draft = self.drafts[number]
            self.drafts[number] = draft._replace(
                tactics=dict(change.get("tactics", draft.tactics)), settings=draft.settings | settings
            )
            self.version += 1


def _world(request: Request) -> tuple[str, str | None, int]:
    """Return what a prediction is made for: another one needs another prediction."""
    return request.scenario, request.change, request.weeks


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".toml")
