"""Whether what a report says of an outcome that was asked about is true, worked out again from the table of outcomes."""

import csv
import io
import math
import statistics
from collections import defaultdict

from chances import holm

DECLARED = {
    "adopted_share": (0.02, 1), "share_year_1": (0.02, 1), "share_year_2": (0.02, 1), "share_year_5": (0.02, 1),
    "weeks_to_10": (4, -1), "weeks_to_50": (4, -1), "weeks_to_90": (4, -1),
}  # fmt: skip
MANY = 10
HAIR = 1e-12


def outcomes(checker, margins=None):
    """Hold every outcome to the table: levels, gaps, and how often arms are beyond the margin."""
    base = checker.report["baseline"]
    for found in checker.report["outcomes"]:
        name = found["name"]
        margin, better = DECLARED[name]
        margin = (margins or {}).get(name, margin)
        checker.holds(f"margin of {name}", margin, found["margin"])
        checker.holds(f"what is better in {name}", better, found["better"])
        p_values = {}
        for arm in found["arms"]:
            _level(checker, name, arm)
            if arm["arm"] == base:
                checker.holds("difference of the baseline", None, arm["difference"])
                continue
            gaps = _gaps(checker, name, arm["arm"])
            _gap(checker, name, arm, _by_unit(gaps, checker.unit))
            _beyond(checker, arm, margin, gaps)
            p_values[arm["arm"]] = arm["difference"]["p_value"]
        adjusted = holm({arm: p for arm, p in p_values.items() if p is not None})
        for arm in found["arms"]:
            if arm["arm"] != base:
                checker.holds(f"adjusted p of {arm['arm']}", adjusted.get(arm["arm"]), arm["adjusted_p"])


def as_table(words, report):
    """Return what a report's table of numbers says otherwise than the same report in JSON."""
    rows = list(csv.DictReader(io.StringIO(words)))
    said = [(found["name"], arm) for found in report["outcomes"] for arm in found["arms"]]
    if len(rows) != len(said):
        return [f"{len(rows)} rows, but {len(said)} outcomes and arms"]
    wrong = []
    for row, (name, arm) in zip(rows, said, strict=True):
        gap = arm["difference"] or {"value": None, "low": None, "high": None}
        truth = [name, arm["arm"], arm["mean"]["value"], gap["value"], gap["low"], gap["high"], arm["adjusted_p"]]
        found = [row[key] for key in ("outcome", "arm", "mean", "gap", "gap_low", "gap_high", "gap_adjusted_p")]
        if found[:2] != truth[:2] or [float(cell) if cell else None for cell in found[2:]] != truth[2:]:
            wrong.append(f"{found}, but {truth} in JSON")
    return wrong


def runs_of(checker, name, arm):
    """An outcome of each run of an arm, by point and replicate; what never came about is at the horizon, or unknown."""
    horizon = float(checker.report["weeks"]) if name.startswith("weeks_to") else None
    found = {key[1:]: row[name] for key, row in checker.runs.items() if key[0] == arm}
    return {place: horizon if value == "" else float(value) for place, value in found.items()}


def _by_unit(values, unit):
    """Values that are known, averaged over what else there is in each unit."""
    found = defaultdict(list)
    for (point, replicate), value in values.items():
        if value is not None:
            found[int(point if unit == "point" else replicate)].append(value)
    return [statistics.fmean(found[number]) for number in sorted(found)]


def _gaps(checker, name, arm):
    ours, theirs = (runs_of(checker, name, which) for which in (arm, checker.report["baseline"]))
    return {place: None if None in (value, theirs[place]) else value - theirs[place] for place, value in ours.items()}


def _centre(checker, what, values, said, middle):
    checker.holds(what, statistics.fmean(values) if values else None, said["value"])
    checker.holds(f"median {what}", statistics.median(values) if values else None, middle["value"])


def _level(checker, name, arm):
    runs = runs_of(checker, name, arm["arm"])
    _centre(checker, f"{name} of {arm['arm']}", _by_unit(runs, checker.unit), arm["mean"], arm["median"])
    checker.holds(f"unknown {name} of {arm['arm']}", list(runs.values()).count(None), arm["unknown"])


def _gap(checker, name, arm, gaps):
    what = f"gap of {arm['arm']} in {name}"
    _centre(checker, what, gaps, arm["difference"], arm["difference"]["median"])
    wins, ties = sum(gap > 0 for gap in gaps), sum(gap == 0 for gap in gaps)
    checker.holds(f"wins, {what}", wins, arm["superiority"]["wins"])
    checker.holds(f"ties, {what}", ties, arm["superiority"]["ties"])
    checker.holds(f"superiority, {what}", (wins + ties / 2) / len(gaps) if gaps else None, arm["superiority"]["value"])
    low, high, p = (arm["difference"][key] for key in ("low", "high", "p_value"))
    if low is not None and p is not None and not math.isclose(p, 0.05, abs_tol=1e-6):
        checker.holds(f"whether the interval of the {what} leaves out 0", p < 0.05, low > 0 or high < 0)


def _beyond(checker, arm, margin, by_run):
    """Count over points where there are ten, whatever replicate they are of."""
    said = arm["beyond"]
    checker.holds("margin said", margin, said["margin"])
    gaps = _by_unit(by_run, "point" if len(checker.points) >= MANY else checker.unit)
    above, below = (sum(sign * gap > margin + HAIR for gap in gaps) for sign in (1, -1))
    for side, count in (("above", above), ("below", below), ("within", len(gaps) - above - below)):
        truth = count / len(gaps) if gaps else None
        checker.holds(f"{side} the margin, {arm['arm']}", truth, said[side]["value"])
