"""What a swept parameter means, and what a level of it is, in words for those who do not know its name."""

from __future__ import annotations

from experiments.analysis.study_facts import TACTIC_PREFIX
from experiments.analysis.wording import named
from simulation import catalogue
from simulation.parameters import Parameter

PLAIN_UNITS = {"share", "pressure", "switch", "choice", "weight", "factor"}
"""Units that add nothing to a number between 0 and 1."""


def meaning_of(name: str) -> str:
    """Return what a parameter means; a name that is not known is its own meaning.

    >>> meaning_of("gates.delay"), meaning_of("tactics.seeding"), meaning_of("nature.benefit"), meaning_of("ours")
    ('Mean wait for one approval', 'Seeding an idea', 'True benefit to patients', 'ours')
    """
    found = _parameter(name)
    if found:
        return found.meaning.partition(";")[0]
    tactic = catalogue.tactics().get(name.removeprefix(TACTIC_PREFIX)) if name.startswith(TACTIC_PREFIX) else None
    return tactic.title if tactic else name


def setting_of(name: str, *levels: object) -> str:
    """Return what a parameter is set to, or from which level to which.

    >>> setting_of("gates.delay", 52.0, 4.0), setting_of("isolation.on", False)
    ('Mean wait for one approval: 52 to 4 weeks', 'Whether juniors are isolated: no')
    >>> setting_of("convening.kind", "none", "place_with_authority")
    'What convenes the parts of a system: none to place with authority'
    """
    found = _parameter(name)
    words = " to ".join(_level(level) for level in levels)
    unit = found.unit if found and found.kind in ("number", "integer") and found.unit not in PLAIN_UNITS else ""
    return f"{meaning_of(name)}: {words} {'week' if words == '1' and unit == 'weeks' else unit}".rstrip()


def set_to(name: str, level: object) -> str:
    """Return what a parameter is set to, as words within a sentence.

    >>> set_to("gates.delay", 52.0), set_to("isolation.on", False)
    ('mean wait for one approval 52 weeks', 'whether juniors are isolated no')
    """
    words = setting_of(name, level)
    return (
        f"{words[0].lower()}{words[1:]}".replace(": ", " ", 1) if words[1:2].islower() else words.replace(": ", " ", 1)
    )


def _level(level: object) -> str:
    words = named(level)
    return {"true": "yes", "false": "no"}.get(words, words.replace("_", " "))


def _parameter(name: str) -> Parameter | None:
    return catalogue.parameters().get(name)
