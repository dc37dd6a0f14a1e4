"""6. People adopt, comply in name, come to practise what they comply with, lapse; each at most once a week."""

from collections import namedtuple
from typing import Any

from .. import draws
from ..compiled import act, deed
from ..entities import ADOPTED, AWARE, COMPLYING, LAPSED, NEVER, NOT_THIS_WEEK, UNAWARE, Staff
from ..lanes import person_at, take
from ..rules import contagion, gates, ideas, incentives, nature, pressure
from ..world import World
from .near import Near
from .verbs import Nothing, Now, Stream, draw, nowhere, those, total

Chosen = namedtuple("Chosen", "stage adopted_week first_adopted advocate ownership fidelity waiting")
"""What a person's choice changes."""


Adopted = namedtuple("Adopted", "stage adopted_week first_adopted fidelity waiting")
"""What an adoption changes."""


Waited = namedtuple("Waited", "waiting")
"""What changes for a person who has waited for a place in a pilot in vain."""


Pilot = namedtuple("Pilot", "adopted")
"""A pilot: people who have adopted, in 1/1024."""


@act
def first_time(person: Staff, now: Now) -> int:
    """Return when a post first had an adopter, if it has one from this week on."""
    return now.week + 1 if person.first_adopted == NEVER else person.first_adopted


@act
def complied(person: Staff, home: Any, stream: Stream, s: Any) -> int:
    """Return the stage of a person who begins, or ceases, to comply in name, or does neither."""
    drawn = draw(stream, draws.MANDATE)
    if person.stage == COMPLYING:
        return AWARE if home.enforced == 0 and drawn < s.incentives.compliance_lapses else COMPLYING
    return COMPLYING if drawn < home.complying else person.stage


@act
def would_adopt(person: Staff, home: Any, stream: Stream, s: Any) -> bool:
    """Return whether a person would adopt this week."""
    chance = contagion.adoption_probability(person, home, nature.threshold(person, s.nature), home.room, s.contagion)
    if person.stage == LAPSED:
        chance = chance * s.contagion.again
    return person.stage != UNAWARE and draw(stream, draws.ADOPTION) < chance


@act
def comes_to_practise(person: Staff, stream: Stream, s: Any) -> bool:
    """Return whether somebody who has complied in name comes to do it, by their own view of it."""
    drawn = draw(stream, draws.MANDATE, 1)
    return person.stage == COMPLYING and drawn < incentives.practice_probability(person, s.incentives)


@act
def gives_up(person: Staff, home: Any, stream: Stream, s: Any) -> bool:
    """Return whether an adopter gives up this week."""
    under = pressure.felt(home.pressure, person.strain, s.pressure)
    return draw(stream, draws.LAPSE) < contagion.lapse_probability(person, home, under, home.lapse_raised, s.contagion)


@act
def choose(person: Staff, near: Near, stream: Stream, s: Any) -> Chosen:
    """Adopt, or wait for a place in the pilot; comply in name; give up; or stay."""
    home, since, advocate, ownership = near.home, person.adopted_week, person.advocate, person.ownership
    fidelity, first = person.fidelity, person.first_adopted
    if person.stage == ADOPTED:
        if gives_up(person, home, stream, s):
            return Chosen(
                LAPSED, since, first, 0, ownership * (1.0 - s.contagion.ownership_lost), fidelity, NOT_THIS_WEEK
            )
        return Chosen(ADOPTED, since, first, advocate, ownership, fidelity, NOT_THIS_WEEK)
    practises = comes_to_practise(person, stream, s)
    if not practises and not would_adopt(person, home, stream, s):
        return Chosen(complied(person, home, stream, s), since, first, advocate, ownership, fidelity, NOT_THIS_WEEK)
    if home.is_open == 1 or (practises and home.mandate > 0.0):  # what is ordered waits for no permission
        kept = ideas.adopted_fidelity(person, s.ideas)
        return Chosen(
            ADOPTED, stream.now.week, first_time(person, stream.now), advocate, ownership, kept, NOT_THIS_WEEK
        )
    return Chosen(person.stage, since, first, advocate, ownership, fidelity, draw(stream, draws.ADOPTION))


@act
def adopt(person: Staff, s: Any, now: Now) -> Adopted:
    """Take up the change, as far as it has survived its way."""
    return Adopted(ADOPTED, now.week, first_time(person, now), ideas.adopted_fidelity(person, s.ideas), NOT_THIS_WEEK)


@act
def in_pilot(person: Staff, s: Any) -> Any:
    """Return what a person is to the pilot of their organisation."""
    return Pilot(person.weight if person.stage == ADOPTED else 0)


@act
def waits(person: Staff, near: Nothing, stream: Stream, s: Any) -> bool:
    """Return whether a person would join the pilot this week."""
    return person.waiting < NOT_THIS_WEEK


@deed
def run_pilot(w: World, o: int, s: Any, now: Now) -> None:
    """Let those who would join a pilot this week, the earlier in the week first, have a place while there are any."""
    organisation = w.organisations[o]
    adopted = total(in_pilot, w, s, organisation.first, organisation.end).adopted
    while organisation.waiting > 0:
        earliest = organisation.first
        for i in range(organisation.first, organisation.end):
            if person_at(w.staff, i).waiting < person_at(w.staff, earliest).waiting:
                earliest = i
        people = person_at(w.staff, earliest).weight
        if gates.has_room(adopted, people, organisation.weight, s.gates):
            take(w.staff, earliest, adopt(person_at(w.staff, earliest), s, now))
            adopted += people
        else:
            take(w.staff, earliest, Waited(NOT_THIS_WEEK))
        organisation.waiting -= 1


@deed
def run_pilots(w: World, s: Any, now: Now, rows: tuple[int, int]) -> None:
    """Run the pilots of the organisations where somebody would join."""
    for k in range(those(waits, w, nowhere(), s, now, rows)):
        w.organisations[person_at(w.staff, w.found[k]).organisation].waiting += 1
    for o in range(len(w.organisations)):
        if w.organisations[o].waiting > 0:
            run_pilot(w, o, s, now)
