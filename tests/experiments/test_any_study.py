"""Whatever was asked, and whatever came of it: it is reported truly, drawn and exported, without a traceback.

Studies are drawn from numbers, over every kind of design, with odd names and with every fate that runs can meet. The
report of each is checked against its table by a program that knows nothing of this one (`report_checker`).
"""

import io
import json
import shutil
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from itertools import chain

import pytest
from drawn_studies import FATES, KINDS, NAMES, SIZES, WEEKS, WORDS, drawn
from PIL import Image
from report_checker import Checker

from experiments import cli
from experiments.figures import sheet
from simulation.words import visible

SMALL, LARGE = 2 * len(FATES), 500


def said(*words):
    """Carry out a command line here; return its exit code, standard output and standard error."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as end:
        cli.main([str(word) for word in words])
    return end.value.code, out.getvalue(), err.getvalue()


def carried_through(study, home):
    """See a study through everything that can be done with its results; return how many numbers were checked."""
    out = study.swept(home)
    nothing = ",ok," not in (out / "outcomes.csv").read_text("utf-8")
    code, document, problem = said("report", out, "--json")
    assert code == (4 if nothing else 0), problem
    for command in (["report"], ["status"], ["verify"], ["export"]):
        code, told, problem = said(*command, out)
        assert code == (4 if nothing and command == ["report"] else 0), problem
        assert visible(told, keep="\n") == told
    code, files, problem = said("plot", out, "--json")
    assert code == (4 if nothing else 0), problem
    if nothing:
        assert "no finished run" in problem
        return 0
    for path in json.loads(files)["files"]:
        if path.endswith(".png"):
            with Image.open(path) as image:
                assert image.size == (int(sheet.WIDTH * sheet.DPI), int(sheet.HEIGHT * sheet.DPI))
    checker = Checker(out, json.loads(document))
    assert checker.found() == []
    return checker.checks


def have_all(studies):
    """Whether what was drawn has every kind of design and every fate, and the extremes of size, length and naming."""
    assert {study.kind for study in studies} == set(KINDS)
    assert {study.fate for study in studies} == set(FATES)
    return {
        "arms": {study.arms for study in studies},
        "weeks": {study.document["weeks"] for study in studies},
        "names": set(chain.from_iterable(study.names for study in studies)),
        "words": set(chain.from_iterable(study.words for study in studies)),
    }


@pytest.fixture
def quick_figures(monkeypatch):
    """Draw at a tenth of the sharpness, in a third of the time."""
    monkeypatch.setattr(sheet, "DPI", 20)


@pytest.mark.slow
def test_a_few_studies_of_every_kind_are_reported_truly_drawn_and_exported(tmp_path, quick_figures):
    studies = [drawn(number) for number in range(SMALL)]
    have_all(studies)
    for study in studies:
        home = tmp_path / str(study.number)
        home.mkdir()
        assert carried_through(study, home) >= 0, study


@pytest.mark.long
def test_hundreds_of_studies_are_reported_truly_drawn_and_exported(tmp_path, quick_figures):
    studies = [drawn(number) for number in range(LARGE)]
    assert have_all(studies) == {"arms": set(SIZES), "weeks": set(WEEKS), "names": set(NAMES), "words": set(WORDS)}
    checks = Counter()
    for study in studies:
        home = tmp_path / str(study.number)
        home.mkdir()
        checks[study.fate] += carried_through(study, home)
        shutil.rmtree(home)
    print(f"\n{len(studies)} studies, {checks.total():,} numbers checked: {dict(checks)}")
    assert all(checks[fate] for fate in FATES if fate != "all failed")
