"""8. Advocates speak on, or fall silent."""

from collections import namedtuple
from typing import Any

from .. import draws
from ..compiled import act, deed
from ..entities import Staff
from ..lanes import take
from ..rules import advocacy
from ..world import World
from .verbs import Nothing, Now, Stream, draw, nowhere, those

Silent = namedtuple("Silent", "advocate")
"""What falling silent changes."""


@act
def falls_silent(person: Staff, near: Nothing, stream: Stream, s: Any) -> bool:
    """Return whether an advocate falls silent this week."""
    return advocacy.falls_silent(person, draw(stream, draws.ADVOCACY), s.advocacy)


@deed
def part(w: World, s: Any, now: Now, rows: tuple[int, int]) -> None:
    """8. Advocates speak on, or fall silent; what they say is heard where everyone looks around."""
    for k in range(those(falls_silent, w, nowhere(), s, now, rows)):
        take(w.staff, w.found[k], Silent(0))
