"""One run on the page: the Mesa model, its weekly story, and what is lit in the picture."""

from typing import Any, NamedTuple

import numpy as np

from .. import catalogue
from ..entities import ADOPTED, AWARE
from ..request import Request
from ..running import described
from ..story.names import names_of
from ..story.talks import NO_TALKS, Talk, counted_talks, talks_of
from ..story.telling import Teller, snapshot
from ..world import Array
from .layout import LANDSCAPE, Links, Places, Size, links, places, within

MOST_LIT = 400


class Layout(NamedTuple):
    """Where the organisations of a world stand: the same for every run in which they are as large."""

    weights: Array
    links: Links
    places: dict[tuple[Size, int], Places]


class Arm:
    """A run that is watched, one week at a time: whoever steps the model, this is told.

    Parameters
    ----------
    model : SystemModel
        What is watched, from the week that it is in.
    like : Arm, optional
        An arm of the same world, whose layout is kept.
    """

    layout: Layout

    def __init__(self, model: Any, like: "Arm | None" = None) -> None:
        self.model = model
        self._kept = like.layout if like else None
        self.begin()
        model.watchers.add(self)

    @classmethod
    def of(cls, request: Request, like: "Arm | None" = None) -> "Arm":
        """Return an arm that watches a model of its own.

        Raises
        ------
        Invalid
            With everything that is wrong with the request.
        """
        from ..model import SystemModel

        model = SystemModel(
            scenario=request.scenario,
            tactics=request.tactics,
            settings=request.settings,
            rng=request.seed,
            weeks=request.weeks,
            replicate=request.replicate,
            engine=request.engine,
            schedule=request.schedule,
            change=request.change,
        )
        return cls(model, like)

    @classmethod
    def watching(cls, model: Any) -> "Arm":
        """Return the arm that watches a model already, or a new one."""
        return next((watcher for watcher in model.watchers if isinstance(watcher, cls)), None) or cls(model)

    def begin(self) -> None:
        """Take in the world of week 0, or whatever week the model is in when it is first watched."""
        self.world = self.model.world
        self.described = described(self.world.organisations)
        self.names = names_of(self.described)
        weights = self.world.organisations["weight"]
        if self._kept is None or not np.array_equal(self._kept.weights, weights):
            self._kept = Layout(weights.copy(), links(self.world), {})
        self.layout = self._kept
        self.teller = Teller(self.world, {name: tactic.title for name, tactic in catalogue.tactics().items()})
        self._counts = NO_TALKS
        self._talks: list[Talk] | None = None
        self.lit = np.zeros((0, 2), np.int64)
        self._before = snapshot(self.world)

    @property
    def links(self) -> Links:
        """Which organisations are tied."""
        return self.layout.links

    @property
    def systems(self) -> int:
        """How many systems there are."""
        return len(self.world.conveners)

    def rows(self, system: int = 0) -> Array:
        """Return the numbers of the organisations of a system, which is drawn by itself."""
        found: Array = np.flatnonzero(self.world.organisations["system"] == system)
        return found

    def places(self, size: Size = LANDSCAPE, system: int = 0) -> Places:
        """Return where everything of a system stands in a picture of a size; worked out once."""
        known, rows = self.layout.places, self.rows(system)
        if (size, system) not in known:
            known[size, system] = places(self.world.organisations[rows], within(self.links, rows), size)
        return known[size, system]

    @property
    def week(self) -> int:
        """The weeks that have passed."""
        return int(self.model.week)

    @property
    def weeks(self) -> int:
        """The weeks of the whole run."""
        return len(self.world.record.hours) - 1

    @property
    def request(self) -> Request:
        """What runs, with everything that was changed on the way."""
        request: Request = self.model.request()
        return request

    @property
    def is_over(self) -> bool:
        """Whether the last week has passed."""
        return self.week >= self.weeks

    def phase(self) -> Any:
        """Return the settings and the plan of this week."""
        return self.model.phase()

    def step(self) -> None:
        """Run one week, unless the last one has passed."""
        if not self.is_over:
            self.model.step()

    def before_week(self) -> None:
        """Keep what the story needs to know of the week before."""
        self._phase = self.phase()
        self._before = snapshot(self.world)

    def after_week(self) -> None:
        """See what happened in the week."""
        self._counts, self._talks = counted_talks(self.world, self._phase.plan.codes), None
        self.lit = self._lit(self._before.stage)
        talks = self.talks if self.teller.names_people else []
        self.teller.listen(self._before, self.week, talks, self._phase.groups["gates"])

    @property
    def talks(self) -> list[Talk]:
        """Who talked where this week, and how; put together when it is first asked for."""
        if self._talks is None:
            self._talks = talks_of(self._counts)
        return self._talks

    @property
    def held(self) -> list[list[int]]:
        """The same in numbers: leader, organisation, tactic, circles."""
        held: list[list[int]] = self._counts.tolist()
        return held

    def _lit(self, stage_before: Array) -> Array:
        """Return pairs of organisations: where somebody took a step this week, and where a contact had adopted."""
        staff, network = self.world.staff, self.world.network
        stage = staff["stage"]
        moved = np.flatnonzero((stage != stage_before) & ((stage == ADOPTED) | (stage == AWARE)))
        start, end = network.start[moved], network.start[moved + 1]
        lengths = end - start
        if not lengths.sum():
            return np.zeros((0, 2), np.int64)
        ends = np.cumsum(lengths)
        rows = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths) + np.repeat(start, lengths)
        here = np.repeat(staff["organisation"][moved], lengths).astype(np.int64)
        contacts = network.contacts[rows]
        there = staff["organisation"][contacts].astype(np.int64)
        counts = network.weights[here, network.kinds[rows]] > 0
        carries = (here != there) & (stage_before[contacts] == ADOPTED) & counts
        if not carries.any():
            return np.zeros((0, 2), np.int64)
        pairs = np.unique(np.stack([there[carries], here[carries]], axis=1), axis=0)
        return pairs[:: -(-len(pairs) // MOST_LIT)]

    def change(self, tactics: dict[str, float] | None = None, settings: dict[str, Any] | None = None) -> None:
        """Pull levers while the run goes on; the change is written into its schedule.

        Raises
        ------
        Invalid
            If the change is not possible; nothing is changed then.
        """
        self.model.change(tactics=tactics, settings=settings or {})

    def close(self) -> None:
        """Let go of the model; Mesa 3.3.1 would keep every model with agents alive."""
        import mesa

        self.model.watchers.discard(self)
        getattr(mesa.Agent, "_ids", {}).pop(self.model, None)
