"""Who and what there is, as the rules see them: every trait and state, declared once.

A field is declared with its type, the range it cannot leave, and a word on what it means. NumPy record types, the properties of the Mesa agents
and the tables in the documentation are made from these declarations. Shares lie in [0, 1]; weeks count from 0.
"""

from typing import Annotated, NamedTuple

FRONTLINE, MIDDLE, SENIOR, EXECUTIVE = range(4)
TIERS = ("frontline", "middle", "senior", "executive")
CLINICIAN, MANAGER, CARE_PROFESSIONAL, COUNCIL_OFFICER = range(4)
PROFESSIONS = ("clinician", "manager", "care_professional", "council_officer")
KINDS = (
    "acute",
    "mental_health",
    "community",
    "ambulance",
    "primary_care",
    "council",
    "care_provider",
    "commissioner",
)
UNAWARE, AWARE, COMPLYING, ADOPTED, LAPSED = range(5)
STAGES = ("unaware", "aware", "complying", "adopted", "lapsed")
INSIDE, ACROSS, RIVAL, CONVENED, PEER = range(5)
TIE_KINDS = ("inside", "across", "rival", "convened", "peer")
NEVER = -1
"""The week, or the leader, that stands for none; of an adoption also: before week 0."""
NOT_THIS_WEEK = 2.0
"""The time of the week, which lasts from 0 to 1, that stands for none."""
ONE_PERSON = 1024
"""Steps in which people are counted, so that somebody in a sample can stand for any number of people."""
WEEKS_A_YEAR = 52
USUAL_EGO, USUAL_ASKING = 0.4, 0.5
"""What leaders are like, on average, where nobody says otherwise: from there stances and heroic leaders depart; assumed."""
OF_A_TACTIC = ("", "openness", "conviction", "ownership", "purpose", "understood", "own_interest", "trust", "informed")
"""The numbers that a tactic comes up with in a conversation; the first stands for none."""


class Within(NamedTuple):
    """The range that a state cannot leave."""

    low: float
    high: float


class Own(NamedTuple):
    """What a user may say of their own staff, in a column of this name: a number, one of a few names, or yes or no."""

    low: float = 0.0
    high: float = 1.0
    choices: tuple[str, ...] = ()


Byte = Annotated[int, "i1"]
Short = Annotated[int, "i2"]
Whole = Annotated[int, "i4"]
Long = Annotated[int, "i8"]
Real = Annotated[float, "f8"]
Share = Annotated[float, "f8", Within(0.0, 1.0)]
OwnShare = Annotated[Share, Own()]
OwnSwitch = Annotated[Byte, Own()]


class Staff(NamedTuple):
    """A member of staff. In a sample, one person stands for `weight`/1024 people alike."""

    organisation: Whole
    tier: Annotated[Byte, Own(choices=TIERS)]
    profession: Annotated[Byte, Own(choices=PROFESSIONS)]
    junior: OwnSwitch
    circle: Whole  # who hears a conversation together: the people whom one decision-relevant person speaks for
    weight: Whole  # people represented, in 1/1024
    ego: OwnShare = 0.0
    dissatisfaction: OwnShare = 0.0  # with what is provided now
    threshold: Annotated[Real, Own(0.0, 2.0)] = 0.0  # share of contacts who must have adopted
    autonomy: OwnShare = 0.0  # norm against being told
    stubbornness: OwnShare = 0.0  # share of their first opinion that stays, whatever they hear
    strain: Annotated[Real, Own(-1.0, 1.0)] = 0.0  # own pressure above or below the organisation's
    listeners: Real = 0.0  # who listen to them, as a share of the most listened-to person's
    brokerage: Real = 0.0  # share of their contacts outside the organisation
    stage: Annotated[Byte, Own(choices=STAGES)] = 0
    planted: OwnSwitch = 0  # 1: an idea was sown and has not come back yet
    advocate: OwnSwitch = 0
    leader: Short = NEVER  # who spoke with them last (attribution)
    spoke: Whole = NEVER  # week of that conversation
    adopted_week: Whole = NEVER
    first_adopted: Whole = NEVER  # weeks into the run at which this post first had an adopter; it stays with the post
    conviction: OwnShare = 0.0
    first_opinion: Share = 0.0  # their conviction when they came
    ownership: OwnShare = 0.0  # how far the idea is their own
    purpose: OwnShare = 0.0  # how salient the patient's interest is
    understood: OwnShare = 0.0  # how far their pressures are seen by those who ask
    own_interest: OwnShare = 0.0  # how far they see the longer-term gain as theirs
    trust: OwnShare = 0.0  # in those who lead this change
    informed: OwnShare = 0.0  # how far they know what the evidence says
    pull: Annotated[float, "f8", Within(-1.0, 1.0), Own(-1.0, 1.0)] = (
        0.0  # of a commanding presence, from -1 (repelled) to 1 (drawn)
    )
    labelled: OwnShare = 0.0  # how loudly the label of those who came still sounds
    fidelity: OwnShare = 1.0  # how much of the idea survived its way to them
    motivation: OwnShare = 1.0
    skill: OwnShare = 0.0  # in system leadership, at their own level
    exposure: Share = 0.0  # share of weighted contacts who have adopted
    surrounding: Share = 0.0  # contacts' mean conviction
    profession_exposure: Share = 0.0  # share of contacts of the same profession who have adopted
    passed_on: Share = 1.0  # mean fidelity of the contacts who have adopted
    urging: Real = (
        0.0  # advocates among contacts, in whole strong ties, with their skill and what they keep of the idea
    )
    waiting: Real = NOT_THIS_WEEK  # when this week they would join the pilot


class Organisation(NamedTuple):
    """A trust, a primary care network, a council, a provider or a commissioner."""

    kind: Byte
    system: Whole
    first: Long  # its staff are the rows from first up to, not including, end
    end: Long
    first_circle: Long
    end_circle: Long
    weight: Long  # people represented, in 1/1024
    competition: Real = 0.0
    pride: Real = 0.0  # institutional ego
    cost: Real = 0.0  # of this change to it; negative where it saves from the first day
    gain: Real = 0.0  # to it, once partners change too
    fit: Real = 0.0  # of this change to it, drawn afresh for every change
    demand: Real = 0.0  # pressure above or below the mean, for good
    load: Real = 0.0  # pressure from favours given and not returned
    burden: Real = 0.0  # the cost as felt this week, after payment, gain-share and favours
    pressure: Real = 0.0
    asked: Whole = NEVER  # week in which the board asked
    approvals: Whole = 0  # given so far; a bit a regulator
    refused: Whole = NEVER  # week of the last refusal
    committed: Whole = NEVER  # week in which the gate opened
    waiting: Long = 0  # people who would join the pilot this week, and have no place yet
    adopted_share: Real = 0.0
    declared_share: Real = 0.0
    partners: Real = 0.0  # mean adopted share of its partners
    claimed_now: Long = 0  # people whose adoption a leader took the credit for this week, in 1/1024
    claimed: Real = 0.0  # the same as a share of its people
    given_now: Long = 0  # people to whom the credit was left this week, in 1/1024
    recognition: Real = 0.0  # from -1 (leaders are known here for taking the credit) to 1 (for leaving it)
    succeeded: Byte = 0  # 1: its gate has opened, and the credit for that is still to be had
    realised: Real = 0.0  # benefit now, as a share of the gain possible
    seen: Real = 0.0  # how far the change's true benefit shows
    favours: Real = 0.0  # received less given
    heard: Real = 0.0  # appearances of patients for each of its circles in the last year, fading
    disappointed: Byte = 0  # 1: a promised gain has not come
    # What it is to its staff this week:
    held_back: Real = 0.0  # log-odds lost to what national bodies do not align on
    tempted: Real = 0.0  # incentive to let the others go first
    mandate: Real = 0.0  # how far the change is ordered
    complying: Real = 0.0  # chance to begin to comply in name
    enforced: Byte = 0  # 1: something is paid or ordered, so that compliance holds
    is_open: Byte = 0  # 1: whoever would adopt, can
    room: Real = 0.0  # left in the pilot
    lapse_raised: Real = 1.0  # factor on the risk of lapse


class Leader(NamedTuple):
    """Somebody who asks without being able to order."""

    organisation: Whole  # the home; -1: from outside
    system: Whole
    tier: Byte
    start: Whole  # first and last week in post; -1: no end
    end: Whole
    hours: Real  # a week for this change
    ego: Real = 0.0  # the trait
    ego_shown: Real = 0.0  # which feedback can soften
    reflection: Real = 0.0  # aptitude for learning from feedback
    asking: Real = 0.0  # how far they ask rather than tell
    credit_forgone: Real = 0.0  # share of the credit left to others
    generosity: Real = 0.0  # share of meetings in which something is given
    label: Real = 0.0  # 1: declares to be a system leader
    training: Real = 0.0
    capital: Real = 0.0  # career capital, in [-1, 1]
    credit_taken: Real = 0.0  # adoptions claimed, in people
    credit_given: Real = 0.0
    hours_spent: Real = 0.0
    withdrawn: Real = 0.0  # share of the hours that blame has frightened away
    in_post: Byte = 1
    vacant_until: Whole = NEVER
    meetings: Whole = 0  # this week
    taken_now: Long = 0  # people whose adoption was claimed this week, in 1/1024
    given_now: Long = 0  # people to whom the credit was left this week, in 1/1024


class Skill(NamedTuple):
    """One leader's skill in one kind of conversation, and the conversations it comes from."""

    skill: Real
    aptitude: Real  # which skill can reach
    held: Long = 0  # conversations so far
    heard: Long = 0  # of these, those that achieved something
    practised: Long = 0  # held by whoever is in post
    held_now: Long = 0  # this week
    heard_now: Long = 0


class Booking(NamedTuple):
    """Who sees one circle this week, if anybody."""

    when: Real = NOT_THIS_WEEK
    leader: Whole = 0
    position: Whole = 0  # of the conversation, in the leaders' mix
    next: Whole = NEVER  # circle that is booked this week in the same system


class Knowledge(NamedTuple):
    """What one leader knows of, and has given to, one organisation."""

    error: Real  # standard normal: which way the leader misreads it
    visits: Whole = 0
    visited: Whole = NEVER
    given: Real = 0.0
    returned: Real = 0.0
    pressure: Real = 0.0  # as it was at the last visit


class Convener(NamedTuple):
    """A place where the parts of one system come together, or its absence."""

    first: Long = 0  # the organisations of the system are the rows from first up to, not including, end
    end: Long = 0
    first_circle: Long = 0
    end_circle: Long = 0
    weight: Long = 0  # people of the system, in 1/1024
    mean_cost: Real = 0.0  # of the change to its organisations
    booked: Whole = (
        NEVER  # circle of the system that is booked this week, from which `Booking.next` leads to the others
    )
    relations: Real = 0.0  # how well those at the table know one another
    disrupted: Whole = NEVER  # week of the last abolition or start
    present: Byte = 0


class Patients(NamedTuple):
    """The patient partners of one system."""

    fatigue: Real = 0.0  # from being heard where nothing changes
    asked: Whole = 0  # appearances wanted this week
    spoke: Whole = 0  # appearances this week
    idle: Whole = 0  # of these, before a closed gate


class Regulator(NamedTuple):
    """One body whose approval a reconfiguration needs."""

    caseload: Whole = 0
    granted: Whole = 0
    refused: Whole = 0


class Fault(NamedTuple):
    """The first number of a tactic's in a run that cannot be, if there was any."""

    week: Whole = NEVER
    code: Whole = 0  # of the tactic
    heard: Byte = 0  # 1: from what succeeding does, 0: from what failing does
    number: Byte = 0  # which of `OF_A_TACTIC`
    person: Whole = 0
    value: Real = 0.0


class Situation(NamedTuple):
    """One conversation, as a tactic sees it."""

    draw: float  # a uniform number, for chance of the tactic's own
    match: float  # how well the leader reads this organisation's pressures, 0 to 1
    evidence: float  # strength of the evidence for the change
    benefit: float  # to patients, as this person believes in it
    freshness: float  # of the patient's voice here: 1 the first time, less with each repetition
    skill: float


class Effect(NamedTuple):
    """What one conversation changes in a person.

    A share moves a state by that part of the way to 1 or, if negative, of the way to 0; nothing can overshoot.
    No effect opens a gate or makes anyone adopt: a leader has no authority.
    """

    aware: bool
    conviction: float
    ownership: float
    purpose: float
    understood: float
    own_interest: float
    trust: float
    informed: float
    planted: bool
    advocate: bool


def effect(  # noqa: PLR0913 - one argument a state
    aware: bool = False,
    conviction: float = 0.0,
    ownership: float = 0.0,
    purpose: float = 0.0,
    understood: float = 0.0,
    own_interest: float = 0.0,
    trust: float = 0.0,
    informed: float = 0.0,
    planted: bool = False,
    advocate: bool = False,
) -> Effect:
    """Return an effect that changes what is named, and nothing else.

    >>> effect(aware=True, trust=0.2).conviction
    0.0
    """
    return Effect(
        bool(aware),
        float(conviction),
        float(ownership),
        float(purpose),
        float(understood),
        float(own_interest),
        float(trust),
        float(informed),
        bool(planted),
        bool(advocate),
    )


NOTHING = effect()
