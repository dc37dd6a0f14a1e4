"""The public data sets as adoptions: physicians and tetracycline, Korean family planning, English practices."""

import csv
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from experiments.validity.adoptions import NEVER, Adoptions, Ties

ADVICE = ("talk_fp", "fp_advice_sought")


def physicians(folder: Path) -> Adoptions:
    """Return the 125 physicians of four cities, months 1 to 17; whom they name, in any of three ways."""
    return _networked(folder, "medinnov", ("city", 17.0), None)


def villagers(folder: Path) -> Adoptions:
    """Return the 1,047 women of 25 villages, years 1 to 10; with whom they talk of it, and of whom they seek advice."""
    return _networked(folder, "kfamily", ("village", 10.0), ADVICE)


def _networked(folder: Path, name: str, of: tuple[str, float], relations: Iterable[str] | None) -> Adoptions:
    unit, end = of
    people = _rows(folder / f"{name}_nodes.csv")
    place = {row["id"]: k for k, row in enumerate(people)}
    ties = [t for t in _rows(folder / f"{name}_edges.csv") if relations is None or t["relation"] in relations]
    who, seen = (np.array([place[tie[end_]] for tie in ties]) for end_ in ("source", "target"))
    times = np.array([float(row["toa"]) for row in people])
    units = {unit: _codes([row[unit] for row in people])}
    return _adoptions(np.where(times <= end, times, NEVER), end, units, Ties.of(who, seen, len(people)))


def practices(folder: Path) -> Adoptions:
    """Return the 5,723 practices, months 1 to 65, by groups of the columns that the data have, and list size."""
    rows = [r for r in _rows(folder / "openprescribing_desogestrel_practice_toa.csv") if r["eligible"] == "1"]
    times = np.array([float(row["toa_month"] or NEVER) for row in rows])
    levels = ("PCN_CODE", "pct", "STP_CODE", "COMM_REGION_CODE", "system")
    units = {level: _codes([row[level] for row in rows]) for level in levels}
    return _adoptions(times, 65.0, units, None)


def practice_numbers(folder: Path, column: str) -> np.ndarray:
    """Return one numeric column of the same practices, NaN where it is empty."""
    rows = [r for r in _rows(folder / "openprescribing_desogestrel_practice_toa.csv") if r["eligible"] == "1"]
    return np.array([float(row[column] or np.nan) for row in rows])


def _adoptions(times: np.ndarray, end: float, units: dict[str, np.ndarray], ties: Ties | None) -> Adoptions:
    return Adoptions(times, np.full(len(times), end), 0.0, end, units, ties)


def _codes(names: list[str]) -> np.ndarray:
    known = {name: k for k, name in enumerate(dict.fromkeys(filter(None, names)))}
    return np.array([known.get(name, -1) for name in names], np.int32)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
