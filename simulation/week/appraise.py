"""5. Everyone weighs the change from where they stand; what was gained in conversation fades."""

from collections import namedtuple
from typing import Any

from ..compiled import act
from ..entities import Staff
from ..mathematics import on_grid
from ..rules import appraisal, competition, conversation, incentives, influence, isolation, pressure
from .near import Near
from .verbs import Luck

Appraised = namedtuple("Appraised", "conviction understood own_interest purpose trust motivation")
"""What a week of weighing changes."""


@act
def appraise(person: Staff, near: Near, luck: Luck, s: Any) -> Appraised:
    """Weigh the change from where one stands; what was gained in conversation fades."""
    home = near.home
    waits = competition.pull_back(person.purpose, home.partners, home.tempted, s.competition)
    held_back = waits + home.held_back + incentives.resentment(person, home.mandate, s.incentives)
    under = pressure.felt(home.pressure, person.strain, s.pressure)
    view = appraisal.own_view(person, home, home, under, held_back, s.appraisal)
    conviction = on_grid(influence.next_conviction(person, view, s.appraisal.pace, s.influence))
    understood, own_interest, purpose, trust = conversation.faded(person, s.conversation)
    motivation = isolation.next_motivation(person, s.isolation)
    return Appraised(conviction, understood, own_interest, purpose, trust, motivation)
