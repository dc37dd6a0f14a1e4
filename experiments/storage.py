"""Result folders as their readers see them: what is in one, whether it is sound, its tables, one of its runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from simulation import Request


class Status(NamedTuple):
    """How far a sweep has come. ``holder`` says who is writing to it now (pid, host, started), None when nobody.

    ``failures`` counts failed runs by status; ``changes`` lists the accepted changes of sources or versions.
    """

    out: Path
    title: str
    total: int
    done: int
    failed: int
    missing: int
    failures: dict[str, int]
    holder: dict[str, Any] | None
    finished: bool
    changes: list[str]


class Verification(NamedTuple):
    """Whether everything in a folder is what was written.

    ``damaged`` and ``missing`` are run numbers; both count as not run. ``problems`` are sentences, none when sound;
    ``repaired`` are sentences on what a repair did. ``table_hash`` is the hash of the canonical table.
    """

    out: Path
    total: int
    sound: int
    damaged: list[int]
    missing: list[int]
    problems: list[str]
    repaired: list[str]
    table_hash: str

    @property
    def exit_code(self) -> int:
        """0 when sound or wholly repaired, 4 when not."""
        return 4 if self.problems and not self.repaired else 0


def status(out: str | Path) -> Status:
    """Tell how far the sweep in a folder has come; reads only, also while the sweep runs.

    Raises
    ------
    Damaged
        The folder holds no store that can be read.
    """
    raise NotImplementedError


def verify(out: str | Path, repair: bool = False) -> Verification:
    """Check every row, the set of rows and the derived files of a folder.

    With ``repair`` what can be read is salvaged into a new store (the old one is kept beside it), and the derived
    files are written again; `runner.resume` then runs just the rest.
    """
    raise NotImplementedError


def export(out: str | Path, form: str = "csv") -> list[Path]:
    """Write the derived tables of a folder again, as ``csv`` or ``parquet`` (needs the extra ``data``)."""
    raise NotImplementedError


def merge(out: str | Path, shards: Sequence[str | Path]) -> Status:
    """Join the shards of one study into a new folder, and derive its tables."""
    raise NotImplementedError


def request_of(out: str | Path, run: int) -> Request:
    """Return the request of one run of a folder, which gives that run again bit for bit."""
    raise NotImplementedError


def provenance(out: str | Path) -> dict[str, Any]:
    """Return the provenance of a folder: study, seed, engine, versions, source hash, platform, checksums."""
    raise NotImplementedError
