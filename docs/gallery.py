"""The gallery: what the questions that users ask came to on two systems, in words, tables and figures.

`make gallery` takes the result folders that `make studies` has made, keeps a small table of each question in
`results/gallery`, draws its figures from that table alone, and writes the page. Without a folder (`python
docs/gallery.py`, a part of `make docs`) the page is written again from the tables that are kept, and what was made by an
earlier version of the model says so. `--again` makes the small table anew that tests recompute.
"""

import argparse
import io
import sys
import tempfile
from collections.abc import Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from gallery_page import SYSTEMS, base_of, page, questions, title
from gallery_tables import as_csv, kept, made_with, records, runs_of, taken, write_records

from experiments.analysis.outcomes import span
from experiments.analysis.tables import read_outcomes
from experiments.design.study import Study
from experiments.store.folder import OUTCOMES
from simulation.words import counted

ROOT = Path(__file__).parent.parent
GALLERY = ROOT / "results" / "gallery"
PAGE = GALLERY / "README.md"
WHOLE, AGAIN, FEW = "tactics", "tactics-again.csv", 3
"""The study of which every run is kept, and the table of its first replicates that tests make again."""


def folders(results: Path, study: str) -> dict[str, Path]:
    """Return the result folder of a question on each system, where there is one."""
    return {one: place for one in SYSTEMS if ((place := results / one / study) / OUTCOMES).is_file()}


def collect(results: Path, gallery: Path = GALLERY) -> list[str]:
    """Take every question that has been run on all systems into the gallery; return what is missing."""
    from gallery_figures import ahead, curves, save

    known, missing = records(gallery), []
    for study in questions():
        there = folders(results, study.name)
        if len(there) < len(SYSTEMS):
            missing.append(study.name)
            continue
        tables = taken(there, runs=study.name == WHOLE)
        tables.write(gallery, study.name)
        known[study.name] = {system: made_with(folder) for system, folder in there.items()}
        tables, foot = kept(gallery, study.name), footer(study, known[study.name])
        save(ahead(tables, (title(study, tables), HOW_AHEAD.format(base=base_of(tables), end=span(study.weeks)), foot), SYSTEMS),
             gallery / f"{study.name}-ahead.png")  # fmt: skip
        save(curves(tables, (study.title, HOW_CURVES, foot), SYSTEMS), gallery / f"{study.name}-curves.png")
    write_records(gallery, known)
    return missing


HOW_AHEAD = (
    "Share of staff who have adopted after {end}, less that with {base} with the same random numbers: mean of the paired "
    "differences and its 95 % interval. Shaded: within 2 points, the margin. Blue and orange: significantly above and below "
    "at 5 %, after Holm's correction within each system."
)
HOW_CURVES = "Share of staff who have adopted: mean and, shaded, its 95 % interval, every 13 weeks."


def footer(study: Study, made: Mapping[str, Any]) -> str:
    """Say how the runs of a figure were made."""
    first = next(iter(made.values()))
    runs = sum(one["runs"] for one in made.values())
    over = counted(first["replicates"], "replicate")
    words = f"{study.title} {over} of each arm on each system, {counted(runs, 'run')}, {span(study.weeks)}, seed {first['seed']}."
    return f"{words}\nIntervals are chance between runs; that numbers and rules may be wrong is not in them."


def again() -> str:
    """Return the first replicates of the study of which every run is kept, made here and now, as CSV."""
    from experiments.commands.cli import main as syslead

    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / WHOLE
        words = ["sweep", WHOLE, "--replicates", str(FEW), "--out", str(out), "--quiet", "--jobs", "1"]
        try:
            with redirect_stdout(io.StringIO()):
                syslead(words)
        except SystemExit as end:
            if end.code:
                raise
        rows = list(runs_of(read_outcomes(out)))
    return as_csv(rows)


def main() -> int:
    """Write the gallery."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", type=Path, nargs="?", help="where the result folders of `make studies` lie")
    parser.add_argument("--again", action="store_true", help="also make the table anew that tests recompute")
    given = parser.parse_args()
    missing = collect(given.results) if given.results else []
    if given.again or given.results:
        (GALLERY / AGAIN).write_text(again(), encoding="utf-8")
    PAGE.write_text(page(GALLERY), encoding="utf-8")
    if missing:
        print(f"Not run on every system, so left as they were: {', '.join(missing)}.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
