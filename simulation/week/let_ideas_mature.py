"""3. Planted ideas come back, come back changed, die, or wait."""

from collections import namedtuple
from typing import Any

from .. import draws
from ..compiled import act, deed
from ..entities import NEVER, NOTHING, Staff
from ..lanes import person_at, take
from ..rules import ideas
from ..world import World
from .affected import affected
from .verbs import Nothing, Now, Stream, draw, nowhere, those

Matured = namedtuple("Matured", "affected planted leader fidelity")
"""What becomes of an idea, in the person who carries it."""


@act
def carries_an_idea(person: Staff, near: Nothing, stream: Stream, s: Any) -> bool:
    """Return whether an idea was planted and has not come back yet."""
    return person.planted == 1


@act
def let_idea_mature(person: Staff, stream: Stream, s: Any) -> Matured:
    """See a planted idea come back as one's own, come back changed, die, or wait."""
    fate = ideas.fate(person, draw(stream, draws.IDEAS), s.ideas)
    changed = fate == ideas.COMES_BACK_CHANGED
    back = changed or fate == ideas.COMES_BACK
    after = affected(person, ideas.come_back(s.ideas) if back else NOTHING)
    planted = 1 if fate == ideas.STILL_PLANTED else 0
    leader = NEVER if back else person.leader  # it is theirs now: nobody else can claim it
    return Matured(after, planted, leader, min(person.fidelity, s.ideas.fidelity) if changed else person.fidelity)


@deed
def part(w: World, s: Any, now: Now, rows: tuple[int, int]) -> None:
    """3. Planted ideas come back, come back changed, die, or wait."""
    for k in range(those(carries_an_idea, w, nowhere(), s, now, rows)):
        i = w.found[k]
        take(w.staff, i, let_idea_mature(person_at(w.staff, i), Stream(now, i), s))
