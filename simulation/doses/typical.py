"""A typical person at the start of a scenario, and how the view of one like them is moved and comes back."""

from collections.abc import Callable, Mapping
from math import inf, log
from types import SimpleNamespace
from typing import Any, NamedTuple

from ..entities import FRONTLINE, TIERS, Leader, Organisation, Staff
from ..initialisation.leadership import leader_rows
from ..rules import appraisal, nature, pressure, telling
from ..scenario import Scenario
from ..settings import settled, standing
from ..week.appraise import appraise, held_back
from ..week.feel_pressure import bear_cost
from ..week.near import Near, be_home
from ..week.verbs import Now, Stream

LONGEST = 2000
"""Weeks after which what has not halved is taken to stay."""
START = Now(0, 0, 0.0)


class Scene(NamedTuple):
    """A typical person at the start of a scenario, where they work, and who comes to see them."""

    s: Any  # settings, as both engines read them
    person: Staff
    home: Any
    convener: Any
    leader: Leader
    tiers: tuple[int, ...]  # of the leaders
    circle: float  # people who hear a meeting
    circles: float  # of an organisation
    contacts: float


Measure = Callable[[Staff, Scene], float]
Outcomes = list[tuple[float, Staff]]
"""What may become of a person, and the share of those to whom it does."""


def scene_of(scenario: Scenario, held: Mapping[str, float], settings: Mapping[str, Any]) -> Scene:
    """Return a typical person: of the frontline, with mean traits, as the scenario starts, seen by an ordinary leader."""
    groups = standing(scenario, held, settings).groups
    s, of_people = settled(groups), groups["population"]
    sampled = sum(row.count * row.sample for row in scenario.organisations)
    people = sum(row.count * row.staff for row in scenario.organisations)
    organisations = sum(row.count for row in scenario.organisations)
    home, convener = _home(s, of_people.adopters, people / organisations, sampled / organisations)
    said = groups["leaders"]
    traits = {name: getattr(said, name) for name in ("hours", "ego", "asking", "credit_forgone", "generosity", "label")}
    leader = Leader(organisation=1, system=0, tier=0, start=0, end=-1, ego_shown=said.ego, **traits)
    tiers = tuple(TIERS.index(row.tier) for row in leader_rows(scenario, said))
    contacts = of_people.ties_inside + of_people.ties_across
    person = _person(s, of_people)
    return Scene(s, person, home, convener, leader, tiers, people / sampled, sampled / organisations, contacts)


def _person(s: Any, p: Any) -> Staff:
    return Staff(
        organisation=0,
        tier=FRONTLINE,
        profession=0,
        junior=0,
        circle=0,
        weight=1,
        ego=p.ego,
        dissatisfaction=p.dissatisfaction,
        threshold=s.contagion.threshold,
        autonomy=p.autonomy,
        conviction=p.conviction,
        purpose=s.conversation.purpose_usual,
        trust=s.conversation.trust_usual,
        informed=s.conversation.informed_usual,
        skill=p.skill,
        exposure=p.adopters,
        surrounding=p.conviction,
    )


def _home(s: Any, adopters: float, people: float, circles: float) -> tuple[Any, Any]:
    """Return an organisation of the mean size with mean traits, and its convener, in the first week."""
    traits = Organisation(0, 0, 0, 1, 0, 1, 1, competition=s.competition.level, cost=s.nature.cost, gain=s.nature.gain)
    home = SimpleNamespace(**traits._asdict())
    home.weight, home.end_circle = people, circles
    home.pressure, home.partners, home.adopted_share = s.pressure.finance if s.pressure.on else 0.0, adopters, adopters
    convener = SimpleNamespace(mean_cost=s.nature.cost, relations=0.0)
    bear_cost(home, convener, s, START)
    be_home(home, convener, False, s, START)
    return home, convener


def view(person: Staff, at: Scene) -> float:
    """Return a person's own view of the change, in log-odds."""
    benefit = nature.believed(person, at.home, at.s.nature)
    under = pressure.felt(at.home.pressure, person.strain, at.s.pressure)
    held = held_back(person, at.home, benefit, at.s)
    return _log_odds(appraisal.own_view(person, at.home, benefit, under, held, at.s.appraisal))


def conviction(person: Staff, at: Scene) -> float:
    """Return a person's conviction, in log-odds."""
    return _log_odds(person.conviction)


def _log_odds(share: float) -> float:
    share = min(max(share, 1e-12), 1.0 - 1e-12)
    return log(share / (1.0 - share))


def gap(outcomes: Outcomes, before: Staff, at: Scene, measure: Measure = view) -> float:
    """Return by how much a measure of people is moved on average."""
    return sum(share * (measure(after, at) - measure(before, at)) for share, after in outcomes)


def half_life(outcomes: Outcomes, before: Staff, at: Scene, measure: Measure = view) -> float:
    """Return the weeks until half of what moved people is left, if nobody reminds them."""
    first = last = gap(outcomes, before, at, measure)
    for week in range(LONGEST if first else 0):
        before = _week_later(before, at)
        outcomes = [(share, _week_later(after, at)) for share, after in outcomes]
        now = gap(outcomes, before, at, measure)
        if now / first <= 0.5:
            return week + (log(last / first / 0.5) / log(last / now) if now / first > 0.0 else 1.0)
        last = now
    return inf if first else 0.0


def _week_later(person: Staff, at: Scene) -> Staff:
    return person._replace(**appraise(person, Near(at.home, None), Stream(START, 0), at.s)._asdict())


def halves(fades: float) -> float:
    """Return the weeks in which what fades by a share a week is halved.

    >>> halves(0.5)
    1.0
    """
    return inf if fades <= 0.0 else log(0.5) / log(1.0 - fades) if fades < 1.0 else 0.0


def rate(leader: Leader, s: Any) -> float:
    """Return the conversations that an hour of a leader's has room for."""
    return 1.0 / (float(s.conversation.hours) * telling.time_taken(leader, s.telling))
