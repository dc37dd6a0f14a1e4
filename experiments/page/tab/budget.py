"""The leaders' hours: a limit for a whole run, and where they go in a week."""

from __future__ import annotations

import numpy as np

from simulation import catalogue
from simulation.page.arm import Arm
from simulation.request import Request
from simulation.settings import mix

HOURS = "leaders.hours"
Limits = list[tuple[int, float | None]]
NEVER_LIMITED: Limits = [(0, None)]


class Budget:
    """A limit on the leaders' hours of a whole run; ``limits`` says from which week on which one holds, None for none."""

    def __init__(self) -> None:
        self.limits = list(NEVER_LIMITED)

    @property
    def hours(self) -> float | None:
        """The limit as it stands now."""
        return self.limits[-1][1]

    def set(self, hours: float | None, week: int) -> None:
        """Let another limit hold from a week on."""
        self.limits = [(since, limit) for since, limit in self.limits if since < week] + [(week, hours)]

    def restart(self) -> None:
        """Let the limit of now hold from the start."""
        self.limits = [(0, self.hours)]

    def spent_since(self, arm: Arm) -> int | None:
        """Return the week after which an arm's leaders had no hours left, or None."""
        hours = arm.world.record.hours[: arm.week + 1]
        if self.hours is None or hours[-1] < self.hours:
            return None
        return int(np.argmax(hours >= self.hours))

    def is_spent(self, arm: Arm) -> bool:
        """Whether an arm's leaders have no hours left, by the limit that held in its week."""
        limit = next(hours for week, hours in reversed(self.limits) if week <= arm.week)
        return limit is not None and float(arm.world.record.hours[arm.week]) >= limit

    def taken_out(self, arm: Arm) -> Request:
        """Return what an arm runs, without the week in which the spent budget ended the hours: it is not the user's."""
        request, week = arm.request, self.spent_since(arm)
        kept = []
        for when, change in request.schedule:
            settings = dict(change.get("settings", {}))
            if when == week and settings.get(HOURS) == 0:
                change = {**change, "settings": {name: value for name, value in settings.items() if name != HOURS}}
            if any(change.values()) or "tactics" in change:
                kept.append((when, change))
        return request._replace(schedule=tuple(kept))

    def enforce(self, arm: Arm, draft: Request) -> None:
        """Leave the leaders no hours once the budget is spent, and give them back where the limit is lifted.

        The schedule shows it. The lever stays where the user has it, so that the next run has its hours again.
        """
        if self.limits == NEVER_LIMITED:
            return
        now, default = float(arm.phase().groups["leaders"].hours), catalogue.parameters()[HOURS].default
        wanted = float(draft.in_force().get(HOURS, default))
        if self.is_spent(arm):
            wanted = 0.0
        if now != wanted and 0.0 in (now, wanted):
            arm.change(settings={HOURS: wanted})

    def hours_a_week(self, arm: Arm, draft: Request) -> dict[str, float]:
        """Return how many of the leaders' hours go to each conversation in a week, as the levers stand."""
        hours = float(draft.settings.get(HOURS, arm.phase().groups["leaders"].hours))
        if self.spent_since(arm) is not None:
            hours = 0.0
        in_post = int((arm.world.leaders["in_post"] == 1).sum())
        return {name: share * hours * in_post for name, share in mix(draft.tactics).items()}
