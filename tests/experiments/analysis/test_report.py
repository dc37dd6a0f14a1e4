"""The closing table fits its terminal and tells what was done, what failed and what is not known."""

import json
import re
from math import isfinite

import example_results
import pandas as pd
import pytest

from experiments.analysis.asked import asked_of
from experiments.analysis.outcomes import milestones
from experiments.analysis.statistics import estimates, multiplicity
from experiments.analysis.summary import summary_of
from experiments.analysis.tables import read_curves, read_outcomes
from experiments.commands.console import json_output
from experiments.commands.tables.report import report_table
from experiments.store.errors import Damaged
from experiments.store.folder import sha256
from simulation.errors import Invalid

ARMS = tuple(example_results.ARMS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return example_results.write(tmp_path_factory.mktemp("sweep"), replicates=12)


@pytest.fixture(scope="module")
def summary(folder):
    return summary_of(read_outcomes(folder))


@pytest.mark.parametrize("width", [60, 72, 80, 100, 140])
def test_no_line_is_wider_than_the_terminal(summary, width):
    assert max(map(len, report_table(summary, width).splitlines())) <= width


@pytest.mark.parametrize("width", [60, 100])
def test_every_arm_is_named_in_full(summary, width):
    flat = report_table(summary, width).split()
    for title in summary.arms:
        assert set(title.title.split()) <= set(flat)


def test_a_hundred_columns_hold_everything(summary):
    words = report_table(summary, 100)
    assert "hidden" not in words
    assert all(head in words for head in ("1 year", "2 years", "5 years", "wins", "median", "never"))


def test_narrow_terminals_lose_columns_and_say_which(summary):
    words = report_table(summary, 60)
    assert "Columns hidden, as the terminal is too narrow: wins %" in " ".join(words.split())


def test_table_says_runs_failures_seed_horizon_and_caveat(tmp_path):
    folder = example_results.write(tmp_path, ARMS[:2], replicates=5, failed=2)
    words = " ".join(report_table(summary_of(read_outcomes(folder))).split())
    assert "Runs: 8 done, 2 of 10 failed." in words
    assert "the 6 runs that never got there within 5 years count as longer." in words
    assert "this leaves out 2 replicates, 2 finished runs in all. Lacking: No leader 2 runs." in words
    assert "Seed 1, 260 weeks, scenario ics-small." in words
    assert "A model of a theory, not a forecast." in words


def test_numbers_in_a_report_are_words_that_one_would_say(tmp_path):
    """One run, one week, no run that is cut short, and no difference below nothing that is none."""
    found = summary_of(read_outcomes(example_results.write(tmp_path, ARMS[:2], replicates=5, weeks=52)))
    words = " ".join(report_table(found._replace(weeks=1, censored=1)).split())
    assert ", 1 week, scenario" in words and "the 1 run that never got there within 1 week counts as longer" in words
    words = " ".join(report_table(found._replace(censored=0)).split())
    assert "every run got there" in words and "0 runs" not in words
    row = found.arms[1]
    gap = row.difference._replace(value=-0.004, low=-0.09, high=-0.001)
    (adopted,) = found.outcomes
    rows = [adopted.arms[0], adopted.arms[1]._replace(difference=gap)]
    words = report_table(found._replace(outcomes=[adopted._replace(arms=rows)]))
    assert "0 (-9 to 0)" in words and "-0 " not in words


def test_an_unfinished_sweep_says_what_is_missing(tmp_path):
    folder = example_results.write(tmp_path, ARMS[:2], replicates=5, weeks=52)
    path = folder / "provenance.json"
    path.write_text(path.read_text().replace('"expected": 10', '"expected": 40'))
    assert "Runs: 10 done, 0 failed, 30 not yet run." in report_table(summary_of(read_outcomes(folder)))


def test_shares_are_those_of_the_table(folder, summary):
    runs = pd.read_csv(folder / "outcomes.csv", float_precision="round_trip")
    bundle = runs[runs["arm"] == "bundle"]
    row = next(row for row in summary.arms if row.arm == "bundle")
    assert row.shares["2 years"] == estimates.mean(bundle["share_year_2"])
    assert row.never_reached_half == bundle["weeks_to_50"].isna().sum()


def test_differences_are_paired_with_the_baseline(folder):
    summary = summary_of(read_outcomes(folder, baseline="plain_case"))
    runs = pd.read_csv(folder / "outcomes.csv").pivot(index="replicate", columns="arm", values="adopted_share")
    row = next(row for row in summary.arms if row.arm == "seeding")
    assert row.difference.value == pytest.approx((runs["seeding"] - runs["plain_case"]).mean())
    assert row.superiority.wins == (runs["seeding"] > runs["plain_case"]).sum()
    assert next(row for row in summary.arms if row.arm == "plain_case").difference is None


def test_family_of_comparisons_is_adjusted_by_holm(summary):
    compared = [row for row in summary.arms if row.difference]
    raw = [row.difference.p_value for row in compared]
    assert [row.adjusted_p for row in compared] == multiplicity.holm(raw)


def test_arms_that_cannot_be_told_apart_are_named(tmp_path):
    folder = example_results.write(tmp_path, ("none", "bundle"), replicates=12)
    path = folder / "outcomes.csv"
    runs = pd.read_csv(path)
    twin = runs[runs["arm"] == "none"].assign(arm="twin")
    pd.concat([runs, twin]).to_csv(path, index=False)
    words = " ".join(report_table(summary_of(read_outcomes(folder))).split())
    assert "different from No leader at 5 % after Holm's correction for 2 comparisons: Twin." in words


def test_median_counts_runs_that_never_got_there(summary):
    row = next(row for row in summary.arms if row.never_reached_half > row.runs / 2)
    assert not isfinite(row.weeks_to_half.value)


def test_short_sweeps_report_the_years_they_have(tmp_path):
    outcomes = read_outcomes(example_results.write(tmp_path, ARMS[:2], replicates=3, weeks=120))
    assert [moment.label for moment in milestones(outcomes)] == ["1 year", "2 years", "120 weeks"]


def test_one_replicate_has_shares_but_no_intervals(tmp_path):
    folder = example_results.write(tmp_path, ARMS[:2], replicates=1, weeks=52)
    words = report_table(summary_of(read_outcomes(folder)))
    assert "(nan" not in words
    assert "No interval, and nothing is called significant: needs 3 replicates." in words


def test_json_is_one_document_with_nothing_that_json_lacks(summary):
    words = json_output.document(summary.document())
    found = json.loads(words, parse_constant=pytest.fail)
    assert found["schema_version"] == 3
    assert found["caveat"] == "A model of a theory, not a forecast."
    none = next(arm for arm in found["arms"] if arm["arm"] == "none")
    assert none["weeks_to_half"]["value"] is None
    assert set(none["shares"]) == {"1 year", "2 years", "5 years"}


def test_unknown_baseline_is_met_with_the_nearest_arm(folder):
    with pytest.raises(Invalid, match="Did you mean 'bundle'"):
        read_outcomes(folder, baseline="bundel")


def test_a_folder_without_outcomes_is_refused(tmp_path):
    with pytest.raises(Damaged, match=r"holds no outcomes\.csv"):
        read_outcomes(tmp_path)
    with pytest.raises(Damaged, match="there is no such folder"):
        read_outcomes(tmp_path / "gone")


@pytest.mark.parametrize("words", ["", "arm,point\nnone,0\n", "\x00\x01", "run,arm,point,replicate,adopted_share\n"])
def test_tables_that_are_none_are_refused(tmp_path, words):
    (tmp_path / "outcomes.csv").write_text(words)
    with pytest.raises(Damaged, match=r"outcomes\.csv"):
        read_outcomes(tmp_path)


def test_damaged_provenance_is_refused(tmp_path):
    folder = example_results.write(tmp_path, ARMS[:1], replicates=1, weeks=52)
    (folder / "provenance.json").write_text("{")
    with pytest.raises(Damaged, match="it cannot be read"):
        read_outcomes(folder)


def test_tables_without_provenance_are_read_all_the_same(tmp_path):
    folder = example_results.write(tmp_path, ("bundle", "none"), replicates=3)
    (folder / "provenance.json").unlink()
    summary = summary_of(read_outcomes(folder))
    assert [(row.arm, row.title) for row in summary.arms] == [("bundle", "Bundle"), ("none", "None")]
    assert (summary.seed, summary.weeks) == (None, None)
    words = report_table(summary)
    assert "Seed and horizon unknown" in " ".join(words.split())
    assert not re.search(r"\bnan\b", words)
    json.loads(json_output.document(summary.document()), parse_constant=pytest.fail)


def test_a_table_without_provenance_has_no_empty_columns_and_may_lack_times(tmp_path):
    from experiments.figures import draw

    folder = example_results.write(tmp_path, ARMS[:2], replicates=3, weeks=120)
    (folder / "provenance.json").unlink()
    outcomes = read_outcomes(folder)
    assert [moment.label for moment in milestones(outcomes)] == ["1 year", "2 years", "the whole run"]
    assert not re.search(r"\bnan\b", report_table(summary_of(outcomes)))
    assert draw.draw(outcomes, folder, tmp_path / "all")
    (folder / "trajectories.csv.gz").unlink()
    bare = pd.read_csv(folder / "outcomes.csv")[["arm", "point", "replicate", "adopted_share"]]
    bare.to_csv(folder / "outcomes.csv", index=False)
    words = report_table(summary_of(read_outcomes(folder)))
    assert not re.search(r"\b(nan|half)\b", words)
    assert draw.draw(read_outcomes(folder), folder, tmp_path / "bare")


def test_a_study_of_no_weeks_stays_one(tmp_path):
    folder = example_results.write(tmp_path, ARMS[:2], replicates=3, weeks=0)
    outcomes = read_outcomes(folder)
    assert outcomes.weeks == 0
    assert "Seed 1, 0 weeks" in " ".join(report_table(summary_of(outcomes)).split())


@pytest.mark.parametrize("margin", ["0", "0.1", "3"])
def test_any_margin_will_do_for_the_times_of_runs_of_no_weeks(tmp_path, margin):
    outcomes = read_outcomes(example_results.write(tmp_path, ARMS[:2], replicates=3, weeks=0))
    (one,) = asked_of(outcomes, ["weeks_to_50"], [margin])
    assert one.margin == float(margin)
    assert summary_of(outcomes, [one]).outcomes


@pytest.mark.parametrize("name", ["outcomes.csv", "trajectories.csv.gz"])
def test_a_table_that_is_not_what_its_provenance_tells_of_is_refused_with_the_cure(tmp_path, name):
    folder = example_results.write(tmp_path, ARMS[:2], replicates=3, weeks=52)
    provenance = json.loads((folder / "provenance.json").read_text())
    provenance["files"] = {file: sha256(folder / file) for file in ("outcomes.csv", "trajectories.csv.gz")}
    (folder / "provenance.json").write_text(json.dumps(provenance))
    outcomes = read_outcomes(folder)
    read_curves(folder, outcomes)
    (folder / name).write_bytes((folder / name).read_bytes() + b"\n")
    with pytest.raises(Damaged, match=f"syslead verify {folder} --repair") as refused:
        read_curves(folder, read_outcomes(folder))
    assert refused.value.exit_code == 4 and name in str(refused.value)


def test_swept_values_are_read_to_the_last_digit(tmp_path):
    folder = example_results.write(tmp_path, ARMS[:1], replicates=1, weeks=4, points=200)
    table = pd.read_csv(folder / "outcomes.csv", dtype=str, keep_default_na=False)
    table["climate.finance"] = [repr((number + 1) / 1009) for number in range(len(table))]
    table.to_csv(folder / "outcomes.csv", index=False)
    read = read_outcomes(folder).runs["climate.finance"]
    assert [repr(float(value)) for value in read] == list(table["climate.finance"])


@pytest.mark.parametrize("name", ["None", "NA", "null", "nan", "true", "1", "1e5", "inf", "N.A"])
def test_an_arm_may_have_any_name(tmp_path, name):
    folder = example_results.write(tmp_path, ARMS[:2], replicates=3, weeks=8)
    for table in ("outcomes.csv", "trajectories.csv.gz"):
        frame = pd.read_csv(folder / table, dtype=str, keep_default_na=False)
        frame.replace({"arm": {ARMS[1]: name}}).to_csv(folder / table, index=False)
    known = json.loads((folder / "provenance.json").read_text())
    known["study"]["arms"][1]["name"] = name
    (folder / "provenance.json").write_text(json.dumps(known))
    outcomes = read_outcomes(folder)
    assert outcomes.arms == (ARMS[0], name)
    assert set(read_curves(folder, outcomes).shares) == {ARMS[0], name}


def test_arms_whose_names_differ_in_capitals_alone_are_told_apart(tmp_path):
    folder = example_results.write(tmp_path, ARMS[:2], replicates=3, weeks=8)
    known = json.loads((folder / "provenance.json").read_text())
    words = (folder / "outcomes.csv").read_text()
    for place, name in enumerate(("true", "True")):
        known["study"]["arms"][place] = {"name": name, "title": name, "scenario": "tiny"}
        words = words.replace(f",{ARMS[place]},", f",{name},")
    (folder / "outcomes.csv").write_text(words)
    (folder / "provenance.json").write_text(json.dumps(known))
    assert len(set(read_outcomes(folder).titles.values())) == 2
