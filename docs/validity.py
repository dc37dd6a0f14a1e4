"""Hold the model against patterns and facts, and write the page of what came out: `make validity` (some ten minutes)."""

import argparse
from collections.abc import Mapping, Sequence
from math import nan
from pathlib import Path

import numpy as np
import searched
from in_markdown import broken, table

from experiments.validity.patterns import facts, verdicts
from experiments.validity.patterns.catalogue import COMPLEX, DISCRIMINATING, NULL, PATTERNS, SIMPLE, Pattern
from experiments.validity.patterns.setups import SCENARIO, setup_of
from experiments.validity.patterns.table import needed_by, shown
from experiments.validity.patterns.verdicts import HOLDS, KnockedOut, Verdict, accepted

PAGE = Path(__file__).with_suffix(".md")
CHANGES = (SIMPLE, COMPLEX, NULL)
HEAD = """\
<!-- Written by docs/validity.py (make validity); change the code, not this page. -->

# Validity

Whether the model shows what real diffusion shows. Nothing was tuned to these rows: a row that fails stays, and says so.
`syslead patterns` makes the first table on your machine, for any scenario and change; `syslead describe-data` computes the
same statistics of data of your own.

How a real value is known: **C** computed from public data with these statistics (physicians and tetracycline: Coleman,
Katz & Menzel 1966; Korean villages: Rogers & Kincaid 1981, both as prepared by Valente; a switch of a contraceptive in
5,723 English general practices: NHS prescribing data, Open Government Licence), and again by the tests where they find
the data, unless it says otherwise; **F** read in the source named; **A** read in its abstract or in a summary only. What is accepted was set down before these runs were made, but for one part of P4: that a typical run, and not any, leaves an organisation behind was asked after a look at them; else the simple change and Bass alone would have passed.

What a figure is, it is by this definition, and others are in use: who looks to nobody has no exposure and is left out of
the odds ratio (counted as exposed to nobody, and with the number who look to each held alike, it is .83 for physicians
and 2.3 for villages: `hazard_odds_ratio_among_all`); a Bass curve is fitted by least squares, with a clock that starts with
the data (`--fit-from` has it start later, `bass_ml_p` and its like are the likeliest numbers); an intraclass correlation takes who never adopted as adopting
one step after the end. A practice's own prescribing, month by month, is not in the public data that the tests read.

"""


def found(one: Verdict) -> str:
    """Return the numbers of a verdict, and the verdict."""
    numbers = "; ".join(shown(number) for number in one.numbers)
    return f"{numbers}: **{one.verdict}**" if numbers else f"**{one.verdict}**: {one.why}"


def limits(one: Verdict) -> str:
    """Return what is accepted of each number."""
    return "; ".join(map(accepted, one.numbers)) or "-"


def of_patterns(by_change: Mapping[str, Sequence[Verdict]], replicates: int) -> str:
    """Return the table of patterns, and which of those that discriminate hold together."""
    lines = []
    for k, pattern in enumerate(PATTERNS):
        together = {change: verdicts_[k] for change, verdicts_ in by_change.items()}
        accept = " / ".join(dict.fromkeys(limits(together[change]) for change in (SIMPLE, COMPLEX)))
        weak = " *" if pattern.weak else ""
        cells = [f"{pattern.key} {pattern.title}{weak}", pattern.measured, pattern.real, accept]
        lines.append([*cells, *(found(one) for one in together.values())])
    words = "".join(f"- {_together(change, by_change[change])}\n" for change in CHANGES)
    lead = (
        f"Over {replicates} replicates of `{SCENARIO}`, five years, leaders who hold every conversation alike and forgo "
        "credit: medians with their exact 95 % interval. Bass alone is a null model, reached by parameters: innovation and "
        "imitation among everybody, nothing else. Patterns with * are weak tests. Times are of members of staff as they are "
        "simulated, by first adoption; an organisation's is when half of them have."
    )
    heads = ["pattern", "measured", "real", "accepted", *CHANGES]
    tail = f"Of those that not every contagion shows ({', '.join(DISCRIMINATING)}):\n\n{words}\n"
    return f"## Patterns\n\n{broken(lead)}{table(heads, lines)}{tail}"


def _together(change: str, found_: Sequence[Verdict]) -> str:
    by_key = {one.pattern: one.verdict for one in found_}
    held = [key for key in DISCRIMINATING if by_key[key] == HOLDS]
    others = [f"{key} ({by_key[key]})" for key in DISCRIMINATING if by_key[key] != HOLDS]
    return f"**{change}** shows {', '.join(held) or 'none'}, and not {', '.join(others) or 'none'}."


def of_facts(one_by_one: Sequence[Verdict], replicates: int) -> str:
    """Return the table of facts."""
    rows = [
        [f"{fact.key} {fact.title}", fact.real, fact.measured, limits(one), found(one)]
        for fact, one in zip(facts.FACTS, one_by_one, strict=True)
    ]
    lead = (
        f"What happened elsewhere, and the runs in which the model is asked for the same, over {replicates} replicates of "
        "the same scenario. The outcome here is adoption, never mortality, infections or admissions: a row asks for the "
        "shape of what happened, not for its size."
    )
    heads = ["fact", "what is known", "measured", "accepted", "what came out"]
    return f"## Facts\n\n{broken(lead)}{table(heads, rows)}"


def of_knock_outs(by_change: Mapping[str, Sequence[KnockedOut]], replicates: int) -> str:
    """Return which patterns need which mechanism."""
    lead = (
        f"Each switched off alone, {replicates} replicates. With so few, a pattern near the edge of what is accepted can "
        "change its verdict by chance."
    )
    parts = [f"## Which pattern needs which mechanism\n\n{broken(lead)}"]
    for change, knocked in by_change.items():
        held = ", ".join(key for key, verdict in knocked[0].verdicts.items() if verdict == HOLDS) or "none"
        parts.append(f"**{change}**: with every mechanism hold {held}.\n\n")
        parts.append(table(["without", "hold no more", "hold only then"], needed_by(knocked)))
    return "".join(parts)


def outcomes_of_facts(replicates: int) -> dict[str, np.ndarray]:
    """Return every statistic of facts by replicate."""
    rows = [facts.of_replicate(replicate) for replicate in range(replicates)]
    return {name: np.array([one.get(name, nan) for one in rows]) for name in rows[0]}


def judged(patterns: Sequence[Pattern], outcomes: Mapping[str, np.ndarray], change: str) -> list[Verdict]:
    """Return the verdict on each."""
    return verdicts.verdicts(outcomes, change, patterns)


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replicates", type=int, default=100)
    parser.add_argument("--knocked-out", type=int, default=5)
    parser.add_argument("--of-facts", type=int, default=30)
    parser.add_argument("--search", action="store_true", help="write only what a search of plausible worlds says")
    parser.add_argument("--worlds", type=int, default=150)
    parser.add_argument("--of-worlds", type=int, default=6, help="replicates of each of them")
    asked = parser.parse_args()
    tables, _, section = PAGE.read_text(encoding="utf-8").partition(searched.TITLE)
    if asked.search:
        found_ = searched.searched(asked.worlds, asked.of_worlds)
        write(tables, searched.section(found_, asked.of_worlds))
        return
    number, few, some = asked.replicates, asked.knocked_out, asked.of_facts
    by_change = {change: judged(PATTERNS, verdicts.outcomes_of(setup_of(change), number), change) for change in CHANGES}
    one_by_one = judged(facts.FACTS, outcomes_of_facts(some), "")
    knocked = {change: verdicts.knock_outs(setup_of(change), few) for change in (SIMPLE, COMPLEX)}
    parts = [of_patterns(by_change, number), of_facts(one_by_one, some), of_knock_outs(knocked, few)]
    write(HEAD + "".join(parts), f"{searched.TITLE}{section}" if section else "")


def write(tables: str, section: str) -> None:
    """Write the page: the tables, and after them what the search says."""
    PAGE.write_text(f"{tables.rstrip()}\n\n{section}".rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
