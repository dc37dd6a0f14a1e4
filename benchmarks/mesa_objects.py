"""The same model of ordinary Mesa objects, to measure the engines against: agents that own their traits and state.

They live the week of `simulation/week/` by the same rules. But each keeps plain numbers of its own in slots rather
than a row of an array, holds its workplace and contacts as objects, and in the parts of a week that take its time acts
as one would write it in Python: what changes is set, and what need not be known is not asked.
"""

import math
import random
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import mesa
import numpy as np

from simulation import Request, agents, draws, entities, mathematics, rules, week
from simulation.draws import uniform
from simulation.entities import ADOPTED, AWARE, COMPLYING, LAPSED, NEVER, NOT_THIS_WEEK, UNAWARE
from simulation.mathematics import moved, on_grid, steps
from simulation.rules import (
    advocacy,
    appraisal,
    contagion,
    conversation,
    gates,
    ideas,
    incentives,
    influence,
    isolation,
    nature,
    pressure,
    reactance,
    telling,
)
from simulation.running import lead, prepared
from simulation.week import act_as_leaders, decide, feel_pressure, learn, verbs
from simulation.week.appraise import held_back
from simulation.week.decide import Heads
from simulation.week.near import STRONG_TIE, VOICE, WHOLE
from simulation.week.record import Counted
from simulation.world import Array, Plan, World


def numbers(record: Any) -> dict[str, Any]:
    """Return a record as a dictionary of plain Python numbers."""
    return dict(zip(record.dtype.names, record.tolist(), strict=True))


KEPT = frozenset(entities.Staff._fields)
"""What a member of staff keeps."""


class Staff(mesa.Agent):
    """A member of staff; `contacts` are those listened to, each with the kind and the strength of the tie."""

    __slots__ = ("contacts", "kept", "row", "voice", "workplace", *entities.Staff._fields)  # slots are a tenth faster

    def take(self, changes: Any) -> None:
        """Keep what has changed."""
        for name, value in zip(changes._fields, changes, strict=True):
            if name in KEPT:
                setattr(self, name, value)
            elif name == "affected":
                self.take(value)

    def show(self, s: Any) -> None:
        """Let contacts see how well one speaks for the change, and what is left of it; all else they see themselves."""
        self.voice = int(advocacy.voice(self, s.advocacy) * VOICE) if self.advocate == 1 else 0
        self.kept = int(self.fidelity * WHOLE + 0.5)

    def look_around(self, of_kind: Any, s: Any, now: Any) -> None:
        """See what contacts do and think."""
        everyone = adopted = colleagues = adopted_colleagues = voices = fidelity = 0
        conviction, profession = 0.0, self.profession
        for contact, kind, strength in self.contacts:
            weight = of_kind[kind] * strength
            everyone += weight
            conviction += weight * contact.conviction
            if contact.profession == profession:
                colleagues += weight
            voices += weight * contact.voice
            if contact.stage == ADOPTED:
                adopted += weight
                fidelity += weight * contact.kept
                if contact.profession == profession:
                    adopted_colleagues += weight
        connected = s.influence.on and everyone > 0
        self.exposure = influence.exposure(adopted / everyone if connected else 0.0, now.published, s.influence)
        self.surrounding = conviction / everyone if connected else self.conviction
        self.profession_exposure = adopted_colleagues / colleagues if connected and colleagues > 0 else 0.0
        self.passed_on = fidelity / WHOLE / adopted if connected and adopted > 0 else 1.0
        self.urging = voices / (VOICE * STRONG_TIE) if connected else 0.0

    def hear_of_it(self, s: Any, now: Any) -> None:
        """Hear of the change from contacts, from advocates among them, or from outside."""
        if self.stage == UNAWARE:
            chance = influence.awareness_probability(self, s.influence)
            if self.urging > 0.0 or uniform(now.key, draws.AWARENESS, self.row) < chance:
                self.stage = AWARE
        if uniform(now.key, draws.OUTSIDE, self.row) < influence.outside_probability(self, s.influence):
            self.conviction = on_grid(moved(self.conviction, s.influence.outside_conviction))
            if self.stage == UNAWARE:
                self.stage = AWARE

    def appraise(self, s: Any) -> None:
        """Weigh the change; what was gained in conversation fades."""
        home = self.workplace
        benefit = nature.believed(self, home, s.nature)
        under = pressure.felt(home.pressure, self.strain, s.pressure)
        view = appraisal.own_view(self, home, benefit, under, held_back(self, home, benefit, s), s.appraisal)
        self.conviction = on_grid(influence.next_conviction(self, view, s.appraisal.pace, s.influence))
        fading = conversation.faded(self, s.conversation)
        self.ownership, self.understood, self.own_interest, self.purpose, self.trust, self.informed = fading
        if self.pull != 0.0:
            self.pull = telling.faded_pull(self, s.telling)
        if self.labelled > 0.0:
            self.labelled = reactance.faded_labelled(self, s.reactance)
        self.motivation = isolation.next_motivation(self, s.isolation)

    def choose(self, s: Any, now: Any) -> None:
        """Adopt, or wait for a place in the pilot; comply in name; give up; or stay."""
        home = self.workplace
        self.waiting = NOT_THIS_WEEK
        if self.stage == ADOPTED:
            self.consider_giving_up(s, now)
            return
        practises = self.stage == COMPLYING and self.comes_to_practise(s, now)
        luck = uniform(now.key, draws.ADOPTION, self.row) if self.stage != UNAWARE else 1.0
        if not practises and (self.stage == UNAWARE or luck >= self.readiness(s)):
            self.comply_or_not(s, now)
        elif home.is_open == 1 or (practises and home.mandate > 0.0):
            self.fidelity = ideas.adopted_fidelity(self, s.ideas)
            self.stage, self.adopted_week = ADOPTED, now.week
            if self.first_adopted == NEVER:
                self.first_adopted = now.week + 1
        else:
            self.waiting = luck

    def comes_to_practise(self, s: Any, now: Any) -> bool:
        """Return whether one comes to do what one has complied with."""
        return uniform(now.key, draws.MANDATE, self.row, 1) < incentives.practice_probability(self, s.incentives)

    def readiness(self, s: Any) -> float:
        """Return the chance to adopt this week."""
        home = self.workplace
        threshold = nature.threshold(self, s.nature)
        chance = contagion.adoption_probability(self, home, threshold, home.room, s.contagion)
        return chance * s.contagion.again if self.stage == LAPSED else chance

    def comply_or_not(self, s: Any, now: Any) -> None:
        """Begin, or cease, to comply in name, or do neither."""
        home = self.workplace
        if self.stage == COMPLYING:
            if home.enforced == 0 and uniform(now.key, draws.MANDATE, self.row) < s.incentives.compliance_lapses:
                self.stage = AWARE
        elif home.complying > 0.0 and uniform(now.key, draws.MANDATE, self.row) < home.complying:
            self.stage = COMPLYING

    def consider_giving_up(self, s: Any, now: Any) -> None:
        """Give up, perhaps."""
        home = self.workplace
        under = pressure.felt(home.pressure, self.strain, s.pressure)
        chance = contagion.lapse_probability(self, home, under, home.lapse_raised, s.contagion)
        if uniform(now.key, draws.LAPSE, self.row) < chance:
            self.stage, self.advocate = LAPSED, 0
            self.ownership *= 1.0 - s.contagion.ownership_lost


class Grid(dict[tuple[int, int], Any]):
    """Objects by row and column of a table."""

    def __init__(self, records: Array):
        super().__init__((place, SimpleNamespace(**numbers(records[place]))) for place in np.ndindex(records.shape))
        self.shape = records.shape


class ObjectModel(mesa.Model):
    """The agents of a world, and the world as they go through its weeks."""

    def __init__(self, world: World):
        super().__init__(rng=1)
        for view in agents.AGENTS:
            records = getattr(world, view.records)[:]
            slots = {"__slots__": ("row", *records.dtype.names)}
            kind = Staff if view is agents.Staff else type(view.__name__, (mesa.Agent,), slots)
            setattr(self, view.records, [self.agent(kind, row, record) for row, record in enumerate(records)])
        getattr(mesa.Agent, "_ids", {}).pop(self, None)  # by which Mesa 3.3.1 would keep every model for good
        self.acquaint(world.network)
        self.world = world._replace(
            **{view.records: getattr(self, view.records) for view in agents.AGENTS},
            skills=Grid(world.skills),
            knowledge=Grid(world.knowledge),
            bookings=[SimpleNamespace(**numbers(booking)) for booking in world.bookings],
            faults=[SimpleNamespace(**numbers(fault)) for fault in world.faults],
            circles=world.circles.tolist(),
            access=world.access.tolist(),
            network=agents.plain(world.network),
            partners=agents.plain(world.partners),
            found=world.found.tolist(),
        )

    def agent(self, kind: type, row: int, record: Any) -> Any:
        """Return a new agent that has what its record says."""
        agent = kind(self)
        agent.row = row
        for name, value in numbers(record).items():
            setattr(agent, name, value)
        return agent

    def acquaint(self, network: Any) -> None:
        """Let everyone hold those they have to do with."""
        strengths = np.broadcast_to(network.strengths, network.contacts.shape)  # one where all are equally strong
        ties = zip(network.contacts.tolist(), network.kinds.tolist(), strengths.tolist(), strict=True)
        known = tuple((self.staff[i], kind, strength) for i, kind, strength in ties)
        for person, (start, end) in zip(self.staff, pairwise(network.start.tolist()), strict=True):
            person.workplace, person.contacts = self.organisations[person.organisation], known[start:end]


def proceed(model: ObjectModel, settings: Any, plan: Plan, start: int, stop: int) -> None:
    """Let the objects of a model live the weeks from `start` up to, not including, `stop`."""
    own = (
        (week, "show", show),
        (week, "everyone", live),
        (week.record, "total", counted),
        (week.decide, "total", heads),
    )
    with ExitStack() as changes:
        for part, name, function in own:
            changes.enter_context(patch.object(part, name, function))
        agents.proceed(model.world, settings, plan, start, stop)


class ObjectRun(ObjectModel):
    """One run of the objects, as `mesa.batch_run` makes it."""

    def __init__(self, replicate: int, rng: int = 1):
        tactics = {"others_shoes": 1, "seeding": 1, "coalition": 1, "forgoing_credit": 1}
        request = Request("ics-small", tactics, weeks=52, replicate=replicate)
        scenario, world, (self.phase,) = prepared(request)
        lead(world, scenario, self.phase, request)
        super().__init__(world)
        self.datacollector = mesa.DataCollector(model_reporters={"adopted": "adopted"})

    @property
    def adopted(self) -> int:
        """People who have adopted, in 1/1024."""
        return int(self.world.record.adopted[self.steps].sum())

    def step(self) -> None:
        """Run one week."""
        proceed(self, self.phase.settings, self.phase.plan, self.steps - 1, self.steps)
        self.datacollector.collect(self)


def show(w: World, s: Any, rows: tuple[int, int]) -> None:
    """Let contacts see everyone as they are now."""
    for person in w.staff:
        person.show(s)


def live(acts: Any, w: World, around: Any, s: Any, now: Any, rows: tuple[int, int]) -> None:
    """4 to 6. Everyone sees what their contacts do, weighs the change, and chooses."""
    for person in w.staff:
        person.look_around(w.network.weights[person.organisation], s, now)
    for person in w.staff:
        person.hear_of_it(s, now)
        person.appraise(s)
        person.choose(s, now)


def counted(_: Any, w: World, s: Any, first: int, end: int) -> Counted:
    """11. Count who of some people has adopted, and what they think."""
    tiers, professions = [0] * len(entities.TIERS), [0] * len(entities.PROFESSIONS)
    complying = lapsed = trust = conviction = fidelity = 0
    for person in w.staff[first:end]:
        people, stage = person.weight, person.stage
        if stage == ADOPTED:
            tiers[person.tier] += people
            professions[person.profession] += people
            fidelity += people * steps(person.fidelity)
        elif stage == COMPLYING:
            complying += people
        elif stage == LAPSED:
            lapsed += people
        trust += people * steps(person.trust)
        conviction += people * steps(person.conviction)
    return Counted(tiers, professions, complying, lapsed, trust, conviction, fidelity)


def heads(_: Any, w: World, s: Any, first: int, end: int) -> Heads:
    """9. Count people, and supporters, by tier."""
    people, supporters = [0] * len(entities.TIERS), [0] * len(entities.TIERS)
    for person in w.staff[first:end]:
        people[person.tier] += person.weight
        if gates.is_supporter(person, s.gates):
            supporters[person.tier] += person.weight
    return Heads(people, supporters)


def differing(world: World, model: ObjectModel) -> list[str]:
    """Return where a world and a model that lived the same weeks differ by as much as a bit."""
    pairs = dict(zip(world.record._fields, zip(world.record, model.world.record, strict=True), strict=True))
    for view in agents.AGENTS:
        records, those = getattr(world, view.records), getattr(model, view.records)
        for name in records.dtype.names:
            pairs[f"{view.records}.{name}"] = records[name], [getattr(agent, name) for agent in those]
    return [name for name, (one, other) in pairs.items() if one.tobytes() != np.array(other, one.dtype).tobytes()]


@contextmanager
def pythons_own() -> Iterator[None]:
    """Let luck, exponentials and logarithms come from Python's library: quicker, but no longer the same bits."""
    own = {"uniform": lambda *_: random.random(), "exponential": math.exp, "logarithm": math.log}
    parts = (act_as_leaders, decide, feel_pressure, learn, verbs)
    with ExitStack() as changes:
        for module in (sys.modules[__name__], mathematics, *parts, *rules.modules.values()):
            for name in own.keys() & vars(module).keys():
                changes.enter_context(patch.object(module, name, own[name]))
        yield
