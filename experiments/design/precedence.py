"""What a study sets in more than one place, where one would silently stand over the other: refused, both named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from experiments.design.cells import Value
from experiments.design.dotted import TACTIC_PREFIX
from experiments.design.schedule import overruled_at_the_start
from experiments.design.study import Arm
from simulation import catalogue, settings
from simulation import change as changes
from simulation.errors import Invalid
from simulation.toml_file import Complaints, shown

COMPARED = "An arm is compared as it says it is"
INSTEAD = (
    f"{COMPARED}: take the factor out, or say it in no arm. "
    "To vary it in some arms only, write an arm for each of its levels."
)
Place = Sequence[str]


def judge_factors(
    complaints: Complaints,
    place_of: Callable[[str], Place],
    factors: Iterable[str],
    common: Arm,
    own: Sequence[Arm],
    centred: bool,
) -> None:
    """Note each factor that would change what an arm says it is, or that something would change again.

    Parameters
    ----------
    complaints : Complaints
        Where it is noted.
    place_of : callable
        Where in the file a factor stands.
    factors : iterable of str
        What varies.
    common : Arm
        What is common to all arms.
    own : sequence of Arm
        What each arm says itself, without what is common.
    centred : bool
        Whether what is common is the centre of the design, so that a factor may be there, too.
    """
    names = list(factors)
    for name in names:
        table, known = ("tactics", common.tactics) if name.startswith(TACTIC_PREFIX) else ("settings", common.settings)
        if not centred and name.removeprefix(TACTIC_PREFIX) in known:
            key = f"{table}.{name.removeprefix(TACTIC_PREFIX)}"
            complaints.add(place_of(name), f"`{key}` would do nothing, as `{name}` is a factor; keep one of the two.")
        said = {arm.name: ", ".join(says(name, arm, common, own)) for arm in own}
        touched = [f"`{arm}` ({why})" for arm, why in said.items() if why]
        if touched:
            arms = f"the arm{'s' if len(touched) > 1 else ''} {listed(touched)}"
            complaints.add(place_of(name), f"the factor `{name}` would change {arms}. {INSTEAD}")
        others = [f"`{factor}`" for factor in names if name in set_by([factor.removeprefix(TACTIC_PREFIX)])]
        if others:
            complaints.add(place_of(name), f"the factor `{name}` is what the factor {listed(others)} sets; keep one.")


def says(name: str, arm: Arm, common: Arm, own: Sequence[Arm]) -> Iterator[str]:
    """Yield what an arm says that a factor would change, or by which it would change the factor.

    Nothing is yielded of what is common to all arms, but for stances and schedules: what is common may be replaced.
    """
    schedule = arm.schedule or common.schedule
    if name.startswith(TACTIC_PREFIX):
        yield from _says_of_tactics(name.removeprefix(TACTIC_PREFIX), arm, own)
        yield from (f"it changes its tactics in week {week}" for week, change in schedule if "tactics" in change)
        return
    if name in arm.settings:
        yield f"it sets {shown(arm.settings[name])}"
    elif name in (described := _described(arm)):
        yield f"its change `{arm.change}` sets {shown(described[name])}"
    # What is common to all arms and sets it is a stance of every arm.
    yield from (f"`{tactic}` sets it" for tactic in _setting(name, {**common.tactics, **arm.tactics}))
    for week, change in schedule:
        if name in change.get("settings", {}):
            yield f"it sets {shown(change['settings'][name])} from week {week} on"
        yield from (f"`{tactic}` sets it from week {week} on" for tactic in _setting(name, change.get("tactics", {})))


def _says_of_tactics(tactic: str, arm: Arm, own: Sequence[Arm]) -> Iterator[str]:
    known = catalogue.tactics()
    if tactic in arm.tactics:
        yield f"it sets {shown(arm.tactics[tactic])}"
    elif tactic not in known or not all(name in known for name in arm.tactics):
        return  # misspelt, which is told elsewhere
    elif known[tactic].kind == "conversation" and any(known[name].kind == "conversation" for name in arm.tactics):
        yield "its conversations would get less of the leaders' time"
    elif not arm.tactics and any(other.tactics for other in own) and settings.mix({tactic: 1.0}):
        yield "it names no tactic, so nobody would lead in it"


def _described(arm: Arm) -> Mapping[str, Value]:
    """Return what the change sets that an arm names; nothing where it cannot be read, which is told elsewhere."""
    try:
        return changes.load(arm.change).settings if arm.change is not None else {}
    except Invalid:
        return {}


def _setting(name: str, tactics: Mapping[str, float]) -> list[str]:
    """Return which of these stances and comparators set a parameter."""
    return [tactic for tactic, degree in tactics.items() if degree and name in set_by([tactic])]


def set_by(tactics: Iterable[str]) -> set[str]:
    """Return the parameters that stances and comparators set."""
    return {name for tactic in tactics for name in settings.set_by(tactic)}


def judge_common(complaints: Complaints, given: Iterable[Place], common: Arm, own: Sequence[Arm]) -> None:
    """Note what stands at the top of a study and holds for no arm, or stands over a stance or the change of one.

    Parameters
    ----------
    complaints : Complaints
        Where it is noted.
    given : iterable of places
        The keys at the top of the file that say what is common.
    common : Arm
        What is common to all arms.
    own : sequence of Arm
        What each arm says itself; empty where a key is not given.
    """
    for place in given:
        table, name = place[0], place[-1]
        if own and all(name in getattr(arm, table) if len(place) > 1 else getattr(arm, table) for arm in own):
            complaints.add(place, f"`{'.'.join(place)}` does nothing, as every arm has its own; leave it out.")
    for arm in own:
        for name in common.settings.keys() - arm.settings.keys():
            for which in [*_setting(name, arm.tactics), *([str(arm.change)] if name in _described(arm) else [])]:
                complaints.add(
                    ["settings", name],
                    f"`settings.{name}` would stand over what `{which}` sets in the arm `{arm.name}`; "
                    "if that is meant, say it in `settings` of that arm.",
                )


def judge_starts(complaints: Complaints, common: Arm, own: Sequence[Arm]) -> None:
    """Note what an arm says of the start and its schedule replaces in week 0."""
    for arm in own:
        starts = arm if arm.schedule else _laid(arm, common)
        place = ["arms", arm.name, "schedule"] if arm.schedule else ["schedule"]
        for problem in overruled_at_the_start(starts.schedule, starts.tactics, starts.settings):
            complaints.add(place, f"the arm `{arm.name}`: {problem}")


def judge_titles(complaints: Complaints, arms: Sequence[Arm]) -> None:
    """Note arms that a table or a figure could not tell apart."""
    first: dict[str, str] = {}
    for arm in arms:
        title = " ".join(arm.title.split())
        if title in first:
            complaints.add(
                ["arms", arm.name, "title"],
                f"the arms `{first[title]}` and `{arm.name}` have the same title, {title!r}: give each its own.",
            )
        first.setdefault(title, arm.name)


RUN = ("scenario", "change", "tactics", "settings", "schedule", "arms", "factors", "design")
"""The keys of a study that say what is run; the others say what it is called, how long it is and how often."""


def judge_content(complaints: Complaints, table: Mapping[str, Any]) -> None:
    """Note a study that says nothing of what is to be run, which would be a run of the defaults, and tables without entries."""
    if not table.keys() & set(RUN):
        complaints.add(
            [],
            "it says nothing of what is to be run. A study needs at least an arm, such as [arms.seeding] with "
            "`tactics = { seeding = 1 }`, or a `scenario`. `syslead describe tiny --toml` prints one to start from.",
        )
    for key, entry in (("arms", "a table [arms.NAME] for each arm"), ("factors", "a line NAME = [levels] for each")):
        if table.get(key) == {}:
            complaints.add([key], f"`{key}` is empty: add {entry}, or leave it out.")


def held_fixed(common: Arm, arms: Sequence[Arm], scenarios: Sequence[Mapping[str, Value]]) -> set[str]:
    """Return the parameters that a study's settings, arms, schedules, stances or scenarios set."""
    fixed = set(common.settings).union(*scenarios)
    for arm in arms:
        fixed |= set(arm.settings) | set_by(arm.tactics)
        for _, change in arm.schedule:
            fixed |= set(change.get("settings", {})) | set_by(change.get("tactics", {}))
    return fixed


def _laid(arm: Arm, common: Arm) -> Arm:
    return common._replace(tactics={**common.tactics, **arm.tactics}, settings={**common.settings, **arm.settings})


def listed(words: Sequence[str]) -> str:
    """Return words as they are listed in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
