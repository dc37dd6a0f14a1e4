"""What the answer rests on: what was compared, what the study sets and varies, and how its numbers are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from experiments.analysis.assumptions import Assumptions, KeptArm, arms_of, shares
from experiments.analysis.outcomes import Outcomes
from experiments.analysis.parameters.meanings import set_to, title_of
from experiments.analysis.writing import named
from experiments.commands.html.tables import table
from experiments.figures.elements import Content, element, foreign
from simulation import catalogue, settings
from simulation import change as changes
from simulation import scenario as scenarios
from simulation.words import counted

LEVELS = 6
TACTIC = "tactics."
NONE = "–"
POINTER = re.compile(r" ?[^.:;]*`simulation/[^`]*`\.")


def compared(study: Mapping[str, Any], outcomes: Outcomes) -> list[Content]:
    """Return the arms with what leaders do in each, and what the tactics that they name mean."""
    arms = [arm for arm in arms_of(study) if arm.name in outcomes.titles]
    if not arms:
        return [element("p", "What each arm did is not known, as nothing beside the tables says so.")]
    columns = {
        "what leaders do (share of time, or degree)": [_mix(arm.tactics) for arm in arms],
        "set for this arm": [_settings(arm.settings) for arm in arms],
        "changes on the way": list(map(_later, arms)),
    }
    said = {head: cells for head, cells in columns.items() if set(cells) != {NONE}}
    rows = zip((foreign(outcomes.titles[arm.name]) for arm in arms), *said.values(), strict=True)
    known = catalogue.tactics()
    used = [
        known[name]
        for name in dict.fromkeys(name for arm in arms for mix in arm.mixes for name in mix)
        if name in known
    ]
    meanings: list[list[Content]] = [
        [f"{one.title} ({one.name})", _plain(one.meaning), _plain(one.cost)] for one in used
    ]
    found: list[Content] = [
        *_world(arms),
        table("The arms that were compared", ["arm", *said], rows),
    ]
    if used:
        found.append(table("What these tactics mean", ["tactic", "meaning", "cost, and how it fails"], meanings))
    return found


def _world(arms: Sequence[KeptArm]) -> list[Content]:
    """Return which scenarios and changes the arms are set in, with their titles where they are built in."""
    named_as = {
        "Scenario": ([arm.scenario for arm in arms], scenarios.scenarios(), ""),
        "Change": ([arm.change for arm in arms], changes.changes(), _own_change(arms)),
    }
    found: list[Content] = []
    for key, (names, titles, without) in named_as.items():
        each = dict.fromkeys(filter(None, names))
        words = "; ".join(f"{name} ({titles[name]})" if name in titles else name for name in each) or without
        if words:
            found.append(element("p", element("strong", f"{key}: "), foreign(words), "."))
    return found


def _own_change(arms: Iterable[KeptArm]) -> str:
    """Say what is to be adopted where no arm names it."""
    built_in = {arm.scenario for arm in arms} & set(scenarios.scenarios())
    own = sorted({change for name in built_in if (change := scenarios.load(name).change)})
    return f"that of the scenario, {', '.join(own)}" if own else "what the defaults describe"


def _mix(held: Mapping[str, float]) -> str:
    """Name the shares of time that conversations get, which are scaled to 1, and the degrees of what takes no time."""
    known = catalogue.tactics()
    degrees = {name: share for name, share in held.items() if name not in known or known[name].kind != "conversation"}
    mixed = settings.mix({name: share for name, share in held.items() if name in known})
    # Time that is given to nothing else goes to the plain case, which nobody may have named. Some titles have a comma.
    return "; ".join(f"{title_of(name)} {share:.3g}" for name, share in (mixed | degrees).items()) or "nobody leads"


def _settings(said: Mapping[str, Any]) -> str:
    return "; ".join(f"{set_to(name, value)} ({name})" for name, value in said.items()) or NONE


def _later(arm: KeptArm) -> str:
    words = []
    for week, later in arm.schedule:
        what = [_mix(shares(later["tactics"]))] if "tactics" in later else []
        what += [_settings(later["settings"])] if isinstance(later.get("settings"), dict) else []
        words.append(f"from week {week}: {'; '.join(what)}")
    return "; ".join(words) or NONE


def _plain(words: str) -> str:
    """Return what a tactic's file says without the sentences that send a reader to other files."""
    return POINTER.sub("", words).replace("`", "")


def assumed(assumptions: Assumptions, outcomes: Outcomes) -> list[Content]:
    """Return how many numbers are guesses, and those that the study sets or varies."""
    found: list[Content] = [element("p", _count(assumptions))]
    if assumptions.unread:
        found.append(
            element(
                "p",
                "What these files set themselves is in the runs, but not in that count: ",
                foreign(", ".join(assumptions.unread)),
                ".",
            )
        )
    if assumptions.settings:
        heads = ["parameter", "meaning", "set to", "default", "how the default is known"]
        rows: list[list[Content]] = [
            [
                one.parameter.name,
                _meaning(one.parameter),
                _values(one.values, len(outcomes.arms)),
                named(one.parameter.default),
                one.parameter.source,
            ]
            for one in assumptions.settings
        ]
        found.append(table("What the study sets", heads, rows))
    return [*found, *_varied(outcomes)]


def _count(assumptions: Assumptions) -> str:
    known = {way: assumptions.known.get(way, 0) for way in ("assumed", "guided", "sourced", "design")}
    return (
        f"Of {sum(known.values())} parameters in force in these runs (those of mechanisms that are on and of tactics that are "
        f"held), {known['assumed'] + known['guided']} are assumed: {known['assumed']} are plain guesses, and for "
        f"{known['guided']} a source gives the form, the sign or the size, but not the value. Resting on a number from a source: "
        f"{known['sourced']}. The other {known['design']} are switches and choices that stand for no measured quantity."
    )


def _meaning(parameter: catalogue.Parameter) -> str:
    plain = parameter.kind in ("switch", "choice")
    return parameter.meaning if plain else f"{parameter.meaning} ({parameter.unit})"


def _values(values: Mapping[Any, list[str]], arms: int) -> str:
    if len(values) == 1 and len(*values.values()) == arms:
        return named(next(iter(values)))
    return "; ".join(f"{named(value)} in {', '.join(titles)}" for value, titles in values.items())


def _varied(outcomes: Outcomes) -> list[Content]:
    if not outcomes.parameters:
        return []
    known = catalogue.parameters()
    heads = ["parameter", "meaning", "values", "default"]
    rows: list[list[Content]] = []
    for name in outcomes.parameters:
        parameter = known.get(name)
        meaning = (
            _meaning(parameter)
            if parameter
            else "share of leaders' time, or degree"
            if name.startswith(TACTIC)
            else "–"
        )
        rows.append([name, meaning, _levels(outcomes, name), named(parameter.default) if parameter else "–"])
    return [table(f"What varies, over {counted(outcomes.points, 'point')}", heads, rows)]


def _levels(outcomes: Outcomes, name: str) -> str:
    levels = outcomes.runs[name].drop_duplicates().sort_values().tolist()
    if len(levels) <= LEVELS or not all(isinstance(level, int | float) for level in levels):
        return ", ".join(map(named, levels))
    return f"{len(levels):,} from {levels[0]:.3g} to {levels[-1]:.3g}"
