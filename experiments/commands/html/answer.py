"""The answer of a study in words, from the verdicts of its report: what differs, what does not, what harms, how sure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isfinite
from typing import NamedTuple

from experiments.analysis.asked import ADOPTED, Asked
from experiments.analysis.by_outcome import ArmInOutcome, OutcomeSummary
from experiments.analysis.statistics.estimates import ALIKE, T_NEEDS, Interval
from experiments.analysis.summary import Summary
from experiments.analysis.wording import amount, decimals, difference_of, lie, margin_words
from experiments.figures.elements import Content, element, foreign
from simulation.words import counted, signed

LISTED = 12
WORSE = ("worse", "less")
LEAST = 0.005  # of a share that is written in whole percent
ABOVE, BELOW, ALIKE_WITHIN, UNTOLD = 1, -1, 2, 0
"""What an arm is to the baseline; alike within the margin where it is not told apart and the whole interval lies there."""


class Against(NamedTuple):
    """One outcome of the arms against the baseline."""

    asked: Asked
    baseline: str
    end: str
    rows: list[ArmInOutcome]

    @property
    def is_tested(self) -> bool:
        """Whether any verdict could be passed."""
        return any(row.adjusted_p is not None for row in self.rows)

    def of(self, verdict: int) -> list[ArmInOutcome]:
        """Return the arms of a verdict, those furthest from the baseline first."""
        return sorted((row for row in self.rows if _verdict(row) == verdict), key=lambda row: -abs(_gap(row)))

    def head(self, verdict: int) -> str:
        """Name a verdict, with which way is better."""
        if verdict == ALIKE_WITHIN:
            return f"Within {margin_words(self.asked)} of"
        if verdict == UNTOLD:
            return "Not told apart from" if self.is_tested else "Without a verdict, against"
        is_better = {1: " (better than)", -1: " (worse than)", 0: ""}[verdict * self.asked.better]
        return f"Significantly {'above' if verdict == ABOVE else 'below'}{is_better}"


def _verdict(row: ArmInOutcome) -> int:
    return row.sign or (ALIKE_WITHIN if row.is_negligible else UNTOLD)


def _gap(row: ArmInOutcome) -> float:
    return row.difference.value if row.difference else 0.0


def answer(summary: Summary, how_sure: str) -> list[Content]:
    """Return the answer of a study: what comes out in each outcome that was asked about, and how sure that is.

    Parameters
    ----------
    summary : Summary
        The numbers of its report.
    how_sure : str
        What its intervals tell of.
    """
    several = len(summary.outcomes) > 1
    found: list[Content] = []
    for one in summary.outcomes:
        found += [element("h3", one.asked.headed)] if several else []
        found += _of_outcome(summary, one, "h4" if several else "h3")
    return [*found, element("p", how_sure)]


def _of_outcome(summary: Summary, found: OutcomeSummary, head: str) -> Iterable[Content]:
    end = summary.moments[-1].label
    against = Against(found.asked, summary.titles[summary.baseline], end, found.compared)
    base = next(row for row in found.arms if row.arm == summary.baseline)
    level = f"{_level(found.asked, base.mean)}"
    if not against.rows:
        return [element("p", f"{found.asked.headed}, after {end}: {level}.", class_="lead"), *_harm(found.asked)]
    parts: list[Content] = [element("p", *_sentence(against), class_="lead")]
    parts.append(element("p", "With ", foreign(against.baseline), f" it comes to {level}."))
    parts += _harm(found.asked)
    if len(against.rows) > 1:
        parts += [part for verdict in (ABOVE, BELOW, ALIKE_WITHIN, UNTOLD) for part in _listed(against, verdict, head)]
    return [*parts, *_untold(against, summary.units)]


def _what(against: Against) -> str:
    words = against.asked.headed
    when = f" after {against.end}" if against.asked.name == ADOPTED else ""
    return f"{words[0].lower()}{words[1:]}{when}"


def _unit(one: Asked) -> str:
    return "%" if one.is_share else one.unit


def _level(one: Asked, mean: Interval) -> str:
    words = f"{amount(one, mean.value)} {_unit(one)}"
    if not isfinite(mean.low):
        return words
    return f"{words} (95 % interval {amount(one, mean.low)} to {amount(one, mean.high)})"


def _sentence(against: Against) -> list[Content]:
    rows, base, what = against.rows, foreign(against.baseline), _what(against)
    if not against.is_tested:
        far = max(rows, key=lambda row: abs(_gap(row)))
        why = far.difference.note if far.difference else ""
        said = f"Nothing can be called different here: {why}. In the {what}, the arm that lies furthest from "
        return [said, base, " is ", foreign(far.title), f": {_amount(against.asked, far)}."]
    if len(rows) == 1:
        does = {
            ABOVE: "raises",
            BELOW: "lowers",
            ALIKE_WITHIN: "moves by no more than the margin",
            UNTOLD: "is not shown to move",
        }
        said = f" {does[_verdict(rows[0])]} the {what}, against "
        return [foreign(rows[0].title), said, base, f": {_amount(against.asked, rows[0])}."]
    above, below, within, untold = (len(against.of(each)) for each in (ABOVE, BELOW, ALIKE_WITHIN, UNTOLD))
    arms = counted(len(rows), "arm")
    for number, words in ((above, "all {} lie significantly above "), (below, "all {} lie significantly below "), (untold, "none of {} is told apart from ")):  # fmt: skip
        if number == len(rows):
            return [f"In the {what}, {words.format(arms)}", base, "."]
    rest = [f"{below} below"] * bool(below) + [f"{within} within {margin_words(against.asked)} of it"] * bool(within)
    rest += [f"{untold} not told apart from it"] * bool(untold)
    return [f"In the {what}, {above} of {arms} {lie(above)} significantly above ", base, f", {', '.join(rest)}."]


def _amount(one: Asked, row: ArmInOutcome) -> str:
    """Write a difference with its interval, and in what share of pairs (or points) it is beyond the margin."""
    if row.difference is None:
        return ""
    centre, _, edges = difference_of(one, row.difference).partition(" ")
    words = f"{centre} {one.unit_of_differences}"
    if edges:
        words += f" (95 % interval {edges.strip('()')})"
    if row.difference.note == ALIKE:
        words += " in every pair"
    if row.beyond is None or not isfinite(row.beyond.above.value):
        return words
    more, less = one.better_and_worse
    sides = sorted([(more, row.beyond.above.value), (less, row.beyond.below.value)], key=lambda side: side[0] in WORSE)
    said = " and ".join(f"{side} in {100 * share:.0f} %" for side, share in sides if share >= LEAST)
    far = f" by more than {margin_words(one)}"
    return f"{words}; {said} of {row.beyond.over}s{far}" if said else f"{words}; hardly ever{far}"


def _listed(against: Against, verdict: int, head: str) -> list[Content]:
    rows = against.of(verdict)
    if not rows:
        return []
    items = [_item(against.asked, row) for row in rows[:LISTED]]
    if len(rows) > LISTED:
        items.append(element("li", f"and {len(rows) - LISTED} more, in the table"))
    return [element(head, f"{against.head(verdict)} ", foreign(against.baseline)), element("ul", *items)]


def _item(one: Asked, row: ArmInOutcome) -> Content:
    small = f"; but all of the interval lies within {margin_words(one)}" if row.sign and row.is_negligible else ""
    return element("li", element("strong", foreign(row.title)), f": {_amount(one, row)}{small}")


def _untold(against: Against, units: int) -> list[Content]:
    """Say what may still be true of those that are not told apart, after so many pairs or points."""
    known = [row.difference for row in against.of(UNTOLD) if row.difference and isfinite(row.difference.low)]
    if not known or not against.is_tested:
        return []
    edges = [against.asked.scale * edge for edge in (min(gap.low for gap in known), max(gap.high for gap in known))]
    low, high = (signed(edge, decimals(edges[1] - edges[0])) for edge in edges)
    words = (
        f"Not told apart is not alike: differences from {low} to {high} {against.asked.unit_of_differences} "
        "lie within the intervals."
    )
    if units < T_NEEDS:
        words += f" With fewer than {T_NEEDS} pairs only very large differences could be told: make more replicates."
    if len(against.rows) > 1 and any(gap.low > 0 or gap.high < 0 for gap in known):
        number = len(against.rows)
        words += f" An interval that leaves 0 out is no verdict by itself where {number} arms are compared at once."
    return [element("p", words)]


def _harm(one: Asked) -> Sequence[Content]:
    if not one.harm:
        return []
    words = (
        f"The change does harm to patients, so more of this is {'worse' if one.better < 0 else 'better'}."
        if one.harm == "all"
        else "The change does harm to patients in some of what was run, so nothing here is called better or worse."
    )
    return [element("p", element("strong", words))]
