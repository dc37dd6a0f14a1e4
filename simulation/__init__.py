"""How change spreads across organisations that nobody can order: a model of a theory.

The front door: `Request` says what to run, `run` runs it, `SystemModel` is the Mesa model of the same.

>>> from simulation import Request
>>> Request("tiny", tactics={"seeding": 1.0}, weeks=8).weeks
8
"""

from typing import TYPE_CHECKING, Any

from .request import Request

if TYPE_CHECKING:
    from .model import SystemModel
    from .running import Result, run

__all__ = ["Request", "Result", "SystemModel", "run"]


def __getattr__(name: str) -> Any:
    # Mesa, NumPy and Numba take a second to import; the command line must answer before that.
    if name == "SystemModel":
        from .model import SystemModel

        return SystemModel
    if name in ("Result", "run"):
        from . import running

        return getattr(running, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
