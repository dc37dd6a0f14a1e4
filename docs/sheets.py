"""Hold the facilitators' sheets to their studies: python docs/sheets.py (make sheets) runs them and keeps what came out.

`--from FOLDER` takes result folders that are there already, one a study, and `--check` writes nothing but says what differs.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from experiments.analysis.facilitator import evidence, measured, sheet
from experiments.analysis.facilitator.evidence import KEPT, Results, Reveal
from experiments.analysis.facilitator.sheet import Sheet
from experiments.analysis.tables import read_outcomes
from experiments.page.ahead.answer import answer_of
from experiments.page.ahead.crew import curve_of, weeks_kept
from experiments.page.ahead.futures import A_TIME, Seen
from experiments.page.tab.questions import QUESTIONS, requests_of
from experiments.store import provenance
from simulation import Request

ROOT = Path(__file__).parent.parent


def swept(study: str, folder: Path) -> Path:
    """Run a study, and return its folder."""
    program = "from experiments.commands.cli import main; main()"
    command = [sys.executable, "-c", program, "sweep", study, "--out", str(folder / study), "--quiet"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder / study


def reveal(about: Sheet) -> Reveal:
    """Return what the page says of the two arms that it opens, over its forty pairs."""
    question = QUESTIONS[str(about.study.opening.number)]  # type: ignore[union-attr]
    requests = requests_of(question, Request(about.study.arms[0].scenario))
    pairs = range(A_TIME)
    arms = [[curve_of(request._replace(replicate=number)) for number in pairs] for request in requests]
    found = answer_of(Seen(list(pairs), arms, weeks_kept(requests[0].weeks), A_TIME), list(question.names))
    assert found is not None and found.mean is not None, "forty pairs say something"
    numbers = [round(float(each), 5) for each in (found.mean.value, found.mean.low, found.mean.high)]
    middles = [round(middle.value, 5) for middle in found.middles]
    return Reveal(found.verdict, middles, found.ahead, found.behind, found.runs, *numbers)


def results(about: Sheet, folder: Path) -> Results:
    """Return what a result folder says of a sheet, and what it was made with."""
    outcomes, known = read_outcomes(folder), provenance.read(folder)
    assert known is not None, "a folder of this program"
    (made,) = known.made_with
    found = measured.measured(about, outcomes)
    return Results(made["versions"]["syslead"], made["sources"], known.replicates, reveal(about), found)


def promised_in_vain(about: Sheet, found: Results) -> list[str]:
    """Return the claims of a sheet that did not come out."""
    return [
        f"{about.study.name}: {claim.says}, but {claim.key} gave {found.claims[claim.key]}"
        for claim in about.claims
        if not evidence.holds(claim, found.claims[claim.key], about.study.weeks)
    ]


def told_apart(names: Iterable[str], found: dict[str, Results]) -> list[str]:
    """Return the studies of which something else is kept than came out, whatever it was made with."""
    known = evidence.kept()
    alike = {name: known[name]._replace(version="", sources="") for name in names if name in known}
    return [name for name in names if alike.get(name) != found[name]._replace(version="", sources="")]


def main() -> None:
    """Run the studies, keep what came out, and say which claims did not."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--from", dest="folder", type=Path)
    given.add_argument("--check", action="store_true")
    given.add_argument("names", nargs="*")
    asked = given.parse_args()
    names, found = asked.names or sheet.names(), {}
    for name in names:
        with tempfile.TemporaryDirectory() as temporary:
            folder = asked.folder / name if asked.folder else swept(name, Path(temporary))
            found[name] = results(sheet.load(name), folder)
    wrong = [said for name in names for said in promised_in_vain(sheet.load(name), found[name])]
    if asked.check:
        wrong += [f"{name}: what is kept is not what comes out" for name in told_apart(names, found)]
    else:
        kept = {**(evidence.kept() if asked.names else {}), **found}
        text = json.dumps({name: kept[name].document() for name in sorted(kept)}, indent=1, ensure_ascii=False)
        KEPT.write_text(f"{text}\n", encoding="utf-8")
    sys.exit("\n".join(wrong) or None)


if __name__ == "__main__":
    main()
