"""Speed, side by side in one run: ratios hold where single times do not.

`python benchmarks/bench.py` takes about three minutes; `--long` adds the sizes from 100,000 staff on, and a cold start.
Where ways to run the same weeks are compared they take turns, so that whatever else the machine does slows all alike.
`--json FILE` writes the figures, `--figure FILE` draws them; each run adds a line to `history.jsonl`.
"""

import argparse
import json
import math
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from mesa_objects import ObjectModel, ObjectRun, differing, proceed, pythons_own

from simulation import Request, agents, kernel
from simulation.initialisation.beginnings import size
from simulation.running import lead, prepared
from simulation.world import World

HISTORY = Path(__file__).with_name("history.jsonl")
ROUNDS = 7
REMEMBERED, NOTABLE = 5, 0.15
"""With how many runs before a figure is compared, and what difference shows."""
TACTICS = {"others_shoes": 1, "seeding": 1, "coalition": 1, "forgoing_credit": 1}
ORGANISATIONS = """title = "{count} organisations"
source = "a benchmark"

[[organisations]]
kind = "community"
count = {count}
staff = {each}
sample = {each}
"""


class Case(NamedTuple):
    """Weeks whose cost is measured: one point of a series of the figure."""

    series: str
    at: float
    request: Request
    long: bool = False


def asked(scenario: str, weeks: int, **settings: float) -> Request:
    """Return a request with the tactics of the benchmark."""
    return Request(scenario, TACTICS, {f"population.{name}": value for name, value in settings.items()}, weeks)


def organised(folder: str, count: int) -> Request:
    """Return a request for some 10,000 staff in so many organisations."""
    path = Path(folder) / f"organisations-{count}.toml"
    path.write_text(ORGANISATIONS.format(count=count, each=10_000 // count), encoding="utf-8")
    return asked(str(path), 26)


THOUSAND, TEN_THOUSAND = asked("ics-median", 52, scale=1.11), asked("ics-median", 26, scale=13.8)
EVERYONE = asked("england-2022", 6, scale=10_000)


def cases(folder: str) -> list[Case]:
    """Return what is measured of the compiled engine: one thing varies at a time."""
    return [
        Case("staff", 1_000, THOUSAND),
        Case("staff", 10_000, TEN_THOUSAND),
        Case("staff", 100_000, asked("england-2022", 12, scale=2.3)),
        Case("staff", 1_000_000, asked("england-2022", 6, scale=38.4), long=True),
        Case("staff", 1_740_000, EVERYONE, long=True),
        *(Case("organisations", count, organised(folder, count)) for count in (4, 20, 100, 500, 2_500)),
        *(
            Case("ties a person", ties, asked("ics-median", 26, scale=13.8, ties_inside=ties))
            for ties in (2, 6, 18, 54)
        ),
        *(Case("weeks", weeks, THOUSAND._replace(weeks=weeks)) for weeks in (13, 52, 208, 832)),
    ]


class Lived(NamedTuple):
    """What weeks cost in seconds of processor time, what building the world cost, and the state at the end."""

    weeks: float
    set_up: float
    state: Any


def viewed(world: World) -> agents.Assembly:
    """Return agents that are views of a world, all of them created."""
    assembly = agents.Assembly()
    assembly.inhabit(world)
    assembly.everyone(agents.Staff)
    return assembly


COMPILED, READABLE, OBJECTS = "compiled engine", "readable engine", "Mesa objects"
PYTHONS_OWN = "Mesa objects, Python's random and math"
WAYS: dict[str, tuple[Callable[[World], Any], Callable[..., None]]] = {
    COMPILED: (lambda world: world, kernel.advance),
    READABLE: (viewed, lambda assembly, *rest: agents.proceed(assembly.peopled, *rest)),
    OBJECTS: (ObjectModel, proceed),
    PYTHONS_OWN: (ObjectModel, pythons_own()(proceed)),
}
"""Ways to run the same weeks: what a world is made into first, and what then runs it."""


def lived(request: Request, way: str = COMPILED) -> Lived:
    """Run a request's weeks in one way."""
    begin, live = WAYS[way]
    start = time.process_time()
    scenario, world, (phase,) = prepared(request)
    lead(world, scenario, phase, request)
    set_up = time.process_time() - start
    state = begin(world)
    start = time.process_time()
    live(state, phase.settings, phase.plan, 0, request.weeks)
    return Lived(time.process_time() - start, set_up, state)


def ratios(request: Request, ways: Iterable[str]) -> dict[str, float]:
    """Return how many times the compiled engine's time other ways take; it has its turn before each of them."""
    found: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(ROUNDS):
        for way, times in found.items():
            compiled, other = lived(request), lived(request, way)
            times.append(other.weeks / compiled.weeks)
            if way == OBJECTS and (differ := differing(compiled.state, other.state)):
                raise SystemExit(f"The compiled engine and the Mesa objects differ in: {', '.join(differ)}.")
    staff = len(compiled.state.staff)
    return {f"{way}, {staff:,} staff, times the compiled engine's time": median(times) for way, times in found.items()}


def costs(measured: list[Case]) -> dict[str, float]:
    """Return what a week of a person costs, in turn, so that no case has the machine at its best alone."""
    found: list[tuple[Case, list[Lived]]] = [(case, []) for case in measured]
    for turn in range(ROUNDS):
        for case, runs in found:
            if turn == 0 or case.at < 1e6:
                runs.append(lived(case.request) if turn == 0 else lived(case.request)._replace(state=None))
    figures = {}
    for case, runs in found:
        world = runs[0].state
        staff = len(world.staff)
        name = f"{case.series} {staff if case.series == 'staff' else case.at:,.0f}"
        figures[f"{name}, ns a person-week"] = median(run.weeks for run in runs) / staff / case.request.weeks * 1e9
        if case.series == "staff":
            figures[f"{name}, set-up, s"] = runs[0].set_up
            figures[f"{name}, bytes a person"] = size(world) / staff
    return figures


def slope(figures: dict[str, float]) -> dict[str, float]:
    """Return the power of the number of staff with which costs grow, from the fewest from 10,000 on to a million."""
    end = ", ns a person-week"
    names = [name for name in figures if name.startswith("staff ") and name.endswith(end)]
    costs = {int(name[len("staff ") : -len(end)].replace(",", "")): figures[name] for name in names}
    sizes = sorted(staff for staff in costs if 1e4 <= staff < 1.1e6)
    first, last = sizes[0], sizes[-1]
    return {"slope of cost against staff": 1.0 + math.log(costs[last] / costs[first]) / math.log(last / first)}


def threads() -> dict[str, float]:
    """Return how many times as fast two threads are by the clock, everyone in England, taking turns."""
    times: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(ROUNDS):
        for number, found in times.items():
            scenario, world, (phase,) = prepared(EVERYONE)
            lead(world, scenario, phase, EVERYONE)
            start = time.perf_counter()
            kernel.advance(world, phase.settings, phase.plan, 0, EVERYONE.weeks, number)
            found.append(time.perf_counter() - start)
    ratios = [one / two for one, two in zip(times[1], times[2], strict=True)][1:]  # the first compiles
    return {"everyone in england-2022, two threads, times as fast": median(ratios)}


def sweeps() -> dict[str, float]:
    """Return the seconds a run takes by the clock on two processes: in `mesa.batch_run`, and in a sweep."""
    import mesa

    weeks, few, many = 52, 8, 1000
    start = time.perf_counter()
    mesa.batch_run(
        ObjectRun, {"replicate": range(few)}, number_processes=2, max_steps=weeks - 1, display_progress=False
    )
    batch = (time.perf_counter() - start) / few
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder) / "study.toml"
        study.write_text(
            f'title = "Runs"\nscenario = "ics-small"\nweeks = {weeks}\nreplicates = {many}\n'
            "[arms.bundle]\ntactics = { others_shoes = 1, seeding = 1, coalition = 1, forgoing_credit = 1 }\n",
            encoding="utf-8",
        )
        words = ["sweep", str(study), "--out", str(Path(folder) / "out"), "--jobs", "2", "--quiet"]
        start = time.perf_counter()
        command(*words)
        sweep = (time.perf_counter() - start) / many
    return {
        "mesa.batch_run, ms a run": batch * 1e3,
        "sweep, ms a run": sweep * 1e3,
        "mesa.batch_run / sweep": batch / sweep,
    }


def command(*words: str, **environment: str) -> float:
    """Run the command line; return the seconds of processor time it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    arguments = [str(Path(sys.executable).with_name("syslead")), *words]
    subprocess.run(arguments, check=True, capture_output=True, env=os.environ | environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def starts(long: bool) -> dict[str, float]:
    """Return what starting costs."""
    command("run", "tiny", "--weeks", "1", "--json")
    figures = {
        "syslead --help, s": median(command("--help") for _ in range(ROUNDS)),
        "syslead run tiny, s": median(command("run", "tiny", "--json") for _ in range(ROUNDS)),
    }
    if long:
        with tempfile.TemporaryDirectory() as folder:
            figures["syslead run tiny, nothing compiled yet, s"] = command(
                "run", "tiny", "--json", SYSLEAD_CACHE=folder
            )
    return figures


def measured(long: bool) -> dict[str, float]:
    """Return all figures."""
    lived(THOUSAND._replace(weeks=1))  # loads, or compiles, the engine
    figures = ratios(THOUSAND._replace(weeks=26), (READABLE, OBJECTS, PYTHONS_OWN))
    figures |= ratios(TEN_THOUSAND._replace(weeks=8), (OBJECTS,))
    with tempfile.TemporaryDirectory() as folder:
        figures |= costs([case for case in cases(folder) if long or not case.long])
    figures |= slope(figures)
    return figures | (threads() if long else {}) | sweeps() | starts(long)


def processor() -> str:
    """Return the name of the processor."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())


def before(here: str) -> dict[str, list[float]]:
    """Return the figures of the last runs on this processor."""
    lines = HISTORY.read_text(encoding="utf-8").splitlines() if HISTORY.exists() else []
    runs = [run["figures"] for run in map(json.loads, lines) if run["processor"] == here]
    known: dict[str, list[float]] = {}
    for name, value in (figure for run in runs for figure in run.items()):
        known.setdefault(name, []).append(value)
    return {name: values[-REMEMBERED:] for name, values in known.items()}


def table(figures: dict[str, float], known: dict[str, list[float]]) -> str:
    """Return the figures line by line, with what has changed against the last runs."""
    lines = []
    for name, value in figures.items():
        change = value / median(known[name]) - 1.0 if name in known else 0.0
        lines.append(f"{name:<72} {value:>12,.3g}" + (f"  {change:+.0%}" if abs(change) > NOTABLE else ""))
    return "\n".join(lines)


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--figure", type=Path)
    options = parser.parse_args()
    figures, here = measured(options.long), processor()
    print(table(figures, before(here)))
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    run = {"commit": commit.stdout.strip(), "date": f"{datetime.now(UTC):%F}", "processor": here, "figures": figures}
    with HISTORY.open("a", encoding="utf-8") as history:
        history.write(json.dumps(run) + "\n")
    if options.json:
        options.json.write_text(json.dumps(run, indent=2) + "\n", encoding="utf-8")
    if options.figure:
        from speed_figure import draw

        draw(figures, options.figure)


if __name__ == "__main__":
    main()
