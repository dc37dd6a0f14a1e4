"""The compiled engine: the same week over arrays, calling the same rules.

`step` stands here and in `agents/week.py`, in the same words. Everyone reads the state as it was when a part began, so
the order of people never matters; sums over people are sums of integers.
"""

from typing import Any

import numpy as np

from . import draws, tactics
from .compiled import compiled, dispatch, inlined, part
from .draws import uniform, week_key
from .entities import (
    ADOPTED,
    AWARE,
    COMPLYING,
    LAPSED,
    NEVER,
    TIE_KINDS,
    UNAWARE,
    Situation,
)
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


@part
def change_person(person: Any, effect: Any) -> None:
    """Write what an effect changes into a person's record; make them aware, plant, win as advocate."""
    new = conversation.changed(person, effect)
    person.conviction, person.ownership, person.purpose = new[0], new[1], new[2]
    person.understood, person.own_interest, person.trust = new[3], new[4], new[5]
    if effect.aware and person.stage == UNAWARE:
        person.stage = AWARE
    if effect.planted:
        person.planted = 1
    if effect.advocate:
        person.advocate = 1


@part
def feel_pressure(w: World, s: Any, plan: Plan, key: Any, week: int) -> None:
    """1. Conveners come and go, costs are felt, pressure moves, promises are remembered."""
    for k in range(len(w.conveners)):
        convener = w.conveners[k]
        present = convening.is_present(week, s.convening)
        if present != (convener.present == 1):
            convener.disrupted = week
        convener.relations = convening.next_relations(convener, present, s.convening)
    for o in range(len(w.organisations)):
        organisation = w.organisations[o]
        convener = w.conveners[organisation.system]
        present = convening.is_present(week, s.convening)
        authority = convening.has_authority(week, s.convening)
        abolished = convener.present == 1 and not present
        cost = convening.shared_cost(
            organisation.cost, w.mean_cost[organisation.system], convener, authority, s.convening
        )
        cost = incentives.cost_paid(cost, incentives.payment_now(week, present, s.incentives))
        organisation.burden = favours.cost_borne(cost, organisation, s.favours)
        demand = s.pressure.finance + plan.winter[week % 52] + organisation.demand + organisation.load
        demand = demand + convening.load(convener, present, week, s.convening)
        aligned = 1.0 if authority else s.alignment.degree
        noise = s.pressure.noise * alignment.shock_factor(aligned, s.alignment)
        shock = noise * normal_quantile(uniform(key, draws.PRESSURE, o))
        organisation.pressure = pressure.next_pressure(organisation, demand, week, shock, s.pressure)
        organisation.realised = nature.realised(organisation, s.nature)
        organisation.seen = nature.next_seen(organisation, s.nature)
        organisation.heard = patients.next_heard(organisation)
        broken = promises.is_broken(organisation, week, s.promises)
        if broken:
            organisation.disappointed = 1
        lost = 1.0 - (s.promises.trust_lost if broken else 0.0)
        lost = lost * (1.0 - (s.convening.trust_reset if abolished else 0.0))
        if lost < 1.0:
            for i in range(organisation.first, organisation.end):
                w.staff[i].trust *= lost
        felt = competition.incentive(organisation, convening.competition_eased(convener, s.convening), s.competition)
        peers = s.isolation.on and s.isolation.peer_sets
        for kind in range(len(TIE_KINDS)):
            w.tie_weights[o, kind] = competition.tie_weight(kind, felt, present, peers, s.competition)
    for k in range(len(w.conveners)):
        w.conveners[k].present = 1 if convening.is_present(week, s.convening) else 0


@part
def is_acting(w: World, plan: Plan, leader: int, week: int) -> bool:
    """Return whether a leader works for the change this week."""
    who = w.leaders[leader]
    in_time = who.start <= week and (who.end == NEVER or week < who.end)
    return in_time and who.in_post == 1 and who.hours > 0.0 and len(plan.codes) > 0


@part
def choose_circle(w: World, s: Any, leader: int, meeting: int, key: Any) -> Any:
    """Return the circle that a leader chooses to see: the first considered that suits, or the last."""
    system = w.leaders[leader].system
    first = w.system_circles[system]
    count = w.system_circles[system + 1] - first
    circle = first
    for k in range(s.targeting.tries):
        index = 2 * (meeting * 64 + k)
        circle = first + int(uniform(key, draws.TARGETS, leader, index) * count)
        person = w.staff[w.circles_start[circle]]
        suits = targeting.suitability(person, person.listeners, person.brokerage, s.targeting.rule)
        if uniform(key, draws.TARGETS, leader, index + 1) < suits:
            return circle
    return circle


@part
def book_meetings(w: World, s: Any, plan: Plan, key: Any, week: int) -> None:
    """Leaders fill the week; of two who want the same circle, the one earlier in the week is heard."""
    w.booked[:] = 2.0
    for j in range(len(w.leaders)):
        leader = w.leaders[j]
        leader.meetings = 0
        if not is_acting(w, plan, j, week):
            continue
        label = reactance.faded_label(leader, week, s.reactance)
        hours = leader.hours * training.hours_left(week, s.training) * reactance.access_gained(label, s.reactance)
        leader.meetings = conversation.meetings(leader, hours, uniform(key, draws.CONVERSATIONS, j), s.conversation)
        leader.hours_spent += leader.meetings * s.conversation.hours
        for k in range(leader.meetings):
            circle = choose_circle(w, s, j, k, key)
            when = uniform(key, draws.MEETING, j, k)
            if when < w.booked[circle]:
                position = 0
                drawn = uniform(key, draws.TACTIC, j, k)
                while position < len(plan.codes) - 1 and drawn >= plan.cumulative[j, position]:
                    position += 1
                w.booked[circle] = when
                w.booked_leader[circle] = j
                w.booked_code[circle] = position


@part
def invite_patients(w: World, plan: Plan) -> None:
    """Count the appearances of patients that are wanted in each system."""
    for k in range(len(w.patients)):
        w.patients[k].asked = 0
        w.patients[k].spoke = 0
        w.patients[k].idle = 0
    for circle in range(len(w.booked)):
        if w.booked[circle] < 1.0 and plan.by_patients[w.booked_code[circle]]:
            w.patients[w.leaders[w.booked_leader[circle]].system].asked += 1


@part
def hold_meeting(w: World, s: Any, plan: Plan, circle: int, key: Any, week: int) -> None:
    """One conversation: everyone in the circle hears it, each in their own way."""
    first, end = w.circles_start[circle], w.circles_start[circle + 1]
    o = w.staff[first].organisation
    organisation = w.organisations[o]
    j = w.booked_leader[circle]
    leader = w.leaders[j]
    code = plan.codes[w.booked_code[circle]]
    voices = w.patients[leader.system]
    patients_speak = plan.by_patients[w.booked_code[circle]] == 1
    if patients_speak:
        free = patients.probability_of_appearing(voices.asked, s.patients)
        if uniform(key, draws.PATIENTS, circle) >= free:
            w.booked[circle] = 2.0  # it falls through, and the hour is lost
            return
        voices.spoke += 1
        if organisation.committed == NEVER:
            voices.idle += 1
    w.attempts_now[j, code] += 1
    label = reactance.faded_label(leader, week, s.reactance)
    match = reading.match(w.knowledge[j, o], week, s.reading)
    change = nature.perceived(organisation, s.nature)
    fresh = patients.freshness(organisation, voices, s.patients)
    tells = telling.probability_of_telling(leader, s.telling)
    gives = favours.can_be_given(leader, s.favours) and uniform(key, draws.FAVOURS, circle) < leader.generosity
    for i in range(first, end):
        person = w.staff[i]
        openness = dispatch.openness(code, person, s.conversation, s.tactics)
        if not patients_speak:  # a patient is heard as a patient, whoever has brought them
            openness = openness * reactance.openness_kept(person, label, s.reactance)
            openness = openness * conversation.openness_across(leader, person, s.conversation)
        under = pressure.felt(organisation.pressure, person.strain, s.pressure)
        chance = conversation.success_probability(openness, w.skills[j, code], under, s.conversation)
        luck = uniform(key, draws.RECEPTION, i, 1)
        situation = Situation(luck, match, change.evidence, change.benefit, fresh, w.skills[j, code])
        told = not patients_speak and uniform(key, draws.TELLING, i) < tells
        heard = not told and uniform(key, draws.RECEPTION, i) < chance
        if told:
            effect = telling.told(person, s.telling)
        elif heard:
            effect = dispatch.converse(code, person, organisation, situation, s.tactics)
        else:
            effect = dispatch.rebuff(code, person, organisation, situation, s.tactics)
        if heard and i == first:
            w.successes_now[j, code] += 1
        change_person(person, effect)
        if not told and not heard:
            person.trust = moved(person.trust, -nature.trust_lost(person, s.nature))
        if gives:
            person.trust = moved(person.trust, s.favours.trust)
        if (told or heard) and effect.aware:  # what is not known to have been said is put down to nobody
            person.leader = j
            person.spoke = week
    if gives:
        w.knowledge[j, o].given += 1.0 / (organisation.end_circle - organisation.first_circle)


@part
def act_as_leaders(w: World, s: Any, plan: Plan, key: Any, week: int) -> None:
    """2. Leaders choose whom to see and how, and hold their conversations."""
    book_meetings(w, s, plan, key, week)
    invite_patients(w, plan)
    for circle in range(len(w.booked)):
        if w.booked[circle] < 1.0:
            hold_meeting(w, s, plan, circle, key, week)
    # What a visit teaches, and how often patients were heard, counts from next week on.
    for circle in range(len(w.booked)):
        if w.booked[circle] < 1.0:
            o = w.staff[w.circles_start[circle]].organisation
            organisation = w.organisations[o]
            known = w.knowledge[w.booked_leader[circle], o]
            known.visits += 1
            known.visited = week
            if plan.by_patients[w.booked_code[circle]]:
                organisation.heard += 1.0 / (organisation.end_circle - organisation.first_circle)


@part
def let_ideas_mature(w: World, s: Any, plan: Plan, key: Any, week: int) -> None:
    """3. Planted ideas come back, come back changed, die, or wait."""
    for i in range(len(w.staff)):
        person = w.staff[i]
        if person.planted == 0:
            continue
        fate = ideas.fate(person, uniform(key, draws.IDEAS, i), s.ideas)
        if fate != ideas.STILL_PLANTED:
            person.planted = 0
        if fate == ideas.COMES_BACK or fate == ideas.COMES_BACK_CHANGED:
            change_person(person, ideas.come_back(s.ideas))
            person.leader = NEVER  # it is theirs now: nobody else can claim it
            if fate == ideas.COMES_BACK_CHANGED:
                person.fidelity = min(person.fidelity, s.ideas.fidelity)


@part
def show(w: World, s: Any) -> None:
    """Pack what contacts see of a person into one number; an advocate's strength is counted in 1/64."""
    for i in range(len(w.staff)):
        person = w.staff[i]
        seen = int(person.conviction * GRID) | (int(person.profession) << 32)
        if person.stage == ADOPTED:
            seen |= 1 << 31
            if person.advocate == 1:
                seen |= int(advocacy.strength(person, s.advocacy) * 64.0) << 34
        w.visible[i] = seen


@part
def adopted_everywhere(w: World, week: int) -> Any:
    """Return the share of all staff who had adopted when the week began."""
    everyone = 0
    for o in range(len(w.organisations)):
        everyone += w.organisations[o].weight
    return w.record.adopted[week].sum() / everyone


@part
def be_exposed(w: World, s: Any, plan: Plan, key: Any, week: int) -> None:
    """4. Everyone sees what their contacts do and think, and may hear of the change."""
    show(w, s)
    everywhere = adopted_everywhere(w, week)
    for i in range(len(w.staff)):
        person = w.staff[i]
        everyone = adopted = conviction = colleagues = adopted_colleagues = advocates = 0
        for e in range(w.ties_start[i], w.ties_start[i + 1]):
            weight = w.tie_weights[person.organisation, w.tie_kinds[e]] * w.tie_strengths[e]
            seen = w.visible[w.contacts[e]]
            has_adopted = (seen >> 31) & 1
            everyone += weight
            conviction += weight * (seen & 0x7FFFFFFF)
            adopted += weight * has_adopted
            advocates += weight * (seen >> 34)
            if ((seen >> 32) & 3) == person.profession:
                colleagues += weight
                adopted_colleagues += weight * has_adopted
        connected = s.influence.on and everyone > 0
        person.exposure = influence.exposure(adopted / everyone if connected else 0.0, everywhere, s.influence)
        person.surrounding = conviction / everyone / GRID if connected else person.conviction
        person.profession_exposure = adopted_colleagues / colleagues if connected and colleagues > 0 else 0.0
        person.urging = advocates / 1024.0 if connected else 0.0
    for i in range(len(w.staff)):
        person = w.staff[i]
        hears = uniform(key, draws.AWARENESS, i) < influence.awareness_probability(person, s.influence)
        if hears and person.stage == UNAWARE:
            person.stage = AWARE
        if s.influence.on and uniform(key, draws.OUTSIDE, i) < s.influence.outside:
            person.conviction = on_grid(moved(person.conviction, s.influence.outside_conviction))
            if person.stage == UNAWARE:
                person.stage = AWARE


@part
def appraise(w: World, s: Any, plan: Plan, key: Any, week: int) -> None:
    """5. Everyone weighs the change from where they stand; what was gained in conversation fades."""
    authority = convening.has_authority(week, s.convening)
    drag = alignment.drag(1.0 if authority else s.alignment.degree, s.alignment)
    mandate = incentives.mandate_now(week, s.incentives)
    for i in range(len(w.staff)):
        person = w.staff[i]
        organisation = w.organisations[person.organisation]
        eased = convening.competition_eased(w.conveners[organisation.system], s.convening)
        tempted = competition.incentive(organisation, eased, s.competition)
        held_back = competition.pull_back(person.purpose, organisation.partners, tempted, s.competition)
        held_back = held_back + drag + incentives.resentment(person, mandate, s.incentives)
        change = nature.perceived(organisation, s.nature)
        under = pressure.felt(organisation.pressure, person.strain, s.pressure)
        view = appraisal.own_view(person, organisation, change, under, held_back, s.appraisal)
        person.conviction = on_grid(influence.next_conviction(person, view, s.appraisal.pace, s.influence))
        fading = conversation.faded(person, s.conversation)
        person.understood, person.own_interest, person.purpose, person.trust = fading
        person.motivation = isolation.next_motivation(person, s.isolation)


@part
def start_adopting(person: Any, week: int) -> None:
    """Write an adoption into a person's record."""
    person.stage = ADOPTED
    person.adopted_week = week


@part
def join_pilots(w: World, s: Any, o: int, adopted: int, waiting: int, week: int) -> None:
    """Of those who would join a pilot this week, those earlier in the week find a place."""
    organisation = w.organisations[o]
    for _ in range(waiting):
        earliest = -1
        for i in range(organisation.first, organisation.end):
            if w.waiting[i] < 1.0 and (earliest < 0 or w.waiting[i] < w.waiting[earliest]):
                earliest = i
        person = w.staff[earliest]
        w.waiting[earliest] = 2.0
        if gates.has_room(adopted, person.weight, organisation.weight, s.gates):
            start_adopting(person, week)
            adopted += person.weight


@part
def consider(w: World, s: Any, i: int, key: Any, week: int) -> bool:
    """Return whether a person would adopt this week; lapses and compliance in name are written at once."""
    person = w.staff[i]
    organisation = w.organisations[person.organisation]
    if person.stage == UNAWARE or person.stage == ADOPTED:
        return False
    threshold = nature.threshold(person, s.nature)
    room = gates.room(organisation, s.gates)
    chance = contagion.adoption_probability(person, organisation, threshold, room, s.contagion)
    if person.stage == LAPSED:
        chance = chance * s.contagion.again
    return uniform(key, draws.ADOPTION, i) < chance


@part
def comply(w: World, s: Any, i: int, key: Any, week: int) -> None:
    """A person begins, or ceases, to comply in name."""
    person = w.staff[i]
    present = convening.is_present(week, s.convening)
    payment = incentives.payment_now(week, present, s.incentives)
    mandate = incentives.mandate_now(week, s.incentives)
    draw = uniform(key, draws.MANDATE, i)
    if person.stage == COMPLYING and payment == 0.0 and mandate == 0.0:
        if draw < s.incentives.compliance_lapses:
            person.stage = AWARE
    elif person.stage != COMPLYING and draw < incentives.compliance_probability(payment, mandate, s.incentives):
        person.stage = COMPLYING


@part
def lapse(w: World, s: Any, i: int, raised: float, key: Any) -> bool:
    """Return whether an adopter gives up this week, and write it."""
    person = w.staff[i]
    organisation = w.organisations[person.organisation]
    under = pressure.felt(organisation.pressure, person.strain, s.pressure)
    chance = contagion.lapse_probability(person, organisation, under, raised, s.contagion)
    if uniform(key, draws.LAPSE, i) >= chance:
        return False
    person.stage = LAPSED
    person.advocate = 0
    person.ownership *= 1.0 - s.contagion.ownership_lost
    return True


@part
def is_abandoned(w: World, plan: Plan, system: int, week: int) -> bool:
    """Return whether a system has been led, and nobody leads it any more."""
    led = False
    for j in range(len(w.leaders)):
        if w.leaders[j].system == system:
            if is_acting(w, plan, j, week):
                return False
            led = led or w.leaders[j].hours_spent > 0.0
    return led


@part
def adopt(w: World, s: Any, plan: Plan, key: Any, week: int) -> None:
    """6. People adopt, comply in name, lapse; each at most once a week."""
    for o in range(len(w.organisations)):
        organisation = w.organisations[o]
        raised = nature.lapse_raised(is_abandoned(w, plan, organisation.system, week), s.nature)
        raised = raised * incentives.lapse_raised(incentives.mandate_now(week, s.incentives), s.incentives)
        is_open = not s.gates.on or organisation.committed != NEVER
        adopted = waiting = 0
        for i in range(organisation.first, organisation.end):
            w.waiting[i] = 2.0
            person = w.staff[i]
            if person.stage == ADOPTED:
                if not lapse(w, s, i, raised, key):
                    adopted += person.weight
            elif not consider(w, s, i, key, week):
                comply(w, s, i, key, week)
            elif is_open:
                start_adopting(person, week)
            else:
                waiting += 1
                w.waiting[i] = uniform(key, draws.ADOPTION, i)
        join_pilots(w, s, o, adopted, waiting, week)


@part
def share_credit(w: World, s: Any, plan: Plan, key: Any, week: int) -> None:
    """7. Whoever led takes or leaves the credit for this week's adoptions, and others take note."""
    w.claimed[:] = 0
    w.taken[:] = 0
    w.given[:] = 0
    for i in range(len(w.staff)):
        person = w.staff[i]
        if person.stage != ADOPTED or person.adopted_week != week:
            continue
        if not credit.can_be_claimed(person, week, s.conversation.memory, s.credit):
            continue
        j = person.leader
        leader = w.leaders[j]
        if uniform(key, draws.CREDIT, i) < credit.probability_of_claiming(leader):
            person.ownership = moved(person.ownership, -s.credit.ownership_lost)
            w.claimed[person.organisation] += person.weight
            w.taken[j] += person.weight
        elif uniform(key, draws.CREDIT, i, 1) < leader.credit_forgone:
            person.ownership = moved(person.ownership, s.credit.ownership_gained)
            person.trust = moved(person.trust, s.credit.trust_gained)
            person.credited = 1
            if uniform(key, draws.CREDIT, i, 2) < s.credit.advocate:
                person.advocate = 1
            w.given[j] += person.weight
    for o in range(len(w.organisations)):
        organisation = w.organisations[o]
        organisation.claimed = w.claimed[o] / organisation.weight
        heard_of = 0.0
        first, end = w.partners_start[o], w.partners_start[o + 1]
        for e in range(first, end):
            heard_of += w.claimed[w.partners[e]] / w.organisations[w.partners[e]].weight
        if end > first:
            heard_of = organisation.claimed + s.credit.rivals * heard_of / (end - first)
        else:
            heard_of = organisation.claimed
        if heard_of > 0.0:
            for i in range(organisation.first, organisation.end):
                w.staff[i].trust *= credit.trust_kept(w.staff[i], heard_of, s.credit)


@part
def build_coalition(w: World, s: Any, plan: Plan, key: Any, week: int) -> None:
    """8. Advocates speak across their own ties."""
    for i in range(len(w.staff)):
        person = w.staff[i]
        if person.urging > 0.0 and uniform(key, draws.ADVOCACY, i) < advocacy.probability_of_hearing(
            person, s.advocacy
        ):
            change_person(person, advocacy.heard(person, s.advocacy))


@part
def support(w: World, s: Any, o: int) -> Any:
    """Return the tier-weighted share of an organisation that supports the change."""
    weighed = everyone = 0.0
    for tier in range(4):
        supporters = people = 0
        for i in range(w.organisations[o].first, w.organisations[o].end):
            person = w.staff[i]
            if person.tier == tier:
                people += person.weight
                if gates.is_supporter(person, s.gates):
                    supporters += person.weight
        if people > 0:
            weighed += gates.voice(tier, s.gates) * (supporters / people)
            everyone += gates.voice(tier, s.gates)
    return weighed / everyone if everyone > 0.0 else 0.0


@part
def take_decisions(w: World, s: Any, o: int, quicker: float, parallel: bool, key: Any, week: int) -> None:
    """Regulators decide on one organisation: one after another, or at once where they are convened."""
    organisation = w.organisations[o]
    benefit = s.nature.benefit
    for k in range(s.gates.approvals):
        regulator = w.regulators[k]
        if (organisation.approvals >> k) & 1:
            continue
        waiting = regulator.caseload / len(w.organisations)
        if uniform(key, draws.APPROVAL, o, k) < gates.approval_probability(waiting, quicker, s.gates):
            if uniform(key, draws.VETO, o, k) < gates.veto_probability(benefit, s.gates):
                regulator.refused += 1
                organisation.asked = NEVER
                organisation.approvals = 0
                organisation.refused = week
                return
            regulator.granted += 1
            organisation.approvals |= 1 << k
        if not parallel:
            break


@part
def count_caseloads(w: World, s: Any, parallel: bool) -> None:
    """Count the organisations that wait for each regulator: the next one, or every one where they work in parallel."""
    for k in range(len(w.regulators)):
        w.regulators[k].caseload = 0
    for o in range(len(w.organisations)):
        organisation = w.organisations[o]
        if organisation.asked != NEVER and organisation.committed == NEVER:
            for k in range(s.gates.approvals):
                if (organisation.approvals >> k) & 1 == 0:
                    w.regulators[k].caseload += 1
                    if not parallel:
                        break


@part
def decide(w: World, s: Any, plan: Plan, key: Any, week: int) -> None:
    """9. Boards ask, regulators approve or refuse, gates open."""
    if not s.gates.on:
        return
    parallel = convening.is_present(week, s.convening)
    count_caseloads(w, s, parallel)
    authority = convening.has_authority(week, s.convening)
    quicker = alignment.delay_factor(1.0 if authority else s.alignment.degree, s.alignment)
    every = (1 << s.gates.approvals) - 1
    for o in range(len(w.organisations)):
        organisation = w.organisations[o]
        if organisation.committed != NEVER:
            continue
        if organisation.asked != NEVER:
            take_decisions(w, s, o, quicker, parallel, key, week)
        elif gates.board_asks(organisation, support(w, s, o), week, s.gates):
            organisation.asked = week
        if organisation.asked != NEVER and organisation.approvals & every == every:
            organisation.committed = week


@part
def teach_leader(w: World, s: Any, j: int) -> None:
    """A leader learns from the week's conversations."""
    leader = w.leaders[j]
    attempts = failures = 0
    for k in range(w.skills.shape[1]):
        tried, succeeded = w.attempts_now[j, k], w.successes_now[j, k]
        attempts += tried
        failures += tried - succeeded
        w.skills[j, k] = learning.next_skill(
            w.skills[j, k], w.aptitudes[j, k], w.practice[j, k], succeeded, tried - succeeded, s.learning
        )
        w.practice[j, k] += tried
        w.attempts[j, k] += tried
        w.successes[j, k] += succeeded
        w.attempts_now[j, k] = 0
        w.successes_now[j, k] = 0
    failed = learning.failed_share(attempts, failures)
    leader.withdrawn = learning.next_withdrawn(leader, failed, s.learning)
    leader.ego_shown = learning.next_ego_shown(leader, failed, s.learning)
    leader.credit_taken += w.taken[j] / 1024.0
    leader.credit_given += w.given[j] / 1024.0


@part
def change_posts(w: World, s: Any, j: int, key: Any, week: int) -> None:
    """A leader leaves, or a successor starts anew."""
    leader = w.leaders[j]
    if turnover.is_over(week + 1, s.turnover):
        leader.in_post = 0
        leader.vacant_until = NEVER
        return
    if leader.in_post == 0:
        if leader.vacant_until != NEVER and week >= leader.vacant_until:
            leader.in_post = 1
            leader.capital = 0.0
            leader.withdrawn = 0.0
            leader.ego_shown = leader.ego
            for k in range(w.skills.shape[1]):
                skill = min(s.conversation.skill, w.aptitudes[j, k])
                w.skills[j, k] = training.trained_skill(skill, w.aptitudes[j, k], s.training)
                w.practice[j, k] = 0
            for o in range(len(w.organisations)):
                w.knowledge[j, o].visits = 0
                w.knowledge[j, o].visited = NEVER
        return
    home = leader.organisation
    under = w.organisations[home].pressure if home != NEVER else s.pressure.finance * s.pressure.on
    if uniform(key, draws.LEADER_EXIT, j) < turnover.leader_exit_probability(leader, under, s.turnover):
        leader.in_post = 0
        leader.vacant_until = week + s.turnover.vacancy


@part
def replace_person(w: World, s: Any, i: int, key: Any) -> None:
    """A member of staff leaves; the newcomer knows nothing of the change, or brings experience of it."""
    person = w.staff[i]
    experienced = uniform(key, draws.NEWCOMER, i) < s.turnover.experienced
    person.stage = AWARE if experienced else UNAWARE
    person.conviction = on_grid(0.5 if experienced else s.population.conviction)
    person.planted = 0
    person.advocate = 0
    person.credited = 0
    person.leader = NEVER
    person.adopted_week = NEVER
    person.ownership = 0.0
    person.understood = 0.0
    person.own_interest = 0.0
    person.purpose = s.conversation.purpose_usual
    person.trust = s.conversation.trust_usual
    person.fidelity = 1.0
    person.motivation = 1.0


@part
def settle_favours(w: World, s: Any) -> None:
    """Favours are returned, forgotten, and load those who gave them."""
    for o in range(len(w.organisations)):
        w.organisations[o].load = 0.0
        w.organisations[o].favours = 0.0
    if not s.favours.on:
        return
    for j in range(len(w.leaders)):
        outstanding = 0.0
        for o in range(len(w.organisations)):
            known = w.knowledge[j, o]
            if known.given > 0.0:
                known.returned += s.favours.returned * favours.open_favours(known)
                known.given *= 1.0 - s.favours.fades
                known.returned *= 1.0 - s.favours.fades
                w.organisations[o].favours += known.given
                outstanding += favours.open_favours(known)
        home = w.leaders[j].organisation
        if home != NEVER:
            w.organisations[home].load += s.favours.load * outstanding
    pool_favours(w, s)


@part
def pool_favours(w: World, s: Any) -> None:
    """Where there is a convener, what one organisation received counts for all at the table."""
    for k in range(len(w.conveners)):
        received = 0.0
        count = 0
        for o in range(len(w.organisations)):
            if w.organisations[o].system == k:
                received += w.organisations[o].favours
                count += 1
        for o in range(len(w.organisations)):
            if w.organisations[o].system == k:
                w.organisations[o].favours = convening.pooled(
                    w.organisations[o].favours, received / count, w.conveners[k], s.convening
                )


@part
def learn(w: World, s: Any, plan: Plan, key: Any, week: int) -> None:
    """10. Leaders learn, come and go; staff come and go; favours and voices settle."""
    for j in range(len(w.leaders)):
        leader = w.leaders[j]
        circles = w.system_circles[leader.system + 1] - w.system_circles[leader.system]
        people = system_weight(w, leader.system)
        taken, given = w.taken[j] / people * circles, w.given[j] / people * circles
        leader.capital = credit.next_capital(leader, taken, given, s.credit)
        teach_leader(w, s, j)
        change_posts(w, s, j, key, week)
    settle_favours(w, s)
    for k in range(len(w.patients)):
        w.patients[k].fatigue = patients.next_fatigue(w.patients[k], s.patients)
    for i in range(len(w.staff)):
        person = w.staff[i]
        under = pressure.felt(w.organisations[person.organisation].pressure, person.strain, s.pressure)
        if uniform(key, draws.STAFF_EXIT, i) < turnover.staff_exit_probability(person, under, s.turnover):
            replace_person(w, s, i, key)


@part
def system_weight(w: World, system: int) -> int:
    """Return the people of a system, in 1/1024."""
    people = 0
    for o in range(len(w.organisations)):
        if w.organisations[o].system == system:
            people += w.organisations[o].weight
    return people


@part
def record(w: World, s: Any, index: int) -> None:
    """11. Count who has adopted, and what they think, as the state of week `index`."""
    r = w.record
    trust = conviction = fidelity = 0
    for o in range(len(w.organisations)):
        organisation = w.organisations[o]
        adopted = complying = 0
        for i in range(organisation.first, organisation.end):
            person = w.staff[i]
            if person.stage == ADOPTED:
                adopted += person.weight
                r.adopted[index, person.tier] += person.weight
                r.by_profession[index, person.profession] += person.weight
                fidelity += person.weight * int(person.fidelity * GRID)
            elif person.stage == COMPLYING:
                complying += person.weight
            elif person.stage == LAPSED:
                r.lapsed[index] += person.weight
            trust += person.weight * int(person.trust * GRID)
            conviction += person.weight * int(person.conviction * GRID)
        r.by_organisation[index, o] = adopted
        r.complying[index] += complying
        organisation.adopted_share = adopted / organisation.weight
        organisation.declared_share = (adopted + complying) / organisation.weight
        if organisation.committed != NEVER:
            r.committed[index] += 1
    for o in range(len(w.organisations)):
        total = 0.0
        first, end = w.partners_start[o], w.partners_start[o + 1]
        for e in range(first, end):
            total += w.organisations[w.partners[e]].adopted_share
        w.organisations[o].partners = total / (end - first) if end > first else 0.0
    r.trust[index] = trust / GRID
    r.conviction[index] = conviction / GRID
    r.benefit[index] = fidelity / GRID * s.nature.benefit
    for j in range(len(w.leaders)):
        r.credit_taken[index] += w.leaders[j].credit_taken
        r.credit_given[index] += w.leaders[j].credit_given
        r.hours[index] += w.leaders[j].hours_spent


@inlined
def step(w: World, s: Any, plan: Plan, week: int) -> None:
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


@compiled
def _run_weeks(w: World, settings: Array, plan: Plan, start: int, stop: int) -> None:
    s = settings[0]
    if start == 0:
        record(w, s, 0)
    for week in range(start, stop):
        step(w, s, plan, week)


def advance(world: World, settings: Any, plan: Plan, start: int, stop: int) -> None:
    """Run the weeks from `start` up to, not including, `stop`; the start itself is recorded before week 0.

    Parameters
    ----------
    world : World
        The state, changed in place.
    settings : named tuple
        What the rules read, from `simulation.plan.settled`.
    plan : Plan
        What leaders do.
    start, stop : int
        Weeks, from 0.
    """
    _run_weeks(world, as_record(settings), plan, start, stop)


_NUMPY_KINDS = {bool: "?", int: "i8", float: "f8"}


def as_record(settings: Any) -> Array:
    """Return settings as one record of records: compiled code then passes a pointer, not hundreds of numbers.

    >>> from simulation.plan import grouped, settled
    >>> float(as_record(settled(grouped({})))[0]["gates"]["pilot"])
    0.15
    """
    groups = settings._asdict()
    conversations = dict(zip(tactics.conversations, groups.pop("tactics"), strict=True))
    inner = np.dtype([(name, _record_type(group)) for name, group in conversations.items()], align=True)
    fields = [(name, _record_type(group)) for name, group in groups.items()]
    record = np.zeros(1, np.dtype([*fields, ("tactics", inner)], align=True))
    record[0] = (*map(tuple, groups.values()), tuple(map(tuple, conversations.values())))
    return record


def _record_type(group: Any) -> np.dtype[Any]:
    fields = zip(group._fields, group, strict=True)
    return np.dtype([(name, _NUMPY_KINDS[type(value)]) for name, value in fields], align=True)
