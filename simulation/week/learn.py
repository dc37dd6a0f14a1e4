"""10. Leaders learn, come and go; staff come and go; favours and voices settle."""

from collections import namedtuple
from typing import Any

from .. import draws
from ..compiled import act, deed
from ..draws import uniform
from ..entities import AWARE, NEVER, ONE_PERSON, UNAWARE, Convener, Staff
from ..lanes import take, unsigned
from ..mathematics import on_grid
from ..rules import convening, credit, favours, learning, patients, pressure, training, turnover
from ..world import World
from .verbs import Around, Now, Stream, draw, those

Renewed = namedtuple(
    "Renewed",
    "stage conviction first_opinion planted advocate leader adopted_week ownership understood own_interest purpose trust informed pull labelled fidelity motivation",
)
"""What changes where a newcomer takes the place of somebody who has left."""


Felt = namedtuple("Felt", "pressure")
"""The pressure at a person's place of work."""


@act
def at_work(organisations: Any, person: Staff, i: int) -> Felt:
    """Return the pressure at a person's place of work."""
    return Felt(organisations[unsigned(person.organisation)].pressure)


@act
def leaves(person: Staff, here: Felt, stream: Stream, s: Any) -> bool:
    """Return whether a member of staff leaves this week."""
    under = pressure.felt(here.pressure, person.strain, s.pressure)
    return draw(stream, draws.STAFF_EXIT) < turnover.staff_exit_probability(person, under, s.turnover)


@act
def be_renewed(stream: Stream, s: Any) -> Renewed:
    """Be somebody new in the same place, who knows nothing of the change, or brings experience of it."""
    experienced = draw(stream, draws.NEWCOMER) < s.turnover.experienced * stream.now.published
    stage = AWARE if experienced else UNAWARE
    conviction = on_grid(0.5 if experienced else s.population.conviction)
    purpose, trust = s.conversation.purpose_usual, s.conversation.trust_usual
    informed = s.conversation.informed_usual
    return Renewed(
        stage, conviction, conviction, 0, 0, NEVER, NEVER, 0.0, 0.0, 0.0, purpose, trust, informed, 0.0, 0.0, 1.0, 1.0
    )


@act
def gain_standing(leader: Any, system: Convener, s: Any) -> None:
    """Gain career capital by credit taken, and lose it by credit given."""
    circles = system.end_circle - system.first_circle
    taken, given = leader.taken_now / system.weight * circles, leader.given_now / system.weight * circles
    leader.capital = credit.next_capital(leader, taken, given, s.credit)
    leader.credit_taken += leader.taken_now / ONE_PERSON
    leader.credit_given += leader.given_now / ONE_PERSON


@act
def practise(skill: Any, s: Any) -> int:
    """Learn from the week's conversations of one kind; return how many failed."""
    failed: int = skill.held_now - skill.heard_now
    skill.skill = learning.next_skill(skill.skill, skill.aptitude, skill.practised, skill.heard_now, failed, s.learning)
    skill.practised += skill.held_now
    skill.held += skill.held_now
    skill.heard += skill.heard_now
    skill.held_now = 0
    skill.heard_now = 0
    return failed


@deed
def learn(w: World, j: int, s: Any) -> None:
    """A leader learns from the week's conversations."""
    leader = w.leaders[j]
    gain_standing(leader, w.conveners[leader.system], s)
    held = failures = 0
    for k in range(w.skills.shape[1]):
        held += w.skills[j, k].held_now
        failures += practise(w.skills[j, k], s)
    failed = learning.failed_share(held, failures)
    leader.withdrawn = learning.next_withdrawn(leader, failed, s.learning)
    leader.ego_shown = learning.next_ego_shown(leader, failed, s.learning)


@act
def unlearn(skill: Any, s: Any) -> None:
    """Have the skill with which a leader starts, and no practice."""
    start = min(s.conversation.skill, skill.aptitude)
    skill.skill = training.trained_skill(start, skill.aptitude, s.training)
    skill.practised = 0


@deed
def succeed(w: World, j: int, s: Any) -> None:
    """A successor starts anew."""
    leader = w.leaders[j]
    leader.in_post = 1
    leader.capital = 0.0
    leader.withdrawn = 0.0
    leader.ego_shown = leader.ego
    for k in range(w.skills.shape[1]):
        unlearn(w.skills[j, k], s)
    system = w.conveners[leader.system]
    for o in range(system.first, system.end):
        known = w.knowledge[j, o]
        known.visits = 0
        known.visited = NEVER


@deed
def change_post(w: World, j: int, s: Any, now: Now) -> None:
    """A leader leaves, or is followed by a successor."""
    leader = w.leaders[j]
    if turnover.is_over(now.week + 1, s.turnover):
        leader.in_post = 0
        leader.vacant_until = NEVER
    elif leader.in_post == 0:
        if leader.vacant_until != NEVER and now.week >= leader.vacant_until:
            succeed(w, j, s)
    else:
        home = leader.organisation
        under = w.organisations[home].pressure if home != NEVER else s.pressure.finance * s.pressure.on
        if uniform(now.key, draws.LEADER_EXIT, j) < turnover.leader_exit_probability(leader, under, s.turnover):
            leader.in_post = 0
            leader.vacant_until = now.week + s.turnover.vacancy


@act
def settle_favour(organisation: Any, known: Any, s: Any) -> float:
    """See a favour returned and forgotten; return what is open of it."""
    if known.given <= 0.0:
        return 0.0
    known.returned += s.favours.returned * s.favours.reciprocity * favours.open_favours(known)
    known.given *= 1.0 - s.favours.fades
    known.returned *= 1.0 - s.favours.fades
    organisation.favours += known.given * s.favours.reciprocity
    return favours.open_favours(known)


@deed
def settle_favours(w: World, j: int, s: Any) -> None:
    """See a leader's favours returned and forgotten; those open load the organisation at home."""
    leader = w.leaders[j]
    system, outstanding = w.conveners[leader.system], 0.0
    for o in range(system.first, system.end):
        outstanding += settle_favour(w.organisations[o], w.knowledge[j, o], s)
    if leader.organisation != NEVER:
        w.organisations[leader.organisation].load += s.favours.load * outstanding


@deed
def pool_favours(convener: Any, organisations: Any, s: Any) -> None:
    """Where there is a convener, what one organisation received counts for all at the table."""
    received = 0.0
    for o in range(convener.first, convener.end):
        received += organisations[o].favours
    mean = received / (convener.end - convener.first)
    for o in range(convener.first, convener.end):
        organisations[o].favours = convening.pooled(organisations[o].favours, mean, convener, s.convening)


@deed
def part(w: World, s: Any, now: Now) -> None:
    """10. Leaders learn, come and go; favours and voices settle."""
    for j in range(len(w.leaders)):
        learn(w, j, s)
        change_post(w, j, s, now)
    for o in range(len(w.organisations)):
        w.organisations[o].load = 0.0
        w.organisations[o].favours = 0.0
    if s.favours.on:
        for j in range(len(w.leaders)):
            settle_favours(w, j, s)
        for k in range(len(w.conveners)):
            pool_favours(w.conveners[k], w.organisations, s)
    for k in range(len(w.patients)):
        w.patients[k].fatigue = patients.next_fatigue(w.patients[k], s.patients)


@deed
def renew_staff(w: World, s: Any, now: Now, rows: tuple[int, int]) -> None:
    """10. Staff come and go."""
    for k in range(those(leaves, w, Around(at_work, w.organisations), s, now, rows)):
        i = w.found[k]
        take(w.staff, i, be_renewed(Stream(now, i), s))
