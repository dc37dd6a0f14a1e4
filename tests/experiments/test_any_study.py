"""Whatever was asked, and whatever came of it: it is reported truly, drawn and exported, without a traceback.

Studies are drawn from numbers, over every kind of design, with odd names and with every fate that runs can meet. The
report of each is checked against its table by a program that knows nothing of this one (`report_checker`).
"""

import copy
import io
import json
import random
import shutil
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from functools import reduce
from itertools import count, product

import pytest
from drawn_studies import FATES, KINDS, NAMES, OBSERVABLES, SIZES, WEEKS, WORDS, drawn
from outcome_checker import as_table
from PIL import Image
from report_checker import Checker

from experiments.commands import cli
from experiments.commands.html import page
from experiments.commands.results import REPORTS
from experiments.figures import sheet
from simulation.words import visible

FEW, MANY, PART = 12, 500, 25


def said(*words):
    """Carry out a command line here; return its exit code, standard output and standard error."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as end:
        cli.main([str(word) for word in words])
    return end.value.code, out.getvalue(), err.getvalue()


def asked_otherwise(study, report):
    """Draw what else may be asked of the runs of a study: two outcomes, a margin, another baseline."""
    luck = random.Random(study.number)
    names = luck.sample(OBSERVABLES, 2)
    margins = {names[0]: luck.choice((0, 0.003, 0.1))}
    arms = [arm["arm"] for arm in report["arms"]]
    words = [word for name in names for word in ("--outcome", name)]
    return [*words, "--margin", f"{names[0]}={margins[names[0]]}", "--baseline", luck.choice(arms)], margins


def checked_otherwise(study, out, options, margins):
    """See the same runs through what else is asked of them, in every form; return how many numbers were checked."""
    code, document, problem = said("report", out, *options, "--json")
    assert code == 0, problem
    report = json.loads(document)
    checker = Checker(out, report)
    assert checker.found(margins) == []
    for form in REPORTS:
        file = out.parent / form
        code, _, problem = said("report", out, *options, "--format", form, "--out", file)
        assert code == 0, problem
        words = file.read_text("utf-8")
        assert visible(words, keep="\n") == words
        assert as_table(words, report) == [] if form == "csv" else words.count("\n") > 2 * len(report["arms"])
    return checker.checks


def carried_through(study, home):
    """See a study through everything that can be done with its results; return how many numbers were checked."""
    out = study.swept(home)
    nothing = ",ok," not in (out / "outcomes.csv").read_text("utf-8")
    code, document, problem = said("report", out, "--json")
    assert code == (4 if nothing else 0), problem
    options, margins = ([], {}) if nothing else asked_otherwise(study, json.loads(document))
    html = home / "page.html"
    for command in (["report", "--html", html], ["status"], ["verify"], ["export"]):
        code, told, problem = said(*command, out)
        assert code == (4 if nothing and command[0] == "report" else 0), problem
        assert visible(told, keep="\n") == told
    assert html.is_file() is not nothing
    # By turns as it is by default and as it is asked otherwise; drawing takes most of the time.
    code, files, problem = said("plot", out, "--json", *(options if study.number % 3 == 0 else ()))
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
    return checker.checks + checked_otherwise(study, out, options, margins)


@pytest.fixture
def quick_figures(monkeypatch):
    """Draw at a tenth of the sharpness, in a third of the time."""
    monkeypatch.setattr(sheet, "DPI", 20)


def carried_through_each(studies, home):
    """See studies through, and return how many numbers of their reports were checked, by what their runs met."""
    checks = Counter()
    for study in studies:
        place = home / str(study.number)
        place.mkdir()
        checks[study.fate] += carried_through(study, place)
        shutil.rmtree(place)
    return checks


def test_what_is_drawn_has_every_kind_of_design_every_fate_and_every_odd_name():
    few, many = ([drawn(number) for number in range(most)] for most in (FEW, MANY))
    for studies in (few, many):
        assert {study.kind for study in studies} == set(KINDS)
        assert {study.fate for study in studies} == set(FATES)
    assert {(study.kind, study.fate) for study in many} == set(product(KINDS, FATES))
    assert {study.arms for study in many} == set(SIZES)
    assert {study.document["weeks"] for study in many} >= set(WEEKS)
    assert {name for study in many for name in study.names} == set(NAMES)
    assert {words for study in many for words in study.words} == set(WORDS)


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    """A folder with a few arms, changes one at a time and enough replicates for everything, and its report."""
    study = next(
        study for study in map(drawn, count())
        if (study.kind, study.fate) == ("one-at-a-time", "some failed")
        and "corners" not in study.document["design"] and 2 < study.arms < 8 and study.document["replicates"] > 2
    )  # fmt: skip
    out = study.swept(tmp_path_factory.mktemp("reported"))
    return out, json.loads(said("report", out, "--json")[1])


def _numbers(report, place=()):
    """Yield the place of every number in a report that says what runs came to."""
    for key, value in report.items() if isinstance(report, dict) else enumerate(report):
        if isinstance(value, dict | list):
            yield from _numbers(value, (*place, key))
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield (*place, key)


UNCHECKED = ("seed", "weeks", "schema_version", "low", "high", "correlation", "saving", "skewness", "runs", "spread", "values",
             "level", "p_value", "beyond")  # fmt: skip


def test_the_checker_misses_no_number_that_is_changed(reported):
    out, report = reported
    assert Checker(out, report).found() == []
    places = [place for place in _numbers(report) if not set(place) & set(UNCHECKED)]
    assert len(places) > 30
    for place in places:
        lie = copy.deepcopy(report)
        *way, last = place
        home = reduce(lambda inner, key: inner[key], way, lie)
        home[last] += 1 if isinstance(home[last], int) else 0.01
        assert Checker(out, lie).found(), place


@pytest.mark.slow
def test_a_few_studies_of_every_kind_are_reported_truly_drawn_and_exported(tmp_path, quick_figures, monkeypatch):
    monkeypatch.setattr(sheet, "FORMS", ("png",))
    # Figures are drawn by `plot`, and take most of the time.
    monkeypatch.setattr(page, "figures", lambda *_: {})
    studies = [drawn(number, most_runs=300) for number in range(FEW)]
    assert len(+carried_through_each(studies, tmp_path)) > len(FATES) / 2


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, MANY, PART))
def test_hundreds_of_studies_are_reported_truly_drawn_and_exported(tmp_path, quick_figures, first):
    checks = carried_through_each(map(drawn, range(first, first + PART)), tmp_path)
    print(f"\nstudies {first} to {first + PART - 1}: {checks.total():,} numbers of reports found true: {dict(checks)}")
    assert len(+checks) > len(FATES) / 2
