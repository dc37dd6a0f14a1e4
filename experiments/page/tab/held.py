"""Arms with which a workshop may be held, and which ask before something is lost."""

from collections.abc import Callable

from experiments.page.tab.losses import Asked
from experiments.page.tab.pulls import WORKSHOP, Pulls
from experiments.page.workshop.hour import Workshop
from simulation.request import Request


class Held(Pulls):
    """Arms in whose runs nothing passes that a workshop has not noted."""

    def __init__(self, request: Request, changed: Callable[[], None], answers: bool = True) -> None:
        super().__init__(request, changed, answers)
        self.workshop = Workshop()
        self.asking: Asked | None = None

    def ask(self, words: str, yes: str, action: Callable[[], None], loses: bool) -> None:
        """Do something, once the user has said yes where that loses something."""
        if not loses:
            action()
            return
        self.asking = Asked(words.strip(), yes, action)
        self.changed()

    def answer(self, yes: bool) -> None:
        """Do what was asked about, or leave everything as it is."""
        asked, self.asking = self.asking, None
        if asked and yes:
            asked.action()
        self.refused += 0 if yes else 1
        self.changed()

    def step(self) -> None:
        """Run one week, if nothing is playing."""
        self.workshop.begin()
        super().step()

    def play(self) -> None:
        """Play on until paused, or until the last week."""
        self.workshop.begin()
        super().play()

    @property
    def decides(self) -> bool:
        """Whether playing is to stop where there is something to decide: in a workshop, while hours are left."""
        left = any(arm.phase().groups["leaders"].hours > 0 for arm in self.arms)
        return self.workshop.is_covering and left

    def _forget(self) -> None:
        """Let a workshop that goes on begin anew: what was predicted was about something else."""
        self.workshop.forget(covers=self.mode == WORKSHOP or self.workshop.is_covering)
