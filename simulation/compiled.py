"""What makes the rules compilable as they stand: Numba told about them, and a cache that never serves an old rule."""

import os
import sys
from collections.abc import Callable
from inspect import getmembers, isfunction
from typing import Any, TypeVar, cast

from . import cache, draws, entities, mathematics, rules, tactics

CACHE = cache.folder()
os.environ["NUMBA_CACHE_DIR"] = str(CACHE)
# Loops are vectorised at every level; what higher levels add (unrolling above all) takes longer to compile and to run.
os.environ.setdefault("NUMBA_OPT", "1")

import numba  # noqa: E402 - only once its cache is named
import numpy as np  # noqa: E402
from numba import types  # noqa: E402
from numba.extending import overload, register_jitable  # noqa: E402

# Numba looks whether SciPy has linear algebra, which it needs for correlations alone, and whose import takes a fifth
# of a second. For as long as it looks there is none: a module that is None cannot be imported.
_BLAS = "scipy.linalg.cython_blas"
if _BLAS not in sys.modules:
    sys.modules[_BLAS] = None  # type: ignore[assignment]
    import numba.np.arraymath

    del sys.modules[_BLAS]

# Numba's own type hints know neither the cache's folder nor code without reference counting.
_config: Any = numba.config
_njit: Any = numba.njit
_overload: Any = overload
_register: Any = register_jitable
intrinsic: Any = numba.extending.intrinsic
_config.CACHE_DIR = str(CACHE)

Function = TypeVar("Function", bound=Callable[..., Any])


_WITHIN: Any = {"_nrt": False, "no_cfunc_wrapper": True, "no_cpython_wrapper": True}
"""Options of a function that only compiled code calls: no reference counting, and no way in from elsewhere."""


def deed(function: Function) -> Function:
    """Return a function as it is, and let compiled code call it too."""
    return cast(Function, _register(**_WITHIN)(function))


def act(function: Function) -> Function:
    """Return a function as it is, and let compiled code take it into the loop that calls it."""
    return cast(Function, _register(**_WITHIN, forceinline=True)(function))


def in_compiled_code(function: Callable[..., Any]) -> Callable[[Function], Function]:
    """Return a decorator for what a function means in compiled code, which is taken into the loop that calls it."""
    options: Any = {**_WITHIN, "forceinline": True}
    decorator: Callable[[Function], Function] = overload(function, jit_options=options, strict=False)
    return decorator


def compiled(function: Function) -> Function:
    """Return a function compiled for arrays, with a cache, and no shortcut in its arithmetic."""
    return cast(Function, _njit(function, cache=True, error_model="numpy", nogil=True, _nrt=False))


def alone(function: Function) -> Any:
    """Return a function to be compiled by itself, to see whether it can be."""
    return _njit(function, error_model="numpy", nogil=True, _nrt=False)


def spelt_out(arguments: str, lines: list[str], **known: Any) -> Callable[..., Any]:
    """Return a function of such arguments that consists of such lines, for Numba to compile.

    What depends on the fields of a record, or on the tactics there are, is written out, as `collections.namedtuple`
    writes a class: compiled code has no way to go through them.

    >>> spelt_out("a, b", ["return scale * (a + b)"], scale=10)(1, 2)
    30
    """
    names: dict[str, Any] = {"np": np, **known}
    exec(f"def function({arguments}):\n    " + "\n    ".join(lines or ["pass"]), names)
    function: Callable[..., Any] = names["function"]
    return function


for _module in (entities, mathematics, *rules.modules.values(), *tactics.modules.values()):
    for _name, _function in getmembers(_module, isfunction):
        if _function.__module__ == _module.__name__ and _function not in (mathematics.split, mathematics.steps):
            (deed if _module in tactics.modules.values() else act)(_function)


@intrinsic
def _bits(typing: Any, x: Any) -> Any:
    """Return the 64 bits of a real number, or the real number of 64 bits."""
    other = types.uint64 if x == types.float64 else types.float64

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], context.get_value_type(other))

    return other(x), build


@in_compiled_code(mathematics.split)
def _split(x: Any) -> Any:
    def split(x: Any) -> Any:
        bits = _bits(x)
        mantissa = _bits((bits & np.uint64(0x000FFFFFFFFFFFFF)) | np.uint64(0x3FE0000000000000))
        return mantissa, np.int64(bits >> np.uint64(52)) - 1022

    return split


@in_compiled_code(mathematics.steps)
def _steps(x: Any) -> Any:
    # By way of 32 bits, for which processors have an instruction that takes several at a time.
    return lambda x: np.int64(np.int32(x * 1073741824.0))


@act
def _mixed(z: Any) -> Any:
    z = (z ^ (z >> np.uint64(30))) * np.uint64(draws.MIX_1)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(draws.MIX_2)
    return z ^ (z >> np.uint64(31))


@in_compiled_code(draws.uniform)
def _uniform(key: Any, purpose: Any, agent: Any, index: Any = 0) -> Any:
    def uniform(key: Any, purpose: Any, agent: Any, index: Any = 0) -> Any:
        stream = _mixed(key + np.uint64(purpose + 64 * index + 1) * np.uint64(draws.MIX_1))
        bits = _mixed(stream + np.uint64(agent + 1) * np.uint64(draws.GOLDEN))
        return np.float64(np.int64(bits >> np.uint64(11))) * 1.1102230246251565e-16

    return uniform


@in_compiled_code(draws.week_key)
def _week_key(run: Any, week: Any) -> Any:
    def week_key(run: Any, week: Any) -> Any:
        return _mixed(run + np.uint64(week + 2) * np.uint64(draws.GOLDEN))

    return week_key
