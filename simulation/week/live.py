"""Parts 4 to 6, in which every person sees what their contacts do, weighs the change, and chooses, in one go."""

from typing import Any

from ..compiled import deed
from ..world import World
from .adopt import choose
from .appraise import appraise
from .be_exposed import hear_of_it, look_around
from .near import look
from .verbs import Around, Now, everyone


@deed
def live(w: World, s: Any, now: Now, rows: tuple[int, int]) -> None:
    """4 to 6. Everyone sees what their contacts do, weighs the change, and chooses."""
    everyone((look_around, hear_of_it, appraise, choose), w, Around(look, (w.organisations, w.network)), s, now, rows)
