"""Speed, side by side in one run: ratios hold where single times do not.

`python benchmarks/bench.py` prints a table; `--long` adds a thousand runs of a system and the whole national service.
Where ways to run the same weeks are compared, they take turns, so that whatever else the machine does slows all alike.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from mesa_objects import ObjectModel, differing, pythons_own

from simulation import Request, agents, kernel
from simulation.results import lead, prepared
from simulation.world import World

TACTICS = {"others_shoes": 1, "seeding": 1, "coalition": 1, "forgoing_credit": 1}
THOUSAND = Request("ics-median", TACTICS, {"population.scale": 1.11}, weeks=52)
TEN_THOUSAND = Request("ics-median", TACTICS, {"population.scale": 13.8}, weeks=26)


def seconds(call: Callable[[], object], rounds: int = 1) -> float:
    """Return the median time of a call."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return median(times)


def row(what: str, value: str, note: str = "") -> None:
    """Print one row of the table."""
    print(f"{what:<62} {value:>14}  {note}", flush=True)


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
    READABLE: (viewed, agents.proceed),
    OBJECTS: (ObjectModel, agents.proceed),
    PYTHONS_OWN: (ObjectModel, pythons_own()(agents.proceed)),
}
"""Ways to run the same weeks: what a world is made into first, and what then runs it."""


def lived(way: str, request: Request) -> tuple[float, Any]:
    """Return the seconds of processor time that a request's weeks take, building excluded, and the state at the end."""
    begin, live = WAYS[way]
    scenario, world, (phase,) = prepared(request)
    lead(world, scenario, phase, request)
    state = begin(world)
    start = time.process_time()
    live(state, phase.settings, phase.plan, 0, request.weeks)
    return time.process_time() - start, state


def compare(request: Request, ways: tuple[str, ...], rounds: int) -> None:
    """Time ways to run the same weeks against the compiled engine, which has its turn before each of them."""
    times: dict[str, list[float]] = {way: [] for way in (COMPILED, *ways)}
    ends: dict[str, Any] = {}
    for _ in range(rounds):
        for way in ways:
            for each in (COMPILED, way):
                took, ends[each] = lived(each, request)
                times[each].append(took)
    compiled = median(times[COMPILED])
    what = f"{len(ends[COMPILED].staff):,} staff, {request.weeks} weeks"
    row(f"{what}, {COMPILED}", f"{compiled * 1e3:.1f} ms")
    for way in ways:
        row(f"{what}, {way}", f"{median(times[way]):.2f} s", f"{median(times[way]) / compiled:,.0f} times")
    if found := differing(ends[COMPILED], ends[OBJECTS]):
        raise SystemExit(f"The compiled engine and the Mesa objects differ in: {', '.join(found)}.")
    row(f"{what}, {COMPILED} against {OBJECTS}", "equal", "every week's adopted share, everyone's last state")


def engines() -> None:
    """Compare the engines, and ordinary Mesa objects, at two sizes."""
    lived(COMPILED, THOUSAND)  # loads, or compiles, the engine
    compare(THOUSAND, (READABLE, OBJECTS, PYTHONS_OWN), rounds=5)
    compare(TEN_THOUSAND, (OBJECTS, PYTHONS_OWN), rounds=3)


def starts() -> None:
    """Time the start of the command line."""
    command = [str(Path(sys.executable).with_name("syslead"))]

    def quiet(*words: str) -> Callable[[], object]:
        return lambda: subprocess.run([*command, *words], check=True, capture_output=True)

    quiet("run", "tiny", "--weeks", "1", "--json")()
    row("syslead --help", f"{seconds(quiet('--help'), 7):.2f} s")
    row("syslead run tiny --json, compiled before", f"{seconds(quiet('run', 'tiny', '--json'), 7):.2f} s")


def thousand_runs() -> None:
    """Time a thousand runs of a small system on every core."""
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder) / "thousand.toml"
        study.write_text(
            'title = "A thousand"\nscenario = "ics-small"\nweeks = 260\nreplicates = 1000\n'
            "[arms.bundle]\ntactics = { seeding = 1, coalition = 1 }\n",
            encoding="utf-8",
        )
        words = ["sweep", str(study), "--out", str(Path(folder) / "out"), "--quiet"]
        sweep = [str(Path(sys.executable).with_name("syslead")), *words]
        took = seconds(lambda: subprocess.run(sweep, check=True, capture_output=True))
    row(f"1,000 runs of ics-small x 260 weeks, {os.cpu_count()} cores", f"{took:.1f} s")


def nation() -> None:
    """Build and run the national service with everyone in it."""
    request = Request("england-2022", TACTICS, {"population.scale": 10_000}, weeks=52)
    script = f"from simulation import Request, run; print(sum(o['staff'] for o in run({request!r}).organisations))"
    start = time.perf_counter()
    staff = int(subprocess.run([sys.executable, "-c", script], check=True, capture_output=True).stdout)
    took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    row(f"england-2022, {staff:,} staff, built and run for 52 weeks", f"{took:.0f} s", f"peak {peak:.2f} GiB")


def main() -> None:
    """Print the table."""
    starts()
    engines()
    if "--long" in sys.argv:
        thousand_runs()
        nation()


if __name__ == "__main__":
    main()
