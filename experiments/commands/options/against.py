"""What is run for the two sides of a comparison: each as it is written, under what the command line says of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from experiments.commands.options.sides import Side, side_of
from simulation import Request
from simulation.errors import Invalid

WEEKS = 260


class Laid(NamedTuple):
    """What the command line says of both sides; None where it says nothing."""

    scenario: str | None = None
    change: str | None = None
    settings: Mapping[str, Any] = {}
    weeks: int | None = None
    seed: int = 1


def requests_of(first: str, second: str, laid: Laid) -> tuple[list[str], list[Request]]:
    """Return what the two sides are called, and what is run for each.

    Raises
    ------
    Invalid
        With everything that is wrong with either.
    """
    sides, problems = [], []
    for word in (first, second):
        try:
            sides.append(side_of(word))
        except Invalid as invalid:
            problems += invalid.problems
    if not problems:
        problems = _clashes(sides, laid)
    if problems:
        raise Invalid(dict.fromkeys(problems))
    requests = [_request(side, sides[1 - place], laid) for place, side in enumerate(sides)]
    for request in requests:
        try:
            request.check()
        except Invalid as invalid:
            problems += invalid.problems
    if problems:
        raise Invalid(dict.fromkeys(problems))
    return _titles(sides, requests, (first, second)), requests


def _clashes(sides: Sequence[Side], laid: Laid) -> list[str]:
    """Return where the command line would do nothing, or take away what the sides differ in."""
    problems = []
    if laid.scenario and all(side.place for side in sides):
        problems.append(f"`--scenario {laid.scenario}` does nothing: both sides say with @ where they are.")
    first, second = (_settings(side, sides[1 - place]) for place, side in enumerate(sides))
    for name in laid.settings:
        if first.get(name) != second.get(name):
            problems.append(f"`--set {name}` would take away what the two sides differ in; leave it out.")
    changes = {side.arm.change for side in sides if side.weeks is not None}
    if laid.change and len(changes) > 1:
        problems.append("`--change` would take away what the two sides differ in; leave it out.")
    weeks = sorted({side.weeks for side in sides if side.weeks is not None})
    if len(weeks) > 1 and laid.weeks is None:
        problems.append(
            f"The two sides are made for {weeks[0]} and {weeks[1]} weeks: say with --weeks how long to run."
        )
    return problems


def _settings(side: Side, other: Side) -> dict[str, Any]:
    """Return the settings of a side; a mix stands among the arms of the other side's study."""
    if side.weeks is None and other.shared is not None:
        return {**other.shared.settings, **side.arm.settings}
    return dict(side.arm.settings)


def _request(side: Side, other: Side, laid: Laid) -> Request:
    frame = side.arm if side.weeks is not None else other.shared or side.arm
    return Request(
        scenario=side.place or (frame.scenario or Request().scenario if laid.scenario is None else laid.scenario),
        tactics=side.arm.tactics,
        settings={**_settings(side, other), **laid.settings},
        weeks=laid.weeks if laid.weeks is not None else side.weeks or other.weeks or WEEKS,
        seed=laid.seed,
        schedule=side.arm.schedule,
        change=frame.change if laid.change is None else laid.change,
    )


def _titles(sides: Sequence[Side], requests: Sequence[Request], words: Sequence[str]) -> list[str]:
    """Return what the sides are called: with where they are, if that is not the same, and told apart in any case."""
    titles = [side.title for side in sides]
    if requests[0].scenario != requests[1].scenario:
        titles = [f"{title} on {request.scenario}" for title, request in zip(titles, requests, strict=True)]
    if titles[0] == titles[1] and requests[0] != requests[1]:
        titles = [f"{title} ({word})" for title, word in zip(titles, words, strict=True)]
    return titles
