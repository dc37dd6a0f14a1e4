"""What the arms are called, and which levers stand otherwise than the question has them."""

from __future__ import annotations

from typing import Any

from experiments.analysis.parameters.differences import differences
from experiments.analysis.parameters.meanings import title_of
from experiments.analysis.writing import lowered
from experiments.page.tab.presets import is_preset
from experiments.page.tab.questions import QUESTIONS, Question, requests_of
from simulation import catalogue
from simulation.request import Request

UNNAMED = ("the first arm", "the second arm")
MOST_CHANGES = 3
"""Changed levers that are named; more are counted."""


def names_of_arms(question: str, requests: list[Request]) -> list[str]:
    """Return a name for each arm, as it stands within a sentence.

    Those of the question, as long as what they say is true of the levers; otherwise what the arms differ in.

    >>> names_of_arms("", [Request(settings={"leaders.ego": 0.1}), Request(settings={"leaders.ego": 0.9})])
    ['mean ego of leaders 0.1', 'mean ego of leaders 0.9']
    >>> names_of_arms("", [Request()]), names_of_arms("", [Request(), Request()])
    (['your levers'], ['the first arm', 'the second arm'])
    """
    asked = QUESTIONS.get(question)
    if asked and len(asked.names) == len(requests) and _are_true(asked, requests):
        return list(asked.names)
    if len(requests) == 1:
        return ["your levers"]
    found = differences(requests[0], requests[1])
    single = [_single_tactic(request) for request in requests]
    if all(single) and single[0] != single[1]:
        return [lowered(name) for name in single]
    if not found:
        return list(UNNAMED)
    lever, first, second, _ = found[0]
    return [f"{lowered(lever)} {value}" for value in (first, second)]


def changed_levers(question: str, requests: list[Request]) -> str:
    """Return in words which levers stand otherwise than the question has them, empty if none."""
    asked = QUESTIONS.get(question)
    own = requests_of(asked, requests[0]) if asked else []
    if len(own) != len(requests):
        return ""
    found: dict[str, None] = {}
    for before, now in zip(own, requests, strict=True):
        found |= {f"{lowered(lever)}: {value}": None for lever, _, value, _ in differences(before, now)}
    named = list(found)[:MOST_CHANGES]
    more = f" and {len(found) - len(named)} more" if len(found) > len(named) else ""
    return ", ".join(named) + more


def _are_true(asked: Question, requests: list[Request]) -> bool:
    """Whether all that the question's arms differ in stands as it has it, but for its six levers."""
    own = requests_of(asked, requests[0])
    if len(own) == 1:
        return own[0].tactics == requests[0].tactics
    return all(
        _of(before, part, name) == _of(now, part, name)
        for part, name in _defining(own)
        if not is_preset(asked, name)
        for before, now in zip(own, requests, strict=True)
    )


def _defining(own: list[Request]) -> list[tuple[str, str]]:
    found = []
    for part in ("tactics", "settings"):
        names = {name for request in own for name in getattr(request, part)}
        found += [(part, name) for name in sorted(names) if _of(own[0], part, name) != _of(own[1], part, name)]
    return found


def _of(request: Request, part: str, name: str) -> Any:
    return getattr(request, part).get(name)


def _single_tactic(request: Request) -> str:
    shares = [name for name, share in request.tactics.items() if share]
    known = catalogue.tactics()
    return title_of(shares[0]) if len(shares) == 1 and shares[0] in known else ""
