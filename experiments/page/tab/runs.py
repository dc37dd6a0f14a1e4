"""How the runs of a browser tab are built, gone back in and lived week by week."""

import threading
from collections.abc import Callable

from experiments.page.tab.clock import Clock
from experiments.page.workshop.hours import not_pulled
from simulation.page.arm import Arm
from simulation.request import Request
from simulation.story.captions import lingers


class Runs(Clock):
    """The arms of one tab: a run each, of what is drafted for it.

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
        super().__init__(changed, answers)
        self.drafts = [request]
        self.arms: list[Arm] = []
        self.pending: list[set[str]] = [set()]
        self.version = 0
        self._to_build = True
        self._lock = threading.RLock()

    @property
    def week(self) -> int:
        """The weeks that have passed."""
        return self.arms[0].week if self.arms and not self._to_build else 0

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

    @property
    def lingers(self) -> bool:
        """Whether something has just come about in an arm that tells a great deal."""
        return any(lingers(arm.teller.moments, arm.week) for arm in self.arms)

    def begun(self) -> list[Request]:
        """Return what each arm began with, and what was pulled in it when; levers that wait for Reset have it."""
        if self._to_build:
            return list(self.drafts)
        return [
            arm.request._replace(
                settings=arm.request.settings | {name: draft.settings[name] for name in waits if name in draft.settings}
            )
            for arm, draft, waits in zip(self.arms, self.drafts, self.pending, strict=True)
        ]

    def running(self) -> list[Request]:
        """Return what each arm runs, with what was pulled in it when."""
        return list(self.drafts) if self._to_build else [arm.request for arm in self.arms]

    def close(self) -> None:
        """End whatever is running and let go of the models."""
        self.stop()
        with self._lock:
            for arm in self.arms:
                arm.close()
            self.arms = []

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

    def _again(self, turn: int) -> None:
        with self._lock:
            wait = [{name: d.settings[name] for name in p} for d, p in zip(self.drafts, self.pending, strict=True)]
            if not self._to_build:
                self.drafts = [arm.request for arm in self.arms]
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
                self.drafts = [not_pulled(draft) for draft in self.drafts]
            fresh: list[Arm] = []
            for draft in self.drafts:
                fresh.append(Arm.of(draft, like=next(iter(fresh or self.arms), None)))
            # A tab that was closed meanwhile, or asked for something else, does not want them any more.
            old, self.arms = (self.arms, fresh) if turn == self._turn else (fresh, self.arms)
            self._to_build = self._to_build and turn != self._turn
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
                arm.step()
                self._follow(number, arm)
        return True

    def _follow(self, number: int, arm: Arm) -> None:
        """Let the levers show what the schedule changes in the coming week."""
        change = dict(arm.request.schedule).get(arm.week)
        if change:
            draft = self.drafts[number]
            self.drafts[number] = draft._replace(
                tactics=dict(change.get("tactics", draft.tactics)),
                settings=draft.settings | dict(change.get("settings", {})),
            )
            self.version += 1


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".toml")
