"""4. Everyone sees what their contacts do and think, and may hear of the change."""

from collections import namedtuple
from typing import Any

from .. import draws
from ..compiled import act
from ..entities import AWARE, UNAWARE, Staff
from ..mathematics import GRID, moved, on_grid
from ..rules import influence
from .near import STRONG_TIE, VOICE, WHOLE, Near
from .verbs import Stream, draw

Exposed = namedtuple("Exposed", "exposure surrounding profession_exposure passed_on urging")
"""What looking around changes."""


Heard = namedtuple("Heard", "conviction stage")
"""What hearing of the change changes."""


@act
def look_around(person: Staff, near: Near, stream: Stream, s: Any) -> Exposed:
    """See what contacts do and think."""
    seen = near.contacts
    connected = s.influence.on and seen.everyone > 0
    among_contacts = seen.adopted / seen.everyone if connected else 0.0
    return Exposed(
        influence.exposure(among_contacts, stream.now.published, s.influence),
        seen.conviction / seen.everyone / GRID if connected else person.conviction,
        seen.adopted_colleagues / seen.colleagues if connected and seen.colleagues > 0 else 0.0,
        seen.fidelity / WHOLE / seen.adopted if connected and seen.adopted > 0 else 1.0,
        seen.voices / (VOICE * STRONG_TIE) if connected else 0.0,
    )


@act
def hear_of_it(person: Staff, near: Near, stream: Stream, s: Any) -> Heard:
    """Hear of the change from contacts, from advocates among them, or from outside."""
    hears = draw(stream, draws.AWARENESS) < influence.awareness_probability(person, s.influence) or person.urging > 0.0
    outside = draw(stream, draws.OUTSIDE) < influence.outside_probability(person, s.influence)
    convinced = on_grid(moved(person.conviction, s.influence.outside_conviction))
    return Heard(
        convinced if outside else person.conviction,
        AWARE if (hears or outside) and person.stage == UNAWARE else person.stage,
    )
