"""The page of the gallery, written from its small tables alone: each question with its answer on both systems in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gallery_tables import Row, Tables, kept, records

from experiments.analysis.outcomes import span
from experiments.design import study_file
from experiments.design.study import Study
from simulation import fingerprint
from simulation.words import counted, signed

SYSTEMS = {"ics-small": "A small system", "ics-median": "A middling system"}
EARLIER = "made with an earlier version"
HARM = {
    "all": "The change does harm to patients: more of it is worse.",
    "some": "In some of what was run the change does harm to patients: there more of it is worse.",
}
MOST = 6

HEAD = """\
<!-- Written by docs/gallery.py (make gallery); change the code, not this page. -->

# What the questions come to

Each question that users ask is a built-in study (`syslead list studies`), here run on a small and on a middling system
(`make studies`, then `make gallery`). Every sentence and figure is made from the small table beside it. A model of a
theory, not a forecast: intervals are chance between runs, and that numbers and rules may be wrong is not in them
([limits](../../docs/limits.md)).
"""


def questions() -> list[Study]:
    """Return the studies that are questions of users, in the order of the page."""
    found = [study_file.load(name) for name in study_file.studies()]
    return sorted(
        (study for study in found if study.opening), key=lambda study: study.opening.number if study.opening else 0
    )


def page(gallery: Path) -> str:
    """Return the page, from the tables that are kept."""
    known, now = records(gallery), fingerprint.sources()
    parts = [HEAD]
    for study in questions():
        tables = kept(gallery, study.name)
        if tables.arms:
            parts.append(section(study, tables, known[study.name], now))
    finds = {name: made for name, made in known.items() if name.endswith(".png")}
    return "\n".join([*parts, *([of_findings(finds, now)] if finds else [])])


def of_findings(made: Mapping[str, Any], now: str) -> str:
    """Return where the figures of the findings come from."""
    words = "## Figures of the findings\n\nThe [findings](../../docs/findings.md) show these (`make findings`):\n\n"
    items = (
        f"- [{name}]({name}), drawn from [its table]({Path(name).with_suffix('.csv')}): {how_made([one], now)}."
        for name, one in made.items()
    )
    return words + "\n".join(items) + "\n"


def section(study: Study, tables: Tables, made: Mapping[str, Any], now: str) -> str:
    """Return one question: what is asked, what came out, and what it was made with."""
    lines = [f"## {study.title}", "", study.question, ""]
    lines += [f"- *{SYSTEMS[system]}* (`{system}`): {answer(study, tables, system)}" for system in SYSTEMS]
    lines += [f"- {HARM[harm]}" for harm in HARM if any(row["harm"] == harm for row in tables.arms)]
    lines += ["", *arms_table(tables), ""]
    if tables.changes:
        lines += [*changes_lines(tables), ""]
    lines += [
        f"![{title(study, tables)}.]({study.name}-ahead.png)",
        "",
        f"![{study.title} The curves.]({study.name}-curves.png)",
        "",
    ]
    return "\n".join([*lines, origin(study, tables, made, now), ""])


def answer(study: Study, tables: Tables, system: str) -> str:
    """Say what came out on one system."""
    rows = [row for row in tables.arms if row["system"] == system]
    base = next(row for row in rows if not row["gap"])
    found = by_verdict(rows)
    gaps = {row["title"]: row for row in rows if row["gap"]}
    head = f"with {base['title']} {percent(base, 'share')} have adopted after {span(study.weeks)}."
    words = {
        "above": "Significantly above: {}.", "below": "Significantly below: {}.",
        "within": "Within 2 points of it: {}.", "untold": "Not told apart from it: {}.",
    }  # fmt: skip
    parts = [words[kind].format(named(kind, names, gaps)) for kind, names in found.items() if names]
    return " ".join([head, *parts])


def named(kind: str, names: Sequence[str], gaps: Mapping[str, Row]) -> str:
    """Name the arms of a verdict, the furthest first, with what they are ahead."""
    ordered = sorted(names, key=lambda name: -abs(float(gaps[name]["gap"])))
    shown = [f"{name} {gap(gaps[name])}" if kind in ("above", "below") else name for name in ordered[:MOST]]
    return "; ".join([*shown, *([f"and {len(ordered) - MOST} more"] if len(ordered) > MOST else [])])


def percent(row: Row, name: str) -> str:
    """Write a share with its interval."""
    if not row[name]:
        return "–"
    words = f"{100 * float(row[name]):.0f} %"
    low, high = (row.get(f"{name}_{side}") for side in ("low", "high"))
    return f"{words} ({100 * float(low):.0f} to {100 * float(high):.0f})" if low and high else words


def gap(row: Row, name: str = "gap") -> str:
    """Write a difference in points with its interval, finer where it is small."""
    if not row[name]:
        return "–"
    edges = [row[f"{name}_low"], row[f"{name}_high"]]
    digits = int(not all(edges) or abs(float(edges[1]) - float(edges[0])) < 0.02)
    words = signed(100 * float(row[name]), digits)
    return f"{words} ({' to '.join(f'{100 * float(edge):z.{digits}f}' for edge in edges)})" if all(edges) else words


def arms_table(tables: Tables) -> Iterator[str]:
    """Yield the lines of the table of arms, both systems side by side."""
    beside = {name: words for name, words in BESIDE.items() if any(row[name] for row in tables.arms)}
    heads = [
        f"{SYSTEMS[system].removeprefix('A ')}: {what}"
        for system in SYSTEMS
        for what in ("adopted", "gap, points", *beside.values())
    ]
    yield line(["arm", *heads])
    yield line(["---"] * (len(heads) + 1))
    first = [row for row in tables.arms if row["system"] == next(iter(SYSTEMS))]
    for row in first:
        rows = [other for other in tables.arms if other["arm"] == row["arm"]]
        cells = ((percent(one, "share"), gap(one), *(percent(one, name) for name in beside)) for one in rows)
        yield line([row["title"], *(cell for each in cells for cell in each)])


BESIDE = {"declared": "say they have", "sustained": "kept of the most"}


def changes_lines(tables: Tables) -> Iterator[str]:
    """Yield what factors do to each arm, both systems side by side, those that move most first."""
    titles = {row["arm"]: row["title"] for row in tables.arms}
    gaps = (
        f", and to what others are ahead of {base_of(tables)} (*ahead*)"
        if any(row["of"] == "gap" for row in tables.changes)
        else ""
    )
    yield f"What changing each factor from its first level does to the share who have adopted{gaps}, in points:"
    yield ""
    heads = (f"{SYSTEMS[system].removeprefix('A ')}: {what}" for system in SYSTEMS for what in ("before", "change"))
    yield line(["change", "arm", *heads])
    yield line(["---"] * (2 + 2 * len(SYSTEMS)))
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for row in tables.changes:
        found.setdefault((row["change"], row["arm"]), {})[row["system"]] = row
    for (change, arm), rows in found.items():
        is_gap = next(iter(rows.values()))["of"] == "gap"
        cells = ((_before(rows[one]), gap(rows[one], "by")) if one in rows else ("–", "–") for one in SYSTEMS)
        yield line([change, f"{titles[arm]}{', ahead' * is_gap}", *(cell for each in cells for cell in each)])


def _before(row: Row) -> str:
    return signed(100 * float(row["start"]), 0) if row["of"] == "gap" else percent(row, "start")


def line(cells: Sequence[str]) -> str:
    """Return a row of a table in Markdown."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def origin(study: Study, tables: Tables, made: Mapping[str, Any], now: str) -> str:
    """Say what a question was made with, and where its tables lie."""
    names = [name for name, rows in tables._asdict().items() if rows]
    links = ", ".join(f"[{name}]({study.name}-{name}.csv)" for name in names)
    return f"*On each system {how_made(list(made.values()), now)}. Tables: {links}.*"


def how_made(made: Sequence[Mapping[str, Any]], now: str) -> str:
    """Say how runs were made, and whether that is how they would be made now."""
    first = made[0]
    versions = " and ".join(dict.fromkeys(f"{one['version']} (sources {one['sources'][:12]})" for one in made))
    earlier = "" if all(one["sources"] == now for one in made) else f", {EARLIER}"
    over = counted(first["replicates"], "replicate")
    return f"{over} of {span(first['weeks'])}, seed {first['seed']}, syslead {versions}{earlier}"


def base_of(tables: Tables) -> str:
    """Return what the baseline is called."""
    return next(row["title"] for row in tables.arms if not row["gap"])


def by_verdict(rows: Iterable[Row]) -> dict[str, list[str]]:
    """Return the arms above the baseline, below it, within the margin of it, and not told apart from it."""
    found: dict[str, list[str]] = {"above": [], "below": [], "within": [], "untold": []}
    for row in rows:
        if row["gap"]:
            within = "within" if row["is_negligible"] == "1" else "untold"
            found[{"1": "above", "-1": "below"}.get(row["sign"], within)].append(row["title"])
    return found


def title(study: Study, tables: Tables) -> str:
    """Say in a sentence in how far both systems give the same."""
    verdicts = [by_verdict(row for row in tables.arms if row["system"] == system) for system in SYSTEMS]
    base, arms = base_of(tables), len([row for row in tables.arms if row["gap"]]) // len(SYSTEMS)
    same = {kind: [name for name in verdicts[0][kind] if name in verdicts[1][kind]] for kind in verdicts[0]}
    parts = [f"{len(same['above'])} above"] * bool(same["above"]) + [f"{len(same['below'])} below"] * bool(
        same["below"]
    )
    if not parts:
        return f"Of {counted(arms, 'arm')} none lies significantly above or below {base} on both systems after {span(study.weeks)}"
    differing = arms - sum(map(len, same.values()))
    rest = (
        f"; on {differing} of {counted(arms, 'arm')} the systems differ"
        if differing
        else f", of {counted(arms, 'arm')}"
    )
    return f"On both systems {' and '.join(parts)} {base} after {span(study.weeks)}{rest}"
