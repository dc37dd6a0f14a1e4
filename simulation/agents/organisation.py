"""Organisations: what they bear, how they decide, and how their people adopt."""

from typing import Any

from .. import draws, entities
from ..draws import uniform
from ..entities import ADOPTED, COMPLYING, LAPSED, NEVER, TIE_KINDS
from ..mathematics import GRID, normal_quantile
from ..rules import (
    alignment,
    competition,
    convening,
    credit,
    favours,
    gates,
    incentives,
    nature,
    patients,
    pressure,
    promises,
)
from ..world import Plan
from .views import View


class Organisation(View, entity=entities.Organisation, records="organisations"):
    """A trust, a primary care network, a council, a provider or a commissioner."""

    @property
    def people(self) -> Any:
        """Its staff."""
        return self.model.staff[self.first : self.end]

    @property
    def circles(self) -> int:
        """How many circles its people form."""
        count: int = self.end_circle - self.first_circle
        return count

    @property
    def convener(self) -> Any:
        """The convener of its system."""
        return self.model.conveners[self.system]

    @property
    def partner_organisations(self) -> list[Any]:
        """The organisations on whose change its gain depends."""
        world = self.model.world
        rows = world.partners[world.partners_start.item(self.row) : world.partners_start.item(self.row + 1)]
        return [self.model.organisations[row] for row in rows.tolist()]

    def bear_cost(self, s: Any, week: int) -> None:
        """Feel the cost of the change, after gain-share, payment and favours."""
        present = convening.is_present(week, s.convening)
        authority = convening.has_authority(week, s.convening)
        mean_cost = self.model.world.mean_cost.item(self.system)
        cost = convening.shared_cost(self.cost, mean_cost, self.convener, authority, s.convening)
        cost = incentives.cost_paid(cost, incentives.payment_now(week, present, s.incentives))
        self.burden = favours.cost_borne(cost, self, s.favours)

    def feel_pressure(self, s: Any, plan: Plan, key: int, week: int) -> None:
        """Feel the pressure of money, demand, season, meetings and favours given."""
        present = convening.is_present(week, s.convening)
        demand = s.pressure.finance + plan.winter.item(week % 52) + self.demand + self.load
        demand = demand + convening.load(self.convener, present, week, s.convening)
        aligned = 1.0 if convening.has_authority(week, s.convening) else s.alignment.degree
        noise = s.pressure.noise * alignment.shock_factor(aligned, s.alignment)
        shock = noise * normal_quantile(uniform(key, draws.PRESSURE, self.row))
        self.pressure = pressure.next_pressure(self, demand, week, shock, s.pressure)

    def look_back(self, s: Any, week: int) -> None:
        """See what the change has brought; a broken promise, or a convener abolished, costs trust."""
        self.realised = nature.realised(self, s.nature)
        self.seen = nature.next_seen(self, s.nature)
        self.heard = patients.next_heard(self)
        broken = promises.is_broken(self, week, s.promises)
        if broken:
            self.disappointed = 1
        abolished = self.convener.present == 1 and not convening.is_present(week, s.convening)
        kept = 1.0 - (s.promises.trust_lost if broken else 0.0)
        kept = kept * (1.0 - (s.convening.trust_reset if abolished else 0.0))
        if kept < 1.0:
            for person in self.people:
                person.trust *= kept

    def weigh_ties(self, s: Any, week: int) -> None:
        """Set how much each kind of tie of its staff counts this week."""
        present = convening.is_present(week, s.convening)
        felt = competition.incentive(self, convening.competition_eased(self.convener, s.convening), s.competition)
        peers = s.isolation.on and s.isolation.peer_sets
        for kind in range(len(TIE_KINDS)):
            weight = competition.tie_weight(kind, felt, present, peers, s.competition)
            self.model.world.tie_weights[self.row, kind] = weight

    def is_abandoned(self, plan: Plan, week: int) -> bool:
        """Return whether its system has been led, and nobody leads it any more."""
        leaders = [leader for leader in self.model.leaders if leader.system == self.system]
        if any(leader.is_acting(plan, week) for leader in leaders):
            return False
        return any(leader.hours_spent > 0.0 for leader in leaders)

    def adopt(self, s: Any, plan: Plan, key: int, week: int) -> None:
        """Let its people adopt, comply in name, lapse."""
        raised = nature.lapse_raised(self.is_abandoned(plan, week), s.nature)
        raised = raised * incentives.lapse_raised(incentives.mandate_now(week, s.incentives), s.incentives)
        is_open = not s.gates.on or self.committed != NEVER
        adopted, waiting = 0, []
        for person in self.people:
            if person.stage == ADOPTED:
                if not person.lapses(raised, s, key):
                    adopted += person.weight
            elif not person.considers(s, key):
                person.comply(s, key, week)
            elif is_open:
                person.adopt(week)
            else:
                waiting.append((uniform(key, draws.ADOPTION, person.row), person))
        self.join_pilots(adopted, waiting, s, week)

    def join_pilots(self, adopted: int, waiting: list[tuple[float, Any]], s: Any, week: int) -> None:
        """Of those who would join a pilot this week, let those earlier in the week find a place."""
        for _, person in sorted(waiting, key=lambda entry: entry[0]):
            if gates.has_room(adopted, person.weight, self.weight, s.gates):
                person.adopt(week)
                adopted += person.weight
        self.model.world.waiting[self.first : self.end] = 2.0

    def note_claims(self, s: Any) -> None:
        """Hear of the credit that leaders have taken, here and among the partners."""
        claimed = self.model.world.claimed
        self.claimed = claimed.item(self.row) / self.weight
        partners, elsewhere = self.partner_organisations, 0.0
        for partner in partners:
            elsewhere += claimed.item(partner.row) / partner.weight
        heard_of = self.claimed + s.credit.rivals * elsewhere / len(partners) if partners else self.claimed
        if heard_of > 0.0:
            for person in self.people:
                person.trust *= credit.trust_kept(person, heard_of, s.credit)

    def support(self, s: Any) -> float:
        """Return the tier-weighted share of its people who support the change."""
        weighed = everyone = 0.0
        for tier in range(4):
            people = [person for person in self.people if person.tier == tier]
            supporters = sum(person.weight for person in people if gates.is_supporter(person, s.gates))
            if people:
                weighed += gates.voice(tier, s.gates) * (supporters / sum(person.weight for person in people))
                everyone += gates.voice(tier, s.gates)
        return weighed / everyone if everyone > 0.0 else 0.0

    def decide(self: Any, s: Any, quicker: float, parallel: bool, key: int, week: int) -> None:
        """Ask for permission, wait for it, and open the gate once every regulator has approved."""
        every = (1 << s.gates.approvals) - 1
        if self.committed != NEVER:
            return
        if self.asked != NEVER:
            self.await_decisions(s, quicker, parallel, key, week)
        elif gates.board_asks(self, self.support(s), week, s.gates):
            self.asked = week
        if self.asked != NEVER and self.approvals & every == every:
            self.committed = week

    def await_decisions(self: Any, s: Any, quicker: float, parallel: bool, key: int, week: int) -> None:
        """Be decided on by regulators: one after another, or at once where they are convened."""
        for regulator in self.model.regulators[: s.gates.approvals]:
            if (self.approvals >> regulator.row) & 1:
                continue
            if regulator.decides(self, s, quicker, key):
                if regulator.refuses(self, s, key):
                    self.asked, self.approvals, self.refused = NEVER, 0, week
                    return
                self.approvals |= 1 << regulator.row
            if not parallel:
                break

    def record(self, r: Any, index: int) -> tuple[int, int, int]:
        """Count its people; return the sums of their trust, conviction and, of adopters, fidelity."""
        trust = conviction = fidelity = adopted = complying = 0
        for person in self.people:
            weight, stage = person.weight, person.stage
            if stage == ADOPTED:
                adopted += weight
                r.adopted[index, person.tier] += weight
                r.by_profession[index, person.profession] += weight
                fidelity += weight * int(person.fidelity * GRID)
            elif stage == COMPLYING:
                complying += weight
            elif stage == LAPSED:
                r.lapsed[index] += weight
            trust += weight * int(person.trust * GRID)
            conviction += weight * int(person.conviction * GRID)
        r.by_organisation[index, self.row] = adopted
        r.complying[index] += complying
        self.adopted_share = adopted / self.weight
        self.declared_share = (adopted + complying) / self.weight
        if self.committed != NEVER:
            r.committed[index] += 1
        return trust, conviction, fidelity

    def see_partners(self) -> None:
        """See how far the partners have adopted."""
        partners, total = self.partner_organisations, 0.0
        for partner in partners:
            total += partner.adopted_share
        self.partners = total / len(partners) if partners else 0.0
