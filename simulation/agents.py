"""The readable engine: the same week as `kernel.py`, in which Mesa agents act by calling the rules.

An agent is a view: its properties are made from the declarations in `entities.py` and read and write the arrays of
the `World`, which the compiled engine works on too.
"""

from typing import Any, ClassVar

import mesa

from . import entities
from .world import Array, World


def _fact(name: str) -> property:
    """Return a property that reads and writes one field of the agent's row as a plain Python number."""

    def read(self: Any) -> Any:
        return self.facts[name].item(self.row)

    def write(self: Any, value: Any) -> None:
        self.facts[name][self.row] = value

    return property(read, write, doc=f"`{name}` of this row.")


class View(mesa.Agent):  # type: ignore[misc] # Mesa is not typed
    """One row of a world's records; whatever is written goes straight through to the array."""

    entity: ClassVar[Any]
    records: ClassVar[str]

    def __init_subclass__(cls, entity: Any, records: str, **rest: Any):
        """Give a kind of agent a property for every field of its entity."""
        super().__init_subclass__(**rest)
        cls.entity, cls.records = entity, records
        for name in entity._fields:
            setattr(cls, name, _fact(name))

    def __init__(self, model: Any, row: int):
        super().__init__(model)
        self.row = row
        self.facts: dict[str, Array] = model.facts[self.records]


class Staff(View, entity=entities.Staff, records="staff"):
    """A member of staff."""


class Organisation(View, entity=entities.Organisation, records="organisations"):
    """A trust, a primary care network, a council, a provider or a commissioner."""


class Leader(View, entity=entities.Leader, records="leaders"):
    """Somebody who asks without being able to order."""


class Convener(View, entity=entities.Convener, records="conveners"):
    """A place where the parts of one system come together, or its absence."""


class PatientPartners(View, entity=entities.Patients, records="patients"):
    """The patient partners of one system."""


class Regulator(View, entity=entities.Regulator, records="regulators"):
    """One body whose approval a change needs."""


KINDS_OF_AGENT: tuple[type[View], ...] = (Staff, Organisation, Leader, Convener, PatientPartners, Regulator)


class Assembly(mesa.Model):  # type: ignore[misc]
    """Everyone in a world, as Mesa agents that are created when somebody first asks for them.

    Parameters
    ----------
    rng : int
        What Mesa seeds its own generators with; the model draws from neither of them.
    """

    def __init__(self, rng: int = 1):
        self.facts: dict[str, dict[str, Array]] = {kind.records: {} for kind in KINDS_OF_AGENT}
        self._everyone: dict[type[View], list[Any]] = {}
        super().__init__(rng=rng)

    def inhabit(self, world: World) -> None:
        """Let this assembly be the one of a world; agents that exist already become views of it."""
        self.world = world
        for name, columns in self.facts.items():
            records = getattr(world, name)
            columns.update({field: records[field] for field in records.dtype.names})

    def everyone(self, kind: type[View]) -> list[Any]:
        """Return all agents of one kind, in the order of their rows."""
        if not self._everyone and hasattr(self, "world"):
            for each in KINDS_OF_AGENT:
                count = len(getattr(self.world, each.records))
                self._everyone[each] = [each(self, row) for row in range(count)]
            # Mesa 3.3.1 would otherwise keep every model that ever had an agent.
            getattr(mesa.Agent, "_ids", {}).pop(self, None)
        return self._everyone.get(kind, [])

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
