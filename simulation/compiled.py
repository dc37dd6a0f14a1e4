"""What makes the rules compilable as they stand: Numba told about them, and a cache that never serves an old rule."""

import os
import sys
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from inspect import getmembers, isfunction
from types import ModuleType
from typing import Any, TypeVar, cast

from . import cache, draws, entities, mathematics, rules, tactics

CACHE = cache.folder()
os.environ["NUMBA_CACHE_DIR"] = str(CACHE)

import numba  # noqa: E402 - only once its cache is named
import numpy as np  # noqa: E402
from numba.extending import overload, register_jitable  # noqa: E402

# Numba's own type hints know neither the cache's folder nor code without reference counting.
_config: Any = numba.config
_njit: Any = numba.njit
_register: Any = register_jitable
_config.CACHE_DIR = str(CACHE)

Function = TypeVar("Function", bound=Callable[..., Any])


def part(function: Function) -> Function:
    """Return a function as it is, and let compiled code call it too."""
    return cast(Function, _register(_nrt=False)(function))


def inlined(function: Function) -> Function:
    """Return a function as it is, and let compiled code take its lines into the caller."""
    return cast(Function, _register(inline="always", _nrt=False)(function))


def compiled(function: Function) -> Function:
    """Return a function compiled for arrays, with a cache, and no shortcut in its arithmetic."""
    return cast(Function, _njit(function, cache=True, error_model="numpy", nogil=True, _nrt=False))


for _module in (entities, mathematics, *rules.modules.values(), *tactics.modules.values()):
    for _name, _function in getmembers(_module, isfunction):
        if _function.__module__ == _module.__name__:
            part(_function)


@part
def _mixed(z: Any) -> Any:
    z = (z ^ (z >> np.uint64(30))) * np.uint64(draws.MIX_1)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(draws.MIX_2)
    return z ^ (z >> np.uint64(31))


@overload(draws.uniform)
def _uniform(key: Any, purpose: Any, agent: Any, index: Any = 0) -> Any:
    def uniform(key: Any, purpose: Any, agent: Any, index: Any = 0) -> Any:
        stream = _mixed(key + np.uint64(purpose + 64 * index + 1) * np.uint64(draws.MIX_1))
        bits = _mixed(stream + np.uint64(agent + 1) * np.uint64(draws.GOLDEN))
        return np.float64(np.int64(bits >> np.uint64(11))) * 1.1102230246251565e-16

    return uniform


@overload(draws.week_key)
def _week_key(run: Any, week: Any) -> Any:
    def week_key(run: Any, week: Any) -> Any:
        return _mixed(run + np.uint64(week + 2) * np.uint64(draws.GOLDEN))

    return week_key


_DISPATCH = '''"""Apply conversation number k: written from the listing of tactics, so that its compiled form can be kept."""

from numba.extending import register_jitable
from simulation.entities import NOTHING
from simulation.rules.conversation import by_trust
from simulation.tactics import modules

{names}


@register_jitable
def openness(code, person, conversation, parameters):
{openness}
    return by_trust(person, conversation)


@register_jitable
def converse(code, person, organisation, situation, parameters):
{converse}
    return NOTHING


@register_jitable
def rebuff(code, person, organisation, situation, parameters):
{rebuff}
    return NOTHING
'''


def _dispatch_source() -> str:
    modules = [tactics.modules[name] for name in tactics.conversations]

    def branches(hook: str, call: str) -> str:
        lines = [
            f"    if code == {k}:\n        return {call.format(k=k, name=tactics.conversations[k])}"
            for k, module in enumerate(modules)
            if hasattr(module, hook)
        ]
        return "\n".join(lines) or "    pass"

    call = "{hook}_{{k}}(person, organisation, situation, parameters.{{name}})"
    names = [
        f"{hook}_{k} = modules[{name!r}].{hook}"
        for k, name in enumerate(tactics.conversations)
        for hook in ("openness", "converse", "rebuff")
        if hasattr(tactics.modules[name], hook)
    ]
    return _DISPATCH.format(
        names="\n".join(names),
        openness=branches("openness", "float(openness_{k}(person, parameters.{name}))"),
        converse=branches("converse", call.format(hook="converse")),
        rebuff=branches("rebuff", call.format(hook="rebuff")),
    )


def _loaded_dispatch() -> ModuleType:
    file = CACHE / "dispatch.py"
    source = _dispatch_source()
    if not file.exists() or file.read_text(encoding="utf-8") != source:
        draft = file.with_suffix(f".{os.getpid()}")
        draft.write_text(source, encoding="utf-8")
        draft.replace(file)
    spec = spec_from_file_location("simulation._dispatch", file)
    assert spec is not None and spec.loader is not None  # the file was written above
    module = module_from_spec(spec)
    sys.modules["simulation._dispatch"] = module
    spec.loader.exec_module(module)
    return module


dispatch = _loaded_dispatch()
