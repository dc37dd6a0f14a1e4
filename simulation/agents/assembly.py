"""Everyone together: a Mesa model whose agents are created when somebody first asks for them."""

from collections.abc import Iterator
from typing import Any

import mesa

from ..world import Array, World
from .bodies import Convener, PatientPartners, Regulator
from .leader import Knowledge, Leader
from .organisation import Organisation
from .staff import Staff
from .views import Facts, View

AGENTS: tuple[type[View], ...] = (Staff, Organisation, Leader, Convener, PatientPartners, Regulator)
VIEWS: tuple[type[Facts], ...] = (*AGENTS, Knowledge)


class Assembly(mesa.Model):  # type: ignore[misc]
    """Everyone in a world, as Mesa agents that are created when somebody first asks for them.

    Parameters
    ----------
    rng : int
        What Mesa seeds its own generators with; nothing here draws from them.
    """

    def __init__(self, rng: int = 1):
        self.facts: dict[str, dict[str, Array]] = {view.records: {} for view in VIEWS}
        self._everyone: dict[type[View], list[Any]] = {}
        super().__init__(rng=rng)

    def inhabit(self, world: World) -> None:
        """Be the people of a world; agents that exist already become views of it."""
        self.world = world
        for name, columns in self.facts.items():
            records = getattr(world, name)
            columns.update({field: records[field] for field in records.dtype.names})

    def everyone(self, kind: type[View]) -> list[Any]:
        """Return all agents of one kind, in the order of their rows."""
        if not self._everyone and hasattr(self, "world"):
            for view in AGENTS:
                count = len(getattr(self.world, view.records))
                self._everyone[view] = [view(self, row) for row in range(count)]
            # Mesa 3.3.1 would otherwise keep every model that ever had an agent.
            getattr(mesa.Agent, "_ids", {}).pop(self, None)
        return self._everyone.get(kind, [])

    @property
    def staff(self) -> list[Any]:
        """All staff, in organisation order."""
        return self.everyone(Staff)

    @property
    def organisations(self) -> list[Any]:
        """All organisations."""
        return self.everyone(Organisation)

    @property
    def leaders(self) -> list[Any]:
        """All leaders."""
        return self.everyone(Leader)

    @property
    def conveners(self) -> list[Any]:
        """One convener a system, present or not."""
        return self.everyone(Convener)

    @property
    def patients(self) -> list[Any]:
        """The patient partners of each system."""
        return self.everyone(PatientPartners)

    @property
    def regulators(self) -> list[Any]:
        """All regulators, asked or not."""
        return self.everyone(Regulator)

    @property
    def agents(self) -> Any:
        """Everyone, as a Mesa `AgentSet`."""
        self.everyone(Staff)
        return super().agents

    @property
    def agents_by_type(self) -> Any:
        """A Mesa `AgentSet` a kind of agent."""
        self.everyone(Staff)
        return super().agents_by_type

    @property
    def agent_types(self) -> Any:
        """The kinds of agent there are."""
        self.everyone(Staff)
        return super().agent_types

    def members(self, circle: int) -> list[Any]:
        """Return the people who hear a conversation together, whoever speaks for them first."""
        start = self.world.circles_start
        return self.staff[start.item(circle) : start.item(circle + 1)]

    def circles_of(self, system: int) -> range:
        """Return the circles of a system."""
        return range(self.world.system_circles.item(system), self.world.system_circles.item(system + 1))

    def adopted_everywhere(self, week: int) -> float:
        """Return the share of all staff who had adopted when a week began."""
        everyone = sum(organisation.weight for organisation in self.organisations)
        return float(self.world.record.adopted[week].sum().item() / everyone)

    def booked_meetings(self) -> Iterator[tuple[Any, int]]:
        """Yield, for every circle that is to be seen this week, the leader and the circle."""
        for circle in (self.world.booked < 1.0).nonzero()[0].tolist():
            yield self.leaders[self.world.booked_leader.item(circle)], circle
