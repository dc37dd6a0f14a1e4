"""The questions that users ask, each a built-in study, as far as one run, or two side by side, can show them."""

from typing import Any, NamedTuple

from experiments.design import study_file
from experiments.design.opening import Opening
from experiments.design.study import Study
from simulation.request import Request


class Question(NamedTuple):
    """A question, what the two arms differ in, and what a group is asked about it afterwards.

    The names of the arms are true however the six levers stand that matter for the question (`presets`).
    """

    title: str
    words: str
    names: tuple[str, ...]
    levers: tuple[str, ...]
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


FREE = Question(
    "What do the interviews' tactics do together?",
    "The interviews' tactics together. Pull any lever.",
    ("the interviews' tactics",),
    (
        "leaders.hours",
        "leaders.ego",
        "pressure.finance",
        "gates.approvals",
        "competition.level",
        "convening.kind",
    ),
    {"tactics": BUNDLE},
    None,
    ("What surprised you?", "Which assumption would you want to check first?"),
)


def _opened(study: Study, opening: Opening) -> Question:
    """Return how the page asks the question of a study: two of its arms, where what varies stands at its last level."""
    arms = {arm.name: arm for arm in study.arms}
    last = study.design.row(study.design.size - 1)
    left, right = (
        {"tactics": arms[name].tactics, "settings": {**arms[name].settings, **last}} for name in opening.arms
    )
    return Question(study.title, study.question, opening.names, opening.levers, left, right, study.watch)


def _built_in() -> dict[str, Question]:
    """Return the questions of the built-in studies that say how the page opens them, by their numbers."""
    studies = [study_file.load(name) for name in study_file.studies()]
    opened = {study.opening.number: _opened(study, study.opening) for study in studies if study.opening}
    return {str(number): opened[number] for number in sorted(opened)}


QUESTIONS = {**_built_in(), "free": FREE}


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
