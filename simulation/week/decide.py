"""9. Boards ask, regulators approve or refuse, gates open."""

from collections import namedtuple
from typing import Any

from .. import draws
from ..compiled import act, deed
from ..draws import uniform
from ..entities import NEVER, TIERS, Staff
from ..rules import alignment, convening, gates
from ..world import World
from .verbs import Now, in_four, total

Heads = namedtuple("Heads", "people supporters")
"""People, and those of them who support the change, by tier, in 1/1024."""


@act
def as_supporter(person: Staff, s: Any) -> Heads:
    """Return what a person counts for when the board asks who is for the change."""
    supporters = person.weight if gates.is_supporter(person, s.gates) else 0
    return Heads(in_four(person.tier, person.weight), in_four(person.tier, supporters))


@act
def support(heads: Heads, s: Any) -> float:
    """Return the tier-weighted share of an organisation's people who support the change."""
    weighed = everyone = 0.0
    for tier in range(len(TIERS)):
        if heads.people[tier] > 0:
            weighed += gates.voice(tier, s.gates) * (heads.supporters[tier] / heads.people[tier])
            everyone += gates.voice(tier, s.gates)
    return weighed / everyone if everyone > 0.0 else 0.0


@act
def wait_for(regulator: Any, organisation: Any, parallel: bool, k: int) -> bool:
    """Wait for a regulator, if it has not approved yet; return whether nothing can be asked of the next one now."""
    if (organisation.approvals >> k) & 1:
        return False
    regulator.caseload += 1
    return not parallel


@act
def be_decided_on(organisation: Any, regulator: Any, o: int, k: int, waiting: float, s: Any, now: Now) -> bool:
    """Be approved or refused by a regulator, or wait on; return whether refused."""
    if uniform(now.key, draws.APPROVAL, o, k) >= gates.approval_probability(waiting, quicker(s, now), s.gates):
        return False
    if uniform(now.key, draws.VETO, o, k) < gates.veto_probability(s.nature.benefit, s.gates):
        regulator.refused += 1
        organisation.asked = NEVER
        organisation.approvals = 0
        organisation.refused = now.week
        return True
    regulator.granted += 1
    organisation.approvals |= 1 << k
    return False


@act
def quicker(s: Any, now: Now) -> float:
    """Return the factor on regulators' delays by which alignment, or a place with authority, shortens them."""
    authority = convening.has_authority(now.week, s.convening)
    return alignment.delay_factor(1.0 if authority else s.alignment.degree, s.alignment)


@deed
def count_caseloads(w: World, parallel: bool, s: Any) -> None:
    """Count the organisations that wait for each regulator: the next one, or every one where they work in parallel."""
    for k in range(len(w.regulators)):
        w.regulators[k].caseload = 0
    for o in range(len(w.organisations)):
        organisation = w.organisations[o]
        if organisation.asked != NEVER and organisation.committed == NEVER:
            for k in range(s.gates.approvals):
                if wait_for(w.regulators[k], organisation, parallel, k):
                    break


@deed
def decide(w: World, o: int, s: Any, now: Now) -> None:
    """Ask for permission where there is support, wait for it, and open the gate once every regulator has approved."""
    organisation = w.organisations[o]
    if organisation.asked != NEVER:
        for k in range(s.gates.approvals):
            if (organisation.approvals >> k) & 1:
                continue
            regulator = w.regulators[k]
            waiting = regulator.caseload / len(w.organisations)
            refused = be_decided_on(organisation, regulator, o, k, waiting, s, now)
            if refused or not convening.is_present(now.week, s.convening):
                break
    elif gates.board_asks(
        organisation, support(total(as_supporter, w, s, organisation.first, organisation.end), s), now.week, s.gates
    ):
        organisation.asked = now.week
    every = (1 << s.gates.approvals) - 1
    if organisation.asked != NEVER and organisation.approvals & every == every:
        organisation.committed = now.week
        organisation.succeeded = 1


@deed
def part(w: World, s: Any, now: Now) -> None:
    """9. Boards ask, regulators approve or refuse, gates open."""
    if s.gates.on:
        count_caseloads(w, convening.is_present(now.week, s.convening), s)
        for o in range(len(w.organisations)):
            if w.organisations[o].committed == NEVER:
                decide(w, o, s, now)
