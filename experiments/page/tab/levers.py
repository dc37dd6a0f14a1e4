"""The levers of the page, made from the one declaration of each parameter and tactic."""

from functools import cache
from typing import Any

from experiments.analysis.parameters.meanings import PLAIN, in_words, title_of
from simulation import catalogue
from simulation.parameters import Parameter
from simulation.request import Request
from simulation.settings import mix

AT_HAND = (
    ("Leaders", ("leaders.hours", "leaders.ego", "leaders.number", "leaders.placement", "targeting.rule")),
    ("Climate", ("pressure.finance", "competition.level", "alignment.degree", "learning.blame")),
    ("Gates", ("gates.approvals", "gates.delay", "gates.pilot", "gates.support")),
    ("Convener", ("convening.kind", "convening.start", "convening.end")),
    ("The change", ("nature.evidence", "nature.benefit", "nature.cost", "nature.gain", "nature.divergence")),
    ("Exit", ("turnover.exit", "isolation.peer_sets", "training.on")),
)
"""The levers that stand open, by heading; all others are found by searching."""
KINDS_OF_TACTIC = {
    "conversation": "What leaders talk about: shares of their time",
    "stance": "How they carry themselves: degrees",
    "comparator": "For comparison: not system leadership",
}


def tactic_levers(request: Request) -> list[dict[str, Any]]:
    """Return a lever for each tactic, under the heading of its kind."""
    found = []
    shares = mix(request.tactics)
    for kind, heading in KINDS_OF_TACTIC.items():
        levers = [
            {
                "name": name,
                "title": title_of(name),
                "meaning": _sentence(tactic.meaning),
                "cost": _sentence(tactic.cost),
                "value": float(request.tactics.get(name, 0.0)),
                "share": shares.get(name, 0.0),
            }
            for name, tactic in catalogue.tactics().items()
            if tactic.kind == kind
        ]
        found.append({"heading": heading, "shared": kind == "conversation", "levers": levers})
    return found


TOPS = {"gates.delay": 104.0, "leaders.number": 40.0, "leaders.hours": 20.0}
"""Where a slider ends although the parameter may be larger: over its whole range it would be useless."""


def parameter_levers(request: Request, pending: set[str], every: bool = False) -> list[dict[str, Any]]:
    """Return a lever for each parameter at hand, or for every other one, by heading."""
    values = request.in_force()
    groups: tuple[tuple[str, tuple[str, ...]], ...] = _all_others() if every else AT_HAND
    known = catalogue.parameters()
    return [
        {
            "heading": heading,
            "levers": [
                _lever(known[name], values, name in pending, top_of(known[name], request.weeks, every))
                for name in names
                if name in known
            ],
        }
        for heading, names in groups
    ]


@cache
def _all_others() -> tuple[tuple[str, tuple[str, ...]], ...]:
    at_hand = {name for _, names in AT_HAND for name in names}
    groups: dict[str, list[str]] = {}
    for name, parameter in catalogue.parameters().items():
        if name not in at_hand:
            groups.setdefault(parameter.group, []).append(name)
    return tuple((group.replace("_", " ").capitalize(), tuple(names)) for group, names in groups.items())


def top_of(parameter: Parameter, weeks: int, whole: bool = False) -> float:
    """Return where a slider ends; a number field takes the whole range."""
    if whole:
        return parameter.high
    return min(parameter.high, weeks if parameter.unit == "week" else TOPS.get(parameter.name, parameter.high))


def _lever(parameter: Parameter, values: dict[str, Any], waits: bool, top: float) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "meaning": parameter.meaning.removesuffix("; -1: never"),  # which is written out
        "kind": parameter.kind,
        "unit": "" if parameter.unit in PLAIN else parameter.unit,
        "never": parameter.unit == "week",
        "range": _range(parameter),
        "low": parameter.low,
        "high": parameter.high,
        "top": top,
        "step": step_of(parameter, top),
        "choices": [[choice, choice.replace("_", " ")] for choice in parameter.choices],
        "source": parameter.source,
        "default": parameter.default,
        "default_words": in_words(parameter, parameter.default),
        "value": values.get(parameter.name, parameter.default),
        "live": parameter.live,
        "waits": waits,
    }


def _range(parameter: Parameter) -> str:
    if parameter.kind in ("choice", "switch"):
        return ""
    low, high, unit = f"{parameter.low:g}", f"{parameter.high:g}", parameter.unit
    if unit == "week" and parameter.low < 0:
        return f"never, or 0 to {high}"
    if unit.startswith("share of"):
        return f"{low} to {high}, a {unit}"
    return f"{low} to {high}" if unit in PLAIN else f"{low} to {high} {unit}"


def step_of(parameter: Parameter, top: float) -> float:
    """Return by how much one press of an arrow key moves a lever that ends at `top`.

    >>> known = catalogue.parameters()
    >>> step_of(known["leaders.ego"], 1), step_of(known["gates.approvals"], 8), step_of(known["gates.delay"], 104)
    (0.01, 1.0, 1.0)
    """
    if parameter.kind == "integer":
        return 1.0
    width = top - parameter.low
    return next((step for step in (0.0001, 0.001, 0.01, 0.1) if width <= 300 * step), 1.0)


def moved(parameter: Parameter, value: Any) -> float | int | bool | str:
    """Return what the page sends for a lever, in the type that the parameter has.

    >>> moved(catalogue.parameters()["gates.approvals"], 2.0), moved(catalogue.parameters()["leaders.ego"], "0.5")
    (2, 0.5)
    """
    if parameter.kind == "choice":
        return str(value)
    if parameter.kind == "switch":
        return bool(value)
    return int(float(value)) if parameter.kind == "integer" else float(value)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:].replace("`", "")
