"""What a heard conversation does at once, or, where it sows an idea or wins an advocate, by way of these."""

from collections import Counter
from collections.abc import Iterator
from math import pi, sqrt

from .. import dispatch, tactics
from ..entities import ADOPTED, Effect, Knowledge, Patients, Situation, Staff
from ..rules import advocacy, ideas, nature, reading
from ..rules.conversation import strengthened
from ..week.affected import affected
from ..week.listen import Encounter, Meeting, chance_of_being_heard
from .dose import Dose, dose_of
from .typical import Outcomes, Scene, conviction, gap, half_life, halves, rate, view

DRAWS = 1000
"""Equally likely draws over which a tactic's own chance is averaged."""


def of_conversation(name: str, at: Scene) -> Iterator[Dose]:
    """Yield what one heard conversation does to the view, and conviction, of its listeners, and by way of them."""
    effects = _effects(name, at)
    outcomes = [(share * part, after) for effect, share in effects.items() for part, after in _become(effect, at)]
    chance, per_hour = chance_of(name, at), rate(at.leader, at.s)
    planted = any(effect.planted for effect in effects)
    moved = [("who hears, once the idea is back" if planted else "who hears", view)]
    if any(effect.conviction for effect in effects):
        moved.append(("who hears, the conviction itself", conviction))
    for whose, measure in moved:
        size = gap(outcomes, at.person, at, measure)
        if size:
            lasts = half_life(outcomes, at.person, at, measure)
            yield dose_of(name, whose, size, lasts, (at.circle, chance), per_hour)
    if joins := sum(share for effect, share in effects.items() if effect.advocate):
        urged = at.person._replace(urging=advocacy.voice(at.person._replace(advocate=1, stage=ADOPTED), at.s.advocacy))
        size, people = gap([(joins, urged)], at.person, at), at.circle * at.contacts
        whose = "who listens to one who hears, once that one has adopted"
        yield dose_of(name, whose, size, halves(at.s.advocacy.weary), (people, chance), per_hour)


def _effects(name: str, at: Scene) -> dict[Effect, float]:
    """Return what a conversation may do where it is heard, by the share of the draws in which it does."""
    s = at.s
    known = Knowledge(error=sqrt(2.0 / pi))  # a leader who misreads as far as leaders do on average at first
    situation = Situation(
        0.0,
        reading.match(known, at.home, s.reading),
        s.nature.evidence,
        nature.believed(at.person, at.home, s.nature),
        1.0,
        _skill(at),
    )
    code = tactics.conversations.index(name)
    strong, drawn = dispatch.strength(code, s.tactics), (situation._replace(draw=draw) for draw in _draws())
    effects = (dispatch.converse(code, at.person, at.home, each, s.tactics) for each in drawn)
    counted = Counter(strengthened(effect, strong) for effect in effects)
    return {effect: count / DRAWS for effect, count in counted.items()}


def _draws() -> Iterator[float]:
    return ((k + 0.5) / DRAWS for k in range(DRAWS))


def _skill(at: Scene) -> float:
    learning = at.s.learning
    return min(at.s.conversation.skill, learning.aptitude) if learning.on else float(at.s.conversation.skill)


def _become(effect: Effect, at: Scene) -> Outcomes:
    """Return what becomes of a person after an effect, by the end of an idea that it has sown."""
    after = after_effect(at.person, effect)
    if not effect.planted:
        return [(1.0, after)]
    fates = Counter(ideas.fate(after, draw, at.s.ideas) for draw in _draws())
    ended = sum(fates.values()) - fates[ideas.STILL_PLANTED]
    back = after_effect(after, ideas.come_back(at.s.ideas))
    changed = back._replace(fidelity=min(back.fidelity, at.s.ideas.fidelity))
    become = {ideas.COMES_BACK: back, ideas.COMES_BACK_CHANGED: changed, ideas.DIES: after}
    return [(fates[fate] / ended, person) for fate, person in become.items() if ended]


def after_effect(person: Staff, effect: Effect) -> Staff:
    """Return a person after an effect."""
    return person._replace(**affected(person, effect)._asdict())


def chance_of(name: str, at: Scene) -> float:
    """Return the chance that a conversation is heard, averaged over the tiers at which leaders work."""
    code, by_patients = tactics.conversations.index(name), getattr(tactics.modules[name], "BY_PATIENTS", False)
    open_to_it = dispatch.openness(code, at.person, at.s.conversation, at.s.tactics)
    meeting = Meeting(0, code, _skill(at), 0.0, 1.0, 1.0, 0.0, by_patients, False)
    chances = [
        chance_of_being_heard(
            at.person,
            open_to_it,
            Encounter(at.leader._replace(tier=tier), at.home, None, None, Patients()),
            meeting,
            at.s,
        )
        for tier in at.tiers
    ]
    return sum(chances) / len(chances) if chances else 0.0
