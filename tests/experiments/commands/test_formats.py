"""A report can be handed over: as tables for a page or a paper, as numbers, as a file."""

import io
import json

import pandas as pd
import pytest


def test_csv_has_a_row_for_each_outcome_and_arm_with_the_numbers_of_json(syslead, swept):
    asked = ["--outcome", "adopted_share", "--outcome", "trust"]
    code, words, _ = syslead("report", swept, *asked, "--format", "csv")
    assert code == 0
    table = pd.read_csv(io.StringIO(words))
    found = json.loads(syslead("report", swept, *asked, "--json")[1])
    rows = [
        (outcome["name"], arm["arm"], arm["mean"]["value"]) for outcome in found["outcomes"] for arm in outcome["arms"]
    ]
    assert list(table[["outcome", "arm", "mean"]].itertuples(index=False, name=None)) == [
        (outcome, arm, pytest.approx(mean)) for outcome, arm, mean in rows
    ]


@pytest.mark.parametrize(("form", "start"), [("markdown", "| arm |"), ("latex", r"\begin{tabular}{l")])
def test_every_table_of_a_format_has_as_many_cells_as_heads(syslead, swept, form, start):
    code, words, _ = syslead("report", swept, "--format", form, "--outcome", "trust")
    assert code == 0
    lines = words.splitlines()
    (first,) = (place for place, line in enumerate(lines) if line.startswith(start))
    mark = "|" if form == "markdown" else "&"
    rows = [line for line in lines[first:] if mark in line]
    assert len(rows) > 2 and len({row.count(mark) for row in rows}) == 1


def test_a_report_is_written_to_a_file_once(syslead, swept, tmp_path):
    out = tmp_path / "report.md"
    command = ["report", swept, "--format", "markdown", "--out", out]
    assert syslead(*command)[:2] == (0, "")
    first = out.read_text("utf-8")
    assert first.startswith("# ")
    out.write_text("mine")
    code, _, err = syslead(*command)
    assert code == 4 and "--overwrite" in err and out.read_text() == "mine"
    assert syslead(*command, "--overwrite")[0] == 0
    assert out.read_text("utf-8") == first


def test_a_report_and_a_page_are_two_files(syslead, swept, tmp_path):
    both = tmp_path / "both.html"
    code, _, err = syslead("report", swept, "--out", both, "--html", both)
    assert (code, "the same file" in err, both.exists()) == (2, True, False)


@pytest.mark.parametrize("name", ["outcomes.csv", "store.sqlite", "provenance.json", "trajectories.csv.gz"])
def test_no_report_takes_the_place_of_what_the_sweep_keeps(syslead, swept, tmp_path, name):
    before = (swept / name).read_bytes()
    (tmp_path / "link").symlink_to(swept / name)
    for place in (swept / name, tmp_path / "link"):
        code, _, err = syslead("report", swept, "--out", place, "--overwrite")
        assert (code, "belongs to the sweep" in err, (swept / name).read_bytes()) == (4, True, before)


def test_two_forms_at_once_are_refused(syslead, swept):
    assert syslead("report", swept, "--json", "--format", "csv")[0] == 2
    assert syslead("report", swept, "--overwrite")[0] == 2
    assert "Did you mean 'markdown'" in syslead("report", swept, "--format", "markdwon")[2]
