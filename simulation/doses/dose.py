"""A dose: what one conversation, or one adoption put down to a leader, puts in."""

from typing import NamedTuple

from .. import tactics


class Dose(NamedTuple):
    """What one conversation, or one adoption that is put down to a leader, does to the view of those it gets to."""

    name: str
    kind: str
    moved: str  # whose view
    at_once: float  # log-odds, each of them
    half_life: float  # weeks; infinite where it stays
    people: float  # whom it can get to
    chance: float  # that it does
    each: str  # what it takes: a conversation or an adoption
    per_hour: float | None  # log-odds times people, for an hour of a leader; none for an adoption


def dose_of(name: str, moved: str, size: float, lasts: float, reach: tuple[float, float], rate: float | None) -> Dose:
    """Return a dose; `reach` is whom it can get to and the chance that it does, `rate` conversations an hour."""
    people, chance = reach
    per_hour = None if rate is None else rate * people * chance * size
    each, kind = "adoption" if rate is None else "conversation", tactics.modules[name].KIND
    return Dose(name, kind, moved, size, lasts, people, chance, each, per_hour)
