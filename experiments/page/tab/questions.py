"""The questions that users ask, as far as one run, or two side by side, can show them."""

from typing import Any, NamedTuple

from simulation.request import Request


class Question(NamedTuple):
    """A question, what the two arms differ in, and what a group is asked about it afterwards.

    The names of the arms are true however the six levers stand that matter for the question (`presets`).
    """

    title: str
    words: str
    names: tuple[str, ...]
    levers: str
    left: dict[str, Any]
    right: dict[str, Any] | None = None
    asks: tuple[str, ...] = ()


BUNDLE = {
    "others_shoes": 0.2,
    "longer_term_goal": 0.2,
    "seeding": 0.2,
    "patient_voice": 0.2,
    "coalition": 0.2,
    "forgoing_credit": 1.0,
    "undeclared": 1.0,
    "asking": 1.0,
}
"""The interviews' tactics together: equal shares of the leaders' time, no credit, no label."""


WITHOUT_CREDIT = {name: share for name, share in BUNDLE.items() if name != "forgoing_credit"}
"""The same, with credit as the leaders' ego has it: who forgoes credit shows no ego."""


def _tactics(**mix: float) -> dict[str, Any]:
    return {"tactics": mix}


def _bundle(**settings: Any) -> dict[str, Any]:
    return {"tactics": BUNDLE, "settings": {name.replace("__", "."): value for name, value in settings.items()}}


QUESTIONS = {
    "1": Question(
        "Does one tactic help more than the plain case?",
        "Seeding an idea against the plain case, with equal hours.",
        ("the plain case", "seeding an idea"),
        "another_tactic hours pressure approvals evidence ego",
        _tactics(plain_case=1.0),
        _tactics(seeding=1.0),
        ("Which organisations moved only with the tactic, and through whom?", "What did the tactic cost elsewhere?"),
    ),
    "2": Question(
        "What does a leader's ego do?",
        "The same conversations, held by leaders of little and of much ego.",
        ("leaders of little ego", "leaders of much ego"),
        "hours pressure approvals reflection divergence convener",
        {"tactics": WITHOUT_CREDIT, "settings": {"leaders.ego": 0.1}},
        {"tactics": WITHOUT_CREDIT, "settings": {"leaders.ego": 0.9}},
        ("When, if ever, was the high ego ahead?", "Where did trust go, and why?"),
    ),
    "3": Question(
        "Should I call myself a 'system leader'?",
        "Nobody declares the label, or everybody does.",
        ("no label", "the label declared"),
        "hours ego pressure approvals autonomy divergence",
        {"tactics": {**BUNDLE, "undeclared": 1.0}},
        {"tactics": {name: share for name, share in BUNDLE.items() if name != "undeclared"}},
        ("Is the difference larger than that between two seeds?", "Who minds being led?"),
    ),
    "4": Question(
        "Bring back a convener?",
        "Nobody convenes, or a place with authority does until it is abolished.",
        ("no convener", "a place with authority"),
        "end hours pressure competition approvals delay",
        _bundle(convening__kind="none"),
        _bundle(convening__kind="place_with_authority", convening__start=0, convening__end=104),
        ("What did the convener change first?", "What lasted after its end, and what did not?"),
    ),
    "5": Question(
        "Which barrier first?",
        "As it is, or with less short-term pressure. Then try competition, permissions, isolation.",
        ("the usual pressure", "less pressure"),
        "competition approvals delay hours convener peer_sets",
        _bundle(),
        _bundle(pressure__finance=0.4),
        ("Does one barrier less help alone?", "Which pair does more than the sum of the two?"),
    ),
    "6": Question(
        "Pay for it, or persuade?",
        "Leaders persuade, or the change is paid for and nobody leads.",
        ("persuasion", "payment"),
        "payment_end compliance pressure convener approvals cost",
        _bundle(),
        {"tactics": {"payment": 1.0}, "settings": {"incentives.payment_end": 104}},
        ("How many say so without doing it?", "What is left a year after the money ends?"),
    ),
    "7": Question(
        "Leaders at the top, or at all levels?",
        "The same hours, by leaders at the top only or spread over all levels.",
        ("leaders at the top", "leaders at all levels"),
        "hours number approvals delay pressure convener",
        _bundle(leaders__placement="top"),
        _bundle(leaders__placement="spread"),
        ("Which gates opened first, and why?", "Where do people adopt without permission?"),
    ),
    "8": Question(
        "Who goes into the coalition?",
        "Leaders look for the willing, or for those who sit on the fence.",
        ("a coalition of the willing", "a coalition of fence-sitters"),
        "hours divergence evidence pressure approvals competition",
        {"tactics": {"coalition": 1.0}, "settings": {"targeting.rule": "willing"}},
        {"tactics": {"coalition": 1.0}, "settings": {"targeting.rule": "fence_sitters"}},
        ("Do the willing know anyone but the willing?", "Try brokers, and a change of high divergence."),
    ),
    "9": Question(
        "The argument, or the voice?",
        "Leaders speak of the patient's interest, or patients speak themselves.",
        ("the patient's argument", "the patient's own voice"),
        "hours partners pressure approvals tokenism evidence",
        _tactics(patient_argument=1.0),
        _tactics(patient_voice=1.0),
        ("Where did the voice wear out?", "Which gates stayed closed all the same?"),
    ),
    "10": Question(
        "Train, support, or let them fail?",
        "No training and much blame, or training, peer sets and little blame.",
        ("no training and much blame", "training and little blame"),
        "hours reflection pressure approvals withdrawal number",
        _bundle(learning__blame=0.9),
        _bundle(learning__blame=0.1, training__on=True, isolation__peer_sets=True),
        ("Who learned, and who never will?", "What would training alone have done?"),
    ),
    "11": Question(
        "What if the leaders leave?",
        "All leaders leave for good: those who took the credit, or those who left it to others.",
        ("leaders who take the credit", "leaders who leave the credit"),
        "exit hours number pressure approvals complexity",
        {"tactics": {"heroic_leader": 1.0, "plain_case": 1.0}, "settings": {"turnover.exit": 104}},
        {"tactics": BUNDLE, "settings": {"turnover.exit": 104}},
        ("What is left a year later, and in whose hands?", "Whose idea was it, where it lasted?"),
    ),
    "12": Question(
        "What if the idea is bad?",
        "The change harms patients, and nobody knows yet: two approvals are needed, or none.",
        ("permission needed", "no permission needed"),
        "delay veto hours evidence pressure harm",
        _bundle(nature__benefit=-0.6, gates__approvals=2),
        _bundle(nature__benefit=-0.6, gates__approvals=0),
        ("How much harm did permission prevent?", "What did the same tactics do for a bad idea?"),
    ),
    "free": Question(
        "What do the interviews' tactics do together?",
        "The interviews' tactics together. Pull any lever.",
        ("the interviews' tactics",),
        "hours ego pressure approvals competition convener",
        _bundle(),
        None,
        ("What surprised you?", "Which assumption would you want to check first?"),
    ),
}


def requests_of(question: Question, now: Request) -> list[Request]:
    """Return what a question runs, on the health economy and with the seed that the page has now."""
    sides = [side for side in (question.left, question.right) if side is not None]
    return [
        now._replace(tactics=dict(side.get("tactics", {})), settings=dict(side.get("settings", {})), schedule=())
        for side in sides
    ]


def is_of(question: Question, requests: list[Request]) -> bool:
    """Return whether requests are those of a question, whatever the health economy and the seed."""
    wanted = [(request.tactics, request.settings) for request in requests_of(question, requests[0])]
    return wanted == [(request.tactics, request.settings) for request in requests]
