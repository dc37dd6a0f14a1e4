"""A facilitator's sheet in sections of words: what is written, with the numbers that came out put beside every claim."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from experiments.analysis.asked import ADOPTED, Asked, declared
from experiments.analysis.facilitator.evidence import Evidence, Results, Reveal, kept
from experiments.analysis.facilitator.sheet import ALIKE, LEVEL, UNCLEAR, Cell, Claim, Point, Sheet
from experiments.analysis.outcomes import TIMES
from experiments.analysis.statistics.estimates import Interval
from experiments.analysis.statistics.proportions import SAME
from experiments.analysis.wording import amount, difference_of, percent
from experiments.analysis.writing import named
from experiments.design.study import Study
from simulation.words import signed

SHEET = "Facilitator's sheet"
HOUR = (
    (
        "0 to 5",
        "*Workshop*, then *Projector*. Say first what stands below; the four cards behind *?* say what spreads.",
    ),
    (
        "5 to 15",
        "*Predict*. Each group draws both lines, and says in how many of forty runs it expects the second arm ahead.",
    ),
    ("15 to 20", "*Spend the hours*. Agree on all there are, or half, or double, and whether they end half-way."),
    (
        "20 to 32",
        "*Run*. Watch one run first; stop where something happens, and ask what the room sees before you say it.",
    ),
    (
        "32 to 40",
        "*Reveal*. The groups' lines over forty runs of each arm. Let every group read out how far off it was.",
    ),
    ("40 to 52", "*Debrief*, with the questions below; write down what is said."),
    ("52 to 60", "Once more, with one lever moved; then what the model cannot say, and *Take away*."),
)
"""Minutes, and what they are for."""
CANNOT = (
    "What would happen in your place: it is a model of a theory, made from what ten leaders said in 2015.",
    "What works: how much one conversation moves one person was put in, mostly as a guess; what a system of organisations "
    "makes of that came out.",
    "Anything about a person: use it to appraise nobody, and to justify no reorganisation.",
)
"""What no sheet can leave out."""


class Item(NamedTuple):
    """Something that a sheet says; `numbers` are what came out, where it is a claim, and `minutes` when it is done."""

    words: str
    numbers: str = ""
    minutes: str = ""


class Section(NamedTuple):
    """A part of a sheet: its head, and what stands below it, as a list or as paragraphs."""

    head: str
    items: Sequence[Item]
    is_list: bool = True


def sections(sheet: Sheet) -> list[Section]:
    """Return all that a sheet says, in the order in which it is needed."""
    study, found = sheet.study, kept()[sheet.study.name]
    return [
        Section("Aim", [Item(sheet.aim)], False),
        Section("The two arms", _arms(study)),
        Section("The hour", [Item(words, minutes=minutes) for minutes, words in HOUR]),
        Section("Say first", _plain(sheet.first)),
        Section("Notice while it runs", _points(sheet, sheet.notice, found)),
        Section("What the reveal will say", [Item(_revealed(study, found.reveal))], False),
        Section("What usually surprises", _points(sheet, sheet.surprises, found)),
        Section("For the debrief", _plain(sheet.debrief)),
        Section("Once more, with one lever moved", _points(sheet, [sheet.once_more], found)),
        Section("What the model cannot say", _plain([*sheet.cannot, *CANNOT])),
        Section("Where the numbers come from", [Item(_source(study, found))], False),
    ]


def _plain(words: Iterable[str]) -> list[Item]:
    return [Item(each) for each in words]


def _points(sheet: Sheet, points: Sequence[Point], found: Results) -> list[Item]:
    return [
        Item(point.words, in_words(sheet.study, point.claim, found.claims[point.claim.key]) if point.claim else "")
        for point in points
    ]


def _arms(study: Study) -> list[Item]:
    if study.opening is None:
        return []
    last = study.design.row(study.design.size - 1)
    names = [name[:1].upper() + name[1:] for name in study.opening.names]
    arms = [f"{which}: {name}." for which, name in zip(("First", "Second"), names, strict=True)]
    stands = ", ".join(f"{name} {named(value)}" for name, value in last.items())
    return _plain([*arms, f"What varies stands as the page opens it: {stands}."] if stands else arms)


def _revealed(study: Study, reveal: Reveal) -> str:
    """Say what the page will say of the forty pairs of its two arms."""
    first, second = study.opening.names if study.opening else ("the first", "the second")
    one, other = map(percent, reveal.middles)
    gap, low, high = (_minus(signed(100 * each, digits=1)) for each in (reveal.mean, reveal.low, reveal.high))
    same = reveal.runs - reveal.ahead - reveal.behind
    return (
        f"“{reveal.verdict}” In the middle run {one} of staff have adopted with {first}, {other} with {second}. "
        f"With equal luck {second} is ahead in {reveal.ahead} of {reveal.runs} runs, behind in {reveal.behind}, and within one "
        f"point in {same}; on average {gap} points ({low} to {high})."
    )


def in_words(study: Study, claim: Claim, found: Evidence) -> str:
    """Return what came out, in the words of a claim's outcome: levels, difference, interval, and in how many pairs."""
    asked = declared(claim.outcome, study.weeks, "")
    what = "" if claim.outcome == ADOPTED else f"{asked.called}: "
    sides = [_side(study, asked, *side) for side in zip(claim.cells, found.levels, strict=True)]
    if claim.says == LEVEL:
        return f"{what}{sides[0]}, the mean of {found.pairs} runs."
    lead = {UNCLEAR: "On average, which way is not clear. ", ALIKE: "No difference worth the name. "}
    levels = f"{', '.join(sides)}; " if len(sides) == 2 else ""
    margin = "a point" if asked.is_share else f"{asked.margin:g} {asked.unit}"
    return (
        f"{lead.get(claim.says, '')}{what}{levels}{_gap(asked, found)}; higher by more than {margin} in {found.ahead} of "
        f"{found.pairs} pairs, lower in {found.behind}."
    )


def _side(study: Study, asked: Asked, cell: Cell, level: float) -> str:
    """Write what one arm comes to; a point is named where it is not the one that the page opens."""
    title = next(arm.title for arm in study.arms if arm.name == cell.arm)
    here, usual = study.design.row(cell.point), study.design.row(study.design.size - 1)
    moved = ", ".join(f"{name} {named(value)}" for name, value in here.items() if value != usual[name])
    unit = " %" if asked.is_share else f" {asked.unit}" if asked.name.startswith(TIMES) else ""
    return f"{title}{f' ({moved})' if moved else ''} {_minus(amount(asked, level))}{unit}"


def _gap(asked: Asked, found: Evidence) -> str:
    centre, _, edges = difference_of(asked, Interval(found.mean, found.low, found.high, 0, "")).partition(" ")
    unit = f" {asked.unit_of_differences}" if asked.is_share or asked.name.startswith(TIMES) else ""
    return _minus(f"{centre}{unit} (95 % interval {edges.strip('()')})")


def _minus(number: str) -> str:
    """Write a number as the page writes it.

    >>> _minus("-3 to -1")
    '−3 to −1'
    """
    return number.replace("-", "−")


def _source(study: Study, found: Results) -> str:
    scenario = study.arms[0].scenario
    return (
        f"Every number on this sheet came out of `syslead sweep {study.name}`: {scenario}, seed {study.seed}, {study.weeks} weeks, "
        f"{found.replicates} replicates, syslead {found.version}, sources {found.sources[:12]}. The reveal is "
        f"that of the page's own {found.reveal.runs} pairs. Differences are of pairs with equal luck; a share within {percent(SAME)} counts as the "
        "same. Another scenario, seed or change gives other numbers."
    )
