"""Speed, side by side in one run: ratios hold where single times do not.

`python benchmarks/bench.py` prints a table; `--long` adds a thousand runs of a system and the whole national service.
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

from simulation import Request, run

TACTICS = {"others_shoes": 1, "seeding": 1, "coalition": 1, "forgoing_credit": 1}
THOUSAND = Request("ics-median", TACTICS, weeks=52)


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


def engines() -> None:
    """Time the compiled engine against the readable one, without building the world."""
    run(THOUSAND._replace(weeks=1))
    staff = sum(organisation["staff"] >= 0 for organisation in run(THOUSAND._replace(weeks=1)).organisations)
    compiled = seconds(lambda: run(THOUSAND), 5) - seconds(lambda: run(THOUSAND._replace(weeks=0)), 5)
    short = THOUSAND._replace(engine="agents", weeks=4)
    readable = (seconds(lambda: run(short)) - seconds(lambda: run(short._replace(weeks=0)))) * 52 / 4
    row(f"compiled engine, ics-median ({staff} organisations), 52 weeks", f"{compiled * 1e3:.1f} ms")
    row("readable engine (Mesa agents as views), the same", f"{readable:.2f} s", f"{readable / compiled:,.0f} times")


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
    script = f"from simulation import Request, run; print(run({request!r}).adopted_share[-1])"
    took = seconds(lambda: subprocess.run([sys.executable, "-c", script], check=True, capture_output=True))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    row("england-2022 with everyone, built and run for 52 weeks", f"{took:.0f} s", f"peak {peak:.1f} GiB")


def main() -> None:
    """Print the table."""
    starts()
    engines()
    if "--long" in sys.argv:
        thousand_runs()
        nation()


if __name__ == "__main__":
    main()
