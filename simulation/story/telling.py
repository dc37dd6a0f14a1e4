"""What happened, in words: found by comparing the records before and after each week, without touching the engine."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from ..entities import ADOPTED, LAPSED, NEVER, SENIOR
from ..running import described
from ..world import Array, World
from .names import leader_name, names_of, role_of, system_name
from .talks import Talk

MILESTONES = (0.1, 0.25, 0.5, 0.75, 0.9)
MOST_FOR_PEOPLE = 1500
"""Organisations up to which people are named in the stories."""
EVERYONE = -1
"""The organisation of what concerns a whole system, or all of them."""
EVERYWHERE = -1
"""The system of what concerns all of them, or of an organisation that is named."""


CONVENER, FIRST, GATE, HALF, LEADER, PILOT = 9, 5, 4, 3, 3, 2
"""How much moments tell of a run: a convener comes or goes, somebody is the first, a gate opens or stays shut, and so on."""
REFUSED, OPENS = "approval is refused", "the gate opens"
OWN_IDEA, CONTACTS = "after a sown idea matured", "seeing contacts do it"


class Moment(NamedTuple):
    """Something that happened in one week, in one organisation or everywhere; what has no rank never is a caption."""

    week: int
    organisation: int
    words: str
    weighty: bool = False
    system: int = EVERYWHERE
    rank: int = 0


class Adoption(NamedTuple):
    """Somebody who adopted, and what brought them to it: a leader, an idea of their own, contacts, or none of these.

    ``source`` is the organisation in which most of the contacts are that did it, where contacts brought them to it, and
    otherwise the leader, negative and counted from -2; -1 where it is neither.
    """

    week: int
    organisation: int
    cause: str
    source: int = NEVER


class Snapshot(NamedTuple):
    """What the story needs to know of the week before."""

    organisations: Array
    stage: Array
    planted: Array
    in_post: Array
    present: Array


def snapshot(world: World) -> Snapshot:
    """Return copies of what can be part of a story."""
    staff = world.staff
    return Snapshot(
        world.organisations.copy(),
        staff["stage"].copy(),
        staff["planted"].copy(),
        world.leaders["in_post"].copy(),
        world.conveners["present"].copy(),
    )


class Teller:
    """Tells the story of one run: remembers who came where first, and whose idea came back.

    Parameters
    ----------
    world : World
        The run's state, which others move on.
    titles : dict
        Titles of tactics by name.
    """

    def __init__(self, world: World, titles: dict[str, str]) -> None:
        self.world = world
        self.titles = titles
        self.names = names_of(described(world.organisations))
        self.moments: list[Moment] = []
        self.adoptions: list[Adoption] = []
        self.visited: set[tuple[int, int]] = set()
        self.own_idea: set[int] = set()
        self.started: set[int] = set(np.unique(world.staff["organisation"][world.staff["stage"] == ADOPTED]).tolist())
        self.full: set[int] = set()
        self.names_people = len(world.organisations) <= MOST_FOR_PEOPLE
        self.notable = (world.staff["tier"] >= SENIOR) | (world.staff["listeners"] > 0.75)

    def listen(self, before: Snapshot, week: int, talks: list[Talk], gates: Any) -> None:
        """Add what happened in the week that ended, told as week `week`."""
        if self.names_people:
            self.moments += self._visits(week, talks)
            self.moments += self._ideas(before, week)
        self.moments += self._people(before, week)
        self.moments += self._boards(before, week, gates)
        self.moments += self._shares(before, week, gates)
        self.moments += self._everywhere(before, week)

    def _visits(self, week: int, talks: list[Talk]) -> Iterator[Moment]:
        for talk in talks:
            place = (talk.leader, talk.organisation)
            if place not in self.visited:
                self.visited.add(place)
                title = self.titles.get(talk.tactic, talk.tactic)
                words = f"{leader_name(talk.leader)} comes for the first time: {_lowered(title)}"
                yield Moment(week, talk.organisation, words)

    def _ideas(self, before: Snapshot, week: int) -> Iterator[Moment]:
        staff = self.world.staff
        sown = (staff["planted"] == 1) & (before.planted == 0) & self.notable
        for row in np.flatnonzero(sown).tolist():
            yield Moment(week, int(staff["organisation"][row]), f"an idea is sown with {role_of(self.world, row)}")
        gone = (staff["planted"] == 0) & (before.planted == 1)
        back = gone & (staff["leader"] == NEVER) & (staff["ownership"] > 0.3)
        for row in np.flatnonzero(back).tolist():
            self.own_idea.add(row)
            if self.notable[row]:
                words = f"the idea comes back as the own idea of {role_of(self.world, row)}"
                yield Moment(week, int(staff["organisation"][row]), words)

    def _people(self, before: Snapshot, week: int) -> Iterator[Moment]:
        staff = self.world.staff
        adopted = (staff["stage"] == ADOPTED) & (before.stage != ADOPTED)
        for row in np.flatnonzero(adopted).tolist():
            organisation = int(staff["organisation"][row])
            first = organisation not in self.started
            self.started.add(organisation)
            cause = self._cause(row)
            self.adoptions.append(Adoption(week, organisation, cause, self._source(row, cause, before)))
            if self.names_people and (first or self.notable[row]):
                lead = "the first to adopt: " if first else ""
                words = (
                    f"{lead}{role_of(self.world, row)}{'' if first else ' adopts'}{self._in_detail(row, cause, before)}"
                )
                yield Moment(week, organisation, words, first, rank=FIRST if first else 0)
        if self.names_people:
            lapsed = (staff["stage"] == LAPSED) & (before.stage == ADOPTED) & self.notable
            for row in np.flatnonzero(lapsed).tolist():
                yield Moment(week, int(staff["organisation"][row]), f"{role_of(self.world, row)} gives it up")

    def _cause(self, row: int) -> str:
        person = self.world.staff[row]
        if row in self.own_idea:
            return OWN_IDEA
        if person["leader"] >= 0:
            return f"after talking with {leader_name(int(person['leader']))}"
        return CONTACTS if person["exposure"] > 0 else ""

    def _in_detail(self, row: int, cause: str, before: Snapshot) -> str:
        """Return what brought somebody to it, and of contacts how many and where most of them are."""
        if cause != CONTACTS:
            return f", {cause}" if cause else ""
        most = self._where_most(row, before)
        inside = most == self.world.staff["organisation"][row]
        where = "" if most == NEVER else f", most {'inside' if inside else f'at {self.names[most]}'}"
        return f", seeing {100 * self.world.staff['exposure'][row]:.0f} % of contacts do it{where}"

    def _where_most(self, row: int, before: Snapshot) -> int:
        """Return the organisation in which most of the contacts are that do it already."""
        staff, network = self.world.staff, self.world.network
        contacts = network.contacts[network.start[row] : network.start[row + 1]]
        there = staff["organisation"][contacts[before.stage[contacts] == ADOPTED]]
        return int(np.bincount(there).argmax()) if len(there) else NEVER

    def _source(self, row: int, cause: str, before: Snapshot) -> int:
        if cause == CONTACTS:
            return self._where_most(row, before)
        leader = int(self.world.staff["leader"][row])
        return NEVER - 1 - leader if leader >= 0 else NEVER

    def _boards(self, before: Snapshot, week: int, gates: Any) -> Iterator[Moment]:
        now, was = self.world.organisations, before.organisations
        changed = np.flatnonzero(
            (now["asked"] != was["asked"])
            | (now["approvals"] != was["approvals"])
            | (now["committed"] != was["committed"])
            | (now["refused"] != was["refused"])
            | (now["disappointed"] != was["disappointed"])
        )
        for o in changed:
            for words in _of_the_board(now[o], was[o], int(gates.approvals)):
                yield Moment(week, int(o), words, True, rank=GATE if words in (REFUSED, OPENS) else 0)

    def _shares(self, before: Snapshot, week: int, gates: Any) -> Iterator[Moment]:
        now, was = self.world.organisations, before.organisations
        share, earlier = now["adopted_share"], was["adopted_share"]
        for level in MILESTONES:
            for o in np.flatnonzero((share >= level) & (earlier < level)):
                half = level == 0.5
                words = f"{100 * level:.0f} % of staff have adopted"
                yield Moment(week, int(o), words, half, rank=HALF if half else 0)
            for o in np.flatnonzero((share < level) & (earlier >= level)):
                yield Moment(week, int(o), f"back below {100 * level:.0f} % of staff")
        for o in np.flatnonzero((share >= gates.pilot - 0.02) & (now["committed"] == NEVER)):
            if int(o) not in self.full and gates.on:
                self.full.add(int(o))
                words = "the pilot is full: the others wait for the gate to open"
                yield Moment(week, int(o), words, True, rank=PILOT)
        for o in np.flatnonzero((now["claimed"] >= 0.02) & (was["claimed"] < 0.02)):
            words = f"a leader takes the credit for {100 * now['claimed'][o]:.0f} % of the staff; trust falls"
            yield Moment(week, int(o), words)

    def _everywhere(self, before: Snapshot, week: int) -> Iterator[Moment]:
        leaders = self.world.leaders
        for number in np.flatnonzero(leaders["in_post"] != before.in_post):
            leaves = leaders["in_post"][number] == 0
            words = f"{leader_name(int(number))} {'leaves the post' if leaves else 'is succeeded by somebody new'}"
            yield Moment(week, EVERYONE, words, True, int(leaders["system"][number]), LEADER if leaves else 0)
        for system in np.flatnonzero(self.world.conveners["present"] != before.present):
            words = "starts" if self.world.conveners["present"][system] else "is abolished"
            where = f" in {system_name(int(system))}" if len(self.world.conveners) > 1 else ""
            yield Moment(week, EVERYONE, f"the convener {words}{where}", True, int(system), CONVENER)

    def of(self, organisation: int) -> list[Moment]:
        """Return the story of one organisation, with what concerned everyone in its system."""
        system = int(self.world.organisations["system"][organisation])
        return [
            moment
            for moment in self.moments
            if moment.organisation == organisation
            or (moment.organisation == EVERYONE and moment.system in (system, EVERYWHERE))
        ]

    def latest(self, count: int) -> list[Moment]:
        """Return the last weighty moments, the newest first."""
        weighty = []
        for moment in reversed(self.moments):
            if moment.weighty:
                weighty.append(moment)
            if len(weighty) == count:
                break
        return weighty


def _of_the_board(now: Any, was: Any, needed: int) -> Iterator[str]:
    """Tell what changed at the gate of one organisation."""
    if now["refused"] != was["refused"]:
        yield REFUSED
        return
    if now["asked"] != was["asked"] and now["asked"] != NEVER:
        yield "the board asks for permission" if needed else "the board decides"
    given = int(now["approvals"]).bit_count()
    if given > int(was["approvals"]).bit_count():
        yield f"approval {given} of {needed} is given"
    if now["committed"] != was["committed"]:
        yield OPENS
    if now["disappointed"] > was["disappointed"]:
        yield "the promised gain has not come; trust falls"


def _lowered(title: str) -> str:
    return title[:1].lower() + title[1:]
