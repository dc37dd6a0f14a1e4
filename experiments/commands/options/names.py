"""Everything that has a name, by kind: what can be listed, described and completed."""

from __future__ import annotations

KINDS = ("scenarios", "changes", "tactics", "parameters", "studies", "observables")


def of(kind: str) -> dict[str, str]:
    """Return the names of a kind, with a line on each.

    >>> of("tactics")["seeding"]
    'Seeding an idea'
    """
    # The catalogue reads every rule and tactic, which help and errors need not wait for.
    from simulation import catalogue

    if kind == "scenarios":
        return catalogue.scenarios()
    if kind == "changes":
        return catalogue.changes()
    if kind == "tactics":
        return {name: tactic.title for name, tactic in catalogue.tactics().items()}
    if kind == "parameters":
        return {name: parameter.meaning for name, parameter in catalogue.parameters().items()}
    if kind == "observables":
        return {name: observable.meaning for name, observable in catalogue.observables().items()}
    from experiments.design import study_file

    return study_file.studies()


def singular(kind: str) -> str:
    """Return what one of a kind is called.

    >>> singular("studies"), singular("scenarios")
    ('study', 'scenario')
    """
    return "study" if kind == "studies" else kind.removesuffix("s")


def plural(one: str) -> str:
    """Return the kind that something is one of.

    >>> plural("study"), plural("scenario")
    ('studies', 'scenarios')
    """
    return next(kind for kind in KINDS if singular(kind) == one)


def kinds_of(name: str) -> list[str]:
    """Return the kinds that have this name; a tactic and a group of parameters may share one.

    >>> kinds_of("gates.delay")
    ['parameters']
    """
    return [kind for kind in KINDS if name in of(kind)]


def group(name: str) -> list[str]:
    """Return the parameters of a group.

    >>> "gates.delay" in group("gates")
    True
    """
    from simulation import catalogue

    return [parameter.name for parameter in catalogue.parameters().values() if parameter.group == name]
