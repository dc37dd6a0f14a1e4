"""What a person has around them this week: their organisation, as its staff feel it, and what their contacts show."""

from collections import namedtuple
from typing import Any, NamedTuple

from ..compiled import act, deed
from ..entities import ADOPTED, NEVER, Staff
from ..lanes import row_at, unsigned
from ..mathematics import steps
from ..rules import advocacy, alignment, competition, convening, gates, incentives, nature
from ..world import Network, Plan, World
from .verbs import Now, note

# What contacts see of a person is packed into one number: conviction in the lowest 31 bits, then
ADOPTED_BIT, PROFESSION_BIT, VOICE_BIT, FIDELITY_BIT = 31, 32, 34, 44
CONVICTION_BITS, PROFESSION_BITS, VOICE_BITS = (1 << ADOPTED_BIT) - 1, 3, (1 << (FIDELITY_BIT - VOICE_BIT)) - 1
VOICE = 64.0
"""Steps in which an advocate's voice, at most six, is counted, so that sums over contacts are whole numbers."""
WHOLE = 255.0
"""Steps in which the fidelity of those who have adopted is counted."""
STRONG_TIE = 16.0
"""Weight of a whole strong tie."""


Home = namedtuple(
    "Home",
    "pressure burden gain fit partners committed seen recognition held_back tempted mandate complying enforced is_open "
    "room lapse_raised",
)
"""An organisation, as far as its staff feel it in every week."""
Contacts = namedtuple("Contacts", "everyone adopted conviction colleagues adopted_colleagues voices fidelity")
"""What a person sees of their contacts: sums over ties, each weighed. Colleagues share the person's profession."""


class Near(NamedTuple):
    """What a person has around them this week."""

    home: Any  # Home
    contacts: Any  # Contacts


@act
def shown(person: Staff, s: Any) -> int:
    """Return what contacts see of a person, packed."""
    adopted = 1 if person.stage == ADOPTED else 0
    fidelity = int(person.fidelity * WHOLE + 0.5) if person.stage == ADOPTED else 0
    voice = int(advocacy.voice(person, s.advocacy) * VOICE)
    seen = steps(person.conviction) | (adopted << ADOPTED_BIT)
    return seen | (person.profession << PROFESSION_BIT) | (voice << VOICE_BIT) | (fidelity << FIDELITY_BIT)


@deed
def show(w: World, s: Any, rows: tuple[int, int]) -> None:
    """Let contacts see everyone of some rows as they are now."""
    note(shown, w.network.visible, w, s, rows)


@act
def contacts_of(network: Network, person: Staff, i: int) -> Contacts:
    """Sum what a person's contacts do and think."""
    weights, profession = network.weights[unsigned(person.organisation)], person.profession
    everyone = adopted = conviction = colleagues = adopted_colleagues = voices = fidelity = 0
    for e in range(unsigned(network.start[i]), unsigned(network.start[i + 1])):
        weight = weights[unsigned(network.kinds[e])] * network.strengths[e & network.mask]
        seen = network.visible[unsigned(network.contacts[e])]
        # Masks, all ones or all noughts, in place of branches that a processor cannot foresee.
        has_adopted = weight & -((seen >> ADOPTED_BIT) & 1)
        alike = -1 if ((seen >> PROFESSION_BIT) & PROFESSION_BITS) == profession else 0
        everyone += weight
        conviction += weight * (seen & CONVICTION_BITS)
        adopted += has_adopted
        colleagues += weight & alike
        adopted_colleagues += has_adopted & alike
        voices += weight * ((seen >> VOICE_BIT) & VOICE_BITS)
        fidelity += weight * (seen >> FIDELITY_BIT)
    return Contacts(everyone, adopted, conviction, colleagues, adopted_colleagues, voices * network.step, fidelity)


@act
def is_acting(leader: Any, plan: Plan, now: Now) -> bool:
    """Return whether a leader works for the change this week."""
    in_time = leader.start <= now.week and (leader.end == NEVER or now.week < leader.end)
    return in_time and leader.in_post == 1 and leader.hours > 0.0 and len(plan.codes) > 0


@act
def is_abandoned(leaders: Any, system: int, plan: Plan, now: Now) -> bool:
    """Return whether a system has been led, and nobody leads it any more."""
    led = acting = False
    for j in range(len(leaders)):
        if leaders[j].system == system:
            led = led or leaders[j].hours_spent > 0.0
            acting = acting or is_acting(leaders[j], plan, now)
    return led and not acting


@act
def be_home(organisation: Any, convener: Any, abandoned: bool, s: Any, now: Now) -> None:
    """Be to its staff what it is this week."""
    authority = convening.has_authority(now.week, s.convening)
    mandate = incentives.mandate_now(now.week, s.incentives)
    payment = incentives.payment_now(now.week, convening.is_present(now.week, s.convening), s.incentives)
    eased = convening.competition_eased(convener, s.convening)
    organisation.held_back = alignment.drag(1.0 if authority else s.alignment.degree, s.alignment)
    organisation.tempted = competition.incentive(organisation, eased, s.competition)
    organisation.mandate = mandate
    organisation.complying = incentives.compliance_probability(payment, mandate, s.incentives)
    organisation.enforced = 1 if payment != 0.0 or mandate != 0.0 else 0
    organisation.is_open = 1 if not s.gates.on or organisation.committed != NEVER else 0
    organisation.room = gates.room(organisation, s.gates)
    raised = nature.lapse_raised(abandoned, s.nature)
    organisation.lapse_raised = raised * incentives.lapse_raised(mandate, s.incentives)


@deed
def be_homes(w: World, s: Any, now: Now) -> None:
    """Let every organisation be to its staff what it is this week."""
    for k in range(len(w.conveners)):
        convener = w.conveners[k]
        abandoned = is_abandoned(w.leaders, k, w.plan, now)
        for o in range(convener.first, convener.end):
            be_home(w.organisations[o], convener, abandoned, s, now)


@act
def look(place: Any, person: Staff, i: int) -> Near:
    """Return what a person has around them."""
    organisations, network = place
    return Near(row_at(Home, organisations, unsigned(person.organisation)), contacts_of(network, person, i))
