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
    if not _is_study(document.get("study")):
        document = {**document, "study": {}}
    return Provenance(
        **{
            name: value
            for name, value in document.items()
            if name in empty._fields and (name == "shard" or isinstance(value, type(getattr(empty, name))))
        }
    )


def _is_study(study: Any) -> bool:
    """Whether plain data have the form of a study, as far as anybody reads on in them."""
    if not isinstance(study, dict):
        return False
    kinds = {"title": str, "weeks": int, "seed": int, "design": dict, "arms": list, "watch": list}
    return _has(study, kinds) and all(map(_is_arm, study.get("arms", [])))


def _is_arm(arm: Any) -> bool:
    kinds = {"name": str, "title": str, "scenario": str, "change": str | None, "schedule": list}
    if not (isinstance(arm, dict) and "name" in arm and _has(arm, kinds)):
        return False
    entries = arm.get("schedule", [])
    return _is_change(arm) and all(
        isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], int) and _is_change(entry[1])
        for entry in entries
    )


def _is_change(change: Any) -> bool:
    """Whether what an arm or a week of its schedule sets are settings and shares, each by its name."""
    return (
        isinstance(change, dict)
        and _has(change, {"settings": dict, "tactics": dict})
        and all(isinstance(value, float | int | str) for value in change.get("settings", {}).values())
        and all(isinstance(share, float | int) for share in change.get("tactics", {}).values())
    )


def _has(document: dict[str, Any], kinds: dict[str, Any]) -> bool:
    """Whether each of these fields that is there is of its kind."""
    return all(isinstance(document[name], kind) for name, kind in kinds.items() if name in document)


def machine() -> dict[str, str]:
    """Return what the results do not depend on but a reader may want to know."""
    return {
        "platform": platform.platform(),
        "machine": platform.machine(),
        "implementation": platform.python_implementation(),
    }
