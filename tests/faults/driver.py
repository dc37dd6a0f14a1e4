"""A sweep in a process of its own, for tests that kill it: `python -m faults.driver OUT '{"runs": 400, ...}'`.

Prints `start`, a line `ack N` for each look at the rows that are safe, and `hash H` at the end.
"""

import json
import os
import sys

from experiments.store.errors import SweepError
from experiments.sweep import progress, runner
from faults import toys
from simulation import fingerprint


def study_of(wanted: dict) -> runner.Study:
    if "acts" in wanted:
        return toys.study(tuple(wanted["acts"]), replicates=wanted.get("replicates", 1))
    return toys.timed_study(wanted["runs"], wanted["seconds"], wanted.get("log", ""))


def acknowledge(now: progress.Progress) -> None:
    print("ack", now.done, flush=True)


def main() -> int:
    out, wanted = sys.argv[1], json.loads(sys.argv[2])
    # Somebody may be working on the model while this test runs; it must not seem changed.
    fingerprint.sources = lambda: "0" * 64
    progress.SHOW_SECONDS = wanted.get("report", 0.05)
    os.chdir(wanted.get("chdir", "."))
    options = runner.Options(**{"jobs": 2, "work": toys.WORK, **wanted.get("options", {})})
    print("start", flush=True)
    try:
        summary = runner.sweep(study_of(wanted), out, on_progress=acknowledge, options=options)
    except SweepError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print("hash", summary.table_hash, flush=True)
    return summary.exit_code


if __name__ == "__main__":
    sys.exit(main())
