"""What results are made with: the model's sources, users' inputs and versions, and what differs between two of these."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata
from typing import Any, TypedDict

from experiments.design.jobs import Jobs

PACKAGES = ("syslead", "mesa", "numba", "numpy", "scipy")


class MadeWith(TypedDict):
    """What some of a sweep's runs were made with: hashes of the sources and of users' scenarios by path, versions."""

    sources: str
    inputs: dict[str, str]
    versions: dict[str, str]


@cache
def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that a result can depend on."""
    return {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}}


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def here_and_now(jobs: Jobs) -> MadeWith:
    """Return what these jobs would be made with here and now."""
    return {"sources": jobs.sources, "inputs": jobs.inputs, "versions": versions()}


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Return a line for each difference between two nested tables.

    >>> differences({"a": {"b": 1, "c": 2}}, {"a": {"b": 3}})
    ['a.b was 1, is 3', 'a.c was 2, is gone']
    """
    return list(_differences(before, now, ""))


def _differences(before: Any, now: Any, path: str) -> Iterator[str]:
    if before == now:
        return
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for name in [*before, *(name for name in now if name not in before)]:
            inner = f"{path}.{name}" if path else str(name)
            if name not in now:
                yield f"{inner} was {_short(before[name])}, is gone"
            elif name not in before:
                yield f"{inner} is new: {_short(now[name])}"
            else:
                yield from _differences(before[name], now[name], inner)
    elif _are_lists_of_one_length(before, now):
        for number, (old, new) in enumerate(zip(before, now, strict=True)):
            yield from _differences(old, new, f"{path}[{number}]")
    else:
        yield f"{path} was {_short(before)}, is {_short(now)}"


def _are_lists_of_one_length(before: Any, now: Any) -> bool:
    return isinstance(before, list) and isinstance(now, list) and len(before) == len(now)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
