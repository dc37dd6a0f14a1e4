"""The levers of a browser tab: how they stand in each arm, and what pulling one does."""

from collections.abc import Callable
from typing import Any

from experiments.page.tab.runs import Runs
from simulation import catalogue
from simulation.errors import Invalid
from simulation.request import Request

YEARS, WEEKS, WORKSHOP = "Five years at once", "Week by week", "Workshop"
MODES = (YEARS, WEEKS, WORKSHOP)


class Pulls(Runs):
    """Arms whose levers are pulled: before the first week for five years at once, else in the week that runs."""

    def __init__(self, request: Request, changed: Callable[[], None], answers: bool = True) -> None:
        super().__init__(request, changed, answers)
        self.mode = WEEKS

    def set_tactic(self, arm: int, name: str, value: float) -> None:
        """Give a tactic another share of the leaders' time, or another degree."""
        mix = {**self.standing()[arm].tactics, name: value}
        self._pull(arm, {"tactics": {key: share for key, share in mix.items() if share > 0}}, [])

    def set_parameter(self, arm: int, name: str, value: Any) -> None:
        """Give a parameter another value: at once where it can change on the way, or on Reset."""
        self._pull(arm, {"settings": {**self.standing()[arm].settings, name: value}}, [name])

    def standing(self) -> list[Request]:
        """Return how the levers stand: at the start for five years at once, now for a run week by week."""
        return self.begun() if self.mode == YEARS else list(self.drafts)

    def choose_tactic(self, arm: int, name: str) -> None:
        """Give all of the leaders' time to one tactic."""
        self._pull(arm, {"tactics": {name: 1.0}}, [])

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
        standing = self.standing()
        draft = standing[arm]._replace(**values)
        if not self._all_possible([draft]):
            return
        if self.mode == YEARS:
            # Forty futures come first: the run that can be watched is built when it is.
            self.drafts = [*standing[:arm], draft, *standing[arm + 1 :]]
            self.pending = [set() for _ in self.drafts]
            self._to_build = True
            self.version += 1
            self.changed()
            return
        with self._lock:
            self.drafts[arm] = draft
            if self._to_build:
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
        stands, runs = (each.in_force() for each in (draft, request))
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
