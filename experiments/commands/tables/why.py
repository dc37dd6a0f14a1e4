"""Why a run came out as it did, in words: its organisations, the story of one of them, and the same without a tactic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from experiments import CAVEAT
from experiments.analysis.outcomes import span
from experiments.analysis.statistics.exact import share_edges
from experiments.commands.console import text
from experiments.commands.tables.run import how_made
from simulation.story.telling import Moment
from simulation.story.told import HALF, Told, Turn, parting, week_of
from simulation.words import counted

MOST = 40
CAUSES = 3
MARGIN, NEAR = 0.02, 0.1
"""Of a share: what difference is any, and what is much the same."""


class Again(NamedTuple):
    """What came out in other replicates: shares in the end, and what they would have been without the tactic.

    ``organisations`` has the shares of each organisation, replicate by replicate, where these are wanted.
    """

    with_it: list[float]
    without: list[float]
    organisations: list[list[float]] = []  # noqa: RUF012 - never changed

    def half_in(self, organisation: int) -> int:
        """In how many at least half the staff of an organisation adopted."""
        return sum(shares[organisation] >= HALF for shares in self.organisations)

    def near(self, share: float) -> int:
        """In how many the share came as near as ten points to one."""
        return sum(abs(other - share) <= NEAR for other in self.with_it)

    def beyond(self) -> tuple[int, int]:
        """In how many the tactic added more than the margin to the share, and in how many it took more than that from it."""
        gaps = [ours - theirs for ours, theirs in zip(self.with_it, self.without, strict=True)]
        return sum(gap > MARGIN for gap in gaps), sum(gap < -MARGIN for gap in gaps)

    @classmethod
    def of(cls, made: Sequence[Sequence[Sequence[float]]], column: int) -> Again:
        """Return what replicates say, of each the shares with and perhaps without the tactic: all staff's, then by organisation."""
        without = [rest[0][column] for _, *rest in made if rest]
        return cls([first[column] for first, *_ in made], without, [list(first[1:]) for first, *_ in made])

    @property
    def changed(self) -> int:
        """In how many at least half adopted."""
        return sum(share >= HALF for share in self.with_it)

    @property
    def changed_without(self) -> int:
        """In how many at least half would have without the tactic."""
        return sum(share >= HALF for share in self.without)

    def only(self, with_it: bool) -> int:
        """In how many at least half adopted with the tactic only, or without it only."""
        pairs = [(ours >= HALF, theirs >= HALF) for ours, theirs in zip(self.with_it, self.without, strict=True)]
        return pairs.count((with_it, not with_it))


class Asked(NamedTuple):
    """What is asked about a run: an organisation (None: all of them), and the run without a tactic, if one is named."""

    run: Told
    organisation: int | None = None
    tactic: str = ""
    other: Told | None = None

    @property
    def column(self) -> int:
        """Where its shares stand: first come those of all staff."""
        return 0 if self.organisation is None else self.organisation + 1

    @property
    def subject(self) -> str:
        """Of whom is spoken."""
        return "all staff" if self.organisation is None else self.run.names[self.organisation]


def why_text(asked: Asked, again: Again, arm: str, width: int) -> str:
    """Return what happened, what would have happened, and how often the same came out."""
    request = asked.run.request
    lines = text.wrapped(f"{arm}: {how_made(request)}", width)
    for words in ("", outcome(asked.run, asked), *made_again(asked, again)):
        lines += text.wrapped(words, width)
    lines += ["", *(_organisations(asked.run, again, width) if asked.organisation is None else _story(asked, width))]
    return "\n".join([*lines, "", CAVEAT])


def outcome(run: Told, asked: Asked) -> str:
    """Say what share adopted in the end, and when it was half."""
    shares = run.shares[:, asked.column]
    half = week_of(shares)
    when = f"half had by week {half}" if half is not None else "half never had"
    words = f"after {span(run.request.weeks)} {_percent(shares[-1])} of the staff have adopted; {when}."
    if asked.organisation is not None:
        return f"{asked.subject}: {words}"
    turns = run.turns()
    there = sum(turn.half is not None for turn in turns)
    return f"{words[0].upper()}{words[1:]} So had half the staff of {there} of {counted(len(turns), 'organisation')}."


def made_again(asked: Asked, again: Again) -> Iterator[str]:
    """Say what would have happened without the tactic, and what other random numbers give."""
    end = float(asked.run.shares[-1, asked.column])
    is_changed = end >= HALF
    if asked.other is not None:
        yield ""
        yield counterfactual(asked, asked.other)
    if not again.with_it:
        return
    same, runs = again.changed if is_changed else len(again.with_it) - again.changed, len(again.with_it)
    low, high = share_edges(same, runs)
    staff = "the staff" if asked.organisation is None else "its staff"
    yield ""
    yield (
        f"Over {counted(runs, 'replicate')}, each with random numbers of its own, the same comes out in {same}: "
        f"{_verdict(is_changed)} of {staff} have adopted in the end ({100 * low:.0f} to {100 * high:.0f} %, exact 95 %). "
        f"In {again.near(end)} the share is within {100 * NEAR:.0f} points of this; the median is {_percent(median(again.with_it))}."
    )
    if again.without:
        more, less = again.beyond()
        yield (
            f"Without {asked.tactic} at least half of them would have in {again.changed_without} of {runs}, with it they "
            f"have in {again.changed}: it turned no into yes in {again.only(True)}, and yes into no in {again.only(False)}. "
            f"It added more than {100 * MARGIN:g} points in {more} of {runs}, and took more than that away in {less}."
        )


def _percent(share: float) -> str:
    """Write a share in percent, more finely where it is small.

    >>> _percent(0.256), _percent(0.0034), _percent(0.0)
    ('26 %', '0.3 %', '0 %')
    """
    return f"{100 * share:.{1 if 0 < share < 0.0995 else 0}f} %"


def _verdict(is_changed: bool) -> str:
    return "at least half" if is_changed else "fewer than half"


def counterfactual(asked: Asked, other: Told) -> str:
    """Say what would have happened without a tactic with the very same random numbers, and where the two part."""
    ours, theirs = (run.shares[:, asked.column] for run in (asked.run, other))
    half = week_of(theirs)
    when = f"half by week {half}" if half is not None else "never half"
    words = f"Without {asked.tactic}, with the same random numbers: {_percent(theirs[-1])} ({when})"
    differ = ours != theirs
    if not differ.any():
        return f"{words}. It made no difference in any week."
    words += f" in place of {_percent(ours[-1])}. The share differs from week {int(differ.argmax())} on."
    if asked.organisation is None:
        return words
    told = zip((f"with {asked.tactic}", "without it"), parting(asked.run, other, asked.organisation), strict=True)
    parts = [f"{name}, in week {moment.week}, {moment.words}" for name, moment in told if moment]
    return f"{words} What its story first tells of one alone: {'; '.join(parts)}." if parts else words


def _organisations(run: Told, again: Again, width: int) -> list[str]:
    turns = run.turns()
    lines = text.listed([(turn.name, f"{told_of(turn)}{same_in(turn, again)}") for turn in turns[:MOST]], width)
    more = len(turns) - MOST
    return [*lines, *([f"And {counted(more, 'more organisation')}: see --json."] if more > 0 else [])]


def told_of(turn: Turn) -> str:
    """Say how one organisation changed.

    >>> told_of(Turn(0, "Council 1", 12, 40, None, 0.3, "a social worker", {"after talking with Leader 2": 3}))
    '30 % in the end: first in week 12, a social worker; gate opens in week 40; never half. 3 after talking with Leader 2'
    """
    facts = []
    if turn.first == 0:
        facts.append("some from the start")
    elif turn.first is not None:
        facts.append(f"first in week {turn.first}{f', {turn.pioneer}' if turn.pioneer else ''}")
    if turn.opened is not None:
        facts.append(f"gate opens in week {turn.opened}")
    facts.append(f"half by week {turn.half}" if turn.half is not None else "never half")
    causes = [f"{number} {cause}" for cause, number in list(turn.through.items())[:CAUSES]]
    return f"{_percent(turn.share)} in the end: {'; '.join(facts)}" + (f". {', '.join(causes)}" if causes else "")


def same_in(turn: Turn, again: Again) -> str:
    """Say in how many replicates half the staff of an organisation adopted, as they did here, or did not."""
    runs = len(again.organisations)
    if not runs:
        return ""
    half = again.half_in(turn.organisation)
    is_half = turn.share >= HALF
    return f". {'At least' if is_half else 'Fewer than'} half in the end in {half if is_half else runs - half} of {counted(runs, 'replicate')}"


def _story(asked: Asked, width: int) -> list[str]:
    assert asked.organisation is not None
    turn = next(turn for turn in asked.run.turns() if turn.organisation == asked.organisation)
    moments: Sequence[Moment] = asked.run.teller.of(asked.organisation)
    lines = text.listed([(f"week {moment.week}", moment.words) for moment in moments], width)
    causes = [f"{number} {cause}" for cause, number in turn.through.items()]
    came = [f"Those who adopted, some of them more than once: {', '.join(causes)}."] if causes else []
    return [*(lines or ["Nothing happened there that would be told."]), "", *text.wrapped(" ".join(came), width)]
