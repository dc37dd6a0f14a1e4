"""Two arms against one another: a sentence that answers, and the numbers behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from pathlib import Path

from experiments import CAVEAT
from experiments.analysis.asked import ADOPTED, Asked
from experiments.analysis.contrast import Contrast, Reached, sign_of
from experiments.analysis.outcomes import span
from experiments.analysis.parameters.differences import differences
from experiments.analysis.parameters.meanings import set_to
from experiments.analysis.statistics.estimates import ALIKE, Interval, PairedDifference
from experiments.analysis.statistics.precision import half_width
from experiments.analysis.study_facts import ALL
from experiments.analysis.wording import saved_by_pairing
from experiments.analysis.writing import lowered
from experiments.commands.console import text
from experiments.commands.console.text import Column
from experiments.commands.tables.effects import two_lines
from simulation import Request
from simulation.words import counted, signed

SKEWED = 2.0
HARM = "The change does harm (nature.benefit below 0): the more adopt it, and the sooner, the worse."


def answer(found: Contrast, asked: Asked, titles: Sequence[str], is_same: bool) -> str:
    """Say in a sentence what came out, in words that claim no more than the interval does."""
    first, second = titles
    if is_same:
        return f"The same: {first} and {second} are one and the same, and come to the same in all {found.pairs} pairs."
    gap, what = found.difference, _what(asked)
    if found.sign == 0:
        return f"{first} and {second} are not told apart: {what} differs by {_between(gap, asked)}{_no_interval(gap)}."
    does = "raises" if found.sign > 0 else "lowers"
    amount = _amount(abs(gap.value), asked, gap)
    edges = sorted((abs(gap.low), abs(gap.high)))
    saved = _saved(found.time_saved) if asked.name == ADOPTED else ""
    return (
        f"{first} {does} {what} by {amount} (95 % {_range(edges[0], edges[1], asked, _digits(asked, gap))}) against {second}"
        f"{saved}; {_exceptions(found, asked)}."
    )


def _what(asked: Asked) -> str:
    if asked.name == ADOPTED:
        return "the final share"
    return f"{lowered(asked.called)}," if "," in asked.called else lowered(asked.called)


def _saved(saved: Interval) -> str:
    """Say what it saves or costs in time, where that is told from nothing."""
    sign = sign_of(saved)
    if sign == 0:
        return ""
    edges = sorted((abs(saved.low), abs(saved.high)))
    weeks = counted(round(abs(saved.value)), "week")
    return f" and {'saves' if sign > 0 else 'costs'} {weeks} to half the staff ({edges[0]:.0f} to {edges[1]:.0f})"


def _exceptions(found: Contrast, asked: Asked) -> str:
    """Say in how many pairs it went the other way."""
    is_ahead = found.sign * (asked.better or 1) > 0
    number = found.behind if is_ahead else found.ahead.wins
    words = {True: ("worse", "better"), False: ("lower", "higher")}[asked.better != 0]
    how = words[0] if is_ahead else words[1]
    did = "it did" if asked.better else "it was"
    return f"in {number} of {counted(found.ahead.runs, 'pair')} {did} {how}"


def _no_interval(gap: PairedDifference) -> str:
    return f", without an interval, as {gap.note}" if not isfinite(gap.low) else ""


def _digits(asked: Asked, found: PairedDifference | Interval) -> int:
    """Return how many digits an estimate is worth: more where it is small, or its interval narrow."""
    width = (found.high - found.low) * asked.scale
    if not isfinite(width):
        return 1
    return 2 if width < 0.2 else 1 if width < 2 or abs(found.value * asked.scale) < 2 else 0


def _amount(value: float, asked: Asked, found: PairedDifference) -> str:
    number = f"{value * asked.scale:.{_digits(asked, found)}f}"
    unit = "point" if asked.is_share else asked.unit.removesuffix("s")
    return f"{number} {unit if number == '1' else unit + 's'}"


def _range(low: float, high: float, asked: Asked, digits: int) -> str:
    return f"{low * asked.scale:z.{digits}f} to {high * asked.scale:z.{digits}f}"


def _between(gap: PairedDifference | Interval, asked: Asked) -> str:
    unit = asked.unit_of_differences
    number = signed(gap.value * asked.scale, _digits(asked, gap))
    edges = f" (95 % {_range(gap.low, gap.high, asked, _digits(asked, gap))})" if isfinite(gap.low) else ""
    return f"{number} {unit}{edges}"


def contrast_text(
    found: Contrast, asked: Asked, titles: Sequence[str], requests: Sequence[Request], wanted: float, width: int
) -> str:
    """Return the answer, the numbers behind it, and how sure they are."""
    is_same = requests[0] == requests[1]
    paragraphs = [answer(found, asked, titles, is_same), *([HARM] if asked.harm == ALL else [])]
    lines = [line for words in paragraphs for line in text.wrapped(words, width)]
    lines += [
        "",
        *_arms(found, asked, titles, width),
        "",
        *text.listed(list(_facts(found, asked, requests, wanted)), width),
    ]
    return "\n".join([*lines, "", CAVEAT])


def _arms(found: Contrast, asked: Asked, titles: Sequence[str], width: int) -> list[str]:
    unit = "%" if asked.is_share else asked.unit
    columns = [Column("", "", ["mean", "median of runs", "got to half the staff"], left=True)]
    for title, arm in zip(titles, (found.first, found.second), strict=True):
        columns.append(Column(*two_lines(title), _cells(arm, asked)))
    return [*text.wrapped(f"{asked.called} ({asked.name}), {unit}:", width), "", *text.fitted(columns, width)[0]]


def _cells(arm: Reached, asked: Asked) -> list[str]:
    half = f"{arm.reached_half} of {arm.half.runs}"
    return [
        _value(arm.mean, asked),
        _value(arm.median, asked),
        f"{half} ({100 * arm.half.low:.0f}-{100 * arm.half.high:.0f} %)",
    ]


def _value(found: Interval, asked: Asked) -> str:
    digits = 0 if asked.is_share or abs(found.value) >= 10 else 2
    number = f"{found.value * asked.scale:.{digits}f}"
    if not isfinite(found.low):
        return number
    return f"{number} ({found.low * asked.scale:.{digits}f}-{found.high * asked.scale:.{digits}f})"


def _facts(found: Contrast, asked: Asked, requests: Sequence[Request], wanted: float) -> Iterator[tuple[str, str]]:
    if requests[0] == requests[1]:
        yield "runs", _runs(found, requests)
        return
    yield "difference", _between(found.difference, asked) + _no_interval(found.difference)
    if abs(found.difference.skewness) > SKEWED:
        yield "", f"strongly skewed, so see its median beside it: {_between(found.difference.median, asked)}"
    yield "weeks saved", _weeks(found.time_saved, requests[0].weeks)
    yield "pairs ahead", _ahead(found)
    if found.unknown:
        yield "not known", f"`{asked.name}` in {counted(found.unknown, 'pair')}, which are left out"
    yield "runs", _runs(found, requests)
    for head, words in (("they differ in", differing(*requests)), ("set on both", _set_on_both(*requests))):
        if words:
            yield head, "; ".join(words)
    yield "precision", _precision(found, asked, wanted)
    if isfinite(found.difference.correlation):
        yield "pairing", _pairing(found.difference)


def _weeks(saved: Interval, weeks: int) -> str:
    if not isfinite(saved.value):
        return "none: no run got to half the staff"
    edges = f" (95 % {saved.low:z.0f} to {saved.high:z.0f})" if isfinite(saved.low) else ""
    return f"{saved.value:z.0f}{edges} to half the staff; a run that never gets there counts as {weeks}"


def _ahead(found: Contrast) -> str:
    chance = " to ".join(f"{100 * edge:.1f}" for edge in found.ahead[1:3])
    even = ", which count half" if found.ahead.ties else ""
    return (
        f"{found.ahead.wins} of {found.ahead.runs}, behind in {found.behind}, the same in {found.ahead.ties}{even}: "
        f"{100 * found.ahead.value:.1f} % (exact 95 %: {chance})"
    )


def _runs(found: Contrast, requests: Sequence[Request]) -> str:
    first = requests[0]
    where = [Path(request.scenario).stem for request in requests]
    places = where[0] if where[0] == where[1] else f"{where[0]} and {where[1]}"
    change = f", change {Path(first.change).stem}" if first.change and first.change == requests[1].change else ""
    return (
        f"{counted(found.pairs, 'pair')} with the same random numbers, seed {first.seed}, {span(first.weeks)}, "
        f"scenario {places}{change}"
    )


def differing(first: Request, second: Request) -> list[str]:
    """Say what two requests differ in, each in words with the name by which it is set."""
    found = []
    for name in ("scenario", "change"):
        ours, theirs = getattr(first, name), getattr(second, name)
        if ours != theirs:
            found.append(f"{name}: {_file(ours)} against {_file(theirs)}")
    said = {*first.tactics, *second.tactics, *first.settings, *second.settings}
    each = [one for one in differences(first, second) if one.name in said]
    found += [f"{lowered(one.meaning)} ({one.name}): {one.left} against {one.right}" for one in each]
    return found + ["what changes on the way"] * (first.schedule != second.schedule)


def _file(name: str | None) -> str:
    return Path(name).stem if name else "what the scenario says"


def _set_on_both(first: Request, second: Request) -> list[str]:
    alike = {name: value for name, value in first.settings.items() if second.settings.get(name) == value}
    return [f"{set_to(name, value)} ({name})" for name, value in alike.items()]


def _precision(found: Contrast, asked: Asked, wanted: float) -> str:
    unit = asked.unit_of_differences
    half = half_width(Interval(*found.difference[:3], found.pairs, ""))
    if not isfinite(half):
        same = "the pairs are all alike" if found.difference.note == ALIKE else found.difference.note
        return f"not met: there is no interval, as {same} (asked for: ±{wanted * asked.scale:g} {unit})"
    met = "met" if found.met else f"not met with {counted(found.pairs, 'pair')}"
    return f"{met}: ±{half * asked.scale:.2g} {unit}, asked for ±{wanted * asked.scale:g}"


def _pairing(gap: PairedDifference) -> str:
    saving = f": {saved_by_pairing(gap.saving)}" if isfinite(gap.saving) else ""
    return f"correlation of pairs {gap.correlation:.2f}{saving}"
