"""One week, part by part, in the order and the words of `kernel.py`."""

from typing import Any

from ..draws import week_key
from ..entities import NEVER
from ..mathematics import GRID
from ..rules import alignment, convening
from ..world import Plan, World
from .assembly import Assembly


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
