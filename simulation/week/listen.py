"""One conversation, as everyone hears it who is there."""

from collections import namedtuple
from typing import Any, NamedTuple

from .. import draws
from ..compiled import act, in_compiled_code, spelt_out
from ..dispatch import converse, openness, rebuff, strength
from ..entities import NOTHING, OF_A_TACTIC, Effect, Situation, Staff
from ..mathematics import moved
from ..rules import conversation, nature, patients, pressure, reactance, reading, telling
from .affected import affected
from .verbs import Now, Stream, draw


class Encounter(NamedTuple):
    """Those whom a meeting brings together, and what is known of them, each a record or an agent."""

    leader: Any
    organisation: Any
    skill: Any
    known: Any
    voices: Any


class Meeting(NamedTuple):
    """One conversation, as everyone hears it who is there."""

    leader: int
    code: int  # of the tactic
    skill: float
    label: float  # how loudly the leader's label still sounds
    match: float  # how well the leader reads this organisation
    fresh: float  # how much a patient's voice weighs here
    tells: float  # how often the leader tells rather than asks
    by_patients: bool  # patients speak, and are heard as patients, whoever has brought them
    gives: bool


Listened = namedtuple("Listened", "affected trust planted pull labelled leader spoke heard flaw flawed")
"""What a conversation changes in a person, whether it achieved what its tactic can, and what in that cannot be."""
Told = namedtuple("Told", "affected planted pull")
"""What telling makes of what a conversation changes."""
Flaw = namedtuple("Flaw", "number value")
"""A number of a tactic's that cannot be: which of `OF_A_TACTIC`, and its value."""
SOUND = 0


@act
def meeting_of(them: Encounter, leader: int, code: int, by_patients: bool, gives: bool, s: Any, now: Now) -> Meeting:
    """Return a conversation as everyone hears it."""
    return Meeting(
        leader,
        code,
        them.skill.skill,
        reactance.faded_label(them.leader, now.week, s.reactance),
        reading.match(them.known, them.organisation, s.reading),
        patients.freshness(them.organisation, them.voices, s.patients),
        telling.probability_of_telling(them.leader, s.telling),
        by_patients,
        gives,
    )


def flaw_of(open_to_it: float, effect: Effect) -> Flaw:
    """Return the first number of a tactic's that lies where none can, nan among them."""
    if not 0.0 <= open_to_it <= 1.0:
        return Flaw(OF_A_TACTIC.index("openness"), open_to_it)
    for number, name in enumerate(OF_A_TACTIC):
        value = getattr(effect, name, 0.0)
        if not -1.0 <= value <= 1.0:
            return Flaw(number, value)
    return Flaw(SOUND, 0.0)


@in_compiled_code(flaw_of)
def _flaw_of(open_to_it: Any, effect: Any) -> Any:
    first, *others = enumerate(OF_A_TACTIC[1:], 1)
    lines = [f"if not 0.0 <= open_to_it <= 1.0: return Flaw({first[0]}, open_to_it)"]
    lines += [f"if not -1.0 <= effect.{name} <= 1.0: return Flaw({number}, effect.{name})" for number, name in others]
    return spelt_out("open_to_it, effect", [*lines, "return Flaw(0, 0.0)"], Flaw=Flaw)


@act
def chance_of_being_heard(person: Staff, open_to_it: float, them: Encounter, meeting: Meeting, s: Any) -> float:
    """Return the chance that a conversation achieves what its tactic can with a person."""
    if not meeting.by_patients:
        open_to_it = open_to_it * conversation.openness_across(them.leader, person, s.conversation)
    under = pressure.felt(them.organisation.pressure, person.strain, s.pressure)
    return conversation.success_probability(open_to_it, meeting.skill, under, s.conversation)


@act
def effect_of(person: Staff, them: Encounter, meeting: Meeting, heard: bool, stream: Stream, s: Any) -> Effect:
    """Return what a tactic does to a person, whether it is heard or not."""
    drawn = draw(stream, draws.RECEPTION, 1)
    benefit = nature.believed(person, them.organisation, s.nature)
    situation = Situation(drawn, meeting.match, s.nature.evidence, benefit, meeting.fresh, meeting.skill)
    if heard:
        return converse(meeting.code, person, them.organisation, situation, s.tactics)
    return rebuff(meeting.code, person, them.organisation, situation, s.tactics)


@act
def told_as_well(person: Staff, after: Any, told: bool, s: Any) -> Told:
    """Stand as one does to a leader who tells: drawn or repelled; what was told is not sown."""
    if not told:
        return Told(after, after.planted, person.pull)
    return Told(affected(after, telling.told(person, s.telling)), person.planted, telling.next_pull(person, s.telling))


@act
def listen(person: Staff, them: Encounter, meeting: Meeting, stream: Stream, s: Any) -> Listened:
    """Hear a conversation, each in their own way."""
    told = not meeting.by_patients and draw(stream, draws.TELLING) < meeting.tells
    open_to_it = openness(meeting.code, person, s.conversation, s.tactics)
    heard = draw(stream, draws.RECEPTION) < chance_of_being_heard(person, open_to_it, them, meeting, s)
    effect = effect_of(person, them, meeting, heard, stream, s)
    flaw = flaw_of(open_to_it, effect)
    done = conversation.strengthened(effect, strength(meeting.code, s.tactics)) if flaw.number == SOUND else NOTHING
    after, planted, pull = told_as_well(person, affected(person, done), told, s)
    trust = after.trust
    if not told and not heard:
        trust = moved(trust, -nature.trust_lost(after, s.nature))
    if meeting.gives:
        trust = moved(trust, s.favours.trust)
    known = told or (heard and effect.aware)  # what is not known to have been said is put down to nobody
    leader, spoke = (meeting.leader, stream.now.week) if known else (person.leader, person.spoke)
    labelled = max(person.labelled, meeting.label) if known and not meeting.by_patients else person.labelled
    return Listened(after, trust, planted, pull, labelled, leader, spoke, heard, flaw.number, flaw.value)
