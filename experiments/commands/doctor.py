"""`syslead doctor`: what this machine has, in a block to paste into an issue."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import click

from experiments import how_to_install
from experiments.commands.console import terminal, text
from experiments.commands.console.help import Command, as_json
from experiments.commands.console.json_output import document
from experiments.commands.tables.estimate import size

NEEDED = ("syslead", "mesa", "numpy", "numba", "scipy", "pandas", "matplotlib", "click", "rich")
EXTRAS = {"solara": "viz", "duckdb": "data", "distributed": "cluster"}
PORT = 8765
LEAST_DISK = 10**9


class Check(NamedTuple):
    """One thing looked at: ``fine`` is false where a command would fail because of it."""

    name: str
    fine: bool
    found: str


@click.command(
    cls=Command,
    examples=("syslead doctor", "syslead doctor --json"),
    next_steps=("paste the block into an issue when something does not work",),
)
@as_json
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Check versions, cores, memory, disk, fonts, write access and the port of the page."""
    checks = examined()
    if as_json:
        terminal.show(document({"checks": [check._asdict() for check in checks]}))
    else:
        pairs = [(f"{'ok ' if check.fine else 'NO '} {check.name}", check.found) for check in checks]
        terminal.show("\n".join(text.listed(pairs, terminal.width())))
    ctx.exit(0 if all(check.fine for check in checks) else 4)


def examined() -> list[Check]:
    """Look at everything that commands depend on."""
    looks: list[Callable[[], list[Check]]] = [
        _python, _versions, _extras, _cores, _disk, _writing, _locking, _fonts, _port,
    ]  # fmt: skip
    return [check for look in looks for check in look()]


def _python() -> list[Check]:
    import platform
    import sqlite3

    return [
        Check("python", sys.version_info >= (3, 11), f"{platform.python_version()} ({sys.executable})"),
        Check("platform", True, platform.platform()),
        Check("sqlite", sqlite3.sqlite_version_info >= (3, 24, 0), sqlite3.sqlite_version),
    ]


def _versions() -> list[Check]:
    found = {name: _version(name) for name in NEEDED}
    return [Check(name, number is not None, number or "not installed") for name, number in found.items()]


def _version(package: str) -> str | None:
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _extras() -> list[Check]:
    checks = []
    for package, extra in EXTRAS.items():
        there = find_spec(package) is not None
        words = _version(package) or "installed"
        checks.append(Check(f"extra {extra}", True, words if there else f"not installed: {how_to_install(extra)}"))
    return checks


def _cores() -> list[Check]:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    checks = [Check("cores", True, f"{usable} usable of {os.cpu_count()}")]
    if "SC_PHYS_PAGES" in getattr(os, "sysconf_names", ()):
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        checks.append(Check("memory", True, size(memory)))
    return checks


def _disk() -> list[Check]:
    free = shutil.disk_usage(Path.cwd()).free
    return [Check("disk", free >= LEAST_DISK, f"{size(free)} free in {Path.cwd()}")]


def _writing() -> list[Check]:
    places = {"results (here)": Path.cwd(), "temporary": Path(tempfile.gettempdir())}
    return [Check(f"write {name}", *_written(place)) for name, place in places.items()]


def _written(place: Path) -> tuple[bool, str]:
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"syslead")
    except OSError as error:
        return False, f"{place}: {error.strerror}"
    return True, str(place)


def _locking() -> list[Check]:
    """Look whether this system can lock a folder, without which no sweep is made."""
    there = find_spec("fcntl") is not None
    return [Check("locks", there, "for sweeps" if there else "none, so no sweeps: use Linux, macOS, or WSL on Windows")]


def _fonts() -> list[Check]:
    """Look for the font that comes with Matplotlib, without importing it."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        return [Check("fonts", False, "Matplotlib is not installed")]
    font = Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf"
    return [Check("fonts", font.is_file(), font.name if font.is_file() else f"{font} is missing")]


def _port() -> list[Check]:
    import socket

    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", PORT))
        except OSError as error:
            return [Check("port of the page", True, f"127.0.0.1:{PORT} is taken ({error.strerror})")]
    return [Check("port of the page", True, f"127.0.0.1:{PORT} is free")]


COMMANDS = (doctor,)
