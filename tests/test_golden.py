"""What must stay: the bits of busy runs, in both engines, and of a toy sweep's table.

A change that is meant to leave results alone leaves these hashes alone. One that is meant to change them says so in
`CHANGELOG.md` under *Results change*, and `python tests/test_golden.py` prints the new ones.
"""

import csv
import hashlib
import io
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from worlds import BUNDLE, BUSY, EVERYTHING, HEROIC, SELFLESS, lived

from simulation import Request, catalogue

RUNS = "a509f53d61afdb9925dd4933"
TABLE = "bfead775b33abd8146602167"

SMALL = ("population.scale", "population.ties_inside", "leaders.number", "leaders.hours", "conversation.hours")
"""Parameters that are left as they are, so that a drawn run stays small."""
STAFF = [
    "stage",
    "planted",
    "advocate",
    "leader",
    "spoke",
    "adopted_week",
    "conviction",
    "ownership",
    "purpose",
    "understood",
    "own_interest",
    "trust",
    "informed",
    "pull",
    "labelled",
    "fidelity",
    "motivation",
    "exposure",
    "surrounding",
    "profession_exposure",
    "passed_on",
    "urging",
]
ORGANISATIONS = [
    "load",
    "burden",
    "pressure",
    "asked",
    "approvals",
    "refused",
    "committed",
    "adopted_share",
    "declared_share",
    "partners",
    "claimed",
    "recognition",
    "succeeded",
    "realised",
    "seen",
    "favours",
    "heard",
    "disappointed",
]
LEADERS = [
    "ego_shown",
    "capital",
    "credit_taken",
    "credit_given",
    "hours_spent",
    "withdrawn",
    "in_post",
    "vacant_until",
    "meetings",
]


def drawn(luck: random.Random, name: str) -> float | int | bool | str:
    """Return a value of a parameter, from anywhere in its range."""
    parameter = catalogue.parameters()[name]
    if parameter.kind == "number":
        return luck.uniform(parameter.low, parameter.high)
    if parameter.kind == "integer":
        return luck.randint(int(parameter.low), min(int(parameter.high), 60))
    return luck.choice(parameter.choices or (False, True))


def busy_runs() -> list[Request]:
    """Return requests in which every mechanism has something to do, each with other settings."""
    luck = random.Random(7)
    names = sorted(set(catalogue.parameters()) - set(SMALL))
    later = ((20, {"tactics": {"line_authority": 0.5, "patient_voice": 1.0}}), (40, {"settings": {"gates.delay": 2.0}}))
    requests = []
    for seed in range(40):
        settings = {name: drawn(luck, name) for name in luck.sample(names, 25)}
        mix = luck.choice([EVERYTHING, BUNDLE, HEROIC, SELFLESS, {}])
        schedule = later if seed % 4 == 3 else ()
        requests.append(Request("tiny", mix, {**BUSY, **settings}, weeks=60, seed=seed, schedule=schedule))
    return requests


def bits(world: object) -> str:
    """Return a hash of every week of a run and of the state at its end, by the names of what is hashed."""
    digest = hashlib.sha256()

    def add(name: str, column: np.ndarray) -> None:
        digest.update(name.encode() + np.ascontiguousarray(column).tobytes())

    for name, column in sorted(world.record._asdict().items()):
        add(name, column)
    for kind, fields in (("staff", STAFF), ("organisations", ORGANISATIONS), ("leaders", LEADERS)):
        for name in fields:
            add(f"{kind}.{name}", getattr(world, kind)[name])
    return digest.hexdigest()


def all_bits(engine: str) -> str:
    """Return one hash of all busy runs."""
    each = [bits(lived(request._replace(engine=engine))) for request in busy_runs()]
    return hashlib.sha256("".join(each).encode()).hexdigest()[:24]


NEW_COLUMNS = ("system_time_icc", "organisation_time_icc")
"""Observables that came after the toy sweep was first run: what stood in its table then stands there still."""


def toy_table(folder: Path) -> str:
    """Return the hash of the table of a toy sweep with a schedule, three arms and a factor, without newer columns."""
    study = folder / "toy.toml"
    study.write_text(TOY, encoding="utf-8")
    syslead = Path(sys.executable).with_name("syslead")
    subprocess.run([syslead, "sweep", study, "--out", folder / "out", "--quiet"], check=True, capture_output=True)
    rows = list(csv.reader((folder / "out" / "outcomes.csv").read_text(encoding="utf-8").splitlines()))
    kept = [k for k, name in enumerate(rows[0]) if name not in NEW_COLUMNS]
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows([row[k] for k in kept] for row in rows)
    return hashlib.sha256(table.getvalue().encode()).hexdigest()[:24]


TOY = """
title = "A toy"
scenario = "tiny"
weeks = 40
replicates = 3
seed = 4

[factors]
"pressure.finance" = [0.3, 0.6]

[arms.none]
title = "No leader"

[arms.bundle]
title = "Seeding and a coalition, credit forgone"
tactics = { seeding = 0.5, coalition = 0.5, forgoing_credit = 1 }

[arms.later]
title = "A visit later"
schedule = [{ week = 10, tactics = { others_shoes = 1 } }]

[design]
kind = "grid"
"""


@pytest.mark.parametrize("engine", ["compiled", "agents"])
def test_busy_runs_keep_their_bits(engine):
    assert all_bits(engine) == RUNS


def test_a_toy_sweep_keeps_its_table(tmp_path):
    assert toy_table(tmp_path) == TABLE


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    print(all_bits("compiled"), all_bits("agents"))
    with TemporaryDirectory() as folder:
        print(toy_table(Path(folder)))
