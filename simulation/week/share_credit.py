"""7. Whoever led takes or leaves the credit for adoptions and open gates, and others take note."""

from collections import namedtuple
from typing import Any

from .. import draws
from ..compiled import act, deed
from ..draws import uniform
from ..entities import ADOPTED, NEVER, Staff
from ..lanes import person_at, take
from ..mathematics import moved
from ..rules import credit
from ..world import World
from .feel_pressure import Trusting
from .verbs import Nothing, Now, Stream, draw, nowhere, those

Shared = namedtuple("Shared", "ownership trust advocate taken_now given_now")
"""What sharing the credit for an adoption changes, in the person and in what leaders and others make of it."""


@act
def adopts_now(person: Staff, near: Nothing, stream: Stream, s: Any) -> bool:
    """Return whether a person adopted this week, after a conversation that it can be put down to."""
    now = person.stage == ADOPTED and person.adopted_week == stream.now.week
    return now and credit.can_be_claimed(person, stream.now.week, s.conversation.memory, s.credit)


@act
def share_credit(person: Staff, leader: Any, stream: Stream, s: Any) -> Shared:
    """See the credit for one's adoption this week taken, or left to oneself, by whoever led."""
    if draw(stream, draws.CREDIT) < credit.probability_of_claiming(leader):
        lost = moved(person.ownership, -s.credit.ownership)
        return Shared(lost, person.trust, person.advocate, person.weight, 0)
    if draw(stream, draws.CREDIT, 1) >= leader.credit_forgone:
        return Shared(person.ownership, person.trust, person.advocate, 0, 0)
    gained, trust = moved(person.ownership, s.credit.ownership), moved(person.trust, s.credit.trust_gained)
    won = draw(stream, draws.CREDIT, 2) < s.credit.advocate
    return Shared(gained, trust, 1 if won else person.advocate, 0, person.weight)


@act
def take_or_leave(leader: Any, organisation: Any, o: int, s: Any, now: Now) -> None:
    """Take the credit for an organisation's success, leave it to those who work there, or do neither."""
    people = int(s.credit.success * organisation.weight)
    if uniform(now.key, draws.CREDIT, o, 3) < credit.probability_of_claiming(leader):
        leader.taken_now += people
        organisation.claimed_now += people
    elif uniform(now.key, draws.CREDIT, o, 4) < leader.credit_forgone:
        leader.given_now += people
        organisation.given_now += people


@deed
def share_success(w: World, o: int, s: Any, now: Now) -> None:
    """See the credit for an open gate taken, or left, by the leader who has been there most often, if any has."""
    organisation = w.organisations[o]
    if organisation.succeeded == 0:
        return
    organisation.succeeded = 0
    led, most = NEVER, 0
    for j in range(len(w.leaders)):
        if w.leaders[j].system == organisation.system and w.knowledge[j, o].visits > most:
            led, most = j, w.knowledge[j, o].visits
    if s.credit.on and led != NEVER:
        take_or_leave(w.leaders[led], organisation, o, s, now)


@act
def resent(person: Staff, heard_of: float, s: Any) -> Trusting:
    """Trust less where others' credit is claimed."""
    return Trusting(person.trust * credit.trust_kept(person, heard_of, s.credit))


@deed
def note_claims(w: World, o: int, s: Any) -> None:
    """Hear of the credit that leaders have taken, here and among the partners."""
    organisation = w.organisations[o]
    organisation.claimed = organisation.claimed_now / organisation.weight
    organisation.recognition = credit.next_recognition(organisation, s.credit)
    elsewhere = 0.0
    first, end = w.partners.start[o], w.partners.start[o + 1]
    for e in range(first, end):
        partner = w.organisations[w.partners.rows[e]]
        elsewhere += partner.claimed_now / partner.weight
    heard_of = organisation.claimed + (s.credit.rivals * elsewhere / (end - first) if end > first else 0.0)
    if heard_of > 0.0:
        for i in range(organisation.first, organisation.end):
            take(w.staff, i, resent(person_at(w.staff, i), heard_of, s))


@deed
def part(w: World, s: Any, now: Now, rows: tuple[int, int]) -> None:
    """7. Whoever led takes or leaves the credit for this week's adoptions, and others take note."""
    for o in range(len(w.organisations)):
        w.organisations[o].claimed_now = 0
        w.organisations[o].given_now = 0
    for j in range(len(w.leaders)):
        w.leaders[j].taken_now = 0
        w.leaders[j].given_now = 0
    for k in range(those(adopts_now, w, nowhere(), s, now, rows)):
        i = w.found[k]
        person = person_at(w.staff, i)
        leader, organisation = w.leaders[person.leader], w.organisations[person.organisation]
        shared = share_credit(person, leader, Stream(now, i), s)
        take(w.staff, i, shared)
        leader.taken_now += shared.taken_now
        leader.given_now += shared.given_now
        organisation.claimed_now += shared.taken_now
        organisation.given_now += shared.given_now
    for o in range(len(w.organisations)):
        share_success(w, o, s, now)
    for o in range(len(w.organisations)):
        note_claims(w, o, s)
