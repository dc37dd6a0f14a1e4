"""Write the pages of the documentation that say what the code says: parameters, tactics, doses, observables, scenarios, changes.

`make docs` runs this; a test compares the committed pages with what it would write.
"""

import inspect
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from experiments.analysis.assumptions import how_known
from simulation import catalogue, change, rules, tactics
from simulation.doses import SCENARIO, Dose, doses
from simulation.parameters import Parameter
from simulation.scenario import Scenario, load, scenarios
from simulation.settings import expected_staff

FOLDER = Path(__file__).parent
NOTE = "<!-- Written by docs/generate.py (make docs); change the code, not this page. -->\n"
KINDS_OF_TACTIC = {
    "conversation": (
        "Conversations",
        "Each takes a share of the leaders' time. `--tactic seeding=0.5 --tactic coalition=0.5` halves it between two.",
    ),
    "stance": (
        "Stances",
        "Held in all conversations, in a degree from 0 to 1; they take no time. Alone they go with the plain case.",
    ),
    "comparator": (
        "Comparators",
        "What system leadership is compared with, in a degree from 0 to 1.",
    ),
}
PLACES = {"population": "simulation/scenario.py", "leaders": "simulation/scenario.py"}


def row(cells: Iterable[object]) -> str:
    """Return one line of a table, with what would end a cell escaped.

    >>> row(["a", 1])
    '| a | 1 |'
    """
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table in Markdown."""
    names = list(heads)
    return "\n".join([row(names), row("---" for _ in names), *(row(cells) for cells in rows)]) + "\n"


def shown(value: object) -> str:
    """Return a default as a user would write it in a study.

    >>> shown(True), shown(0.5), shown("place")
    ('true', '0.5', 'place')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)


def allowed(parameter: Parameter) -> str:
    """Return the values that a parameter may take."""
    if parameter.kind == "switch":
        return "true, false"
    if parameter.kind == "choice":
        return ", ".join(parameter.choices)
    return f"{parameter.low:g} to {parameter.high:g}"


def plausible(parameter: Parameter) -> str:
    """Return the prior of a parameter in words, or nothing where nobody has thought of one."""
    if parameter.prior is None:
        return ""
    low, high, shape = parameter.prior
    return f"{low:g} to {high:g}{' (log)' if shape == 'log' else ''}"


def parameter_table(parameters: Iterable[Parameter]) -> str:
    """Return a table of parameters."""
    heads = ("name", "default", "range", "plausible", "unit", "meaning", "source")
    return table(
        heads,
        (
            (
                f"`{p.name}`{'' if p.live else ' †'}",
                shown(p.default),
                allowed(p),
                plausible(p),
                p.unit,
                p.meaning,
                p.source,
            )
            for p in parameters
        ),
    )


def is_built_in(module: Any) -> bool:
    """Return whether a tactic is one of the package's own, not one that this machine's user plugged in."""
    return Path(module.__file__).parent == Path(tactics.__file__).parent


def built_in_tactics() -> dict[str, Any]:
    """Return the package's own tactics by name."""
    return {name: module for name, module in tactics.modules.items() if is_built_in(module)}


def groups() -> dict[str, list[Parameter]]:
    """Return the parameters of the package by group, in the order in which they are declared."""
    plugged_in = set(tactics.modules) - set(built_in_tactics())
    found: dict[str, list[Parameter]] = {}
    for name, parameter in catalogue.parameters().items():
        group = name.partition(".")[0]
        if group not in plugged_in:
            found.setdefault(group, []).append(parameter)
    return found


def place(group: str) -> str:
    """Return the file that declares a group of parameters."""
    if group in PLACES:
        return PLACES[group]
    return f"simulation/{'tactics' if group in tactics.modules else 'rules'}/{group}.py"


def first_line(group: str) -> str:
    """Return what a group of parameters is about, in one line."""
    if group in rules.modules:
        return _first_line(rules.modules[group])
    return _first_line(catalogue.groups()[group])


def _first_line(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").splitlines()[0]


def parameters_page() -> str:
    """Return the table of every parameter, with the count of those that are assumed on top."""
    listed = [p for of_group in groups().values() for p in of_group]
    known = Counter(how_known(p) for p in listed)
    lines = [
        NOTE,
        "# Parameters\n",
        f"**{known['assumed'] + known['guided']} of {len(listed)} parameters are assumed**: "
        f"{known['assumed']} are plain guesses, and for {known['guided']} a source gives the form, the sign or the "
        f"size, but not the value. Resting on a number from a source: {known['sourced']}. The other {known['design']} are "
        "switches and choices that stand for no measured quantity.\n",
        "The values are defaults: `--set NAME=VALUE`, a scenario, a study or the page in the browser change them. "
        "Where a scenario sets a value of its own, [scenarios.md](scenarios.md) says so, and for a change "
        "[changes.md](changes.md). What each one does in the "
        "equations stands in [model.md](model.md). `syslead params` prints the same on the command line.\n",
        "Those marked † describe the world at the start and cannot change during a run. *Plausible* is a prior, where "
        "one was thought of: anywhere between the two alike or, marked log, alike in logarithms. Priors are judgements; "
        "none was fitted. Every other guess that is not 0 is taken to lie anywhere from half its default to one and a half, "
        'within its range; `around = "all"` in [a study](studies.md#designs) draws from both.\n',
    ]
    for group, parameters in groups().items():
        lines.append(f"## {group}\n")
        lines.append(f"{first_line(group)} Declared in [`{place(group)}`](../{place(group)}).\n")
        lines.append(parameter_table(parameters))
    return "\n".join(lines)


def conduct_of(module: Any) -> str:
    """Return what a stance or comparator sets at full degree, in words."""
    values = module.conduct(1.0, module.Parameters())
    return ", ".join(f"`{name}` = {shown(value)}" for name, value in values.items())


def tactic_lines(name: str, module: Any) -> list[str]:
    """Return what is to be said of one tactic."""
    tactic = catalogue.tactics()[name]
    lines = [
        f"### {name}\n",
        f"**{tactic.title}**\n",
        f"- *Meaning.* {tactic.meaning}",
        f"- *Cost and failure.* {tactic.cost}",
        f"- *Source.* {tactic.source}",
    ]
    if tactic.kind != "conversation":
        lines.append(f"- *Sets, at full degree.* {conduct_of(module)}")
    if hasattr(module, "rebuff"):
        lines.append("- *A failed attempt does something too:* see `rebuff` in the file.")
    lines.append(f"- *File.* [`{place(name)}`](../{place(name)})\n")
    if parameters := groups().get(name):
        lines.append(parameter_table(parameters))
    return lines


def tactics_page() -> str:
    """Return a page of all tactics, by kind, from their files."""
    lines = [
        NOTE,
        "# Tactics\n",
        "One file each; [CONTRIBUTING.md](../CONTRIBUTING.md) shows how to add one. What the sources found is in "
        "[model.md](model.md#sources), and what they do not show in [limits.md](limits.md).\n",
    ]
    for kind, (title, words) in KINDS_OF_TACTIC.items():
        lines += [f"## {title}\n", f"{words}\n"]
        for name, module in built_in_tactics().items():
            if catalogue.tactics()[name].kind == kind:
                lines += tactic_lines(name, module)
    return "\n".join(lines)


BETTER = {1: "more", -1: "less", 0: "–"}


def observables_page() -> str:
    """Return a table of what is measured."""
    rows = (
        (f"`{o.name}`", o.unit, o.meaning, BETTER[o.better], f"{o.difference:g}")
        for o in catalogue.observables().values()
    )
    return "\n".join(
        [
            NOTE,
            "# Observables\n",
            "One number each for a run; the columns of `outcomes.csv`, in this order. Shares weight each simulated "
            "person with the people they stand for. The adopted and the declared share are also kept week by week, "
            "in `trajectories.csv.gz`, week 0 being the start.\n",
            "`syslead report DIR --outcome NAME` compares arms by any of them. A difference below the last column's, in the "
            "unit, counts as none that matters (assumed; `--margin` says otherwise). What is better is said of a change "
            "that does good: where `nature.benefit` lies below 0, more adoption, sooner and for longer, is worse.\n",
            table(("name", "unit", "meaning", "better", "smallest difference"), rows),
        ]
    )


def rounded(count: float) -> int:
    """Return a count to three figures.

    >>> rounded(1791059)
    1790000
    """
    return int(float(f"{count:.3g}"))


def scenario_lines(name: str, scenario: Scenario) -> list[str]:
    """Return what is to be said of one scenario."""
    staff = sum(row_.count * row_.staff for row_ in scenario.organisations)
    organisations = sum(row_.count for row_ in scenario.organisations)
    systems = "1 system" if scenario.systems == 1 else f"{scenario.systems} systems"
    file = f"simulation/scenarios/{name}.toml"
    lines = [
        f"## {name}\n",
        f"{scenario.title}.\n",
        f"{systems}, {organisations:,} organisations, about {rounded(staff):,} staff, of whom about "
        f"{rounded(expected_staff(scenario, 1.0)):,} are simulated in a sample.\n",
        f"*Source:* {scenario.source}. The file says how each number is known: [`{file}`](../{file}).\n",
    ]
    if scenario.settings:
        set_here = ", ".join(f"`{key}` = {shown(value)}" for key, value in scenario.settings.items())
        lines.append(f"*Sets:* {set_here}\n")
    heads = ("kind", "organisations", "staff each", "sampled each", "spread of ln(staff)")
    rows = ((r.kind, f"{r.count:,}", f"{r.staff:,}", r.sample, f"{r.spread:g}") for r in scenario.organisations)
    return [*lines, table(heads, rows)]


def scenarios_page() -> str:
    """Return a page of the built-in scenarios."""
    lines = [
        NOTE,
        "# Scenarios\n",
        "Health economies that are built in; `syslead run NAME`. Those called `limit-...` are textbook models instead, "
        "to check the model against. A scenario of your own is a TOML file of the same form, named by its path. Numbers of organisations come from public data where a file says so; numbers of "
        "staff are rough, and everything about how organisations and people behave is a parameter.\n",
        "`staff each` is the mean headcount; headcounts are spread lognormally around it. `sampled each` is how many "
        "decision-relevant staff stand for them at `population.scale` = 1; at 10000 everyone is simulated.\n",
    ]
    for name in scenarios():
        lines += scenario_lines(name, load(name))
    return "\n".join(lines)


def change_lines(name: str) -> list[str]:
    """Return what is to be said of one change; how each of its numbers is known is the comment beside it."""
    found, known = change.load(name), catalogue.parameters()
    file = f"simulation/changes/{name}.toml"
    text = change.FILES.path(name).read_text(encoding="utf-8")
    said = dict(re.findall(r'^"?([\w.]+)"? = .*?# (.*)$', text, re.M))
    heads = ("parameter", "here", "default", "meaning", "how it is known")
    rows = (
        (f"`{key}`", shown(value), shown(known[key].default), known[key].meaning, said[key])
        for key, value in found.settings.items()
    )
    return [f"## {name}\n", f"{found.title}: [`{file}`](../{file}).\n", table(heads, rows)]


def changes_page() -> str:
    """Return a page of the built-in changes."""
    lines = [
        NOTE,
        "# Changes\n",
        'What is to be adopted: `syslead run --change NAME`, or `change = "NAME"` in a scenario, a study or an arm. '
        "Where none is named, the change is what the defaults say. A change of your own is a TOML file of the same form, "
        "named by its path; it may set "
        + ", ".join(f"`{name}`" for name in sorted(change.describing()))
        + ". What stands over a change: [which setting holds](studies.md#which-setting-holds).\n",
        "How each number is known: **A** assumed, a guess on the scale of its parameter. Where a source says in which "
        "direction a number lies, though not how far, it is named, and how it is known: **F** read in it, **M** from "
        "memory, to be checked before it is quoted. No number was fitted to what the model does with it.\n",
    ]
    for name in catalogue.changes():
        lines += change_lines(name)
    return "\n".join(lines)


def dose_row(dose: Dose) -> tuple[str, ...]:
    """Return what one row of the table of doses shows."""
    return (
        f"`{dose.name}`",
        dose.moved,
        f"{dose.at_once:+.3f}",
        f"{dose.half_life:.0f}" if dose.half_life < float("inf") else "stays",
        f"{dose.people:.0f}",
        f"{dose.chance:.2f}",
        "–" if dose.per_hour is None else f"{dose.per_hour:+.1f}",
    )


def doses_page() -> str:
    """Return what conversations and stances put in, worked out from the rules."""
    heads = ("tactic", "whose view", "at once, log-odds", "half-life, weeks", "people", "chance", "dose an hour")
    found = [dose for dose in doses() if dose.name in built_in_tactics()]
    lines = [
        NOTE,
        "# Doses\n",
        "**What is put in, not what comes out.** Each row is worked out by calling the model's own rules with their "
        "defaults (`syslead list doses` prints the same). A ranking of tactics that merely repeats this page is an "
        "assumption; what differs from it comes out of the system.\n",
        f"*For whom.* A typical person at the start of `{SCENARIO}`: frontline, unaware, every trait at its mean, in an "
        "organisation of mean size, pressure, cost and gain, no leader's visit before. Leaders work at the tiers of the "
        "default placement, and misread the organisation as far as they do on average before their first visit.\n",
        "*At once*: the own view after less the view before, in log-odds. *Half-life*: weeks of the rules' own fading "
        "until half of that is left, if nobody reminds them. *People*: whom one conversation can get to (those who hear a "
        "meeting, those who listen to them, or the whole organisation). *Chance*: that it does: of being heard, of being "
        "told, of a gift. *Dose an hour*: at once × people × chance × conversations in an hour of a leader. The "
        "leaders' chance of finding somebody within reach is left out, as it is the same for all.\n",
        "## Conversations\n",
        "What a conversation does where it is heard, by leaders who neither tell nor declare themselves. A sown idea counts "
        "once it is back, averaged over those that root, die or come back changed. The coalition moves no view of who "
        "hears: it moves the conviction of those who are dissatisfied (this person just is; about half are not), and makes "
        "advocates, who count for those who listen to them, the first more than the second.\n",
        table(heads, (dose_row(dose) for dose in found if dose.kind == "conversation")),
        "## Stances\n",
        "What holding the stance at full degree adds to, or takes from, a plain case of an ordinary leader. To be asked "
        "spares this person nothing at first: with an ego below `telling.tolerance` they would have been drawn by being "
        "told; those with a larger one would have been repelled. Credit acts with an adoption, not with a conversation, and "
        "so has no dose an hour. The time that telling saves and the doors that a label opens are left out.\n",
        table(heads, (dose_row(dose) for dose in found if dose.kind == "stance")),
    ]
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """Return every generated page by its file name."""
    return {
        "parameters.md": parameters_page(),
        "tactics.md": tactics_page(),
        "doses.md": doses_page(),
        "observables.md": observables_page(),
        "scenarios.md": scenarios_page(),
        "changes.md": changes_page(),
    }


def main() -> None:
    """Write the pages that have changed."""
    for name, text in pages().items():
        file = FOLDER / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
            print(f"docs/{name} written")


if __name__ == "__main__":
    main()
