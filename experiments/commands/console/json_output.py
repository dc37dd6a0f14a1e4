"""What `--json` prints: one document, with the version of its schema, that any JSON reader accepts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from typing import Any

from simulation.words import visible

# Raised when a key changes its meaning or goes; new keys alone do not raise it.
SCHEMA_VERSION = 3


def document(content: Mapping[str, Any]) -> str:
    """Return content as one JSON document, a line for each key at the top.

    Numbers that JSON does not know (never, undefined) become null.

    >>> print(document({"weeks": [1.0, float("inf")]}))
    {
      "schema_version": 3,
      "weeks": [1.0, null]
    }
    """
    plain = {"schema_version": SCHEMA_VERSION, **{str(key): _plain(value) for key, value in content.items()}}
    lines = (f"  {_encoded(key)}: {_encoded(value)}" for key, value in plain.items())
    return "{\n" + ",\n".join(lines) + "\n}"


def _encoded(value: Any) -> str:
    # A terminal obeys characters that JSON lets stand; escaped they are the same document.
    return visible(json.dumps(value, ensure_ascii=False, allow_nan=False))


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if isfinite(value) else None
    if value is None or isinstance(value, bool | int | str):
        return value
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, Path):
        return str(value)
    # Arrays become lists of Python numbers, long ones too, at the speed of NumPy.
    inner = value.tolist() if hasattr(value, "tolist") else list(value)
    return [_plain(item) for item in inner] if isinstance(inner, list) else _plain(inner)
