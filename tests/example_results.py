"""A result folder as a sweep leaves it, with made-up curves: for tests of what reads tables."""

import gzip
import json
from pathlib import Path

import numpy as np
import pandas as pd

ARMS = {
    "none": ("No leader", 0.26, 330),
    "plain_case": ("The plain case", 0.31, 310),
    "others_shoes": ("Walking in others' shoes", 0.42, 240),
    "longer_term_goal": ("Framing the longer-term goal", 0.44, 235),
    "seeding": ("Seeding an idea", 0.55, 205),
    "patient_argument": ("Patient argument", 0.35, 280),
    "patient_voice": ("Patients explain it themselves", 0.52, 210),
    "higher_goals": ("Higher goals with evidence", 0.38, 260),
    "coalition": ("A coalition of the willing", 0.37, 265),
    "plain_forgoing": ("The plain case, forgoing credit", 0.40, 255),
    "plain_giving": ("The plain case, giving more than taking", 0.36, 270),
    "plain_undeclared": ("The plain case, label not declared", 0.34, 285),
    "bundle": ("All tactics together", 0.83, 150),
    "bundle_heroic": ("All tactics, by heroic leaders", 0.30, 300),
    "line_authority": ("Line authority", 0.33, 290),
    "payment": ("Payment", 0.36, 240),
    "heroic_leader": ("The heroic leader", 0.22, 330),
}


def _curves(top: float, half: float, replicates: int, weeks: int, luck: np.ndarray) -> np.ndarray:
    week = np.arange(weeks + 1)
    middle = half * np.exp(0.18 * luck[:, :1])
    ceiling = np.clip(top * np.exp(0.25 * luck[:, 1:2]), 0.04, 0.97)
    shape = 1 / (1 + np.exp(-(week - middle * 0.7) / 28))
    start = shape[:, :1]
    return 0.03 + (ceiling - 0.03) * (shape - start) / (1 - start)


def write(
    folder: Path,
    arms: tuple[str, ...] = tuple(ARMS),
    replicates: int = 40,
    weeks: int = 260,
    failed: int = 0,
    points: int = 1,
) -> Path:
    """Write the tables of a finished sweep and return their folder."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(1)
    shared = rng.normal(size=(replicates * points, 2))
    rows, tracks = [], []
    for arm in arms:
        _, top, half = ARMS[arm]
        own = 0.7 * shared + 0.5 * rng.normal(size=shared.shape)
        curves = _curves(top, half, replicates, weeks, own)
        for number, curve in enumerate(curves):
            point, replicate = divmod(number, replicates)
            rows.append(_row(len(rows), arm, point, replicate, curve))
            tracks.append(
                pd.DataFrame(
                    {
                        "arm": arm,
                        "point": point,
                        "replicate": replicate,
                        "week": np.arange(weeks + 1),
                        "adopted_share": curve,
                        "declared_share": curve * 1.1,
                    }
                )
            )
    table = pd.DataFrame(rows[failed:])
    if points > 1:
        table.insert(3, "climate.finance", table["point"] / points)
        table.insert(4, "gates.on", table["point"] % 2 == 0)
    table.to_csv(folder / "outcomes.csv", index=False)
    with gzip.GzipFile(folder / "trajectories.csv.gz", "wb", mtime=0, compresslevel=1) as stream:
        stream.write(pd.concat(tracks).to_csv(index=False, float_format="%.6f").encode())
    (folder / "provenance.json").write_text(json.dumps(_provenance(arms, replicates, weeks, failed, len(rows))))
    return folder


def _row(run: int, arm: str, point: int, replicate: int, curve: np.ndarray) -> dict[str, object]:
    row: dict[str, object] = {"run": run, "arm": arm, "point": point, "replicate": replicate}
    row["adopted_share"] = curve[-1]
    for share in (10, 50, 90):
        reached = np.flatnonzero(curve >= share / 100)
        row[f"weeks_to_{share}"] = reached[0] if reached.size else None
    for year in (1, 2, 5):
        row[f"share_year_{year}"] = curve[52 * year] if 52 * year < curve.size else None
    return row


def _provenance(arms: tuple[str, ...], replicates: int, weeks: int, failed: int, expected: int) -> dict[str, object]:
    return {
        "study": {
            "name": "tactics",
            "title": "Which tactics spread a change?",
            "weeks": weeks,
            "replicates": replicates,
            "seed": 1,
            "arms": [{"name": arm, "title": ARMS[arm][0], "scenario": "ics-small"} for arm in arms],
        },
        "parameters": ["climate.finance", "gates.on"],
        "runs": {"expected": expected, "ok": expected - failed, "missing": 0, "failed": {"raised": failed}},
    }
