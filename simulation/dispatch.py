"""Conversation number k: what the tactic of that number says of it."""

from collections.abc import Callable
from functools import cache
from typing import Any

from . import tactics
from .compiled import alone, in_compiled_code, spelt_out
from .entities import NOTHING, Effect, Organisation, Situation, Staff
from .own_tactics import failed, wrongly_typed
from .rules.conversation import by_trust

MODULES = [tactics.modules[name] for name in tactics.conversations]


def openness(code: int, person: Staff, conversation: Any, parameters: Any) -> float:
    """Return how openly a person hears a conversation: by trust, where its tactic says nothing else."""
    if hasattr(MODULES[code], "openness"):
        return float(_said(code, "openness", person, parameters[code]))
    return by_trust(person, conversation)


def converse(code: int, person: Staff, organisation: Organisation, situation: Situation, parameters: Any) -> Effect:
    """Return what a conversation does where it is heard."""
    effect: Effect = _said(code, "converse", person, organisation, situation, parameters[code])
    return effect


def rebuff(code: int, person: Staff, organisation: Organisation, situation: Situation, parameters: Any) -> Effect:
    """Return what a conversation does where it is not heard: nothing, where its tactic says nothing else."""
    if hasattr(MODULES[code], "rebuff"):
        effect: Effect = _said(code, "rebuff", person, organisation, situation, parameters[code])
        return effect
    return NOTHING


def strength(code: int, parameters: Any) -> float:
    """Return the factor on what a conversation does: 1, where its tactic declares none."""
    return float(getattr(parameters[code], "strength", 1.0))


def _said(code: int, hook: str, *arguments: Any) -> Any:
    """Return what a tactic says of a conversation."""
    try:
        said = getattr(MODULES[code], hook)(*arguments)
    except (ArithmeticError, ValueError) as error:
        said = _as_compiled(code, hook, arguments, error)
    except Exception as error:
        raise failed(MODULES[code], hook, error, arguments[0].row) from error
    if not isinstance(said, float if hook == "openness" else Effect):
        raise wrongly_typed(MODULES[code], hook, type(said).__name__)
    return said


def _as_compiled(code: int, hook: str, arguments: tuple[Any, ...], error: Exception) -> Any:
    """Return what compiled code makes of arithmetic that Python refuses, such as 1 / 0: infinity, or what is no number."""
    records = zip(arguments, (Staff, Organisation, Situation, Situation), strict=False)
    try:
        return _alone(code, hook)(*(_record(argument, kind) for argument, kind in records))
    except Exception:
        raise failed(MODULES[code], hook, error, arguments[0].row) from error


@cache
def _alone(code: int, hook: str) -> Any:
    return alone(getattr(MODULES[code], hook))


def _record(argument: Any, kind: type[Any]) -> Any:
    """Return an agent as plain numbers, and what is that already as it is."""
    return argument if isinstance(argument, tuple) else kind(*(getattr(argument, name) for name in kind._fields))


def _by_number(arguments: str, hook: str, call: str, otherwise: str) -> Callable[..., Any]:
    """Return a function that asks the tactic of a number, one after another, if it has a hook of that name."""
    asked = {k: getattr(module, hook) for k, module in enumerate(MODULES) if hasattr(module, hook)}
    lines = [f"if code == {k}: return {call.format(k=k, name=tactics.conversations[k])}" for k in asked]
    known = {f"{hook}_{k}": function for k, function in asked.items()}
    return spelt_out(arguments, [*lines, f"return {otherwise}"], by_trust=by_trust, NOTHING=NOTHING, **known)


@in_compiled_code(openness)
def _openness(code: Any, person: Any, conversation: Any, parameters: Any) -> Any:
    call = "float(openness_{k}(person, parameters.{name}))"
    return _by_number("code, person, conversation, parameters", "openness", call, "by_trust(person, conversation)")


@in_compiled_code(converse)
def _converse(code: Any, person: Any, organisation: Any, situation: Any, parameters: Any) -> Any:
    call = "converse_{k}(person, organisation, situation, parameters.{name})"
    return _by_number("code, person, organisation, situation, parameters", "converse", call, "NOTHING")


@in_compiled_code(rebuff)
def _rebuff(code: Any, person: Any, organisation: Any, situation: Any, parameters: Any) -> Any:
    call = "rebuff_{k}(person, organisation, situation, parameters.{name})"
    return _by_number("code, person, organisation, situation, parameters", "rebuff", call, "NOTHING")


@in_compiled_code(strength)
def _strength(code: Any, parameters: Any) -> Any:
    names = tactics.conversations
    strong = [k for k, module in enumerate(MODULES) if "strength" in module.Parameters._fields]
    lines = [f"if code == {k}: return float(parameters.{names[k]}.strength)" for k in strong]
    return spelt_out("code, parameters", [*lines, "return 1.0"])
