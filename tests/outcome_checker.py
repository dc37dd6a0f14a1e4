"""Whether what a report says of an outcome that was asked about is true, worked out again from the table of outcomes."""

import statistics
from collections import defaultdict

from chances import holm

MARGINS = {"adopted_share": (0.02, 1)}
MANY = 10
HAIR = 1e-12


def outcomes(checker):
    """Hold every outcome to the table: levels, gaps, and how often arms are beyond the margin."""
    base = checker.report["baseline"]
    for found in checker.report["outcomes"]:
        name = found["name"]
        margin, better = MARGINS[name]
        checker.holds(f"margin of {name}", margin, found["margin"])
        checker.holds(f"what is better in {name}", better, found["better"])
        theirs = checker.values(base, name)
        p_values = {}
        for arm in found["arms"]:
            ours = checker.values(arm["arm"], name)
            checker.holds(f"{name} of {arm['arm']}", statistics.fmean(ours), arm["mean"]["value"])
            checker.holds(f"median {name} of {arm['arm']}", statistics.median(ours), arm["median"]["value"])
            checker.holds(f"unknown {name} of {arm['arm']}", 0, arm["unknown"])
            if arm["arm"] == base:
                checker.holds("difference of the baseline", None, arm["difference"])
                continue
            gaps = [a - b for a, b in zip(ours, theirs, strict=True)]
            _gap(checker, name, arm, gaps)
            _beyond(checker, name, arm, margin, gaps)
            p_values[arm["arm"]] = arm["difference"]["p_value"]
        adjusted = holm({arm: p for arm, p in p_values.items() if p is not None})
        for arm in found["arms"]:
            if arm["arm"] != base:
                checker.holds(f"adjusted p of {arm['arm']}", adjusted.get(arm["arm"]), arm["adjusted_p"])


def _gap(checker, name, arm, gaps):
    what = f"gap of {arm['arm']} in {name}"
    checker.holds(what, statistics.fmean(gaps), arm["difference"]["value"])
    checker.holds(f"median {what}", statistics.median(gaps), arm["difference"]["median"]["value"])
    wins, ties = sum(gap > 0 for gap in gaps), sum(gap == 0 for gap in gaps)
    checker.holds(f"wins, {what}", wins, arm["superiority"]["wins"])
    checker.holds(f"ties, {what}", ties, arm["superiority"]["ties"])
    checker.holds(f"superiority, {what}", (wins + ties / 2) / len(gaps), arm["superiority"]["value"])


def _beyond(checker, name, arm, margin, gaps):
    """Count over points where there are ten, whatever replicate they are of."""
    said = arm["beyond"]
    checker.holds("margin said", margin, said["margin"])
    if len(checker.points) >= MANY:
        by_point = defaultdict(list)
        for (one, point, replicate), row in checker.runs.items():
            if one == arm["arm"]:
                other = checker.runs[checker.report["baseline"], point, replicate]
                by_point[point].append(float(row[name]) - float(other[name]))
        gaps = [statistics.fmean(values) for values in by_point.values()]
    above, below = (sum(sign * gap > margin + HAIR for gap in gaps) for sign in (1, -1))
    for side, count in (("above", above), ("below", below), ("within", len(gaps) - above - below)):
        checker.holds(f"{side} the margin, {arm['arm']}", count / len(gaps), said[side]["value"])
