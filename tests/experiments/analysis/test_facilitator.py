"""Facilitators' sheets: no sheet promises what does not come out of its study."""

import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.analysis.facilitator import evidence, measured, sheet, told
from experiments.analysis.facilitator.evidence import Evidence, holds
from experiments.analysis.facilitator.sheet import LESS, LEVEL, MORE, UNCLEAR, VERDICTS, Cell, Claim, Point
from experiments.analysis.outcomes import Outcomes
from experiments.design import study_file

ROOT = Path(__file__).parents[3]
SHEETS = [sheet.load(name) for name in sheet.names()]
BY_NAME = pytest.mark.parametrize("about", SHEETS, ids=sheet.names())


def test_every_question_of_the_page_has_a_sheet():
    asked = {name for name in study_file.studies() if study_file.load(name).opening}
    assert asked == set(sheet.names()) == set(evidence.kept())
    assert len(asked) == 12


@BY_NAME
def test_every_claim_is_what_came_out_of_the_study(about):
    found = evidence.kept()[about.study.name]
    assert found.replicates == about.study.replicates
    assert {claim.says for claim in about.claims} <= set(VERDICTS)
    for claim in about.claims:
        assert holds(claim, found.claims[claim.key], about.study.weeks), claim


@BY_NAME
def test_what_is_kept_is_of_these_claims_and_no_others(about):
    assert set(evidence.kept()[about.study.name].claims) == {claim.key for claim in about.claims}


@BY_NAME
def test_every_surprise_is_a_claim_and_no_claim_has_a_number_typed_into_it(about):
    points: list[Point] = [*about.notice, *about.surprises, about.once_more]
    assert all(point.claim for point in about.surprises)
    typed = [re.sub(r"\*[^*]+\*", "", point.words) for point in points if point.claim]  # a lever's stop may be a number
    assert not [words for words in typed if re.search(r"\d", words)]


@BY_NAME
def test_a_claim_about_one_arm_has_a_bound(about):
    for claim in about.claims:
        if claim.says == LEVEL:
            assert claim.at_least > float("-inf") or claim.at_most < float("inf"), claim


@BY_NAME
def test_a_sheet_says_everything_that_is_needed_and_fits_two_pages(about):
    said = told.sections(about)
    assert [section.head for section in said] == [
        "Aim",
        "The two arms",
        "The hour",
        "Say first",
        "Notice while it runs",
        "What the reveal will say",
        "What usually surprises",
        "For the debrief",
        "Once more, with one lever moved",
        "What the model cannot say",
        "Where the numbers come from",
    ]
    assert all(section.items for section in said)
    words = " ".join(item.words + item.numbers for section in said for item in section.items)
    assert len(words.split()) < 1100


MEANS = st.floats(-1, 1)


@given(st.sampled_from([MORE, LESS]), st.tuples(MEANS, MEANS, MEANS).map(sorted))
def test_no_side_is_taken_where_the_interval_leaves_nothing_in(says, numbers):
    low, mean, high = numbers
    claim = Claim(says, (Cell(1, "a", 0), Cell(-1, "b", 0)))
    found = Evidence([0.5, 0.5], mean, low, high, 20, 20, 40)
    assert not (holds(claim, found, 260) and low <= 0 <= high)
    assert holds(claim._replace(says=UNCLEAR), found, 260) == (low <= 0 <= high)


def test_what_is_not_clear_is_said_not_to_be_and_only_that():
    about = sheet.load("levels")
    claim = Claim(UNCLEAR, (Cell(1, "spread", 1), Cell(-1, "top", 1)))
    found = Evidence([0.82, 0.83], -0.012, -0.027, 0.003, 17, 30, 100)
    assert "not clear" in told.in_words(about.study, claim, found)
    assert "not clear" not in told.in_words(about.study, claim._replace(says=LESS), found)


def test_more_pairs_on_one_side_are_a_claim_of_their_own():
    claim = Claim(UNCLEAR, (Cell(1, "a", 0), Cell(-1, "b", 0)), mostly=MORE)
    assert holds(claim, Evidence([], 0.01, -0.01, 0.03, 30, 5, 40), 260)
    assert not holds(claim, Evidence([], 0.01, -0.01, 0.03, 12, 9, 40), 260)


def test_evidence_is_the_difference_of_pairs_with_levels_as_they_are():
    runs = [("a", 0, 0, 0.5), ("a", 0, 1, 0.7), ("b", 0, 1, 0.2), ("b", 0, 0, 0.1), ("a", 1, 0, 0.9), ("a", 1, 1, 0.9)]
    table = pd.DataFrame(runs, columns=["arm", "point", "replicate", "adopted_share"])
    found = Outcomes(table, ("a", "b"), {}, "a", "", "tiny", 1, 52, (), 0, 6)
    about = sheet.load("levels")
    claims = [
        Claim(MORE, (Cell(1, "a", 0), Cell(-1, "b", 0))),
        Claim(MORE, (Cell(2, "a", 1), Cell(-1, "a", 0), Cell(-1, "b", 0))),
    ]
    asked = about._replace(notice=tuple(Point("", claim) for claim in claims), surprises=(), once_more=Point(""))
    first, second = measured.measured(asked, found).values()
    assert (list(first.levels), first.mean, first.ahead, first.pairs) == ([0.6, 0.15], 0.45, 2, 2)
    assert (list(second.levels), second.mean) == ([0.9, 0.6, 0.15], pytest.approx(1.05))


@pytest.mark.long
def test_the_studies_still_give_what_is_kept():
    shown = subprocess.run([sys.executable, "docs/sheets.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert shown.returncode == 0, shown.stderr
