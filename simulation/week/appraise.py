"""5. Everyone weighs the change from where they stand; what was gained in conversation fades."""

from collections import namedtuple
from typing import Any

from ..compiled import act
from ..entities import Staff
from ..mathematics import on_grid
from ..rules import (
    advocacy,
    appraisal,
    competition,
    conversation,
    credit,
    incentives,
    influence,
    isolation,
    nature,
    pressure,
    reactance,
    telling,
)
from .near import Near
from .verbs import Stream

Appraised = namedtuple(
    "Appraised", "conviction ownership understood own_interest purpose trust informed pull labelled motivation"
)
"""What a week of weighing changes."""


@act
def held_back(person: Staff, home: Any, benefit: float, s: Any) -> float:
    """Return the log-odds that everything beside the appraisal itself takes from a person's view, less what it adds."""
    waits = competition.pull_back(person.purpose, home.partners, home.tempted, s.competition)
    against = waits + home.held_back + incentives.resentment(person, home.mandate, s.incentives)
    against = against + reactance.pull_back(person, s.reactance)
    gained = advocacy.carried(person, benefit, s.nature.divergence, s.advocacy)
    gained = gained + telling.drawn_by(person, s.telling) + credit.willing(home.recognition, s.credit)
    held: float = against - gained
    return held


@act
def appraise(person: Staff, near: Near, stream: Stream, s: Any) -> Appraised:
    """Weigh the change from where one stands; what was gained in conversation fades."""
    home = near.home
    benefit = nature.believed(person, home, s.nature)
    under = pressure.felt(home.pressure, person.strain, s.pressure)
    view = appraisal.own_view(person, home, benefit, under, held_back(person, home, benefit, s), s.appraisal)
    conviction = on_grid(influence.next_conviction(person, view, s.appraisal.pace, s.influence))
    ownership, understood, own_interest, purpose, trust, informed = conversation.faded(person, s.conversation)
    return Appraised(
        conviction,
        ownership,
        understood,
        own_interest,
        purpose,
        trust,
        informed,
        telling.faded_pull(person, s.telling),
        reactance.faded_labelled(person, s.reactance),
        isolation.next_motivation(person, s.isolation),
    )
