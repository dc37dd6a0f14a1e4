"""The verbs in which a week speaks of staff: everyone acts, those are found who, what all show is noted, and totalled.

An *act* is a pure function of one person, `act(person, near, stream, s)`, that returns a named tuple of what changes:
`near` is what the person has around them, `stream` the random numbers drawn for them this week, `s` the settings. A part of the
week says with a verb who acts.

Each verb stands twice: person by person, which are Mesa agents, and below it as what it means in compiled code,
where `LANES` people are worked out side by side.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from ..compiled import act, in_compiled_code
from ..draws import uniform
from ..lanes import added, at, kept, one_after_another, person_at, room, settle, summed, unsigned, write
from ..people import LANES


class Now(NamedTuple):
    """A week."""

    key: Any  # of its random numbers
    week: int  # from 0
    published: float  # share of all staff who had adopted when the week began


class Stream(NamedTuple):
    """The random numbers of one person in one week."""

    now: Now
    row: int


@act
def draw(stream: Stream, purpose: int, index: int = 0) -> float:
    """Return this person's number from [0, 1) for one purpose."""
    return uniform(stream.now.key, purpose, stream.row, index)


class Around(NamedTuple):
    """Where to look for what a person has around them: `look(place, person, i)` returns it."""

    look: Any
    place: Any


class Nothing(NamedTuple):
    """Surroundings that do not matter."""

    whatever: int


@act
def look_nowhere(place: Any, person: Any, i: int) -> Nothing:
    """Return surroundings that do not matter."""
    return Nothing(0)


@act
def nowhere() -> Around:
    """Return where to look for surroundings that do not matter."""
    return Around(look_nowhere, 0)


@lru_cache(1)
def _streams(now: Now, people: int) -> list[Stream]:
    """Return what is drawn from for everyone in one week, made once."""
    return [Stream(now, i) for i in range(people)]


def everyone(acts: Any, w: Any, around: Around, s: Any, now: Now, rows: tuple[int, int]) -> None:
    """Let everyone of some rows, whole blocks of them, act, one act after another."""
    for i in range(*rows):
        person, stream = w.staff[i], _streams(now, len(w.staff))[i]
        near = around.look(around.place, person, i)
        for each in acts:
            person.take(each(person, near, stream, s))


@in_compiled_code(everyone)
def _everyone(acts: Any, w: Any, around: Any, s: Any, now: Any, rows: Any) -> Any:
    def everyone(acts: Any, w: Any, around: Any, s: Any, now: Any, rows: Any) -> None:
        settings, someone = kept(s), person_at(w.staff, 0)
        thing = around.look(around.place, someone, 0)
        near = room(thing)
        changes = room(one_after_another(acts, someone, thing, Stream(now, 0), settings))
        for first in range(rows[0], rows[1], LANES):
            block = w.staff[first // LANES]
            for k in range(min(LANES, rows[1] - first)):
                write(near, k, around.look(around.place, at(someone, block, k), first + k))
            for k in range(LANES):  # lanes past the last person are worked out too, and never read
                person, stream = at(someone, block, k), Stream(now, first + k)
                write(changes, k, one_after_another(acts, person, at(thing, near, k), stream, settings))
            settle(block, changes)

    return everyone


def those(test: Any, w: Any, around: Around, s: Any, now: Now, rows: tuple[int, int]) -> int:
    """Write into `w.found` who of some rows, whole blocks of them, pass a test; return how many they are."""
    staff, streams = w.staff, _streams(now, len(w.staff))
    if around.look is look_nowhere:
        near = Nothing(0)
        found = [i for i in range(*rows) if test(staff[i], near, streams[i], s)]
    else:
        look, place = around.look, around.place
        found = [i for i in range(*rows) if test(staff[i], look(place, staff[i], i), streams[i], s)]
    w.found[: len(found)] = found
    return len(found)


@in_compiled_code(those)
def _those(test: Any, w: Any, around: Any, s: Any, now: Any, rows: Any) -> Any:
    def those(test: Any, w: Any, around: Any, s: Any, now: Any, rows: Any) -> Any:
        settings, someone = kept(s), person_at(w.staff, 0)
        thing = around.look(around.place, someone, 0)
        near, passed = room(thing), room(Nothing(0))
        found = 0
        for first in range(rows[0], rows[1], LANES):
            block = w.staff[first // LANES]
            people = min(LANES, rows[1] - first)
            for k in range(people):
                write(near, k, around.look(around.place, at(someone, block, k), first + k))
            some = 0
            for k in range(LANES):
                passes = test(at(someone, block, k), at(thing, near, k), Stream(now, first + k), settings)
                passed.whatever[k] = 1 if passes else 0
                some += passed.whatever[k]
            if some > 0:
                for k in range(people):
                    if passed.whatever[k] == 1:
                        w.found[found] = first + k
                        found += 1
        return found

    return those


def note(shown: Any, column: Any, w: Any, s: Any, rows: tuple[int, int]) -> None:
    """Keep in a column what everyone of some rows, whole blocks of them, shows."""
    for i in range(*rows):
        column[i] = shown(w.staff[i], s)


@in_compiled_code(note)
def _note(shown: Any, column: Any, w: Any, s: Any, rows: Any) -> Any:
    def note(shown: Any, column: Any, w: Any, s: Any, rows: Any) -> None:
        settings, someone = kept(s), person_at(w.staff, 0)
        for first in range(rows[0], rows[1], LANES):
            block = w.staff[first // LANES]
            for k in range(min(LANES, rows[1] - first)):
                column[first + k] = shown(at(someone, block, k), settings)

    return note


def total(measure: Any, w: Any, s: Any, first: int, end: int) -> Any:
    """Return the sums, place by place, of the tuples of whole numbers that are measured of some rows."""
    return summed([measure(person, s) for person in w.staff[first:end]])


@in_compiled_code(total)
def _total(measure: Any, w: Any, s: Any, first: Any, end: Any) -> Any:
    def total(measure: Any, w: Any, s: Any, first: Any, end: Any) -> Any:
        someone = person_at(w.staff, first)
        sums, i = measure(someone, s), first + 1
        while i < end:
            block, k = w.staff[i // LANES], i % LANES
            stop = min(LANES, k + end - i)
            for j in range(unsigned(k), unsigned(stop)):
                sums = added(sums, measure(at(someone, block, j), s))
            i += stop - k
        return sums

    return total


@act
def in_four(place: int, number: int) -> tuple[int, int, int, int]:
    """Return four numbers, nought but in one place.

    >>> in_four(2, 5)
    (0, 0, 5, 0)
    """
    return (
        number if place == 0 else 0,
        number if place == 1 else 0,
        number if place == 2 else 0,
        number if place == 3 else 0,
    )
