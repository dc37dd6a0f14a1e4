"""Staff: what one person hears, thinks, and does."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from .. import compiled, draws, entities
from ..draws import uniform
from ..entities import ADOPTED, AWARE, COMPLYING, LAPSED, NEVER, UNAWARE, Situation
from ..mathematics import GRID, moved, on_grid
from ..rules import (
    advocacy,
    alignment,
    appraisal,
    competition,
    contagion,
    convening,
    conversation,
    credit,
    gates,
    ideas,
    incentives,
    influence,
    isolation,
    nature,
    pressure,
    reactance,
    telling,
    turnover,
)
from .views import View


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
