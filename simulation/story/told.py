"""A whole run told: which organisations changed, when and through whom; and the same run without one of its tactics."""

from collections import Counter
from typing import NamedTuple

import numpy as np

from .. import catalogue
from ..entities import NEVER
from ..errors import Invalid, nearest
from ..request import Request
from ..running import engine_named, lead, prepared
from ..soundness import refuse_states
from ..world import Array, World
from .talks import counted_talks, talks_of
from .telling import Moment, Teller, snapshot

HALF = 0.5


class Turn(NamedTuple):
    """How one organisation changed, if it did.

    ``first`` is the week in which somebody there adopted, 0 where some had from the start; ``opened`` that in which its
    gate opened, ``half`` that by which half its staff had adopted; None where that never came. ``pioneer`` says who was
    the first and why, ``through`` what brought how many to it.
    """

    organisation: int
    name: str
    first: int | None
    opened: int | None
    half: int | None
    share: float
    pioneer: str
    through: dict[str, int]


class Told(NamedTuple):
    """A run, and its story."""

    request: Request
    world: World
    teller: Teller

    @property
    def names(self) -> list[str]:
        """What the organisations are called."""
        return self.teller.names

    @property
    def shares(self) -> Array:
        """The share who have adopted, of all staff and of each organisation: a row a week."""
        record, weights = self.world.record, self.world.organisations["weight"]
        everyone = record.adopted.sum(axis=1) / self.world.staff["weight"].sum()
        return np.column_stack([everyone, record.by_organisation / weights])

    def numbered(self, name: str) -> int:
        """Return the number of an organisation by its name, however that is spelt in capitals.

        Raises
        ------
        Invalid
            None is called so.
        """
        known = {full.lower(): number for number, full in enumerate(self.names)}
        if name.strip().lower() in known:
            return known[name.strip().lower()]
        near = nearest(name, self.names) or f"They are: {', '.join(self.names[:40])}{', …' if len(known) > 40 else ''}."
        raise Invalid([f"No organisation is called {name!r} in this run. {near}"])

    def turns(self) -> list[Turn]:
        """Return how each organisation changed: those that got to half first, in their order, then the others."""
        shares = self.shares[:, 1:]
        found = [self._turn(number, shares[:, number]) for number in range(len(self.names))]
        never = len(shares)
        return sorted(found, key=lambda turn: (never if turn.half is None else turn.half, -turn.share))

    def _turn(self, number: int, shares: Array) -> Turn:
        mine = [adoption for adoption in self.teller.adoptions if adoption.organisation == number]
        lead = "the first to adopt: "
        first = next((m for m in self.teller.moments if m.organisation == number and m.words.startswith(lead)), None)
        committed = int(self.world.organisations["committed"][number])
        return Turn(
            number,
            self.names[number],
            0 if shares[0] > 0 else mine[0].week if mine else None,
            committed + 1 if committed != NEVER else None,
            week_of(shares),
            float(shares[-1]),
            first.words.removeprefix(lead) if first else "",
            dict(Counter(adoption.cause for adoption in mine if adoption.cause).most_common()),
        )


def week_of(shares: Array, level: float = HALF) -> int | None:
    """Return the first week in which a share reaches a level, None where it never does.

    >>> week_of(np.array([0.1, 0.6, 0.4])), week_of(np.array([0.1]))
    (1, None)
    """
    reached = shares >= level
    return int(reached.argmax()) if reached.any() else None


def told(request: Request) -> Told:
    """Run a checked request and tell what happens; the run is the same, bit for bit, as when nobody tells.

    Raises
    ------
    FailedRun
        It has come to what cannot be.
    """
    scenario, world, to_come = prepared(request)
    teller = Teller(world, {name: tactic.title for name, tactic in catalogue.tactics().items()})
    engine = engine_named(request.engine)
    for phase in to_come:
        lead(world, scenario, phase, request)
        for week in range(phase.start, phase.stop):
            before = snapshot(world)
            engine.advance(world, phase.settings, phase.plan, week, week + 1)
            talks = talks_of(counted_talks(world, phase.plan.codes)) if teller.names_people else []
            teller.listen(before, week + 1, talks, phase.groups["gates"])
            refuse_states(world, week, phase.plan)
    return Told(request, world, teller)


def without(request: Request, tactic: str) -> Request:
    """Return a request without one of its tactics, at the start and in whatever changes on the way.

    Raises
    ------
    Invalid
        The run has no such tactic.
    """
    mixes = [request.tactics, *(change["tactics"] for _, change in request.schedule if "tactics" in change)]
    used = sorted({name for mix in mixes for name, share in mix.items() if share})
    if tactic not in used:
        near = nearest(tactic, used) or (f"It has: {', '.join(used)}." if used else "It has none.")
        raise Invalid([f"This run has no tactic called {tactic!r}. {near}"])
    schedule = tuple(
        (week, {**change, "tactics": _less(change["tactics"], tactic)} if "tactics" in change else change)
        for week, change in request.schedule
    )
    return request._replace(tactics=_less(request.tactics, tactic), schedule=schedule)


def _less(mix: dict[str, float], tactic: str) -> dict[str, float]:
    return {name: share for name, share in mix.items() if name != tactic}


def parting(one: Told, other: Told, organisation: int) -> tuple[Moment | None, Moment | None]:
    """Return the first thing of an organisation that each story tells and the other does not."""
    stories = [[m for m in each.teller.moments if m.organisation == organisation] for each in (one, other)]
    first, second = (
        next((moment for moment in mine if moment not in set(theirs)), None)
        for mine, theirs in (stories, stories[::-1])
    )
    return first, second
