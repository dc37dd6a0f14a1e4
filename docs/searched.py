"""The section of the page on validity that says what a search of plausible worlds found (docs/validity.py --search)."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from math import prod

from in_markdown import broken, table

from experiments.validity.patterns import search, together
from experiments.validity.patterns.catalogue import COMPLEX, DISCRIMINATING, SIMPLE
from experiments.validity.patterns.search import World
from experiments.validity.patterns.table import short
from experiments.validity.patterns.verdicts import accepted

TITLE = "## Which hold together in any plausible world"
BEST, AGAIN = 5, 24
"""Worlds that are run again, and with how many replicates."""
NUMBERS = 4
"""Numbers of the world named for a pattern at the most."""


def searched(worlds: int, replicates: int) -> dict[str, list[World]]:
    """Return the worlds of a search by change."""
    found: dict[str, list[World]] = {}
    for change in (SIMPLE, COMPLEX):
        found[change] = []
        for world in search.searched(change, worlds, replicates):
            found[change].append(world)
            print(f"\r{change}: {len(found[change])} of {worlds} worlds", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
    return found


def again(change: str, worlds: Sequence[World], replicates: int) -> list[tuple[World, World]]:
    """Return the worlds in which most patterns held, each with what it comes to in other replicates."""
    first = len(worlds) * replicates
    best = sorted(worlds, key=lambda world: -sum(world.held.values()))[:BEST]
    return [
        (world, search.judged(change, world.settings, range(first + k * AGAIN, first + (k + 1) * AGAIN)))
        for k, world in enumerate(best)
    ]


def section(by_change: Mapping[str, Sequence[World]], replicates: int) -> str:
    """Return the section."""
    number = len(by_change[SIMPLE])
    lead = (
        f"{number} worlds for each of the two changes, spread by a Latin hypercube over every number with a declared prior, "
        "over the change's nature (each number from that of its file to half the way to the other change's) and over how "
        "tight money is and how locally people look: "
        + ", ".join(f"`{name}` {prior.low:g} to {prior.high:g}" for name, prior in search.PLACES.items())
        + f". All were drawn before any was run, and each is judged, over {replicates} replicates of its own, as the defaults "
        "are above; with so few, a world near the edge of what is accepted may be on the wrong side of it. Defaults stay "
        "where they were. `python docs/validity.py --search` makes this section again (some eight minutes)."
    )
    parts = [f"{TITLE}\n\n{broken(lead)}"]
    for change, worlds in by_change.items():
        parts.append(f"### {change.capitalize()}\n\n{broken(_most(change, worlds, replicates))}{_table(worlds)}")
        parts.append(broken(_pairs(worlds)) + _why(worlds))
    return "".join(parts)


def _most(change: str, worlds: Sequence[World], replicates: int) -> str:
    largest, sets = together.most(worlds)
    which = "; ".join(f"{', '.join(keys)} ({_worlds(number)})" for keys, number in sets)
    all_at_once = "in some" if largest == len(DISCRIMINATING) else "in none"
    by_chance = prod(float(column.mean()) for column in together.held(worlds).values())
    seldom = f"in one world of {float(f'{1 / by_chance:.1g}'):,.0f}" if by_chance else "in none"
    later = again(change, worlds, replicates)
    kept = [
        f"{sum(now.held.values())} ({', '.join(key for key, holds in now.held.items() if holds)})" for _, now in later
    ]
    return (
        f"All {len(DISCRIMINATING)} hold at once {all_at_once} of the {len(worlds)} worlds; had none to do with another, they "
        f"would {seldom}. The most that do are {largest}: "
        f"{which}. The {len(later)} worlds in which most held, run again with {AGAIN} other replicates, show {_listed(kept)}."
    )


def _worlds(number: int) -> str:
    return "1 world" if number == 1 else f"{number} worlds"


def _listed(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _table(worlds: Sequence[World]) -> str:
    columns = together.held(worlds)
    both = {frozenset((pair.one, pair.other)): pair for pair in together.pairs(worlds)}

    def cell(one: str, other: str) -> str:
        if one == other:
            return f"**{columns[one].sum()}**"
        pair = both[frozenset((one, other))]
        return f"{pair.worlds} ({pair.expected:.1f})"

    note = (
        f"In how many of the {len(worlds)} worlds a pattern holds (in bold), and in how many two do; in brackets in how many "
        "they would if neither had to do with the other."
    )
    rows = [[one, *(cell(one, other) for other in DISCRIMINATING)] for one in DISCRIMINATING]
    return broken(note) + table(["", *DISCRIMINATING], rows)


def _pairs(worlds: Sequence[World]) -> str:
    found = together.pairs(worlds)
    never = [pair for pair in found if pair.worlds == 0]
    seldom = [pair for pair in found if pair.p_value < together.SURE]
    parts = []
    if never:
        parts.append("In no world together: " + "; ".join(map(_named, never)) + ".")
    words = "Surely less often than if they had nothing to do with each other (Fisher, adjusted for all pairs)"
    return " ".join([*parts, f"{words}: {'; '.join(map(_named, seldom)) or 'none'}."])


def _named(pair: together.Pair) -> str:
    return f"{pair.one} with {pair.other} ({pair.worlds}, where {pair.expected:.1f} were expected)"


def _why(worlds: Sequence[World]) -> str:
    moved = together.movers(worlds)
    limits = {number.statistic: accepted(number) for verdict in worlds[0].verdicts for number in verdict.numbers}
    rows, named = [], ""
    for spread in together.spreads(worlds):
        mine = [one for one in moved if one.statistic == spread.statistic][:NUMBERS]
        names = ", ".join(f"`{one.parameter}` {one.correlation:+.2f}" for one in mine) or "-"
        middle = f"{short(spread.middle)} ({short(spread.low)} to {short(spread.high)})"
        pattern = "" if spread.pattern == named else spread.pattern
        rows.append(
            [pattern, f"`{spread.statistic}`", limits[spread.statistic], middle, f"{spread.accepted:.0%}", names]
        )
        named = spread.pattern
    by_number: dict[str, dict[str, str]] = {}
    for one in moved:
        pattern = next(v.pattern for v in worlds[0].verdicts if one.statistic in {n.statistic for n in v.numbers})
        by_number.setdefault(one.parameter, {}).setdefault(
            pattern, f"{pattern} (`{one.statistic}` {one.correlation:+.2f})"
        )
    several = [f"`{name}`: {', '.join(patterns.values())}" for name, patterns in by_number.items() if len(patterns) > 1]
    pulls = f"Numbers that move more than one pattern, by the statistic that each goes with most: {'; '.join(several) or 'none'}."
    heads = ["pattern", "statistic", "accepted", "over worlds", "of worlds", "goes with"]
    note = (
        "Each statistic over worlds: the middle one and the middle nine tenths of their medians; in what share of worlds it is "
        f"accepted; and the {NUMBERS} numbers of a world that it surely goes with most (rank correlation, adjusted for all "
        "statistics and numbers)."
    )
    return broken(note) + table(heads, rows) + broken(pulls)
