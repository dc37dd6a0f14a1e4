"""Leaders: whom they see, how, and what they learn; none of them can order anybody."""

from typing import Any

from .. import draws, entities
from ..draws import uniform
from ..entities import NEVER
from ..rules import (
    conversation,
    credit,
    favours,
    learning,
    nature,
    patients,
    reactance,
    reading,
    targeting,
    telling,
    training,
    turnover,
)
from ..world import Plan
from .organisation import Organisation
from .staff import Meeting
from .views import Facts, View


class Knowledge(Facts, entity=entities.Knowledge, records="knowledge"):
    """What one leader knows of, and has given to, one organisation."""

    def __init__(self, leader: "Leader", organisation: Organisation):
        self.row = leader.row, organisation.row
        self.facts = leader.model.facts[self.records]


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
