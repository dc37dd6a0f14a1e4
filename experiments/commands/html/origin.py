"""Where a report comes from: the runs, those that failed, the versions, and what tells them from others."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from experiments.analysis.summary import Summary
from experiments.commands.html.tables import table
from experiments.commands.tables.left_out import left_out
from experiments.figures.elements import Content, element, foreign
from experiments.store.database import Store
from experiments.store.errors import SweepError
from experiments.store.folder import OUTCOMES
from experiments.store.provenance import Provenance
from simulation.words import counted

SHOWN = 10
PROBLEM = 300
KINDS = {
    "failed": "came to a fault",
    "worker_died": "the process that made it ended",
    "memory": "took more memory than allowed",
    "timeout": "took longer than allowed",
}


def failures(summary: Summary, known: Provenance, folder: Path) -> list[Content]:
    """Return how many runs were done, which failed and how, and what was left out so that like is compared with like."""
    total = summary.done + summary.failed + summary.missing
    words = f"{summary.done:,} of {counted(total, 'run')} were finished, {summary.failed:,} failed, {summary.missing:,} are not yet made."
    counts = known.runs.get("failed", {}) if summary.failed else {}
    kinds = "; ".join(f"{KINDS.get(kind, kind)}: {counted(number, 'run')}" for kind, number in counts.items())
    said = [
        words,
        f"How they failed: {kinds}." if kinds else "",
        left_out(summary) or "Nothing that was finished is left out.",
    ]
    found: list[Content] = [element("p", part) for part in said if part]
    rows = _failed_runs(folder) if summary.failed else []
    if rows:
        caption = f"The first {len(rows)} runs that failed" if summary.failed > len(rows) else "The runs that failed"
        found.append(table(caption, ["run", "how", "what was said"], rows))
    return found


def _failed_runs(folder: Path) -> list[list[Content]]:
    """Return the first runs that failed, with what each came to; none where there is no store to read."""
    with suppress(SweepError, ValueError), Store(folder) as store:
        return [
            [str(run.run), KINDS.get(run.status, run.status), foreign(str(run.content.get("problem", ""))[:PROBLEM])]
            for run in store.failures(SHOWN)
            if run.is_sound
        ]
    return []


def provenance_table(summary: Summary, known: Provenance, folder: Path) -> ET.Element:
    """Return what made the runs, when, and by what they are told apart from others."""
    facts = [
        ("study", f"{known.study.get('name', '')} ({summary.title})" if known.study else summary.title),
        ("scenario", summary.scenario),
        ("change", summary.change),
        ("random seed", "unknown" if summary.seed is None else str(summary.seed)),
        ("replicates", str(known.replicates or summary.units)),
        ("points", f"{summary.points:,}"),
        ("horizon", "unknown" if summary.weeks is None else counted(summary.weeks, "week")),
        ("runs", f"{summary.done:,} finished"),
        ("engine", known.engine),
        *(("made with", _made_with(made)) for made in known.made_with),
        *(("accepted change", str(change)) for change in known.accepted_changes),
        ("hash of all runs", known.table_hash),
        *((f"SHA-256 of {name}", str(digest)) for name, digest in known.files.items()),
        ("machine", ", ".join(map(str, known.written_on.values()))),
        ("tables written", _date((folder / OUTCOMES).stat().st_mtime)),
        ("page made", f"{_date(datetime.now(UTC).timestamp())}, with syslead {version()}"),
    ]
    rows: list[list[Content]] = [[name, foreign(value)] for name, value in facts if value]
    return table("Where the numbers come from", ["what", "value"], rows)


def _made_with(made: Mapping[str, Any]) -> str:
    versions, inputs, tactics = (made.get(key) for key in ("versions", "inputs", "tactics"))
    words = [f"{name} {number}" for name, number in _table(versions).items()]
    words.append(f"sources {made.get('sources', 'unknown')}")
    words += [f"{name} {digest}" for name, digest in _table(inputs).items()]
    return ", ".join([*words, *(f"own tactic {name}" for name in _table(tactics))])


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _date(seconds: float) -> str:
    day = datetime.fromtimestamp(seconds, UTC)
    return f"{day.day} {day:%B %Y}"


def version() -> str:
    """Return the version of the program that is installed."""
    from importlib import metadata

    try:
        return metadata.version("syslead")
    except metadata.PackageNotFoundError:
        return "of unknown version"
