"""Whether what a report says of swept parameters is true, worked out again from the table of outcomes."""

import statistics

from chances import holm, number, spearman


def correlations(checker):
    """Hold every correlation to the shares at the points, and its p-value to the family."""
    tests = {}
    for factor in checker.report["correlations"]:
        name = factor["name"]
        for arm, said in factor["arms"].items():
            swept = [_setting(checker, point, name) for point in checker.points]
            shares = [statistics.fmean(_at(checker, arm, point).values()) for point in checker.points]
            # Averages that are the same may differ in their last digit, which is no rank.
            shares = [round(share, 12) for share in shares]
            checker.holds(f"correlation of {name} in {arm}", spearman(swept, shares), said["value"], 1e-7)
            if said["p_value"] is not None:
                tests[name, arm] = said
    adjusted = holm({key: said["p_value"] for key, said in tests.items()})
    for key, said in tests.items():
        checker.holds(f"adjusted p of {key}", adjusted[key], said["adjusted_p"])


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
    for arm in (row["arm"] for row in checker.report["arms"]):
        _changes(checker, table, arm, changed)
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
    is_gap = table["name"] == "one_at_a_time"

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
    said = [row["arms"][arm]["change"] for row in table["rows"]]
    checker.holds(f"number of changes of {table['name']}", len(rows), len(said))
    means, medians = ([kind(row) for row in rows] for kind in (statistics.fmean, statistics.median))
    for what, truths, values in (
        ("mean", means, [change["value"] for change in said]),
        ("median", medians, [change["median"]["value"] for change in said]),
    ):
        for place, (truth, value) in enumerate(zip(sorted(truths), sorted(values), strict=False)):
            checker.holds(f"{what} {place} of the changes of {arm} in {table['name']}", truth, value)
