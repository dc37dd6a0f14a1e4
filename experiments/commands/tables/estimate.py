"""What a sweep would do, in words: runs, parameters with their values, time, disk and files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.commands.console import terminal, text
from experiments.commands.console.progress_line import duration
from experiments.commands.listing import shown
from simulation.words import counted

if TYPE_CHECKING:
    from experiments.design.cells import Value
    from experiments.design.study import Study
    from experiments.sweep.estimate import Estimate


def estimate_text(estimate: Estimate, study: Study, out: Path | None) -> str:
    """Return what a sweep would do and cost as plain text."""
    width = terminal.width()
    low, high = (duration(edge) for edge in estimate.seconds_range)
    factors = (
        counted(estimate.points, "point"),
        counted(len(estimate.arms), "arm"),
        counted(estimate.replicates, "replicate"),
    )
    sizes = f"{' x '.join(factors)} = {counted(estimate.whole, 'run')} of {counted(study.weeks, 'week')}"
    part = f"; {estimate.runs:,} of them in this part" if estimate.runs != estimate.whole else ""
    processes = counted(estimate.jobs, "process", "processes")
    facts = [
        ("runs", sizes + part),
        ("random seed", _seeds(estimate)),
        ("engine", estimate.engine),
        ("time", f"about {duration(estimate.seconds)} ({low} to {high}) with {processes}, from 3 pilot runs"),
        ("disk", f"about {size(estimate.disk_bytes)}"),
        ("files", ", ".join(str(out / name) if out else name for name in estimate.files)),
    ]
    lines = [terminal.bold(study.title), *text.listed(facts, width), ""]
    lines += [terminal.bold("Arms"), *text.listed(_arms(estimate), width)]
    if estimate.values:
        levels = [(name, _levels(values)) for name, values in estimate.values.items()]
        lines += ["", terminal.bold("Parameters that vary"), *text.listed(levels, width)]
    lines += ["", *(part for problem in estimate.problems for part in text.wrapped(problem, width))]
    return "\n".join([*lines, "Nothing was written."])


def _seeds(estimate: Estimate) -> str:
    sample = "" if estimate.design_seed is None else f" of the runs, {estimate.design_seed} of the sample of points"
    return f"{estimate.seed}{sample}"


def _arms(estimate: Estimate) -> list[tuple[str, str]]:
    """Name every arm with what is its own, and then what all of them share."""
    arms = estimate.as_run
    shared: dict[str, Any] = (
        {"scenario": "", "change": "", "settings": {}, "schedule": []}
        if len(arms) == 1
        else _shared(list(arms.values()))
    )
    lines = [(name, _arm(arm, shared)) for name, arm in arms.items()]
    common = [_settings(shared["settings"]), _schedule(shared["schedule"])]
    common = [f"{key} {shared[key]}" for key in ("scenario", "change") if shared[key]] + common
    return [*lines, *([("all arms", "; ".join(filter(None, common)))] if any(common) else [])]


def _shared(arms: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the scenario, change, settings and schedule that all arms have."""
    first = arms[0]
    settings = {name: value for name, value in first["settings"].items() if all(_has(a, name, value) for a in arms)}
    keys = ("scenario", "change", "schedule")
    alike = {key: first[key] if all(arm[key] == first[key] for arm in arms) else [] for key in keys}
    return {**alike, "settings": settings}


def _has(arm: dict[str, Any], name: str, value: object) -> bool:
    return name in arm["settings"] and arm["settings"][name] == value


def _arm(arm: dict[str, Any], shared: dict[str, Any]) -> str:
    """Name an arm with everything in which it differs from the defaults and from what all arms share."""
    own = {name: value for name, value in arm["settings"].items() if name not in shared["settings"]}
    parts = [
        arm["title"],
        *(f"{key} {arm[key]}" for key in ("scenario", "change") if arm[key] and not shared[key]),
        _mix(arm["tactics"]),
        _settings(own),
        "" if shared["schedule"] else _schedule(arm["schedule"]),
    ]
    return "; ".join(filter(None, parts))


def _mix(tactics: dict[str, float]) -> str:
    """Name the shares of time that conversations get, and the degrees of what takes no time."""
    from simulation import catalogue, settings

    known = catalogue.tactics()
    degrees = {name: degree for name, degree in tactics.items() if known[name].kind != "conversation"}
    return (
        ", ".join(f"{name} {share:.3g}" for name, share in (settings.mix(tactics) | degrees).items()) or "nobody leads"
    )


def _settings(settings: dict[str, Any]) -> str:
    return ", ".join(f"{name} = {_exact(value)}" for name, value in settings.items())


def _schedule(schedule: Iterable[tuple[int, dict[str, Any]]]) -> str:
    changes = []
    for week, change in schedule:
        words = [_settings(change.get("settings", {}))]
        if "tactics" in change:
            words.insert(0, _mix(change["tactics"]))
        changes.append(f"from week {week} on {', '.join(filter(None, words))}")
    return "; ".join(changes)


def _exact(value: Value) -> str:
    """Write a value so that no digit is lost."""
    return repr(value) if isinstance(value, float) and float(shown(value)) != value else shown(value)


def _levels(values: list[Value] | tuple[Value, Value]) -> str:
    if isinstance(values, tuple):
        return f"from {_exact(values[0])} to {_exact(values[1])}"
    return ", ".join(_exact(value) for value in values)


def size(number: float) -> str:
    """Return a number of bytes in a unit that suits it.

    >>> size(900), size(1_500_000)
    ('0.9 kB', '1.5 MB')
    """
    for unit in ("kB", "MB", "GB"):
        number /= 1000
        if number < 1000:
            return f"{number:.1f} {unit}"
    return f"{number / 1000:.1f} TB"
