"""The file beside the tables that says where they come from: one record, written and read here alone."""

from __future__ import annotations

import json
import platform
from pathlib import Path
from typing import Any, NamedTuple

from experiments.store.errors import Damaged
from experiments.store.folder import PROVENANCE, reason, writing
from experiments.store.made_with import MadeWith

SCHEMA_VERSION = 1


class Provenance(NamedTuple):
    """Where the tables of a folder come from. A field that a file lacks, or has of another kind, is empty.

    ``runs`` counts those expected, ok, missing and failed (by status); ``files`` gives the hash of each table by name;
    ``study`` is the study as plain data.
    """

    title: str = ""
    question: str = ""
    arms: list[str] = []  # noqa: RUF012 - never changed
    arm_titles: dict[str, str] = {}  # noqa: RUF012 - never changed
    parameters: list[str] = []  # noqa: RUF012 - never changed
    observables: list[str] = []  # noqa: RUF012 - never changed
    weeks: int = 0
    replicates: int = 0
    seed: int = 0
    engine: str = ""
    shard: Any = None
    runs: dict[str, Any] = {}  # noqa: RUF012 - never changed
    table_hash: str = ""
    files: dict[str, str] = {}  # noqa: RUF012 - never changed
    made_with: list[MadeWith] = []  # noqa: RUF012 - never changed
    accepted_changes: list[str] = []  # noqa: RUF012 - never changed
    written_on: dict[str, str] = {}  # noqa: RUF012 - never changed
    study: dict[str, Any] = {}  # noqa: RUF012 - never changed

    @property
    def failed(self) -> int:
        """How many runs failed."""
        return sum(self.runs.get("failed", {}).values())

    def write(self, folder: Path) -> None:
        """Write the record into a folder, whole or not at all."""
        document = {"schema_version": SCHEMA_VERSION, **self._asdict()}
        content = json.dumps(document, indent=1, ensure_ascii=False).encode()
        with writing(folder / PROVENANCE, len(content)) as file:
            file.write(content)


def read(folder: Path) -> Provenance | None:
    """Return the record in a folder, None where there is none.

    Raises
    ------
    Damaged
        It cannot be read.
    """
    path = folder / PROVENANCE
    try:
        document = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise Damaged(
            f"{path}: it cannot be read ({reason(error)}). `syslead verify {folder} --repair` writes it again."
        ) from None
    return _checked(document if isinstance(document, dict) else {})


def legible(folder: Path) -> Provenance:
    """Return what can be read of the record in a folder, empty where nothing can."""
    try:
        return read(folder) or Provenance()
    except Damaged:
        return Provenance()


def _checked(document: dict[str, Any]) -> Provenance:
    empty = Provenance()
    return Provenance(
        **{
            name: value
            for name, value in document.items()
            if name in empty._fields and (name == "shard" or isinstance(value, type(getattr(empty, name))))
        }
    )


def machine() -> dict[str, str]:
    """Return what the results do not depend on but a reader may want to know."""
    return {
        "platform": platform.platform(),
        "machine": platform.machine(),
        "implementation": platform.python_implementation(),
    }
