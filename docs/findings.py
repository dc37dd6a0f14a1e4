"""Run the studies behind the findings, and write their tables and figures into the pages: `make findings`.

`python docs/findings.py --check` says instead whether the pages hold what the studies give now, and fails if not;
`--check DIR` does so for the study `tactics` alone, from its results in a folder.
"""

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import gallery_tables
import numpy as np
from PIL import Image

from experiments.analysis.statistics import estimates, multiplicity
from experiments.analysis.summary import ArmSummary, summary_of
from experiments.analysis.tables import read_curves, read_outcomes
from experiments.analysis.writing import named
from experiments.commands.tables.report import report_table

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", ROOT / "docs" / "findings.md")
GALLERY = ROOT / "results" / "gallery"
FIGURES = {
    ("tactics", "adoption_curves"): "tactics.png",
    ("worlds", "paired_differences"): "worlds.png",
    ("mechanisms", "one_at_a_time_2"): "mechanisms.png",
    ("barriers", "from_first_levels"): "barriers.png",
}
STUDIES = (
    "tactics",
    "worlds",
    "heroes",
    "mechanisms",
    "situations",
    "failures",
    "backfires",
    "harms",
    "places",
    "screening",
    "barriers",
)
BLOCK = re.compile(r"(<!-- (\w+): made by docs/findings\.py -->\n).*?(<!-- end of \2 -->)", re.DOTALL)
WIDTH = 100
EARLY_AND_LATE = (8, 13, 26, 39, 52, 104, 260)


def swept(study: str, folder: Path) -> Path:
    """Run a study, and return its folder."""
    out = folder / study
    program = "from experiments.commands.cli import main; main()"
    command = [sys.executable, "-c", program, "sweep", study, "--out", str(out), "--quiet"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return out


def fenced(words: str) -> str:
    """Return text as it stands in a terminal."""
    return f"```text\n{words}\n```\n"


def arms_table(folder: Path) -> str:
    """Return what each arm reached, as a table in Markdown."""
    summary = summary_of(read_outcomes(folder))
    heads = ["arm", *(moment.label for moment in summary.moments), "median weeks to half", "never got there"]
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join("---" for _ in heads) + " |"]
    return "\n".join([*lines, *(_row(row, summary.moments[-1].label) for row in summary.arms)]) + "\n"


def _row(row: ArmSummary, end: str) -> str:
    shares = [f"{100 * share.value:.0f} %" for share in row.shares.values()]
    last = row.shares[end]
    shares[-1] += f" ({100 * last.low:.0f}–{100 * last.high:.0f})"
    median = f"{row.weeks_to_half.value:.0f}" if np.isfinite(row.weeks_to_half.value) else "–"
    never = f"{row.never_reached_half} of {row.runs} ({100 * row.never.low:.0f}–{100 * row.never.high:.0f} %)"
    return "| " + " | ".join([row.title, *shares, median, never]) + " |"


def closing_table(folder: Path) -> str:
    """Return the table that the sweep ends with."""
    return fenced(report_table(summary_of(read_outcomes(folder)), WIDTH))


def in_pairs(folder: Path) -> str:
    """Return what each mechanism does in its situation: the arm with it, without it, and the difference."""
    found = read_outcomes(folder)
    ends = {arm: found.values(arm, "adopted_share") for arm in found.arms}
    pairs = [(arm, arm.removesuffix("_on") + "_off") for arm in found.arms if arm.endswith("_on")]
    gaps = {pair: estimates.paired_difference(*(ends[arm] for arm in pair)) for pair in pairs}
    verdicts = multiplicity.family({pair: gap.p_value for pair, gap in gaps.items()})
    lines = ["| what: situation | with it, % | without it, % | difference | |", "| --- | --- | --- | --- | --- |"]
    for pair, gap in sorted(gaps.items(), key=lambda item: -abs(item[1].value)):
        levels = (f"{100 * ends[arm].mean():.0f}" for arm in pair)
        told = "told apart" if multiplicity.sign(gap.value, verdicts.get(pair)) else "null"
        lines.append(f"| {found.titles[pair[0]]} | " + " | ".join([*levels, _gap(gap), told]) + " |")
    return "\n".join(lines) + "\n"


SITUATIONS = {
    "plain_case": ("nature.evidence 0",),
    "others_shoes": ("reading.error 1", "nature.cost 0", "population.ego 0.8"),
    "longer_term_goal": ("nature.gain 0", "population.ego 0.8"),
    "seeding": ("ideas.mutation 1", "ideas.dying 1"),
    "patient_argument": ("nature.evidence 0", "nature.claimed -1"),
    "patient_voice": ("patients.partners 2", "gates.delay 520", "nature.evidence 0", "nature.claimed -1"),
    "higher_goals": ("nature.evidence 0",),
    "coalition": ("nature.divergence 1", "population.dissatisfaction 0"),
    "shoes_giving": ("favours.reciprocity 0", "favours.load 0.05"),
    "shoes_undeclared": ("population.autonomy 0",),
    "shoes_asking": ("population.ego 0.05", "population.ego 0.8"),
    "shoes_forgoing": ("credit.willingness 0",),
}
"""Where each tactic should fail or backfire, as the studies were written; a stance is seen against its conversation."""


def where_it_should_fail(folder: Path) -> str:
    """Return what each tactic adds in the situations in which it should fail, beside what it usually adds."""
    found = read_outcomes(folder)
    (table,) = summary_of(found).effects
    shares = found.runs.pivot(index="replicate", columns=["arm", "point"], values="adopted_share")
    first = found.runs.drop_duplicates("point").set_index("point")
    points = {_changed(row, table.values): point for point, row in first.iterrows()}
    lines = ["| tactic, over | usually | in the situation | there |", "| --- | --- | --- | --- |"]
    for arm, situations in SITUATIONS.items():
        base = "others_shoes" if arm.startswith("shoes_") else found.baseline
        usual, *there = (
            estimates.paired_difference(shares[arm, points[where]], shares[base, points[where]])
            for where in ("", *situations)
            if where in points
        )
        for where, gap in zip((one for one in situations if one in points), there, strict=True):
            names = f"{found.titles[arm]}, {found.titles[base].lower()}"
            lines.append(f"| {names} | {_gap(usual)} | `{where}` | {_gap(gap)} |")
    return "\n".join(lines) + "\n"


def _changed(row: Any, centre: Mapping[str, Any]) -> str:
    """Return by what a point differs from where nothing is changed."""
    return ", ".join(f"{name} {named(row[name])}" for name, value in centre.items() if row[name] != value)


def by_point(folder: Path) -> str:
    """Return what the baseline reaches at each point, and the gap of every other arm to it there."""
    found = read_outcomes(folder)
    shares = found.runs.pivot(index="replicate", columns=["arm", "point"], values="adopted_share")
    points = found.runs.drop_duplicates("point").sort_values("point").set_index("point")[list(found.parameters)]
    heads = [", ".join(f"`{name}` {named(value)}" for name, value in row.items()) for _, row in points.iterrows()]
    lines = ["| | " + " | ".join(heads) + " |", "| --- |" + " --- |" * len(heads)]
    for arm in found.arms:
        if arm == found.baseline:
            cells = [f"{100 * shares[arm, point].mean():.0f} %" for point in points.index]
        else:
            gaps = (estimates.paired_difference(shares[arm, p], shares[found.baseline, p]) for p in points.index)
            cells = [_gap(gap) for gap in gaps]
        lines.append(f"| {found.titles[arm]} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def moving_nothing(folder: Path) -> str:
    """Return how far each guess moves what is reached, anywhere in its range, and which move nothing.

    Each number is judged for itself, over its two ends, all arms and corners, as what is asked is which may go.
    """
    found = read_outcomes(folder)
    changes: dict[str, list[estimates.PairedDifference]] = {}
    for table in summary_of(found).effects:
        for _, label, effect in table.cells if table.are_gaps else ():
            changes.setdefault(label.rsplit(" ", 1)[0], []).append(effect.change)
    most = {name: 100 * max(abs(change.value) for change in of) for name, of in changes.items()}
    ranked = sorted(most, key=lambda name: -most[name])
    moving = [name for name in ranked if _is_told_apart(changes[name])]
    idle = [name for name in ranked if not most[name]]
    still = [name for name in ranked if name not in (*moving, *idle)]
    words = {
        f"{len(moving)} of {len(most)} move what is reached, or a gap to no leader, beyond noise (the largest change, in points)": moving,
        f"{len(still)} do not, as far as {found.units} replicates can tell": still,
        f"{len(idle)} concern what no arm does here, and move nothing at all": idle,
    }
    listed = (
        (head, ", ".join(f"`{name}` {most[name]:.{most[name] < 9.5:d}f}" for name in names))
        for head, names in words.items()
    )
    return "\n".join(f"- {head}: {names or 'none'}." for head, names in listed) + "\n"


def _is_told_apart(changes: list[estimates.PairedDifference]) -> bool:
    """Return whether any of the changes by one number is significant at 5 % after Holm's correction over them."""
    adjusted = multiplicity.family({place: change.p_value for place, change in enumerate(changes)})
    return any(p <= multiplicity.LEVEL for p in adjusted.values())


def early_and_late(folder: Path) -> str:
    """Return by how much heroic leaders lead or trail, week by week, in points of staff."""
    found = read_outcomes(folder)
    shares = read_curves(folder, found).shares
    lines = ["| week | heroic less forgoing credit | the same, staff swayed |", "| --- | --- | --- |"]
    for week in EARLY_AND_LATE:
        pairs = (("heroic", "forgoing"), ("heroic_swayed", "forgoing_swayed"))
        gaps = [estimates.paired_difference(shares[a][:, week], shares[b][:, week]) for a, b in pairs]
        lines.append(f"| {week} | " + " | ".join(_gap(gap) for gap in gaps) + " |")
    return "\n".join(lines) + "\n"


def _gap(gap: estimates.PairedDifference) -> str:
    return f"{100 * gap.value:+.1f} ({100 * gap.low:.1f} to {100 * gap.high:.1f})"


MADE: dict[str, tuple[str, Callable[[Path], str]]] = {
    "arms": ("tactics", arms_table),
    "tactics": ("tactics", closing_table),
    "worlds": ("worlds", closing_table),
    "heroes": ("heroes", early_and_late),
    "mechanisms": ("mechanisms", closing_table),
    "situations": ("situations", in_pairs),
    "failures": ("failures", where_it_should_fail),
    "backfires": ("backfires", where_it_should_fail),
    "harms": ("harms", in_pairs),
    "places": ("places", by_point),
    "screening": ("screening", moving_nothing),
    "barriers": ("barriers", closing_table),
}


def main() -> int:
    """Write the pages, or check them."""
    if "--check" in sys.argv:
        given = sys.argv[sys.argv.index("--check") + 1 :]
        if given:
            return checked({"tactics": Path(given[0])})
        with TemporaryDirectory() as scratch:
            return checked({study: swept(study, Path(scratch)) for study in STUDIES})
    with TemporaryDirectory() as scratch:
        write({study: swept(study, Path(scratch)) for study in STUDIES})
    return 0


def blocks_of(folders: dict[str, Path]) -> dict[str, str]:
    """Return what stands between the marks of the pages, as the results in these folders have it."""
    return {name: made(folders[study]) for name, (study, made) in MADE.items() if study in folders}


def checked(folders: dict[str, Path]) -> int:
    """Say which pages hold something else than these results; return how many."""
    blocks, stale = blocks_of(folders), 0
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        if filled(text, blocks) != text:
            print(f"{page.relative_to(ROOT)} does not hold what the studies give now: make findings", file=sys.stderr)
            stale += 1
    return stale


def write(folders: dict[str, Path]) -> None:
    """Write results into the pages, and figures into the gallery."""
    blocks = blocks_of(folders)
    for page in PAGES:
        page.write_text(filled(page.read_text(encoding="utf-8"), blocks), encoding="utf-8")
    for (study, figure), name in FIGURES.items():
        if study in folders:
            draw(folders[study], figure, GALLERY / name)


def draw(folder: Path, figure: str, file: Path) -> None:
    """Put a figure of a result folder into the gallery, with the table that it is drawn from and what that was made with."""
    with TemporaryDirectory() as scratch:
        words = f"from experiments.commands.cli import main; main(['plot', {str(folder)!r}, '--out', {scratch!r}])"
        subprocess.run([sys.executable, "-c", words], cwd=ROOT, check=True, capture_output=True)
        # Flat colours: a palette keeps the repository small and looks the same.
        with Image.open(Path(scratch) / f"{figure}.png") as sheet:
            sheet.convert("RGB").quantize(128).save(file, optimize=True)
    found = read_outcomes(folder)
    summary = summary_of(found)
    tables = {table.name: list(gallery_tables.changes_of(table, summary.baseline)) for table in summary.effects}
    tables["adoption_curves"] = list(gallery_tables.curves_of(folder, found))
    tables["paired_differences"] = list(gallery_tables.arms_of(summary))
    file.with_suffix(".csv").write_text(gallery_tables.as_csv(tables[figure]), encoding="utf-8")
    known = gallery_tables.records(GALLERY)
    gallery_tables.write_records(GALLERY, {**known, file.name: gallery_tables.made_with(folder)})


def filled(page: str, blocks: dict[str, str]) -> str:
    r"""Return a page with its blocks made anew.

    >>> filled("<!-- a: made by docs/findings.py -->\nold\n<!-- end of a -->", {"a": "new\n"})
    '<!-- a: made by docs/findings.py -->\nnew\n<!-- end of a -->'
    """
    return BLOCK.sub(lambda block: block[1] + blocks[block[2]] + block[3] if block[2] in blocks else block[0], page)


if __name__ == "__main__":
    sys.exit(main())
