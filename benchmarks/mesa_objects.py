"""The same model of ordinary Mesa objects, to measure the engines against: agents that own their traits and state.

They act as their fellows in `simulation/agents/` do, so no rule is written twice. But each keeps plain numbers of
its own rather than a row of an array, and holds its workplace, people, partners and contacts as objects.
"""

import math
import random
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from inspect import isfunction
from itertools import pairwise
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import mesa
import numpy as np

from simulation import agents, mathematics, rules
from simulation.entities import ADOPTED, NEVER, TIERS
from simulation.rules import advocacy, alignment, competition, convening, incentives, influence
from simulation.world import Array, Record, World


def acting_as(view: type) -> Any:
    """Return a class of agents that act as a view does; what the view looks up, they have as attributes."""
    acts = {name: act for name, act in vars(view).items() if isfunction(act)}
    has = [name for name, fact in vars(view).items() if isinstance(fact, property)]
    return type(view.__name__, (mesa.Agent,), {**acts, "__slots__": ("row", *has)})  # slots are a tenth faster


class Staff(acting_as(agents.Staff)):
    """A member of staff; `contacts` are those listened to, each with the kind and the strength of the tie."""

    __slots__ = ("contacts", "voice")

    def show(self, s: Any) -> None:
        """Let contacts see how well one speaks for the change; they see all else for themselves."""
        speaks = self.stage == ADOPTED and self.advocate == 1
        self.voice = int(advocacy.strength(self, s.advocacy) * 64.0) if speaks else 0

    def look_around(self, everywhere: float, s: Any) -> None:
        """See what contacts do and think."""
        everyone = adopted = colleagues = adopted_colleagues = advocates = 0
        conviction, profession, of_kind = 0.0, self.profession, self.workplace.tie_weights
        for contact, kind, strength in self.contacts:
            weight = of_kind[kind] * strength
            everyone += weight
            conviction += weight * contact.conviction
            if contact.profession == profession:
                colleagues += weight
            if contact.stage == ADOPTED:
                adopted += weight
                advocates += weight * contact.voice
                if contact.profession == profession:
                    adopted_colleagues += weight
        connected = s.influence.on and everyone > 0
        self.exposure = influence.exposure(adopted / everyone if connected else 0.0, everywhere, s.influence)
        self.surrounding = conviction / everyone if connected else self.conviction
        self.profession_exposure = adopted_colleagues / colleagues if connected and colleagues > 0 else 0.0
        self.urging = advocates / 1024.0 if connected else 0.0

    def held_back(self, s: Any, week: int) -> float:
        """Return the log-odds that this person's view loses to competition, national bodies and orders."""
        organisation = self.workplace
        waits = competition.pull_back(self.purpose, organisation.partners, organisation.tempted, s.competition)
        return waits + organisation.drag + incentives.resentment(self, organisation.mandate, s.incentives)


class Organisation(acting_as(agents.Organisation)):
    """An organisation, which works out once a week what is the same for all its staff."""

    __slots__ = ("drag", "mandate", "tempted", "tie_weights")

    def weigh_ties(self, s: Any, week: int) -> None:
        """Set how much each kind of tie of its staff counts this week."""
        super().weigh_ties(s, week)
        self.tie_weights = self.model.world.tie_weights[self.row].tolist()
        authority = convening.has_authority(week, s.convening)
        self.drag = alignment.drag(1.0 if authority else s.alignment.degree, s.alignment)
        eased = convening.competition_eased(self.convener, s.convening)
        self.tempted = competition.incentive(self, eased, s.competition)
        self.mandate = incentives.mandate_now(week, s.incentives)


class Leader(acting_as(agents.Leader)):
    """A leader, with what they know of each organisation."""

    __slots__ = ("known",)

    def knowledge_of(self, organisation: Organisation) -> Any:
        """Return what this leader knows of, and has given to, an organisation."""
        return self.known[organisation.row]


Convener, PatientPartners, Regulator = map(acting_as, (agents.Convener, agents.PatientPartners, agents.Regulator))
KINDS = (Staff, Organisation, Leader, Convener, PatientPartners, Regulator)


def numbers(records: Array) -> list[dict[str, Any]]:
    """Return records as dictionaries of plain Python numbers."""
    return [dict(zip(records.dtype.names, record, strict=True)) for record in records.tolist()]


def parts(whole: Any, starts: Array) -> list[Any]:
    """Return the parts of a sequence, by where each begins and the last ends."""
    return [whole[start:end] for start, end in pairwise(starts.tolist())]


class ObjectModel(mesa.Model):
    """The agents of a world; of its arrays they go on using only some that no person reads every week."""

    def __init__(self, world: World):
        super().__init__(rng=1)
        self.world = world._replace(record=Record(*(defaultdict(int) for _ in Record._fields)))
        for kind, view in zip(KINDS, agents.AGENTS, strict=True):
            records = numbers(getattr(world, view.records))
            setattr(self, view.records, [self.agent(kind, row, has) for row, has in enumerate(records)])
        getattr(mesa.Agent, "_ids", {}).pop(self, None)  # by which Mesa 3.3.1 would keep every model for good
        self.people = sum(organisation.weight for organisation in self.organisations)
        self.circles = parts(self.staff, world.circles_start)
        self.circles_of = parts(range(len(self.circles)), world.system_circles).__getitem__
        self.members = self.circles.__getitem__
        self.acquaint(world)

    def agent(self, kind: type, row: int, has: dict[str, Any]) -> Any:
        """Return a new agent that has what its record says."""
        agent = kind(self)
        agent.row = row
        for name, value in has.items():
            setattr(agent, name, value)
        return agent

    def acquaint(self, world: World) -> None:
        """Let everyone hold those they have to do with."""
        ties = zip(world.contacts.tolist(), world.tie_kinds.tolist(), world.tie_strengths.tolist(), strict=True)
        known = tuple((self.staff[i], kind, strength) for i, kind, strength in ties)
        for person, contacts in zip(self.staff, parts(known, world.ties_start), strict=True):
            person.workplace, person.contacts = self.organisations[person.organisation], contacts
        partners = parts([self.organisations[row] for row in world.partners.tolist()], world.partners_start)
        for organisation, others in zip(self.organisations, partners, strict=True):
            organisation.people = self.staff[organisation.first : organisation.end]
            organisation.circles = organisation.end_circle - organisation.first_circle
            organisation.convener = self.conveners[organisation.system]
            organisation.partner_organisations = others
        for leader in self.leaders:
            leader.home = None if leader.organisation == NEVER else self.organisations[leader.organisation]
            leader.known = [SimpleNamespace(**has) for has in numbers(world.knowledge[leader.row])]

    def adopted_everywhere(self, week: int) -> float:
        """Return the share of all staff who had adopted when a week began."""
        return sum(self.world.record.adopted[week, tier] for tier in range(len(TIERS))) / self.people

    booked_meetings = agents.Assembly.booked_meetings


def differing(world: World, model: ObjectModel) -> list[str]:
    """Return where a world and a model that lived the same weeks differ by as much as a bit."""
    shares = world.record.adopted.sum(axis=1) / world.staff["weight"].sum()
    pairs = {"adopted_share": (shares, [model.adopted_everywhere(week) for week in range(len(shares))])}
    for view in agents.AGENTS:
        records, those = getattr(world, view.records), getattr(model, view.records)
        for name in records.dtype.names:
            pairs[f"{view.records}.{name}"] = records[name], [getattr(agent, name) for agent in those]
    return [name for name, (one, other) in pairs.items() if one.tobytes() != np.array(other, one.dtype).tobytes()]


@contextmanager
def pythons_own() -> Iterator[None]:
    """Let luck, exponentials and logarithms come from Python's library: quicker, but no longer the same bits."""
    with ExitStack() as changes:
        for module in {import_module(view.__module__) for view in agents.AGENTS}:
            changes.enter_context(patch.object(module, "uniform", lambda *_: random.random()))
        for module in (mathematics, *rules.modules.values()):
            for name, function in (("exponential", math.exp), ("logarithm", math.log)):
                if hasattr(module, name):
                    changes.enter_context(patch.object(module, name, function))
        yield
