"""The range of a factor, as a study file writes it, read into what is believed about a parameter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from experiments.design.dotted import RANGE_KEYS
from experiments.design.sampling.priors import SHAPES, Prior
from simulation import catalogue
from simulation.errors import nearest
from simulation.toml_file import Complaints, shown

SHAPES_WITH = {"centre": ("normal", "triangular"), "spread": ("normal",)}
"""The shapes that a key of a range means something to; the other keys mean something to all of them."""
ANYTHING = Prior(0.0, 1.0)


def prior_of(complaints: Complaints, name: str, spec: Any) -> Prior:
    """Return what is believed about a parameter; where the file is wrong, that is noted and anything returned."""
    problems = _problems_of_words(spec) if isinstance(spec, list) else _problems_of(name, spec)
    for problem in problems:
        complaints.add(["factors", name], f"`factors.{name}` {problem}")
    if problems:
        return ANYTHING
    if isinstance(spec, list):
        return ANYTHING._replace(kind="choice", choices=tuple(spec))
    return declared(name)._replace(**spec)


def _problems_of_words(spec: list[Any]) -> list[str]:
    if not spec or not all(isinstance(value, str) for value in spec):
        return [f"must be a range such as {{ low = 0.2, high = 0.8 }}, but is {shown(spec)}."]
    return ["has a level twice."] if len(set(spec)) < len(spec) else []


def _problems_of(name: str, spec: Any) -> list[str]:
    if not isinstance(spec, Mapping):
        return [f"must be a range such as {{ low = 0.2, high = 0.8 }}, but is {shown(spec)}."]
    problems = []
    for key in sorted(spec.keys() - RANGE_KEYS):
        hint = nearest(key, RANGE_KEYS) or f"A range has {', '.join(RANGE_KEYS)}."
        problems.append(f"has an unknown key {key!r}. {hint}")
    whole = declared(name)
    if whole.kind in ("switch", "choice"):
        instead = "" if whole.kind == "switch" else " or a list of words"
        return problems + [
            f"is a {whole.kind}, to which `{key}` means nothing: write {{}}{instead}."
            for key in RANGE_KEYS
            if key in spec
        ]
    shape = spec.get("shape", whole.shape)
    problems += [
        f"is {shape}, to which `{key}` means nothing: it belongs to `shape` {' or '.join(shapes)}."
        for key, shapes in SHAPES_WITH.items()
        if key in spec and shape in SHAPES and shape not in shapes
    ]
    if not problems and (problem := whole._replace(**spec).problem):
        problems.append(f"{problem}.")
    return problems


def declared(name: str) -> Prior:
    """Return the whole range of a parameter; from 0 to 1 where none is declared."""
    parameter = catalogue.parameters().get(name)
    if parameter is None:
        return ANYTHING
    return Prior(parameter.low, parameter.high, kind=parameter.kind, choices=tuple(parameter.choices))
