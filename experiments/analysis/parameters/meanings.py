"""What parameters and tactics are called, and what they are set to, in words for those who do not know their names."""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Real
from typing import Any

from experiments.analysis.study_facts import TACTIC_PREFIX
from experiments.analysis.writing import lowered, named
from simulation import catalogue
from simulation.parameters import Parameter

PLAIN = ("share", "pressure", "ego", "switch", "choice", "log-odds", "probability", "power", "week", "approvals")
"""Units that the meaning of a parameter says already."""
COUNTED = ("weeks", "ties", "months", "hours", "organisations")
COMPARATOR = ", a comparator"
MOST_SETTINGS = 3


def meaning_of(name: str) -> str:
    """Return what a parameter means; a name that is not known is its own meaning.

    >>> meaning_of("gates.delay"), meaning_of("tactics.seeding"), meaning_of("nature.benefit"), meaning_of("ours")
    ('Mean wait for one approval', 'Seeding an idea', 'True benefit to patients', 'ours')
    """
    found = _parameter(name)
    if found:
        return found.meaning.partition(";")[0]
    return title_of(name.removeprefix(TACTIC_PREFIX)) if name.startswith(TACTIC_PREFIX) else name


def title_of(tactic: str) -> str:
    """Return what a tactic is called; a name that is not known is its own title.

    >>> title_of("seeding"), title_of("ours")
    ('Seeding an idea', 'ours')
    """
    found = catalogue.tactics().get(tactic)
    return found.title.removesuffix(COMPARATOR) if found else tactic


def mix_of(tactics: Mapping[str, float]) -> str:
    """Return in words what leaders do, with shares and degrees other than 1.

    >>> mix_of({"seeding": 0.5, "forgoing_credit": 1.0}), mix_of({})
    ('Seeding an idea 0.5 + forgoing credit', 'No leader')
    """
    parts = [f"{title_of(name)} {share:g}" if share != 1 else title_of(name) for name, share in tactics.items()]
    return " + ".join([*parts[:1], *map(lowered, parts[1:])]) or "No leader"


def in_words(parameter: Parameter, value: Any) -> str:
    """Return a value of a parameter in words, with its unit where its meaning does not say it.

    >>> known = catalogue.parameters()
    >>> in_words(known["convening.kind"], "place_with_authority"), in_words(known["training.on"], False)
    ('place with authority', 'no')
    >>> in_words(known["turnover.exit"], -1), in_words(known["population.partners"], 1), in_words(known["gates.pilot"], 0.15)
    ('never', '1 organisation', '15 % of staff')
    """
    if parameter.kind == "switch":
        return "yes" if named(value) in ("true", "1") else "no"
    if parameter.kind == "choice" or not isinstance(value, Real):
        return named(value).replace("_", " ")
    if parameter.unit == "week" and value < 0:
        return "never"
    if parameter.unit.startswith("share of") or parameter.unit == "probability":
        return f"{100 * value:g} %" + parameter.unit.removeprefix("share").removeprefix("probability")
    if parameter.unit in PLAIN:
        return f"{value:g}"
    is_one = value == 1 and parameter.unit in COUNTED
    return f"{value:g} {parameter.unit.removesuffix('s') if is_one else parameter.unit}"


def axis_of(name: str) -> str:
    """Return what an axis is called along which a parameter lies, with the unit that its levels leave out.

    >>> axis_of("gates.delay"), axis_of("pressure.finance")
    ('Mean wait for one approval (weeks)', 'Mean pressure of money and demand')
    """
    found = _parameter(name)
    has_unit = found and found.kind in ("number", "integer") and in_words(found, 2).endswith(f" {found.unit}")
    return f"{meaning_of(name)} ({found.unit})" if found and has_unit else meaning_of(name)


def level_of(name: str, level: object) -> str:
    """Return a level of a parameter as its axis writes it.

    >>> level_of("gates.delay", 52.0), level_of("convening.kind", "place_with_authority"), level_of("gates.pilot", 0.2)
    ('52', 'place with authority', '20 % of staff')
    """
    found = _parameter(name)
    return in_words(found, level).removesuffix(f" {found.unit}") if found else named(level)


def setting_of(name: str, *levels: object) -> str:
    """Return what a parameter is set to, or from which level to which.

    >>> setting_of("gates.delay", 52.0, 4.0), setting_of("isolation.on", False)
    ('Mean wait for one approval: 52 to 4 weeks', 'Whether juniors are isolated: no')
    >>> setting_of("convening.kind", "none", "place_with_authority")
    'What convenes the parts of a system: none to place with authority'
    """
    found = _parameter(name)
    *before, last = (in_words(found, level) if found else named(level) for level in levels)
    unit = f" {found.unit}" if found else ""
    return f"{meaning_of(name)}: {' to '.join([*(words.removesuffix(unit) for words in before), last])}"


def set_to(name: str, level: object) -> str:
    """Return what a parameter is set to, as words within a sentence.

    >>> set_to("gates.delay", 52.0), set_to("isolation.on", False)
    ('mean wait for one approval 52 weeks', 'whether juniors are isolated: no')
    """
    found, words = _parameter(name), lowered(setting_of(name, level))
    return words if found and found.kind in ("switch", "choice") else words.replace(": ", " ", 1)


def set_in_all(settings: Mapping[str, object]) -> list[str]:
    """Say what a study sets in all of its arms, the first few of them.

    >>> set_in_all({"gates.delay": 4.0, "gates.on": True})
    ['mean wait for one approval 4 weeks', 'whether a change needs permission: yes']
    """
    words = [set_to(name, value) for name, value in settings.items()]
    more = len(words) - MOST_SETTINGS
    return words if more <= 0 else [*words[:MOST_SETTINGS], f"{more} more set"]


def _parameter(name: str) -> Parameter | None:
    return catalogue.parameters().get(name)
