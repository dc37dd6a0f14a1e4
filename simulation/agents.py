"""The readable engine: the same week as in `kernel.py`, in which Mesa agents act by calling the rules.

An agent is a view: its properties are made from the declarations in `entities.py`, and read and write the arrays of
the `World` that the compiled engine works on too. `step` stands here and in `kernel.py`, in the same words. Everyone
reads the state as it was when a part began, so the order of people never matters; sums over people are sums of
integers.
"""

from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

import mesa

from . import compiled, draws, entities
from .draws import uniform, week_key
from .entities import ADOPTED, AWARE, COMPLYING, LAPSED, NEVER, TIE_KINDS, UNAWARE, Situation
from .mathematics import GRID, moved, normal_quantile, on_grid
from .rules import (
    advocacy,
    alignment,
    appraisal,
    competition,
    contagion,
    convening,
    conversation,
    credit,
    favours,
    gates,
    ideas,
    incentives,
    influence,
    isolation,
    learning,
    nature,
    patients,
    pressure,
    promises,
    reactance,
    reading,
    targeting,
    telling,
    training,
    turnover,
)
from .world import Array, Plan, World


def _fact(name: str) -> property:
    """Return a property that reads and writes one field of a row as a plain Python number."""

    def read(self: Any) -> Any:
        return self.facts[name].item(self.row)

    def write(self: Any, value: Any) -> None:
        self.facts[name][self.row] = value

    return property(read, write, doc=f"`{name}`, as `entities.py` declares it.")


class Facts:
    """One row of a world's records; whatever is written goes straight through to the array."""

    records: ClassVar[str]
    facts: dict[str, Array]
    row: Any

    def __init_subclass__(cls, entity: Any = None, records: str = "", **rest: Any):
        """Give a view a property for every field of its entity."""
        super().__init_subclass__(**rest)
        if entity is not None:
            cls.records = records
            for name in entity._fields:
                setattr(cls, name, _fact(name))


class View(Facts, mesa.Agent):  # type: ignore[misc] # Mesa is not typed
    """A Mesa agent that is a view of one row."""

    def __init__(self, model: Any, row: int):
        super().__init__(model)
        self.row = row
        self.facts = model.facts[self.records]


class Knowledge(Facts, entity=entities.Knowledge, records="knowledge"):
    """What one leader knows of, and has given to, one organisation."""

    def __init__(self, leader: "Leader", organisation: "Organisation"):
        self.row = leader.row, organisation.row
        self.facts = leader.model.facts[self.records]


class Meeting(NamedTuple):
    """One conversation, as everyone hears it who is there."""

    leader: Any
    code: int  # of the tactic
    label: float  # how loudly the leader's label still sounds
    match: float  # how well the offer fits the organisation
    change: entities.Change
    fresh: float  # how much a patient's voice weighs here
    tells: float  # how often the leader tells rather than asks
    gives: bool
    by_patients: bool  # patients speak, and are heard as patients, whoever has brought them


class Staff(View, entity=entities.Staff, records="staff"):
    """A member of staff."""

    @property
    def workplace(self) -> Any:
        """The organisation where this person works."""
        return self.model.organisations[self.organisation]

    def under_pressure(self, s: Any) -> float:
        """Return the pressure that this person feels."""
        return pressure.felt(self.workplace.pressure, self.strain, s.pressure)

    def change(self, effect: Any) -> None:
        """Take on what an effect changes; become aware, carry an idea, or be won as an advocate."""
        new = conversation.changed(self, effect)
        self.conviction, self.ownership, self.purpose = new[0], new[1], new[2]
        self.understood, self.own_interest, self.trust = new[3], new[4], new[5]
        if effect.aware:
            self.become_aware()
        if effect.planted:
            self.planted = 1
        if effect.advocate:
            self.advocate = 1

    def become_aware(self: Any) -> None:
        """Have heard of the change."""
        if self.stage == UNAWARE:
            self.stage = AWARE

    def attend(self, meeting: Meeting, s: Any, key: int, week: int) -> bool:
        """Hear a conversation, each in their own way; return whether it achieved what its tactic can."""
        skill = meeting.leader.skill(meeting.code)
        openness = compiled.dispatch.openness(meeting.code, self, s.conversation, s.tactics)
        if not meeting.by_patients:
            openness = openness * reactance.openness_kept(self, meeting.label, s.reactance)
            openness = openness * conversation.openness_across(meeting.leader, self, s.conversation)
        chance = conversation.success_probability(openness, skill, self.under_pressure(s), s.conversation)
        told = not meeting.by_patients and uniform(key, draws.TELLING, self.row) < meeting.tells
        heard = not told and uniform(key, draws.RECEPTION, self.row) < chance
        effect = telling.told(self, s.telling) if told else self.respond(meeting, heard, s, key)
        self.change(effect)
        if not told and not heard:
            self.trust = moved(self.trust, -nature.trust_lost(self, s.nature))
        if meeting.gives:
            self.trust = moved(self.trust, s.favours.trust)
        if (told or heard) and effect.aware:  # what is not known to have been said is put down to nobody
            self.leader = meeting.leader.row
            self.spoke = week
        return heard

    def respond(self, meeting: Meeting, heard: bool, s: Any, key: int) -> Any:
        """Return what a conversation does to this person, whether it was heard or not."""
        luck = uniform(key, draws.RECEPTION, self.row, 1)
        change, skill = meeting.change, meeting.leader.skill(meeting.code)
        situation = Situation(luck, meeting.match, change.evidence, change.benefit, meeting.fresh, skill)
        apply = compiled.dispatch.converse if heard else compiled.dispatch.rebuff
        return apply(meeting.code, self, self.workplace, situation, s.tactics)

    def let_idea_mature(self: Any, s: Any, key: int) -> None:
        """See a planted idea come back, come back changed, die, or wait."""
        if self.planted == 0:
            return
        fate = ideas.fate(self, uniform(key, draws.IDEAS, self.row), s.ideas)
        if fate != ideas.STILL_PLANTED:
            self.planted = 0
        if fate in (ideas.COMES_BACK, ideas.COMES_BACK_CHANGED):
            self.change(ideas.come_back(s.ideas))
            self.leader = NEVER  # it is theirs now: nobody else can claim it
            if fate == ideas.COMES_BACK_CHANGED:
                self.fidelity = min(self.fidelity, s.ideas.fidelity)

    def show(self, s: Any) -> None:
        """Let contacts see conviction, profession, and whether, and how well, one speaks for what one has adopted."""
        seen = int(self.conviction * GRID) | (self.profession << 32)
        if self.stage == ADOPTED:
            seen |= 1 << 31
            if self.advocate == 1:
                seen |= int(advocacy.strength(self, s.advocacy) * 64.0) << 34
        self.model.world.visible[self.row] = seen

    def contacts(self) -> Iterator[tuple[int, int]]:
        """Yield, for each contact, the weight of the tie this week and what the contact shows."""
        world = self.model.world
        ties = slice(world.ties_start.item(self.row), world.ties_start.item(self.row + 1))
        of_kind = world.tie_weights[self.organisation].tolist()
        kinds, strengths = world.tie_kinds[ties].tolist(), world.tie_strengths[ties].tolist()
        shown = world.visible[world.contacts[ties]].tolist()
        for kind, strength, seen in zip(kinds, strengths, shown, strict=True):
            yield of_kind[kind] * strength, seen

    def look_around(self, everywhere: float, s: Any) -> None:
        """See what contacts do and think."""
        everyone = adopted = conviction = colleagues = adopted_colleagues = advocates = 0
        for weight, seen in self.contacts():
            has_adopted = (seen >> 31) & 1
            everyone += weight
            conviction += weight * (seen & 0x7FFFFFFF)
            adopted += weight * has_adopted
            advocates += weight * (seen >> 34)
            if (seen >> 32) & 3 == self.profession:
                colleagues += weight
                adopted_colleagues += weight * has_adopted
        connected = s.influence.on and everyone > 0
        among_contacts = adopted / everyone if connected else 0.0
        self.exposure = influence.exposure(among_contacts, everywhere, s.influence)
        # Both are made floats first, as compiled code does.
        self.surrounding = float(conviction) / float(everyone) / GRID if connected else self.conviction
        self.profession_exposure = adopted_colleagues / colleagues if connected and colleagues > 0 else 0.0
        self.urging = advocates / 1024.0 if connected else 0.0

    def hear_of_it(self, s: Any, key: int) -> None:
        """Hear of the change from contacts, or from outside."""
        if uniform(key, draws.AWARENESS, self.row) < influence.awareness_probability(self, s.influence):
            self.become_aware()
        if s.influence.on and uniform(key, draws.OUTSIDE, self.row) < s.influence.outside:
            self.conviction = on_grid(moved(self.conviction, s.influence.outside_conviction))
            self.become_aware()

    def held_back(self, s: Any, week: int) -> float:
        """Return the log-odds that this person's view loses to competition, national bodies and orders."""
        organisation = self.workplace
        authority = convening.has_authority(week, s.convening)
        drag = alignment.drag(1.0 if authority else s.alignment.degree, s.alignment)
        eased = convening.competition_eased(organisation.convener, s.convening)
        tempted = competition.incentive(organisation, eased, s.competition)
        waits = competition.pull_back(self.purpose, organisation.partners, tempted, s.competition)
        return waits + drag + incentives.resentment(self, incentives.mandate_now(week, s.incentives), s.incentives)

    def appraise(self, s: Any, week: int) -> None:
        """Weigh the change; what was gained in conversation fades."""
        organisation = self.workplace
        change = nature.perceived(organisation, s.nature)
        against = self.held_back(s, week)
        view = appraisal.own_view(self, organisation, change, self.under_pressure(s), against, s.appraisal)
        self.conviction = on_grid(influence.next_conviction(self, view, s.appraisal.pace, s.influence))
        fading = conversation.faded(self, s.conversation)
        self.understood, self.own_interest, self.purpose, self.trust = fading
        self.motivation = isolation.next_motivation(self, s.isolation)

    def considers(self, s: Any, key: int) -> bool:
        """Return whether this person would adopt this week."""
        if self.stage in (UNAWARE, ADOPTED):
            return False
        room = gates.room(self.workplace, s.gates)
        threshold = nature.threshold(self, s.nature)
        chance = contagion.adoption_probability(self, self.workplace, threshold, room, s.contagion)
        if self.stage == LAPSED:
            chance = chance * s.contagion.again
        return uniform(key, draws.ADOPTION, self.row) < chance

    def adopt(self, week: int) -> None:
        """Take up the change."""
        self.stage = ADOPTED
        self.adopted_week = week

    def comply(self, s: Any, key: int, week: int) -> None:
        """Begin, or cease, to comply in name."""
        present = convening.is_present(week, s.convening)
        payment = incentives.payment_now(week, present, s.incentives)
        mandate = incentives.mandate_now(week, s.incentives)
        draw = uniform(key, draws.MANDATE, self.row)
        if self.stage == COMPLYING and payment == 0.0 and mandate == 0.0:
            if draw < s.incentives.compliance_lapses:
                self.stage = AWARE
        elif self.stage in (UNAWARE, AWARE, LAPSED) and draw < incentives.compliance_probability(
            payment, mandate, s.incentives
        ):
            self.stage = COMPLYING

    def lapses(self, raised: float, s: Any, key: int) -> bool:
        """Give up, perhaps; return whether so."""
        chance = contagion.lapse_probability(self, self.workplace, self.under_pressure(s), raised, s.contagion)
        if uniform(key, draws.LAPSE, self.row) >= chance:
            return False
        self.stage = LAPSED
        self.advocate = 0
        self.ownership *= 1.0 - s.contagion.ownership_lost
        return True

    def share_credit(self, s: Any, key: int, week: int) -> None:
        """See the credit for one's adoption this week taken, or left to oneself, by whoever led."""
        if self.stage != ADOPTED or self.adopted_week != week:
            return
        if not credit.can_be_claimed(self, week, s.conversation.memory, s.credit):
            return
        leader, world = self.model.leaders[self.leader], self.model.world
        if uniform(key, draws.CREDIT, self.row) < credit.probability_of_claiming(leader):
            self.ownership = moved(self.ownership, -s.credit.ownership_lost)
            world.claimed[self.organisation] += self.weight
            world.taken[leader.row] += self.weight
        elif uniform(key, draws.CREDIT, self.row, 1) < leader.credit_forgone:
            self.be_credited(s, key)
            world.given[leader.row] += self.weight

    def be_credited(self, s: Any, key: int) -> None:
        """Be given the credit: own the change more, and perhaps speak for it."""
        self.ownership = moved(self.ownership, s.credit.ownership_gained)
        self.trust = moved(self.trust, s.credit.trust_gained)
        self.credited = 1
        if uniform(key, draws.CREDIT, self.row, 2) < s.credit.advocate:
            self.advocate = 1

    def listen_to_advocates(self, s: Any, key: int) -> None:
        """Hear an advocate among one's contacts."""
        if self.urging > 0.0:
            chance = advocacy.probability_of_hearing(self, s.advocacy)
            if uniform(key, draws.ADVOCACY, self.row) < chance:
                self.change(advocacy.heard(self, s.advocacy))

    def stay_or_leave(self, s: Any, key: int) -> None:
        """Leave, perhaps; the newcomer knows nothing of the change, or brings experience of it."""
        chance = turnover.staff_exit_probability(self, self.under_pressure(s), s.turnover)
        if uniform(key, draws.STAFF_EXIT, self.row) < chance:
            self.start_anew(uniform(key, draws.NEWCOMER, self.row) < s.turnover.experienced, s)

    def start_anew(self, experienced: bool, s: Any) -> None:
        """Be somebody new in the same place."""
        self.stage = AWARE if experienced else UNAWARE
        self.conviction = on_grid(0.5 if experienced else s.population.conviction)
        self.planted = self.advocate = self.credited = 0
        self.leader = self.adopted_week = NEVER
        self.ownership = self.understood = self.own_interest = 0.0
        self.purpose = s.conversation.purpose_usual
        self.trust = s.conversation.trust_usual
        self.fidelity = self.motivation = 1.0


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


class Leader(View, entity=entities.Leader, records="leaders"):
    """Somebody who asks without being able to order."""

    @property
    def home(self) -> Any:
        """The organisation where this leader works, or None for one from outside."""
        return None if self.organisation == NEVER else self.model.organisations[self.organisation]

    def skill(self, code: int) -> float:
        """Return this leader's skill in one tactic."""
        return float(self.model.world.skills.item(self.row, code))

    def knowledge_of(self, organisation: Organisation) -> Any:
        """Return what this leader knows of, and has given to, an organisation."""
        return Knowledge(self, organisation)

    def is_acting(self, plan: Plan, week: int) -> bool:
        """Return whether this leader works for the change this week."""
        in_time = self.start <= week and (self.end == NEVER or week < self.end)
        return in_time and self.in_post == 1 and self.hours > 0.0 and len(plan.codes) > 0

    def book_meetings(self, s: Any, plan: Plan, key: int, week: int) -> None:
        """Fill the week with meetings."""
        self.meetings = 0
        if not self.is_acting(plan, week):
            return
        label = reactance.faded_label(self, week, s.reactance)
        hours = self.hours * training.hours_left(week, s.training) * reactance.access_gained(label, s.reactance)
        drawn = uniform(key, draws.CONVERSATIONS, self.row)
        self.meetings = conversation.meetings(self, hours, drawn, s.conversation)
        self.hours_spent += self.meetings * s.conversation.hours
        for meeting in range(self.meetings):
            self.book(self.choose_circle(meeting, s, key), meeting, plan, key)

    def choose_circle(self, meeting: int, s: Any, key: int) -> int:
        """Return the circle to see: the first considered that suits, or the last."""
        circles = self.model.circles_of(self.system)
        circle: int = circles[0]
        for k in range(s.targeting.tries):
            index = 2 * (meeting * 64 + k)
            circle = circles[int(uniform(key, draws.TARGETS, self.row, index) * len(circles))]
            person = self.model.members(circle)[0]
            suits = targeting.suitability(person, person.listeners, person.brokerage, s.targeting.rule)
            if uniform(key, draws.TARGETS, self.row, index + 1) < suits:
                return circle
        return circle

    def book(self, circle: int, meeting: int, plan: Plan, key: int) -> None:
        """Book a circle, unless somebody else sees them earlier in the week; choose the tactic by its share."""
        world = self.model.world
        when = uniform(key, draws.MEETING, self.row, meeting)
        if when < world.booked.item(circle):
            drawn = uniform(key, draws.TACTIC, self.row, meeting)
            position = 0
            while position < len(plan.codes) - 1 and drawn >= plan.cumulative.item(self.row, position):
                position += 1
            world.booked[circle], world.booked_leader[circle], world.booked_code[circle] = when, self.row, position

    def hold_meeting(self, circle: int, s: Any, plan: Plan, key: int, week: int) -> None:
        """Hold one conversation, if it takes a patient's voice only where a patient is free."""
        world = self.model.world
        position = world.booked_code.item(circle)
        code = plan.codes.item(position)
        members = self.model.members(circle)
        organisation, voices = members[0].workplace, self.model.patients[self.system]
        if plan.by_patients.item(position) and not voices.speak(circle, organisation, s, key):
            world.booked[circle] = 2.0  # it falls through, and the hour is lost
            return
        world.attempts_now[self.row, code] += 1
        meeting = self.meeting(circle, code, bool(plan.by_patients.item(position)), s, key, week)
        succeeded = [person.attend(meeting, s, key, week) for person in members]
        if succeeded[0]:
            world.successes_now[self.row, code] += 1
        if meeting.gives:
            self.knowledge_of(organisation).given += 1.0 / organisation.circles

    def meeting(self, circle: int, code: int, by_patients: bool, s: Any, key: int, week: int) -> Meeting:
        """Return a conversation as everyone hears it."""
        organisation = self.model.members(circle)[0].workplace
        return Meeting(
            self,
            code,
            label=reactance.faded_label(self, week, s.reactance),
            match=reading.match(self.knowledge_of(organisation), week, s.reading),
            change=nature.perceived(organisation, s.nature),
            fresh=patients.freshness(organisation, self.model.patients[self.system], s.patients),
            tells=telling.probability_of_telling(self, s.telling),
            gives=favours.can_be_given(self, s.favours) and uniform(key, draws.FAVOURS, circle) < self.generosity,
            by_patients=by_patients,
        )

    def remember_visit(self, circle: int, plan: Plan, week: int) -> None:
        """Know an organisation better, and leave it with the memory of a patient's voice."""
        organisation = self.model.members(circle)[0].workplace
        known = self.knowledge_of(organisation)
        known.visits += 1
        known.visited = week
        if plan.by_patients.item(self.model.world.booked_code.item(circle)):
            organisation.heard += 1.0 / organisation.circles

    def gain_standing(self, s: Any) -> None:
        """Gain career capital by credit taken, and lose it by credit given."""
        world = self.model.world
        circles = len(self.model.circles_of(self.system))
        people = sum(each.weight for each in self.model.organisations if each.system == self.system)
        taken = world.taken.item(self.row) / people * circles
        given = world.given.item(self.row) / people * circles
        self.capital = credit.next_capital(self, taken, given, s.credit)

    def learn(self, s: Any) -> None:
        """Learn from the week's conversations."""
        attempts = int(self.model.world.attempts_now[self.row].sum())
        failures = sum(self.practise(code, s) for code in range(self.model.world.skills.shape[1]))
        failed = learning.failed_share(attempts, failures)
        self.withdrawn = learning.next_withdrawn(self, failed, s.learning)
        self.ego_shown = learning.next_ego_shown(self, failed, s.learning)
        self.credit_taken += self.model.world.taken.item(self.row) / 1024.0
        self.credit_given += self.model.world.given.item(self.row) / 1024.0

    def practise(self, code: int, s: Any) -> int:
        """Learn from the week's conversations of one kind; return how many failed."""
        w, at = self.model.world, (self.row, code)
        tried, succeeded = w.attempts_now.item(at), w.successes_now.item(at)
        failed: int = tried - succeeded
        w.skills[at] = learning.next_skill(
            w.skills.item(at), w.aptitudes.item(at), w.practice.item(at), succeeded, failed, s.learning
        )
        w.practice[at] += tried
        w.attempts[at] += tried
        w.successes[at] += succeeded
        w.attempts_now[at] = w.successes_now[at] = 0
        return failed

    def stay_or_leave(self, s: Any, key: int, week: int) -> None:
        """Leave, perhaps, or be followed by a successor."""
        if turnover.is_over(week + 1, s.turnover):
            self.in_post = 0
            self.vacant_until = NEVER
        elif self.in_post == 0:
            if self.vacant_until != NEVER and week >= self.vacant_until:
                self.start_anew(s)
        else:
            under = self.home.pressure if self.home is not None else s.pressure.finance * s.pressure.on
            if uniform(key, draws.LEADER_EXIT, self.row) < turnover.leader_exit_probability(self, under, s.turnover):
                self.in_post = 0
                self.vacant_until = week + s.turnover.vacancy

    def start_anew(self, s: Any) -> None:
        """Be a successor, who has to start anew."""
        world = self.model.world
        self.in_post = 1
        self.capital = self.withdrawn = 0.0
        self.ego_shown = self.ego
        for code in range(world.skills.shape[1]):
            aptitude = world.aptitudes.item(self.row, code)
            skill = min(s.conversation.skill, aptitude)
            world.skills[self.row, code] = training.trained_skill(skill, aptitude, s.training)
            world.practice[self.row, code] = 0
        for organisation in self.model.organisations:
            known = self.knowledge_of(organisation)
            known.visits, known.visited = 0, NEVER

    def settle_favours(self, s: Any) -> None:
        """See favours returned and forgotten; those open load the organisation at home."""
        outstanding = 0.0
        for organisation in self.model.organisations:
            known = self.knowledge_of(organisation)
            if known.given > 0.0:
                known.returned += s.favours.returned * favours.open_favours(known)
                known.given *= 1.0 - s.favours.fades
                known.returned *= 1.0 - s.favours.fades
                organisation.favours += known.given
                outstanding += favours.open_favours(known)
        if self.home is not None:
            self.home.load += s.favours.load * outstanding


class Convener(View, entity=entities.Convener, records="conveners"):
    """A place where the parts of one system come together, or its absence."""

    def come_and_go(self, s: Any, week: int) -> None:
        """Begin or end, which disrupts; relations grow at the table and fade without one."""
        present = convening.is_present(week, s.convening)
        if present != (self.present == 1):
            self.disrupted = week
        self.relations = convening.next_relations(self, present, s.convening)

    def pool_favours(self, s: Any) -> None:
        """Let what one organisation received count for all at the table."""
        table = [organisation for organisation in self.model.organisations if organisation.system == self.row]
        received = 0.0
        for organisation in table:
            received += organisation.favours
        for organisation in table:
            organisation.favours = convening.pooled(organisation.favours, received / len(table), self, s.convening)

    def settle(self, s: Any, week: int) -> None:
        """Be there, or not, from now on."""
        self.present = 1 if convening.is_present(week, s.convening) else 0


class PatientPartners(View, entity=entities.Patients, records="patients"):
    """The patient partners of one system."""

    def speak(self, circle: int, organisation: Organisation, s: Any, key: int) -> bool:
        """Speak in a conversation, if one of them is free; return whether so."""
        free = patients.probability_of_appearing(self.asked, s.patients)
        if uniform(key, draws.PATIENTS, circle) >= free:
            return False
        self.spoke += 1
        if organisation.committed == NEVER:
            self.idle += 1
        return True

    def rest(self, s: Any) -> None:
        """Recover, or grow weary of speaking where nothing changes."""
        self.fatigue = patients.next_fatigue(self, s.patients)


class Regulator(View, entity=entities.Regulator, records="regulators"):
    """One body whose approval a change needs."""

    def decides(self, organisation: Organisation, s: Any, quicker: float, key: int) -> bool:
        """Return whether this regulator decides on an organisation this week."""
        waiting = self.caseload / len(self.model.organisations)
        chance = gates.approval_probability(waiting, quicker, s.gates)
        return uniform(key, draws.APPROVAL, organisation.row, self.row) < chance

    def refuses(self, organisation: Organisation, s: Any, key: int) -> bool:
        """Refuse, perhaps, and more likely what does harm; return whether so."""
        refused = uniform(key, draws.VETO, organisation.row, self.row) < gates.veto_probability(
            s.nature.benefit, s.gates
        )
        self.refused += refused
        self.granted += not refused
        return refused


AGENTS: tuple[type[View], ...] = (Staff, Organisation, Leader, Convener, PatientPartners, Regulator)
VIEWS: tuple[type[Facts], ...] = (*AGENTS, Knowledge)


class Assembly(mesa.Model):  # type: ignore[misc]
    """Everyone in a world, as Mesa agents that are created when somebody first asks for them.

    Parameters
    ----------
    rng : int
        What Mesa seeds its own generators with; nothing here draws from them.
    """

    def __init__(self, rng: int = 1):
        self.facts: dict[str, dict[str, Array]] = {view.records: {} for view in VIEWS}
        self._everyone: dict[type[View], list[Any]] = {}
        super().__init__(rng=rng)

    def inhabit(self, world: World) -> None:
        """Be the people of a world; agents that exist already become views of it."""
        self.world = world
        for name, columns in self.facts.items():
            records = getattr(world, name)
            columns.update({field: records[field] for field in records.dtype.names})

    def everyone(self, kind: type[View]) -> list[Any]:
        """Return all agents of one kind, in the order of their rows."""
        if not self._everyone and hasattr(self, "world"):
            for view in AGENTS:
                count = len(getattr(self.world, view.records))
                self._everyone[view] = [view(self, row) for row in range(count)]
            # Mesa 3.3.1 would otherwise keep every model that ever had an agent.
            getattr(mesa.Agent, "_ids", {}).pop(self, None)
        return self._everyone.get(kind, [])

    @property
    def staff(self) -> list[Any]:
        """All staff, in organisation order."""
        return self.everyone(Staff)

    @property
    def organisations(self) -> list[Any]:
        """All organisations."""
        return self.everyone(Organisation)

    @property
    def leaders(self) -> list[Any]:
        """All leaders."""
        return self.everyone(Leader)

    @property
    def conveners(self) -> list[Any]:
        """One convener a system, present or not."""
        return self.everyone(Convener)

    @property
    def patients(self) -> list[Any]:
        """The patient partners of each system."""
        return self.everyone(PatientPartners)

    @property
    def regulators(self) -> list[Any]:
        """All regulators, asked or not."""
        return self.everyone(Regulator)

    @property
    def agents(self) -> Any:
        """Everyone, as a Mesa `AgentSet`."""
        self.everyone(Staff)
        return super().agents

    @property
    def agents_by_type(self) -> Any:
        """A Mesa `AgentSet` a kind of agent."""
        self.everyone(Staff)
        return super().agents_by_type

    @property
    def agent_types(self) -> Any:
        """The kinds of agent there are."""
        self.everyone(Staff)
        return super().agent_types

    def members(self, circle: int) -> list[Any]:
        """Return the people who hear a conversation together, whoever speaks for them first."""
        start = self.world.circles_start
        return self.staff[start.item(circle) : start.item(circle + 1)]

    def circles_of(self, system: int) -> range:
        """Return the circles of a system."""
        return range(self.world.system_circles.item(system), self.world.system_circles.item(system + 1))

    def adopted_everywhere(self, week: int) -> float:
        """Return the share of all staff who had adopted when a week began."""
        everyone = sum(organisation.weight for organisation in self.organisations)
        return float(self.world.record.adopted[week].sum().item() / everyone)

    def booked_meetings(self) -> Iterator[tuple[Any, int]]:
        """Yield, for every circle that is to be seen this week, the leader and the circle."""
        for circle in (self.world.booked < 1.0).nonzero()[0].tolist():
            yield self.leaders[self.world.booked_leader.item(circle)], circle


def feel_pressure(w: Assembly, s: Any, plan: Plan, key: int, week: int) -> None:
    """1. Conveners come and go, costs are felt, pressure moves, promises are remembered."""
    for convener in w.conveners:
        convener.come_and_go(s, week)
    for organisation in w.organisations:
        organisation.bear_cost(s, week)
        organisation.feel_pressure(s, plan, key, week)
        organisation.look_back(s, week)
        organisation.weigh_ties(s, week)
    for convener in w.conveners:
        convener.settle(s, week)


def act_as_leaders(w: Assembly, s: Any, plan: Plan, key: int, week: int) -> None:
    """2. Leaders choose whom to see and how, and hold their conversations."""
    w.world.booked[:] = 2.0
    for leader in w.leaders:
        leader.book_meetings(s, plan, key, week)
    for voices in w.patients:
        voices.asked = voices.spoke = voices.idle = 0
    for leader, circle in w.booked_meetings():
        if plan.by_patients.item(w.world.booked_code.item(circle)):
            w.patients[leader.system].asked += 1
    for leader, circle in w.booked_meetings():
        leader.hold_meeting(circle, s, plan, key, week)
    # What a visit teaches, and how often patients were heard, counts from next week on.
    for leader, circle in w.booked_meetings():
        leader.remember_visit(circle, plan, week)


def let_ideas_mature(w: Assembly, s: Any, plan: Plan, key: int, week: int) -> None:
    """3. Planted ideas come back, come back changed, die, or wait."""
    for person in w.staff:
        person.let_idea_mature(s, key)


def be_exposed(w: Assembly, s: Any, plan: Plan, key: int, week: int) -> None:
    """4. Everyone sees what their contacts do and think, and may hear of the change."""
    everywhere = w.adopted_everywhere(week)
    for person in w.staff:
        person.show(s)
    for person in w.staff:
        person.look_around(everywhere, s)
    for person in w.staff:
        person.hear_of_it(s, key)


def appraise(w: Assembly, s: Any, plan: Plan, key: int, week: int) -> None:
    """5. Everyone weighs the change from where they stand; what was gained in conversation fades."""
    for person in w.staff:
        person.appraise(s, week)


def adopt(w: Assembly, s: Any, plan: Plan, key: int, week: int) -> None:
    """6. People adopt, comply in name, lapse; each at most once a week."""
    for organisation in w.organisations:
        organisation.adopt(s, plan, key, week)


def share_credit(w: Assembly, s: Any, plan: Plan, key: int, week: int) -> None:
    """7. Whoever led takes or leaves the credit for this week's adoptions, and others take note."""
    w.world.claimed[:] = w.world.taken[:] = w.world.given[:] = 0
    for person in w.staff:
        person.share_credit(s, key, week)
    for organisation in w.organisations:
        organisation.note_claims(s)


def build_coalition(w: Assembly, s: Any, plan: Plan, key: int, week: int) -> None:
    """8. Advocates speak across their own ties."""
    for person in w.staff:
        person.listen_to_advocates(s, key)


def decide(w: Assembly, s: Any, plan: Plan, key: int, week: int) -> None:
    """9. Boards ask, regulators approve or refuse, gates open."""
    if not s.gates.on:
        return
    parallel = convening.is_present(week, s.convening)
    count_caseloads(w, s, parallel)
    authority = convening.has_authority(week, s.convening)
    quicker = alignment.delay_factor(1.0 if authority else s.alignment.degree, s.alignment)
    for organisation in w.organisations:
        organisation.decide(s, quicker, parallel, key, week)


def count_caseloads(w: Assembly, s: Any, parallel: bool) -> None:
    """Count the organisations that wait for each regulator: the next one, or every one where they work in parallel."""
    for regulator in w.regulators:
        regulator.caseload = 0
    for organisation in w.organisations:
        if organisation.asked != NEVER and organisation.committed == NEVER:
            missing = [k for k in range(s.gates.approvals) if (organisation.approvals >> k) & 1 == 0]
            for k in missing if parallel else missing[:1]:
                w.regulators[k].caseload += 1


def learn(w: Assembly, s: Any, plan: Plan, key: int, week: int) -> None:
    """10. Leaders learn, come and go; staff come and go; favours and voices settle."""
    for leader in w.leaders:
        leader.gain_standing(s)
        leader.learn(s)
        leader.stay_or_leave(s, key, week)
    for organisation in w.organisations:
        organisation.load = organisation.favours = 0.0
    if s.favours.on:
        for leader in w.leaders:
            leader.settle_favours(s)
        for convener in w.conveners:
            convener.pool_favours(s)
    for voices in w.patients:
        voices.rest(s)
    for person in w.staff:
        person.stay_or_leave(s, key)


def record(w: Assembly, s: Any, index: int) -> None:
    """11. Count who has adopted, and what they think, as the state of week `index`."""
    r = w.world.record
    sums = [organisation.record(r, index) for organisation in w.organisations]
    for organisation in w.organisations:
        organisation.see_partners()
    trust, conviction, fidelity = (sum(column) for column in zip(*sums, strict=True))
    r.trust[index] = trust / GRID
    r.conviction[index] = conviction / GRID
    r.benefit[index] = fidelity / GRID * s.nature.benefit
    for leader in w.leaders:
        r.credit_taken[index] += leader.credit_taken
        r.credit_given[index] += leader.credit_given
        r.hours[index] += leader.hours_spent


def step(w: Assembly, s: Any, plan: Plan, week: int) -> None:
    """One week."""
    key = week_key(plan.run_key, week)
    feel_pressure(w, s, plan, key, week)
    act_as_leaders(w, s, plan, key, week)
    let_ideas_mature(w, s, plan, key, week)
    be_exposed(w, s, plan, key, week)
    appraise(w, s, plan, key, week)
    adopt(w, s, plan, key, week)
    share_credit(w, s, plan, key, week)
    build_coalition(w, s, plan, key, week)
    decide(w, s, plan, key, week)
    learn(w, s, plan, key, week)
    record(w, s, week + 1)


def proceed(w: Assembly, s: Any, plan: Plan, start: int, stop: int) -> None:
    """Let an assembly live the weeks from `start` up to, not including, `stop`; before week 0 its start is recorded."""
    plan = plan._replace(run_key=int(plan.run_key))
    if start == 0:
        record(w, s, 0)
    for week in range(start, stop):
        step(w, s, plan, week)


def advance(w: World, s: Any, plan: Plan, start: int, stop: int) -> None:
    """Run the weeks from `start` up to, not including, `stop`; the start itself is recorded before week 0."""
    assembly = Assembly()
    assembly.inhabit(w)
    proceed(assembly, s, plan, start, stop)
