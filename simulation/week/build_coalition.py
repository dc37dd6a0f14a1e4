"""8. Advocates speak across their own ties."""

from typing import Any

from .. import draws
from ..compiled import act, deed
from ..entities import Staff
from ..lanes import person_at, take
from ..rules import advocacy
from ..world import World
from .affected import Affected, affected
from .verbs import Luck, Nothing, Now, draw, nowhere, those


@act
def hears_an_advocate(person: Staff, near: Nothing, luck: Luck, s: Any) -> bool:
    """Return whether an advocate among a person's contacts speaks with them this week."""
    if person.urging <= 0.0:
        return False
    return draw(luck, draws.ADVOCACY) < advocacy.probability_of_hearing(person, s.advocacy)


@act
def listen_to_advocate(person: Staff, s: Any) -> Affected:
    """Hear an advocate among one's contacts."""
    return affected(person, advocacy.heard(person, s.advocacy))


@deed
def part(w: World, s: Any, now: Now, rows: tuple[int, int]) -> None:
    """8. Advocates speak across their own ties."""
    for k in range(those(hears_an_advocate, w, nowhere(), s, now, rows)):
        i = w.found[k]
        take(w.staff, i, listen_to_advocate(person_at(w.staff, i), s))
