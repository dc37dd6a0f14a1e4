"""1. Conveners come and go, costs are felt, pressure moves, promises are remembered."""

from collections import namedtuple
from typing import Any

from .. import draws
from ..compiled import act, deed
from ..draws import uniform
from ..entities import TIE_KINDS, WEEKS_A_YEAR, Staff
from ..lanes import person_at, take
from ..mathematics import normal_quantile
from ..rules import alignment, competition, convening, favours, incentives, nature, patients, pressure, promises
from ..world import Plan, World
from .verbs import Now

Trusting = namedtuple("Trusting", "trust")
"""What a disappointment changes in a person."""
Past = namedtuple("Past", "broken abolished")
"""What disappoints: a promise broken, a convener abolished."""


@act
def be_disappointed(person: Staff, past: Past, s: Any) -> Trusting:
    """Keep the share of one's trust that a broken promise or an abolition leaves."""
    kept = promises.trust_kept(person, s.promises) if past.broken else 1.0
    return Trusting(person.trust * kept * (1.0 - (s.convening.trust_reset if past.abolished else 0.0)))


@act
def come_or_go(convener: Any, s: Any, now: Now) -> None:
    """Begin or end, which disrupts; relations grow at the table and fade without one."""
    present = convening.is_present(now.week, s.convening)
    if present != (convener.present == 1):
        convener.disrupted = now.week
    convener.relations = convening.next_relations(convener, present, s.convening)


@act
def bear_cost(organisation: Any, convener: Any, s: Any, now: Now) -> None:
    """Feel the cost of the change, after gain-share, payment and favours, and with what other demands add."""
    present = convening.is_present(now.week, s.convening)
    authority = convening.has_authority(now.week, s.convening)
    cost = convening.shared_cost(organisation.cost, convener.mean_cost, convener, authority, s.convening)
    cost = incentives.cost_paid(cost, incentives.payment_now(now.week, present, s.incentives))
    aligned = 1.0 if authority else s.alignment.degree
    organisation.burden = alignment.cost_felt(favours.cost_borne(cost, organisation, s.favours), aligned, s.alignment)


@act
def come_under_pressure(organisation: Any, convener: Any, o: int, plan: Plan, s: Any, now: Now) -> None:
    """Feel the pressure of money, demand, season, meetings and favours given."""
    present = convening.is_present(now.week, s.convening)
    season = plan.winter[now.week % WEEKS_A_YEAR]
    demand = s.pressure.finance + season + organisation.demand + organisation.load
    demand = demand + convening.load(convener, present, now.week, s.convening)
    aligned = 1.0 if convening.has_authority(now.week, s.convening) else s.alignment.degree
    noise = s.pressure.noise * alignment.shock_factor(aligned, s.alignment)
    shock = noise * normal_quantile(uniform(now.key, draws.PRESSURE, o))
    organisation.pressure = pressure.next_pressure(organisation, demand, now.week, shock, s.pressure)


@act
def look_back(organisation: Any, convener: Any, s: Any, now: Now) -> Past:
    """See what the change has brought; return whether a promise is broken, and whether a convener is abolished."""
    organisation.realised = nature.realised(organisation, s.nature)
    organisation.seen = nature.next_seen(organisation, s.nature)
    organisation.heard = patients.next_heard(organisation)
    broken = promises.is_broken(organisation, now.week, s.promises)
    if broken:
        organisation.disappointed = 1
    return Past(broken, convener.present == 1 and not convening.is_present(now.week, s.convening))


@act
def weigh_ties(organisation: Any, convener: Any, weights: Any, s: Any, now: Now) -> None:
    """Set how much each kind of tie of its staff counts this week."""
    present = convening.is_present(now.week, s.convening)
    felt = competition.incentive(organisation, convening.competition_eased(convener, s.convening), s.competition)
    peers = s.isolation.on and s.isolation.peer_sets
    for kind in range(len(TIE_KINDS)):
        weights[kind] = competition.tie_weight(kind, felt, present, peers, s.competition)


@deed
def part(w: World, s: Any, now: Now) -> None:
    """1. Conveners come and go, costs are felt, pressure moves, promises are remembered."""
    for k in range(len(w.conveners)):
        come_or_go(w.conveners[k], s, now)
    for o in range(len(w.organisations)):
        organisation = w.organisations[o]
        convener = w.conveners[organisation.system]
        bear_cost(organisation, convener, s, now)
        come_under_pressure(organisation, convener, o, w.plan, s, now)
        past = look_back(organisation, convener, s, now)
        if past.broken or past.abolished:
            for i in range(organisation.first, organisation.end):
                take(w.staff, i, be_disappointed(person_at(w.staff, i), past, s))
        weigh_ties(organisation, convener, w.network.weights[o], s, now)
    for k in range(len(w.conveners)):
        w.conveners[k].present = 1 if convening.is_present(now.week, s.convening) else 0
