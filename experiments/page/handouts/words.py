"""In words: the answer of the forty pairs, how far off a group was, and how the hours were spent."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.analysis.wording import percent
from experiments.analysis.writing import lowered
from experiments.page.ahead.answer import COUNTS, MIDDLES, ON_AVERAGE, Answer, filled_in
from experiments.page.workshop.record import Group, Hours, Record
from experiments.page.workshop.surprise import YOU, ahead_to_words, end_in_words

SHARES = {0.5: "half of the hours there are", 1.0: "the hours there are", 2.0: "twice the hours there are"}


def answered(found: Answer, names: Sequence[str]) -> list[str]:
    """Return the answer of the forty pairs in sentences; of one arm, only its middle."""
    if found.mean is None:
        return [found.verdict]
    sentences = (MIDDLES, f"{COUNTS}; {ON_AVERAGE}.")
    return [found.verdict, *(sentence.format(**filled_in(found, names)) for sentence in sentences)]


def how_far_off(group: Group, record: Record, came: Sequence[Sequence[float]], found: Answer) -> list[str]:
    """Return how far the middle of the runs lies from what a group said of each arm, and its guess from the count of pairs.

    Parameters
    ----------
    group : Group
        Who said it.
    record : Record
        The workshop.
    came : sequence
        For each arm the middle of the runs at the weeks of the lines (`surprise.middles`).
    found : Answer
        What the pairs say.
    """
    said = [
        f"{_named(name)}: {lowered(end_in_words(YOU, line[-1], middle[-1], record.weeks))}"
        for line, name, middle in zip(group.lines, record.arms, came, strict=False)
        if line
    ]
    pairs = [f"Ahead in how many runs? {ahead_to_words(YOU, group.ahead, found)}"] if found.mean is not None else []
    return [*said, *pairs] if said or group.ahead else []


def expected(group: Group, record: Record) -> list[str]:
    """Return what a group said, as long as nothing is revealed."""
    said = [
        f"{_named(name)}: you said {percent(line[-1])} in the end."
        for line, name in zip(group.lines, record.arms, strict=False)
        if line
    ]
    return [*said, f"Ahead in how many runs? You said {group.ahead}."] if group.ahead else said


def _named(name: str) -> str:
    return name[:1].upper() + name[1:]


def spent(hours: Hours) -> str:
    """Say how the leaders' hours were spent.

    >>> spent(Hours(2.0, True))
    'The leaders spent twice the hours there are, all in the first half of the time.'
    """
    words = SHARES.get(hours.share, f"{percent(hours.share)} of the hours there are")
    when = "all in the first half of the time" if hours.early else "spread over the whole time"
    return f"The leaders spent {words}, {when}."
