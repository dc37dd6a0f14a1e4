"""Mesa agents, and the readable engine: the very week of `week/`, in which agents stand where records stand.

An agent is a view: its properties are made from the declarations in `entities.py`, and read and write the arrays of
the `World` that the compiled engine works on too. What it does in a part of the week is its own method:
`model.staff[3].appraise()`, `model.agents_by_type[Organisation].do("decide")`.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from importlib import import_module
from inspect import getmembers, isfunction, signature
from pkgutil import iter_modules
from typing import Any, ClassVar

import mesa

from . import entities, week
from .errors import FailedRun
from .people import LANES
from .soundness import refuse_fault
from .week.near import Near, look
from .week.verbs import Stream
from .world import Array, Plan, World


def _fact(name: str) -> property:
    """Return a property that reads and writes one field of a row as a plain Python number."""

    def read(self: Any) -> Any:
        return self.facts[name][self.place]

    def write(self: Any, value: Any) -> None:
        self.facts[name][self.place] = value

    return property(read, write, doc=f"`{name}`, as `entities.py` declares it.")


def _acts(agent: str, row: str) -> Iterator[Callable[..., Any]]:
    """Yield what the parts of a week say of an agent: every act that begins with it, or with the world and its row."""
    for part in iter_modules(week.__path__, f"{week.__name__}."):
        for _, act in getmembers(import_module(part.name), isfunction):
            names = list(signature(act).parameters)
            if act.__module__.startswith(week.__name__) and (names[:1] == [agent] or names[:2] == ["w", row]):
                yield act


def _method(act: Callable[..., Any]) -> Callable[..., Any]:
    """Return the method by which an agent does what the week would have it do now.

    What an act needs it names as its arguments; what the agent does not know of them is given by name.
    """
    names = tuple(signature(act).parameters)

    def method(self: Any, **given: Any) -> Any:
        result = act(*(given[name] if name in given else self.known(name) for name in names))
        if hasattr(result, "_fields"):
            self.take(result)
        return result

    method.__name__, method.__doc__ = act.__name__, act.__doc__
    return method


class Row:
    """One row of a world's records; whatever is written goes straight through to the array."""

    facts: dict[str, Any]
    place: Any

    def __init_subclass__(cls, entity: Any = None, **rest: Any):
        """Give a row a property for every field of its entity."""
        super().__init_subclass__(**rest)
        for name in entity._fields if entity else ():
            setattr(cls, name, _fact(name))

    def take(self, changes: Any) -> None:
        """Write what has changed into the fields of the same names."""
        facts, place = self.facts, self.place
        for name, value in zip(changes._fields, changes, strict=True):
            if name in facts:
                facts[name][place] = value
            elif isinstance(value, tuple):
                self.take(value)


class Agent(Row, mesa.Agent):  # type: ignore[misc] # Mesa is not typed
    """A Mesa agent that is a view of one row, and acts by what the parts of a week say."""

    records: ClassVar[str]
    called: ClassVar[tuple[str, str]]

    def __init_subclass__(cls, records: str = "", called: tuple[str, str] = ("", ""), **rest: Any):
        """Name the table, and what acts call the agent and its row; its acts become methods."""
        super().__init_subclass__(**rest)
        cls.records, cls.called = records, called
        for act in _acts(*called):
            setattr(cls, act.__name__, _method(act))

    def __init__(self, model: Any, row: int):
        super().__init__(model)
        self.row = row
        self.place = divmod(row, LANES) if self.records == "staff" else row
        self.facts = model.facts[self.records]

    def known(self, name: str) -> Any:
        """Return what an act asks for by name."""
        if name in self.called:
            return self if name == self.called[0] else self.row
        moment = self.model.moment()
        return moment[name] if name in moment else getattr(self, name)


class Staff(Agent, entity=entities.Staff, records="staff", called=("person", "i")):
    """A member of staff."""

    @property
    def workplace(self) -> Any:
        """The organisation where this person works."""
        return self.model.organisations[self.organisation]

    @property
    def stream(self) -> Stream:
        """What is drawn from for this person this week."""
        return Stream(self.known("now"), self.row)

    @property
    def near(self) -> Near:
        """What this person has around them this week."""
        return look((self.known("organisations"), self.known("w").network), self, self.row)


class Organisation(Agent, entity=entities.Organisation, records="organisations", called=("organisation", "o")):
    """A trust, a primary care network, a council, a provider or a commissioner."""

    @property
    def people(self) -> Any:
        """Its staff."""
        return self.model.staff[self.first : self.end]

    @property
    def convener(self) -> Any:
        """The convener of its system."""
        return self.model.conveners[self.system]

    @property
    def weights(self) -> Any:
        """How much each kind of tie of its staff counts this week."""
        return self.known("w").network.weights[self.row]

    @property
    def partner_organisations(self) -> list[Any]:
        """The organisations on whose change its gain depends."""
        start, rows = self.model.world.partners
        return [self.model.organisations[row] for row in rows[start[self.row] : start[self.row + 1]].tolist()]


class Leader(Agent, entity=entities.Leader, records="leaders", called=("leader", "j")):
    """Somebody who asks without being able to order."""

    @property
    def home(self) -> Any:
        """The organisation where this leader works, or None for one from outside."""
        return None if self.organisation == entities.NEVER else self.model.organisations[self.organisation]

    def knowledge_of(self, organisation: Organisation) -> Any:
        """Return what this leader knows of, and has given to, an organisation."""
        return self.model.peopled.knowledge[self.row, organisation.row]


class Convener(Agent, entity=entities.Convener, records="conveners", called=("convener", "k")):
    """A place where the parts of one system come together, or its absence."""


class PatientPartners(Agent, entity=entities.Patients, records="patients", called=("voices", "k")):
    """The patient partners of one system."""


class Regulator(Agent, entity=entities.Regulator, records="regulators", called=("regulator", "k")):
    """One body whose approval a change needs."""


class Skill(Row, entity=entities.Skill):
    """One leader's skill in one kind of conversation."""


class Knowledge(Row, entity=entities.Knowledge):
    """What one leader knows of, and has given to, one organisation."""


class Booking(Row, entity=entities.Booking):
    """Who sees one circle this week, if anybody."""


class Fault(Row, entity=entities.Fault):
    """The first number of a tactic's that cannot be, if there was any."""


class Table:
    """A table whose rows are read and written one at a time, by their numbers."""

    def __init__(self, kind: type[Row], records: Array):
        self.kind, self.shape = kind, records.shape
        self.facts = _columns(records)

    def __len__(self) -> int:
        return int(self.shape[0])

    def __getitem__(self, place: Any) -> Row:
        row = self.kind()
        row.facts, row.place = self.facts, place
        return row


def _memory(array: Any) -> memoryview:
    """Return the memory of an array, which Python reads and writes twice as fast."""
    return memoryview(array)


def _columns(records: Array) -> dict[str, Any]:
    """Return the memory of each column of a table."""
    return {name: _memory(records[name]) for name in records.dtype.names or ()}


def plain(group: Any) -> Any:
    """Return a group of arrays as lists of Python's own numbers, which Python goes through faster."""
    return type(group)(*(value.tolist() for value in group))


AGENTS: tuple[type[Agent], ...] = (Staff, Organisation, Leader, Convener, PatientPartners, Regulator)


class Assembly(mesa.Model):  # type: ignore[misc]
    """Everyone in a world, as Mesa agents that are created when somebody first asks for them.

    Parameters
    ----------
    rng : int
        What Mesa seeds its own generators with; nothing here draws from them.
    """

    def __init__(self, rng: int = 1):
        self.facts: dict[str, dict[str, Array]] = {kind.records: {} for kind in AGENTS}
        self._everyone: dict[str, list[Any]] = {}
        super().__init__(rng=rng)

    def inhabit(self, world: World) -> None:
        """Be the people of a world; agents that exist already become views of it."""
        self.world = world
        self.__dict__.pop("peopled", None)
        for name, columns in self.facts.items():
            records = getattr(world, name)
            columns.update(_columns(records.blocks if name == "staff" else records))

    @cached_property
    def peopled(self) -> World:
        """The world with agents where records stand, as the week in Python goes through it."""
        w, bookings = self.world, Table(Booking, self.world.bookings)
        lists: dict[str, Any] = {"circles": w.circles.tolist(), "found": w.found.tolist(), **self._all()}
        lists |= {"skills": Table(Skill, w.skills), "knowledge": Table(Knowledge, w.knowledge)}
        lists |= {"faults": Table(Fault, w.faults)}
        lists |= {"bookings": [bookings[circle] for circle in range(len(bookings))], "partners": plain(w.partners)}
        lists |= {"access": list(map(_memory, w.access))}
        weights, visible = list(map(_memory, w.network.weights)), _memory(w.network.visible)
        network = plain(w.network)._replace(weights=weights, visible=visible)
        return w._replace(network=network, **lists)

    def _all(self) -> dict[str, list[Any]]:
        if not self._everyone and hasattr(self, "world"):
            for kind in AGENTS:
                rows = range(len(getattr(self.world, kind.records)))
                self._everyone[kind.records] = [kind(self, row) for row in rows]
            # Mesa 3.3.1 would otherwise keep every model that ever had an agent.
            getattr(mesa.Agent, "_ids", {}).pop(self, None)
        return self._everyone

    def everyone(self, kind: type[Agent]) -> list[Any]:
        """Return all agents of one kind, in the order of their rows."""
        return self._all().get(kind.records, [])

    def __getattr__(self, name: str) -> Any:
        """Return everyone of a kind by the name of their table: `staff`, `organisations`, `leaders` and so on."""
        if name in {kind.records for kind in AGENTS}:
            return self._all().get(name, [])
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    @property
    def agents(self) -> Any:
        """Everyone, as a Mesa `AgentSet`."""
        self._all()
        return super().agents

    @property
    def agents_by_type(self) -> Any:
        """A Mesa `AgentSet` a kind of agent."""
        self._all()
        return super().agents_by_type

    @property
    def agent_types(self) -> Any:
        """The kinds of agent there are."""
        self._all()
        return super().agent_types


def proceed(world: World, settings: Any, plan: Plan, start: int, stop: int) -> None:
    """Let the agents of a world live its weeks from `start` up to, not including, `stop`.

    The start itself is recorded before week 0.
    """
    w = world._replace(plan=plain(plan))
    if start == 0:
        week.record.part(w, settings, 0)
    for number in range(start, stop):
        try:
            week.step(w, settings, number)
        except FailedRun as failed:
            raise FailedRun(f"In week {number}: {failed}") from failed
        refuse_fault(w.faults[0])


def advance(world: World, settings: Any, plan: Plan, start: int, stop: int) -> None:
    """Run the weeks from `start` up to, not including, `stop`; the start itself is recorded before week 0."""
    model = Assembly()
    model.inhabit(world)
    proceed(model.peopled, settings, plan, start, stop)
