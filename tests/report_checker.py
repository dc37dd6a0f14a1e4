"""Whether a report in JSON is true: everything in it is worked out again from the table of outcomes.

Nothing of the project is imported, and nothing of what it computes with but NumPy: intervals are not worked out again
but held to what defines them.
"""

import csv
import json
import math
import statistics
from collections import defaultdict
from itertools import product
from pathlib import Path

import numpy as np
from chances import are_alike, at_least, holm, number, student_tail
from outcome_checker import outcomes
from parameter_checker import effects, influences

CLOSE = 1e-9
DRAWS = 40_000
SLACK = 0.008
"""What a chance that is estimated from so many draws may be off by: more than nine of its standard errors at 2.5 %."""


class Checker:
    """The report of a folder, and the table that it is of."""

    def __init__(self, folder, report):
        self.report = report
        self.known = json.loads((Path(folder) / "provenance.json").read_text("utf-8"))
        with (Path(folder) / "outcomes.csv").open(encoding="utf-8", newline="") as file:
            self.rows = list(csv.DictReader(file))
        self.finished = [row for row in self.rows if row["status"] == "ok"]
        self.wrong = []
        self.checks = 0

    def holds(self, what, truth, said, close=CLOSE):
        """Note what is said where it is not the truth; a number that is not defined is said as null."""
        self.checks += 1
        if truth is not None and isinstance(truth, float) and not math.isfinite(truth):
            truth = None
        if isinstance(truth, float) and isinstance(said, int | float):
            is_true = abs(truth - said) <= close * max(1.0, abs(truth))
        else:
            is_true = truth == said
        if not is_true:
            self.wrong.append(f"{what}: {said!r}, but {truth!r} is true")

    def found(self, margins=None):
        """Return what is not true in the report, by the margins that were asked for instead of those declared."""
        self._counts()
        self._kept()
        for arm in self.report["arms"]:
            self._arm(arm)
        self._verdicts()
        outcomes(self, margins)
        influences(self)
        for table in self.report["effects"]:
            effects(self, table)
        return self.wrong

    def _counts(self):
        report, expected = self.report, self.known["runs"]["expected"]
        failed = len(self.rows) - len(self.finished)
        self.holds("done", len(self.finished), report["done"])
        self.holds("failed", failed, report["failed"])
        self.holds("missing", expected - len(self.rows), report["missing"])

    def _kept(self):
        """Find the runs that all arms of the report have, and hold what is said of the others to them."""
        report, left = self.report, self.report["left_out"]
        arms = [arm["arm"] for arm in report["arms"]]
        every = [arm["name"] for arm in self.known["study"]["arms"]]
        self.holds("arms", [arm for arm in every if arm not in left["arms"]], arms)
        there = defaultdict(set)
        for row in self.finished:
            there[row["arm"]].add((row["point"], row["replicate"]))
        for arm, count in left["arms"].items():
            self.holds(f"runs of {arm}", len(there[arm]), count)
        for point, values in left["points"].items():
            row = next(row for row in self.finished if row["point"] == point)
            truth = {name: number(row[name]) for name in values}
            self.holds(f"point {point}", truth, {name: number(value) for name, value in values.items()})
        points = {row["point"] for row in self.finished} - set(map(str, left["points"]))
        replicates = {row["replicate"] for row in self.finished} - set(map(str, left["replicates"]))
        crossing = set(product(points, replicates))
        common = crossing.intersection(*(there[arm] for arm in arms))
        self.holds("cells", len(crossing) - len(common), left["cells"])
        full = len({row["point"] for row in self.finished}) * len({row["replicate"] for row in self.finished})
        lacks = {arm: full - len(there[arm]) for arm in arms if len(there[arm]) < full}
        self.holds("lacks", lacks, left["lacks"])
        self.runs = {
            (row["arm"], row["point"], row["replicate"]): row
            for row in self.finished
            if row["arm"] in arms and (row["point"], row["replicate"]) in common
        }
        self.holds("left out", len(self.finished) - len(self.runs), left["runs"])
        self.points = sorted({point for _, point, _ in self.runs}, key=int)
        self.replicates = sorted({replicate for _, _, replicate in self.runs}, key=int)
        over_points = len(self.replicates) == 1 and len(self.points) > 1
        self.unit = "point" if over_points else "replicate"
        self.holds("unit", self.unit, report["unit"])
        self.holds("units", len(self.points if over_points else self.replicates), report["units"])
        self.holds("points", len(self.points), report["points"])

    def values(self, arm, column):
        """An observable of an arm in each unit, averaged over what else there is."""
        by_unit = defaultdict(list)
        for (name, point, replicate), row in self.runs.items():
            if name == arm and row[column] != "":
                by_unit[int(point if self.unit == "point" else replicate)].append(float(row[column]))
        return [statistics.fmean(by_unit[unit]) for unit in sorted(by_unit)]

    def _weeks(self, arm):
        """Weeks to half the staff of every run, None where it never came to that, in order of unit and of the rest."""
        place = {key: row["weeks_to_50"] for key, row in self.runs.items() if key[0] == arm}
        return {key: None if week == "" else float(week) for key, week in place.items()}

    def _arm(self, arm):
        name = arm["arm"]
        runs = [key for key in self.runs if key[0] == name]
        self.holds(f"runs of {name}", len(runs), arm["runs"])
        for label, share in arm["shares"].items():
            values = self.values(name, self._column(label))
            self._mean(f"{name} after {label}", values, share, (0, 1))
        self._half(name, arm)
        if name == self.report["baseline"]:
            self.holds("difference of the baseline", None, arm["difference"])
            return
        ours, theirs = self.values(name, "adopted_share"), self.values(self.report["baseline"], "adopted_share")
        gaps = [a - b for a, b in zip(ours, theirs, strict=True)]
        self._mean(f"gap of {name}", gaps, {**arm["difference"]}, (-1, 1))
        self._p_value(f"p of {name}", gaps, arm["difference"])
        self.holds(f"median gap of {name}", statistics.median(gaps), arm["difference"]["median"]["value"])
        wins = sum(a > b for a, b in zip(ours, theirs, strict=True))
        ties = sum(a == b for a, b in zip(ours, theirs, strict=True))
        best = arm["superiority"]
        self.holds(f"wins of {name}", wins, best["wins"])
        self.holds(f"ties of {name}", ties, best["ties"])
        self.holds(f"share of wins of {name}", (wins + ties / 2) / len(gaps), best["value"])
        if best["low"] is not None and ties % 2 == 0:
            self._share(f"wins of {name}", wins + ties // 2, len(gaps), best)

    def _column(self, label):
        count, _, noun = label.partition(" ")
        is_year = noun.startswith("year") and any(row.get(f"share_year_{count}") for row in self.runs.values())
        return f"share_year_{count}" if is_year else "adopted_share"

    def _mean(self, what, values, said, bounds):
        centre = statistics.fmean(values)
        self.holds(what, centre, said["value"])
        if self.unit == "point" or len(values) < 3 or are_alike(values):
            self.holds(f"{what}, low", None, said["low"])
        elif len(values) < 10:
            chances = [self._below(values, bounds[0], said["low"]), 1 - self._below(values, bounds[1], said["high"])]
            for side, chance in zip(("low", "high"), chances, strict=True):
                self.holds(f"chance beyond the {side} end of {what}", 0.025, chance, SLACK)
        else:
            error = statistics.stdev(values) / math.sqrt(len(values))
            for side, bound in zip(("low", "high"), bounds, strict=True):
                if said[side] != bound:
                    chance = student_tail(abs(said[side] - centre) / error, len(values) - 1)
                    self.holds(f"chance beyond the {side} end of {what}", 0.025, chance, 1e-6)

    def _below(self, values, bound, edge):
        """The chance that a mean with weights drawn at random, of the values and the bound, is at most so much."""
        points = np.array([*values, bound])
        weights = np.random.default_rng(7).exponential(size=(DRAWS, points.size))
        return float((weights @ points <= edge * weights.sum(axis=1) + 1e-12).mean())

    def _p_value(self, what, gaps, said):
        if self.unit == "point" or len(gaps) < 3:
            self.holds(what, None, said["p_value"])
        elif are_alike(gaps):
            self.holds(what, 2 * 0.5 ** len(gaps) if any(gaps) else 1.0, said["p_value"])
        elif len(gaps) < 10:
            above, below = self._below(gaps, -1, 0.0), 1 - self._below(gaps, 1, -2e-12)
            self.holds(what, min(1.0, 2 * min(above, below)), said["p_value"], 4 * SLACK)
        else:
            error = statistics.stdev(gaps) / math.sqrt(len(gaps))
            self.holds(
                what, 2 * student_tail(abs(statistics.fmean(gaps)) / error, len(gaps) - 1), said["p_value"], 1e-6
            )

    def _share(self, what, successes, trials, said):
        if successes:
            self.holds(f"{what}, low", 0.025, at_least(successes, trials, said["low"]), 1e-6)
        if successes < trials:
            self.holds(f"{what}, high", 0.025, 1 - at_least(successes + 1, trials, said["high"]), 1e-6)

    def _half(self, name, arm):
        weeks = self._weeks(name)
        reached = [week for week in weeks.values() if week is not None]
        missed = len(weeks) - len(reached)
        self.holds(f"{name} reached half", len(reached), arm["reached_half"])
        self.holds(f"{name} never reached half", missed, arm["never_reached_half"])
        by_unit = defaultdict(list)
        for (_, point, replicate), week in weeks.items():
            by_unit[point if self.unit == "point" else replicate].append(week is None)
        never = statistics.fmean(map(statistics.fmean, by_unit.values()))
        self.holds(f"share of {name} that never did", never, arm["never"]["value"])
        ordered = sorted(reached) + [math.inf] * missed
        # Half the runs are there at the first week at which no more than half are not.
        self.holds(f"median weeks of {name}", ordered[(len(ordered) + 1) // 2 - 1], arm["weeks_to_half"]["value"])
        if arm["time_saved"] is None or name == self.report["baseline"]:
            return
        theirs = self._weeks(self.report["baseline"])
        if not reached and all(week is None for week in theirs.values()):
            self.holds(f"time saved by {name}", None, arm["time_saved"]["value"])
            return
        horizon = self.report["weeks"]
        mean, other = (statistics.fmean(horizon if w is None else w for w in runs.values()) for runs in (weeks, theirs))
        self.holds(f"time saved by {name}", mean - other, arm["time_saved"]["value"])
        if arm["sooner"] is not None:
            pairs = [[math.inf if runs[key] is None else runs[key] for runs in (by_pair(weeks), by_pair(theirs))]
                     for key in by_pair(weeks)]  # fmt: skip
            ahead, behind = sum(a < b for a, b in pairs), sum(a > b for a, b in pairs)
            self.holds(f"pairs in which {name} was sooner", ahead, arm["sooner"]["first"])
            self.holds(f"pairs in which {name} was later", behind, arm["sooner"]["second"])
            fewer = max(ahead, behind)
            chance = min(1.0, 2 * at_least(fewer, ahead + behind, 0.5)) if ahead + behind else 1.0
            self.holds(f"log-rank p of {name}", chance, arm["sooner"]["p_value"])

    def _verdicts(self):
        compared = {arm["arm"]: arm for arm in self.report["arms"] if arm["difference"] is not None}
        p_values = {name: arm["difference"]["p_value"] for name, arm in compared.items()}
        adjusted = holm({name: p for name, p in p_values.items() if p is not None})
        for name, arm in compared.items():
            self.holds(f"adjusted p of {name}", adjusted.get(name), arm["adjusted_p"])
            low, high, p = arm["difference"]["low"], arm["difference"]["high"], p_values[name]
            if low is not None and abs(p - 0.05) > 1e-6:
                self.holds(f"whether the interval of {name} leaves out 0", p < 0.05, low > 0 or high < 0)
        never = sum(arm["never_reached_half"] for arm in self.report["arms"])
        self.holds("censored", never, self.report["censored"])


def by_pair(weeks):
    """Return the weeks of an arm by point and replicate."""
    return {key[1:]: week for key, week in weeks.items()}
