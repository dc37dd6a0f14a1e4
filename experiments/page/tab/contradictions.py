"""Levers that contradict each other: of two that set the same, only one is heard."""

from collections.abc import Iterator
from typing import Any

from experiments.analysis.parameters.meanings import in_words, meaning_of, title_of
from experiments.analysis.writing import lowered
from simulation import catalogue
from simulation.request import Request
from simulation.settings import set_by


def contradictions(request: Request) -> list[str]:
    """Return in words where two tactics, or a tactic and a lever, set the same to different values.

    >>> contradictions(Request(tactics={"heroic_leader": 1.0, "forgoing_credit": 1.0, "plain_case": 1.0}))
    ['The heroic leader and Forgoing credit contradict each other: share of credit left to others is 0.']
    """
    return list(dict.fromkeys([*_between_tactics(request), *_with_levers(request)]))


def _between_tactics(request: Request) -> Iterator[str]:
    active = [name for name, degree in sorted(request.tactics.items()) if degree and set_by(name)]
    stands = request.in_force()
    for place, one in enumerate(active):
        for other in active[place + 1 :]:
            for name in sorted(set_by(one) & set_by(other)):
                if _set(request, one, name) != _set(request, other, name):
                    first, second = sorted((one, other), key=lambda tactic: _set(request, tactic, name) != stands[name])
                    yield f"{title_of(first)} and {title_of(second)} contradict each other: {_stands(name, stands[name])}."


def _with_levers(request: Request) -> Iterator[str]:
    for tactic, degree in sorted(request.tactics.items()):
        for name in sorted(set_by(tactic) & set(request.settings)):
            value = request.settings[name]
            if degree and _set(request, tactic, name) != value:
                yield f"{title_of(tactic)} does not change this lever while you have set it: {_stands(name, value)}."


def _set(request: Request, tactic: str, name: str) -> Any:
    """Return what one tactic alone would set."""
    return request._replace(tactics={tactic: request.tactics[tactic]}, settings={}).in_force().get(name)


def _stands(name: str, value: Any) -> str:
    return f"{lowered(meaning_of(name))} is {in_words(catalogue.parameters()[name], value)}"
