"""The Mesa model: a request stepped week by week, with levers that can be moved while it runs."""

from collections.abc import Mapping
from inspect import signature
from typing import Any, Protocol
from weakref import WeakSet

from mesa.datacollection import DataCollector

from .agents import Assembly, plain, proceed
from .errors import Invalid
from .levers import by_name
from .request import Request
from .running import Phase, Result, engine_named, lead, phases, prepared, result
from .scenario import Scenario
from .week import beginning
from .world import World

REPORTED = (
    "adopted_share",
    "declared_share",
    "organisations_committed",
    "trust",
    "conviction",
    "credit_taken",
    "credit_given",
    "leader_hours",
)
"""What the data collector keeps of every week."""


class Watcher(Protocol):
    """Who is told of a model's weeks, and decides nothing in it."""

    def begin(self) -> None:
        """Take in the world of week 0; it is built again when a lever is pulled there."""

    def before_week(self) -> None:
        """Take in the world as the week finds it."""

    def after_week(self) -> None:
        """Take in what the week has made of it."""


class SystemModel(Assembly):
    """A health economy in which a change spreads, or does not, as a Mesa model; one step is one week.

    The agents are views of the arrays in `world` and are created when `agents` is first asked for.

    Parameters
    ----------
    scenario : str
        The name of a built-in scenario, or the path of a TOML file.
    tactics : dict, optional
        Shares of the leaders' time (conversations) or degrees (stances, comparators), by name.
    settings : dict, optional
        Values of parameters by name, over those of the scenario.
    rng : int
        The seed. All random numbers follow from it and from `replicate`; Mesa's own generators are not drawn from.
    weeks : int
        The horizon: after so many weeks the model stops.
    replicate : int
        Which of several runs with the same seed.
    engine : str
        `"compiled"` or `"agents"`: the same results, bit for bit.
    schedule : sequence
        Changes during the run: `(week, {"tactics": …, "settings": …})`. `change` adds to it.
    change : str, optional
        What is to be adopted: the name of a built-in change, or the path of a TOML file.
    **kwargs
        Levers, each by its own name instead of in `tactics` or `settings`, as Mesa's pages and batch runs pass them:
        `seeding=0.5`, `**{"leaders.ego": 0.9}`.

    Attributes
    ----------
    week : int
        How many weeks have been run.
    world : World
        The state, in arrays.
    economy : Scenario
        The scenario as its file describes it, with the settings of the change under its own.
    datacollector : mesa.DataCollector
        The observables of every week, index 0 being the start.
    watchers : WeakSet of Watcher
        Who is told of every week; whoever is let go of is not told any more.

    Raises
    ------
    Invalid
        With everything that is wrong with the request.

    Examples
    --------
    >>> model = SystemModel("tiny", tactics={"seeding": 1.0}, weeks=3)
    >>> model.run_model()
    >>> model.week, len(model.datacollector.get_model_vars_dataframe())
    (3, 4)
    """

    world: World
    economy: Scenario
    _phases: list[Phase]

    def __init__(  # noqa: PLR0913 - Mesa passes parameters by name
        self,
        scenario: str = "ics-small",
        tactics: Mapping[str, float] | None = None,
        settings: Mapping[str, Any] | None = None,
        rng: int = 1,
        weeks: int = 260,
        replicate: int = 0,
        engine: str = "compiled",
        schedule: tuple[tuple[int, dict[str, Any]], ...] = (),
        change: str | None = None,
        **kwargs: Any,
    ):
        super().__init__(rng=int(rng))
        self.watchers: WeakSet[Watcher] = WeakSet()
        mix, values = by_name(tactics, settings, kwargs, signature(SystemModel).parameters)
        self._asked = Request(scenario, mix, values, weeks, int(rng), replicate, engine, tuple(schedule), change)
        self._asked.check()
        self.datacollector = DataCollector(model_reporters={name: name for name in REPORTED})
        self._begin()

    def _begin(self) -> None:
        """Build the world of week 0 and record it."""
        self.week = 0
        self.economy, world, self._phases = prepared(self._asked)
        self.inhabit(world)
        self._people = int(world.staff["weight"].sum())
        lead(world, self.economy, self._phases[0], self._asked)
        self._run(0)
        self.datacollector.model_vars = {name: [] for name in REPORTED}
        self.datacollector.collect(self)
        self.running = self._asked.weeks > 0
        for watcher in list(self.watchers):
            watcher.begin()

    @property
    def scenario(self) -> None:
        """Not there: Mesa 3.5 keeps one of its own kind here, and on Reset would give it to the model for a name."""
        raise AttributeError("The scenario is `economy`, and its name is `request().scenario`.")

    @scenario.setter
    def scenario(self, kept_by_mesa: Any) -> None:
        pass

    @property
    def weeks(self) -> int:
        """The horizon: after so many weeks the model stops."""
        return self._asked.weeks

    @property
    def schedule(self) -> tuple[tuple[int, dict[str, Any]], ...]:
        """The changes during the run, those made by `change` among them."""
        return self._asked.schedule

    def request(self) -> Request:
        """Return the request that replays this run, the changes made while it ran included."""
        return self._asked

    def result(self) -> Result:
        """Return what the run shows; a run stopped early shows nothing for the weeks to come."""
        if self.week < self.weeks:
            raise Invalid([f"The run is in week {self.week} of {self.weeks}; its result comes at the end."])
        return result(self._asked, self.world)

    def phase(self) -> Phase:
        """Return the phase of the run that this week belongs to."""
        found: Phase = next(phase for phase in reversed(self._phases) if phase.start <= self.week)
        return found

    def moment(self) -> dict[str, Any]:
        """Return what agents act in this week: the world with agents in it, settings, plan and random numbers."""
        phase = self.phase()
        w = self.peopled._replace(plan=plain(phase.plan))
        return {**w._asdict(), "w": w, "s": phase.settings, "now": beginning(w, self.week)}

    def step(self) -> None:
        """Run one week; at the horizon nothing happens any more."""
        if self.week < self.weeks:
            watchers = list(self.watchers)
            for watcher in watchers:
                watcher.before_week()
            self._live_a_week()
            self.datacollector.collect(self)
            for watcher in watchers:
                watcher.after_week()
        self.running = self.week < self.weeks

    def _live_a_week(self) -> None:
        phase = self.phase()
        if self.week == 0:
            for column in self.world.record:
                column[0] = 0  # the engines record the start themselves before week 0
        elif self.week == phase.start:
            lead(self.world, self.economy, phase, self._asked)
        self._run(self.week + 1)
        self.week += 1

    def _run(self, stop: int) -> None:
        phase = self.phase()
        if self._asked.engine == "agents":
            proceed(self.peopled, phase.settings, phase.plan, self.week, stop)
        else:
            engine_named("compiled").advance(self.world, phase.settings, phase.plan, self.week, stop)

    def advance(self, weeks: int) -> None:
        """Run so many weeks, or up to the horizon."""
        for _ in range(min(weeks, self.weeks - self.week)):
            self.step()

    def change(self, tactics: Mapping[str, float] | None = None, settings: Mapping[str, Any] | None = None) -> None:
        """Change, from the coming week on, what leaders do or how the world works; the schedule keeps it.

        Parameters
        ----------
        tactics : dict, optional
            The new mix, in place of the old one; None keeps the old one.
        settings : dict, optional
            New values of parameters by name; the others stay.

        Raises
        ------
        Invalid
            If a name or value is wrong, or a parameter describes the world at the start; nothing changes then.
        """
        if self.week >= self.weeks:
            raise Invalid([f"The run has reached its last week, {self.weeks}; nothing can change any more."])
        asked = {"tactics": tactics, "settings": settings}
        entry = {name: dict(values) for name, values in asked.items() if values is not None}
        changed = self._asked._replace(schedule=_with_entry(self.schedule, self.week, entry))
        changed.check()
        self._asked = changed
        if self.week == 0:
            self._begin()
        else:
            self._phases = phases(self._asked, self.economy, self.world.leaders)

    @property
    def adopted_share(self) -> float:
        """Share of staff who have adopted."""
        return int(self.world.record.adopted[self.week].sum()) / self._people

    @property
    def declared_share(self) -> float:
        """Share of staff who have adopted or comply in name."""
        return self.adopted_share + self._recorded("complying") / self._people

    @property
    def organisations_committed(self) -> float:
        """Share of organisations whose gate is open."""
        return self._recorded("committed") / len(self.world.organisations)

    @property
    def trust(self) -> float:
        """Mean trust in those who lead the change."""
        return self._recorded("trust") / self._people

    @property
    def conviction(self) -> float:
        """Mean conviction."""
        return self._recorded("conviction") / self._people

    @property
    def credit_taken(self) -> float:
        """Adoptions so far whose credit leaders took."""
        return self._recorded("credit_taken")

    @property
    def credit_given(self) -> float:
        """Adoptions so far whose credit leaders gave away."""
        return self._recorded("credit_given")

    @property
    def leader_hours(self) -> float:
        """Hours that leaders have spent in conversations so far."""
        return self._recorded("hours")

    def _recorded(self, column: str) -> float:
        return float(getattr(self.world.record, column)[self.week])


def _with_entry(
    schedule: tuple[tuple[int, dict[str, Any]], ...], week: int, entry: dict[str, Any]
) -> tuple[tuple[int, dict[str, Any]], ...]:
    """Return a schedule with the changes of one week added to those that stand there already.

    >>> _with_entry(((4, {"settings": {"leaders.hours": 1.0}}),), 4, {"tactics": {"seeding": 1.0}})
    ((4, {'settings': {'leaders.hours': 1.0}, 'tactics': {'seeding': 1.0}}),)
    """
    entries = {at: dict(changes) for at, changes in schedule}
    before = entries.get(week, {})
    settings = {**before.get("settings", {}), **entry.get("settings", {})}
    entries[week] = {**before, **entry, **({"settings": settings} if settings else {})}
    return tuple(sorted(entries.items()))
