"""Toy sweeps, and what they leave."""

import csv
from pathlib import Path

from faults import toys

from experiments.design.study import Study
from experiments.sweep import runner
from experiments.sweep.runner import Options

USUAL = Options(jobs=2, work=toys.WORK)


def swept(out: Path, study: Study, **how) -> runner.Sitting:
    return runner.sweep(study, out, options=USUAL._replace(**how))


def outcomes(out: Path) -> list[dict[str, str]]:
    with (out / "outcomes.csv").open() as file:
        return list(csv.DictReader(file))


def by_act(out: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in outcomes(out):
        found.setdefault(row["act"], set()).add(row["status"])
    return found
