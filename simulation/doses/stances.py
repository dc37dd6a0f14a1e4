"""What a stance does: what a leader who holds it does otherwise than an ordinary one."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from ..entities import NOTHING, Leader
from ..rules import credit, favours, reactance, telling
from ..week.affected import affected
from ..week.feel_pressure import bear_cost
from ..week.listen import told_as_well
from .conversations import after_effect, chance_of
from .dose import Dose, dose_of
from .typical import START, Scene, gap, half_life, halves, rate, view


def of_stance(name: str, at: Scene, leader: Leader) -> Iterator[Dose]:
    """Yield what a leader who holds a stance at full degree does otherwise than an ordinary one, in a plain case."""
    yield from _asking(name, at, leader)
    yield from _labelled(name, at, leader)
    yield from _giving(name, at, leader)
    yield from _crediting(name, at, leader)


def _asking(name: str, at: Scene, leader: Leader) -> Iterator[Dose]:
    """Whoever is not told is neither drawn nor repelled, and keeps their trust."""
    spared = telling.probability_of_telling(at.leader, at.s.telling) - telling.probability_of_telling(
        leader, at.s.telling
    )
    if not spared:
        return
    told = told_as_well(at.person, affected(at.person, NOTHING), True, at.s)
    after = at.person._replace(pull=told.pull, trust=told.affected.trust)
    lasts = half_life([(1.0, after)], at.person, at)
    reach = (at.circle, abs(spared))
    yield dose_of(name, "who is not told", -gap([(1.0, after)], at.person, at), lasts, reach, rate(leader, at.s))


def _labelled(name: str, at: Scene, leader: Leader) -> Iterator[Dose]:
    """Whoever hears a leader without a label has nothing to react against."""
    said, left = (reactance.faded_label(one, 0, at.s.reactance) for one in (at.leader, leader))
    if said == left:
        return
    warned, spared = at.person._replace(labelled=said), at.person._replace(labelled=left)
    size, lasts = gap([(1.0, spared)], warned, at), half_life([(1.0, spared)], warned, at)
    reach = (at.circle, chance_of("plain_case", at))
    yield dose_of(name, "who hears", size, lasts, reach, rate(leader, at.s))


def _giving(name: str, at: Scene, leader: Leader) -> Iterator[Dose]:
    """A gift wins trust from those in the meeting, and lets everyone in their organisation bear the cost more readily."""
    p, more = at.s.favours, leader.generosity - at.leader.generosity
    if not more or not favours.can_be_given(leader, p):
        return
    trusting, per_hour = after_effect(at.person, NOTHING._replace(trust=p.trust)), rate(leader, at.s)
    size, lasts = gap([(1.0, trusting)], at.person, at), half_life([(1.0, trusting)], at.person, at)
    yield dose_of(name, "who is in the meeting", size, lasts, (at.circle, more), per_hour)
    received = SimpleNamespace(**{**vars(at.home), "favours": p.reciprocity / at.circles})
    bear_cost(received, at.convener, at.s, START)
    size = view(at.person, at._replace(home=received)) - view(at.person, at)
    reach = (at.circle * at.circles, more)
    yield dose_of(name, "everyone in the organisation", size, halves(p.fades), reach, per_hour)


def _crediting(name: str, at: Scene, leader: Leader) -> Iterator[Dose]:
    """Credit that is left rather than taken moves what leaders are known for in the organisation, and spares trust."""
    if leader.credit_forgone == at.leader.credit_forgone or not at.s.credit.on:
        return
    size = _credited(leader, at) - _credited(at.leader, at)
    reach = (at.circle * at.circles, 1.0)
    moved = "everyone in the organisation"
    yield dose_of(name, moved, size, halves(at.s.credit.forgotten), reach, None)


def _credited(leader: Leader, at: Scene) -> float:
    """Return what one adoption that is put down to a leader does to the view of everyone in the organisation."""
    p, one = at.s.credit, 1.0 / at.home.weight
    takes = credit.probability_of_claiming(leader)
    taken: Any = SimpleNamespace(**{**vars(at.home), "claimed": one})
    given: Any = SimpleNamespace(**{**vars(at.home), "given_now": 1.0})
    distrusting = at.person._replace(trust=at.person.trust * credit.trust_kept(at.person, one, p))
    moved = 0.0
    for chance, home, person in (
        (takes, taken, distrusting),
        ((1.0 - takes) * leader.credit_forgone, given, at.person),
    ):
        known: Any = SimpleNamespace(**{**vars(home), "recognition": credit.next_recognition(home, p)})
        moved += chance * (view(person, at._replace(home=known)) - view(at.person, at))
    return moved
