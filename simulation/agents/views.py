"""Agents as views: their facts are read from, and written to, the arrays that both engines work on."""

from typing import Any, ClassVar

import mesa

from ..world import Array


def _fact(name: str) -> property:
    """Return a property that reads and writes one field of a row as a plain Python number."""

    def read(self: Any) -> Any:
        return self.facts[name].item(self.row)

    def write(self: Any, value: Any) -> None:
        self.facts[name][self.row] = value

    return property(read, write, doc=f"`{name}`, as `entities.py` declares it.")


class Facts:
    """One row of a world's records; whatever is written goes straight through to the array."""

    records: ClassVar[str]
    facts: dict[str, Array]
    row: Any

    def __init_subclass__(cls, entity: Any = None, records: str = "", **rest: Any):
        """Give a view a property for every field of its entity."""
        super().__init_subclass__(**rest)
        if entity is not None:
            cls.records = records
            for name in entity._fields:
                setattr(cls, name, _fact(name))


class View(Facts, mesa.Agent):  # type: ignore[misc] # Mesa is not typed
    """A Mesa agent that is a view of one row."""

    def __init__(self, model: Any, row: int):
        super().__init__(model)
        self.row = row
        self.facts = model.facts[self.records]
