"""Whether what a report says of swept parameters is true, worked out again from the table of outcomes."""

import statistics

import numpy as np
from chances import are_alike, holm, number, spearman
from outcome_checker import runs_of


def influences(checker):
    """Hold every share of variance to a polynomial fitted anew, its direction to the ranks, and what passes to the threshold."""
    for found in checker.report["influences"]:
        base = checker.report["baseline"]
        reached = _reached(checker, found["outcome"], base)
        checker.holds("points of the influences", len(checker.points), found["points"])
        for row in found["rows"]:
            swept = [_setting(checker, point, row["name"]) for point in checker.points]
            for arm, said in row["arms"].items():
                values = reached[arm]
                what = f"influence of {row['name']} on {arm}"
                if said["direction"] is not None:
                    checker.holds(f"direction, {what}", spearman(swept, values), said["direction"]["value"], 1e-7)
                share = said["main"] if said["total"] is None else said["total"]
                checker.holds(
                    f"whether it passes, {what}", share is not None and share > found["threshold"], said["passes"]
                )
                if not found["has_totals"] and not are_alike(values) and said["direction"] is not None:
                    checker.holds(what, _carried(swept, values), said["main"], 1e-6)


def _reached(checker, outcome, base):
    """What the baseline comes to at each point, and the gap of every other arm to it; all alike where a point lacks it."""
    runs = {arm["arm"]: runs_of(checker, outcome, arm["arm"]) for arm in checker.report["arms"]}
    found = {}
    for arm, ours in runs.items():
        less = dict.fromkeys(ours, 0.0) if arm == base else runs[base]
        gaps = {at: value - less[at] for at, value in ours.items() if None not in (value, less[at])}
        of = {replicate: [v for (_, r), v in gaps.items() if r == replicate] for replicate in checker.replicates}
        centred = {(point, r): gap - statistics.fmean(of[r]) for (point, r), gap in gaps.items()}
        points = [[gap for (at, _), gap in centred.items() if at == point] for point in checker.points]
        found[arm] = [round(statistics.fmean(some), 12) if all(points) else 0.0 for some in points]
    return found


def _carried(swept, values):
    """The adjusted share of the variance that a polynomial of the ranks carries."""
    number = len(values)
    ranks = [sum(b < a for b in swept) + (sum(b == a for b in swept) + 1) / 2 for a in swept]
    degree = min(max(2 if number >= 30 else 1, min(8, number // 60)), len(set(swept)) - 1)
    fitted = np.polynomial.Chebyshev.fit(ranks, values, degree)
    left = sum((value - fitted(rank)) ** 2 for rank, value in zip(ranks, values, strict=True))
    return float(1 - left / (statistics.variance(values) * (number - 1)) * (number - 1) / max(1, number - 1 - degree))


def _at(checker, arm, point):
    """What an arm reaches at a point, by replicate."""
    keys = [(arm, point, replicate) for replicate in checker.replicates]
    return {key[2]: float(checker.runs[key]["adopted_share"]) for key in keys if key in checker.runs}


def _setting(checker, point, name):
    """What a swept parameter is at a point."""
    return next(number(row[name]) for (_, at, _), row in checker.runs.items() if at == point)


def effects(checker, table):
    """Hold a table of changes to the points that differ from its start in so many parameters."""
    start = {name: number(value) for name, value in table["values"].items()}
    changed = {
        point: tuple(name for name, value in start.items() if _setting(checker, point, name) != value)
        for point in checker.points
    }
    if "corners" in checker.known["study"]["design"]:
        # What tells corners apart is not changed from any of them.
        rows = tuple(row["label"] for row in table["rows"])
        changed = {
            point: names
            for point, names in changed.items()
            if all(any(r.startswith(f"{n} ") for r in rows) for n in names)
        }
    for arm in (row["arm"] for row in checker.report["arms"]):
        if start:
            _changes(checker, table, arm, changed)
        else:
            _differences(checker, table, arm)
    tests = {
        (place, arm): effect for place, row in enumerate(table["rows"]) for arm, effect in row["arms"].items()
        if effect["adjusted_p"] is not None
    }  # fmt: skip
    adjusted = holm({key: effect["change"]["p_value"] for key, effect in tests.items()})
    for key, effect in tests.items():
        checker.holds(f"adjusted p of {key}", adjusted[key], effect["adjusted_p"])


def _changes(checker, table, arm, changed):
    """Hold what changes do to an arm, or to its gap to the baseline, to the means of both points."""
    base = checker.report["baseline"]
    is_gap = table["name"].startswith("one_at_a_time")

    def reached(point):
        ours, theirs = _at(checker, arm, point), _at(checker, base, point)
        return [ours[r] - (theirs[r] if is_gap and arm != base else 0) for r in ours]

    (first,) = (point for point, names in changed.items() if not names)
    before = reached(first)
    checker.holds(f"{arm} at the start of {table['name']}", statistics.fmean(before), table["levels"][arm])
    gains = {point: [b - a for a, b in zip(before, reached(point), strict=False)] for point in changed}
    rows = [gains[point] for point, names in changed.items() if len(names) == 1]
    if not is_gap:
        everything = gains[max(changed, key=lambda point: len(changed[point]))]
        summed = [sum(parts) for parts in zip(*rows, strict=True)]
        rows += [summed, everything, [a - b for a, b in zip(everything, summed, strict=True)]]
    if is_gap and arm != base:
        ahead = sorted(statistics.fmean(reached(point)) for point in changed if changed[point])
        told = [row["arms"][arm]["gap"] for row in table["rows"]]
        for truth, gap in zip(ahead, sorted(told, key=lambda gap: gap["value"]), strict=True):
            checker.holds(f"how far {arm} is ahead in {table['name']}", truth, gap["value"])
        medians = sorted(statistics.median(reached(point)) for point in changed if changed[point])
        for truth, median in zip(medians, sorted(gap["median"]["value"] for gap in told), strict=True):
            checker.holds(f"median of how far {arm} is ahead", truth, median)
    said = [row["arms"][arm]["change"] for row in table["rows"]]
    checker.holds(f"number of changes of {table['name']}", len(rows), len(said))
    means, medians = ([kind(row) for row in rows] for kind in (statistics.fmean, statistics.median))
    for what, truths, values in (
        ("mean", means, [change["value"] for change in said]),
        ("median", medians, [change["median"]["value"] for change in said]),
    ):
        for place, (truth, value) in enumerate(zip(sorted(truths), sorted(values), strict=False)):
            checker.holds(f"{what} {place} of the changes of {arm} in {table['name']}", truth, value)


def _differences(checker, table, arm):
    """Hold what differs between two corners to the tables of both."""
    far, near = table["name"].removeprefix("corner_").split("_less_")
    of = {each["name"]: each for each in checker.report["effects"]}
    here, there = ({row["label"]: row["arms"][arm]["change"]["value"] for row in of[f"one_at_a_time_{number}"]["rows"]}
                   for number in (near, far))  # fmt: skip
    levels = [of[f"one_at_a_time_{number}"]["levels"][arm] for number in (near, far)]
    checker.holds(f"{arm} at {table['name']}", levels[1] - levels[0], table["levels"][arm])
    for row in table["rows"]:
        label = row["label"]
        checker.holds(
            f"{label} of {arm} in {table['name']}", there[label] - here[label], row["arms"][arm]["change"]["value"]
        )
