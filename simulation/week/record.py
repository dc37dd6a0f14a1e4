"""11. Count who has adopted, and what they think."""

from typing import Any, NamedTuple

from ..compiled import act, deed
from ..entities import ADOPTED, COMPLYING, LAPSED, NEVER, Staff
from ..mathematics import GRID, steps
from ..world import World
from .verbs import in_four, total


class Counted(NamedTuple):
    """What a person adds to the figures of a week, in 1/1024 people."""

    tiers: tuple[int, int, int, int]  # adopted, by tier
    professions: tuple[int, int, int, int]
    complying: int
    lapsed: int
    trust: int
    conviction: int
    fidelity: int  # of those who have adopted


@act
def counted(person: Staff, s: Any) -> Counted:
    """Return what a person adds to the figures of a week."""
    people = person.weight
    adopted = people if person.stage == ADOPTED else 0
    return Counted(
        in_four(person.tier, adopted),
        in_four(person.profession, adopted),
        people if person.stage == COMPLYING else 0,
        people if person.stage == LAPSED else 0,
        people * steps(person.trust),
        people * steps(person.conviction),
        adopted * steps(person.fidelity),
    )


@deed
def count(w: World, o: int, index: int, s: Any) -> Any:
    """Count the people of an organisation."""
    organisation, r = w.organisations[o], w.record
    n = total(counted, w, s, organisation.first, organisation.end)
    adopted = sum(n.tiers)
    for k in range(len(n.tiers)):
        r.adopted[index, k] += n.tiers[k]
        r.by_profession[index, k] += n.professions[k]
    r.by_organisation[index, o] = adopted
    r.complying[index] += n.complying
    r.lapsed[index] += n.lapsed
    r.committed[index] += 1 if organisation.committed != NEVER else 0
    organisation.adopted_share = adopted / organisation.weight
    organisation.declared_share = (adopted + n.complying) / organisation.weight
    return n


@deed
def see_partners(w: World, o: int) -> None:
    """See how far the partners of an organisation have adopted."""
    shares = 0.0
    first, end = w.partners.start[o], w.partners.start[o + 1]
    for e in range(first, end):
        shares += w.organisations[w.partners.rows[e]].adopted_share
    w.organisations[o].partners = shares / (end - first) if end > first else 0.0


@deed
def part(w: World, s: Any, index: int) -> None:
    """11. Count who has adopted, and what they think, as the state of week `index`."""
    r = w.record
    trust = conviction = fidelity = 0
    for o in range(len(w.organisations)):
        n = count(w, o, index, s)
        trust += n.trust
        conviction += n.conviction
        fidelity += n.fidelity
    for o in range(len(w.organisations)):
        see_partners(w, o)
    r.trust[index] = trust / GRID
    r.conviction[index] = conviction / GRID
    r.benefit[index] = fidelity / GRID * s.nature.benefit
    for j in range(len(w.leaders)):
        r.credit_taken[index] += w.leaders[j].credit_taken
        r.credit_given[index] += w.leaders[j].credit_given
        r.hours[index] += w.leaders[j].hours_spent
