"""What differs between two runs that are asked for: the tactics, and the parameters in force."""

from __future__ import annotations

from typing import NamedTuple

from experiments.analysis.parameters.meanings import in_words, meaning_of, title_of
from simulation import catalogue
from simulation.request import Request


class Difference(NamedTuple):
    """A tactic or parameter that stands differently: what it means, how it stands in either, and its name."""

    meaning: str
    left: str
    right: str
    name: str


def differences(left: Request, right: Request) -> list[Difference]:
    """Return which tactics and parameters stand differently in two requests, each with how it stands in words.

    >>> differing = differences(Request(settings={"convening.end": 104}), Request(tactics={"seeding": 0.5}))
    >>> [one[:3] for one in differing], [one.name for one in differing]
    ([('Seeding an idea', '0', '0.5'), ('Week of its abolition', '104', 'never')], ['seeding', 'convening.end'])
    """
    found = []
    for name in sorted({*left.tactics, *right.tactics}):
        a, b = left.tactics.get(name, 0.0), right.tactics.get(name, 0.0)
        if a != b:
            found.append(Difference(title_of(name), f"{a:g}", f"{b:g}", name))
    one, two = left.in_force(), right.in_force()
    known = catalogue.parameters()
    for name in sorted({*one, *two}):
        parameter = known[name]
        a, b = (side.get(name, parameter.default) for side in (one, two))
        if a != b:
            found.append(Difference(meaning_of(name), in_words(parameter, a), in_words(parameter, b), name))
    return found
