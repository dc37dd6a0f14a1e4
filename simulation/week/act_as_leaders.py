"""2. Leaders choose whom to see and how, and hold their conversations."""

from typing import Any

from .. import draws
from ..compiled import act, deed
from ..draws import uniform
from ..entities import NEVER, NOT_THIS_WEEK, Convener, Staff
from ..lanes import person_at, take
from ..rules import conversation, favours, patients, reach, reactance, targeting, telling, training
from ..world import UNKNOWN, Plan, World
from .listen import SOUND, Encounter, Meeting, listen, meeting_of
from .near import is_acting
from .verbs import Now, Stream

MOST_TRIES = 64
"""People whom a leader considers for one meeting, at most: their draws lie side by side."""


@act
def plan_week(leader: Any, j: int, plan: Plan, s: Any, now: Now) -> None:
    """Count the meetings that a leader's week has room for."""
    leader.meetings = 0
    if is_acting(leader, plan, now):
        label = reactance.faded_label(leader, now.week, s.reactance)
        hours = leader.hours * training.hours_left(now.week, s.training) * reactance.access_gained(label, s.reactance)
        takes, drawn = telling.time_taken(leader, s.telling), uniform(now.key, draws.CONVERSATIONS, j)
        leader.meetings = conversation.meetings(leader, hours / takes, drawn, s.conversation)
        leader.hours_spent += leader.meetings * takes * s.conversation.hours


@act
def is_tied(partners: Any, home: int, o: int) -> bool:
    """Return whether an organisation is a partner of a leader's home."""
    if home != NEVER:
        for e in range(partners.start[home], partners.start[home + 1]):
            if partners.rows[e] == o:
                return True
    return False


@act
def access_to(leader: Any, person: Staff, partners: Any, s: Any) -> float:
    """Return the chance that a leader can see somebody whom they consider; it stays as it is while settings do."""
    tied = is_tied(partners, leader.organisation, person.organisation)
    return reach.welcome(leader, person, s.reach) * reach.way(leader, person, tied, s.reach)


@act
def choose_circle(leader: Any, place: Any, among: Convener, j: int, meeting: int, s: Any, now: Now) -> int:
    """Return the circle that a leader chooses to see: the first within reach that suits, or the last within reach.

    `NEVER` where none of those considered was within reach: the hour is lost.
    """
    staff, circles, partners, access = place
    chosen = NEVER
    for k in range(s.targeting.tries):
        index = 2 * (meeting * MOST_TRIES + k)
        drawn = uniform(now.key, draws.TARGETS, j, index) * (among.end_circle - among.first_circle)
        at = int(drawn)
        circle = among.first_circle + at
        if access[at] == UNKNOWN:
            access[at] = access_to(leader, person_at(staff, circles[circle]), partners, s)
        if drawn - at < access[at]:  # what is left of the draw is one too
            person = person_at(staff, circles[circle])
            chosen = circle
            suits = targeting.suitability(person, person.listeners, person.brokerage, s.targeting.rule)
            if uniform(now.key, draws.TARGETS, j, index + 1) < suits:
                break
    return chosen


@act
def choose_tactic(plan: Plan, j: int, meeting: int, now: Now) -> int:
    """Return the position in the mix of the conversation that a leader chooses for a meeting."""
    drawn = uniform(now.key, draws.TACTIC, j, meeting)
    position = 0
    while position < len(plan.codes) - 1 and drawn >= plan.cumulative[j][position]:
        position += 1
    return position


@deed
def book_meetings(w: World, j: int, s: Any, now: Now) -> None:
    """A leader fills the week; of two who want the same circle, the one earlier in the week is heard."""
    leader = w.leaders[j]
    system = w.conveners[leader.system]
    place = (w.staff, w.circles, w.partners, w.access[j])
    plan_week(leader, j, w.plan, s, now)
    for meeting in range(leader.meetings):
        circle = choose_circle(leader, place, system, j, meeting, s, now)
        if circle == NEVER:
            continue
        when = uniform(now.key, draws.MEETING, j, meeting)
        booking = w.bookings[circle]
        if booking.when == NOT_THIS_WEEK:
            booking.next = system.booked
            system.booked = circle
        if when < booking.when:
            booking.when = when
            booking.leader = j
            booking.position = choose_tactic(w.plan, j, meeting, now)


@deed
def clear_bookings(w: World, k: int) -> None:
    """Begin the week of a system with no circle booked."""
    circle = w.conveners[k].booked
    while circle != NEVER:
        w.bookings[circle].when = NOT_THIS_WEEK
        circle = w.bookings[circle].next
    w.conveners[k].booked = NEVER


@deed
def invite_patients(w: World, k: int) -> None:
    """Count the appearances of patients that are wanted in a system."""
    voices, circle = w.patients[k], w.conveners[k].booked
    voices.asked = 0
    voices.spoke = 0
    voices.idle = 0
    while circle != NEVER:
        voices.asked += w.plan.by_patients[w.bookings[circle].position]
        circle = w.bookings[circle].next


@act
def speak(voices: Any, organisation: Any, circle: int, s: Any, now: Now) -> bool:
    """Let a patient speak in a conversation, if one is free; return whether so."""
    if uniform(now.key, draws.PATIENTS, circle) >= patients.probability_of_appearing(voices.asked, s.patients):
        return False
    voices.spoke += 1
    if organisation.committed == NEVER:
        voices.idle += 1
    return True


@act
def give(them: Encounter, circle: int, s: Any, now: Now) -> bool:
    """Return whether a leader gives something in a meeting, which is remembered."""
    leader, organisation = them.leader, them.organisation
    gives = favours.can_be_given(leader, s.favours) and uniform(now.key, draws.FAVOURS, circle) < leader.generosity
    if gives:
        them.known.given += 1.0 / (organisation.end_circle - organisation.first_circle)
    return gives


@act
def note_fault(faults: Any, meeting: Meeting, i: int, listened: Any, now: Now) -> None:
    """Keep the first number of a tactic's that cannot be, for the end of the week."""
    fault = faults[0]
    if fault.week == NEVER:
        fault.week = now.week
        fault.code = meeting.code
        fault.heard = 1 if listened.heard else 0
        fault.number = listened.flaw
        fault.value = listened.flawed
        fault.person = i


@act
def hold_meeting(
    leader: Any, them: Encounter, meeting: Meeting, staff: Any, faults: Any, first: int, end: int, s: Any, now: Now
) -> None:
    """Hold a conversation that everyone of a circle hears; it has achieved what it can if the first of them says so."""
    them.skill.held_now += 1
    for i in range(first, end):
        listened = listen(person_at(staff, i), them, meeting, Stream(now, i), s)
        take(staff, i, listened)
        if listened.flaw != SOUND:
            note_fault(faults, meeting, i, listened, now)
        if listened.heard and i == first:
            them.skill.heard_now += 1


@deed
def hold_meetings(w: World, k: int, s: Any, now: Now) -> None:
    """Leaders of a system hold their conversations; one for which no patient is free falls through, its hour lost."""
    voices, circle = w.patients[k], w.conveners[k].booked
    while circle != NEVER:
        booking, first, end = w.bookings[circle], w.circles[circle], w.circles[circle + 1]
        j, o = booking.leader, person_at(w.staff, first).organisation
        code, by_patients = w.plan.codes[booking.position], w.plan.by_patients[booking.position] == 1
        them = Encounter(w.leaders[j], w.organisations[o], w.skills[j, code], w.knowledge[j, o], voices)
        if by_patients and not speak(voices, them.organisation, circle, s, now):
            booking.when = NOT_THIS_WEEK
        else:
            meeting = meeting_of(them, j, code, by_patients, give(them, circle, s, now), s, now)
            hold_meeting(them.leader, them, meeting, w.staff, w.faults, first, end, s, now)
        circle = booking.next


@act
def remember(organisation: Any, known: Any, by_patients: bool, now: Now) -> None:
    """Know an organisation better after a visit, and leave it with the memory of a patient's voice."""
    known.visits += 1
    known.visited = now.week
    known.pressure = organisation.pressure
    if by_patients:
        organisation.heard += 1.0 / (organisation.end_circle - organisation.first_circle)


@deed
def remember_meetings(w: World, k: int, now: Now) -> None:
    """See what the week's visits in a system have taught; this, and how often patients were heard, counts from now."""
    circle = w.conveners[k].booked
    while circle != NEVER:
        booking, o = w.bookings[circle], person_at(w.staff, w.circles[circle]).organisation
        if booking.when < NOT_THIS_WEEK:
            by_patients = w.plan.by_patients[booking.position] == 1
            remember(w.organisations[o], w.knowledge[booking.leader, o], by_patients, now)
        circle = booking.next


@deed
def part(w: World, s: Any, now: Now) -> None:
    """2. Leaders choose whom to see and how, and hold their conversations."""
    for k in range(len(w.conveners)):
        clear_bookings(w, k)
    for j in range(len(w.leaders)):
        book_meetings(w, j, s, now)
    for k in range(len(w.conveners)):
        invite_patients(w, k)
        hold_meetings(w, k, s, now)
        remember_meetings(w, k, now)
