"""Results are to be had as pandas objects in one call, the same as those of the report."""

import re
from pathlib import Path

import example_results
import pandas as pd
import pytest

from experiments.analysis.results import Results
from simulation.errors import Invalid

ARMS = ("none", "seeding", "bundle")
PAGE = (Path(__file__).parents[3] / "docs" / "studies.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return example_results.write(tmp_path_factory.mktemp("sweep"), ARMS, replicates=6, weeks=104)


def test_the_example_in_python_of_the_page_on_studies_runs(folder, tmp_path, monkeypatch, capsys):
    (code,) = re.findall(r"<!-- example in Python -->\n```python\n(.+?)```", PAGE, re.S)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "tactics").symlink_to(folder)
    exec(compile(code, "studies.md", "exec"), {})
    assert re.fullmatch(
        r"All tactics together: \+\d+ points, better by more than 2 in \d+% of pairs\n", capsys.readouterr().out
    )


def test_outcomes_and_curves_are_those_of_the_tables(folder):
    found = Results(folder)
    table = pd.read_csv(folder / "outcomes.csv")
    pd.testing.assert_series_equal(found.outcomes["adopted_share"], table["adopted_share"], rtol=1e-12)
    curves = found.curves()
    assert curves.shape == (105, 18) and list(curves.columns.names) == ["arm", "replicate"]
    last = table.set_index(["arm", "replicate"])["adopted_share"]
    for column in curves:
        assert curves[column].iloc[-1] == pytest.approx(last[column], abs=1e-6)
    assert (found.curves("declared_share").iloc[-1] > curves.iloc[-1]).all()


def test_the_summary_has_the_numbers_of_the_report(folder):
    found = Results(folder, baseline="seeding", outcomes=["adopted_share", "weeks_to_50"], margins=["weeks_to_50=8"])
    frame = found.summary.set_index(["outcome", "arm"])
    assert len(frame) == 6
    for outcome in found.numbers.outcomes:
        for row in outcome.arms:
            said = frame.loc[outcome.asked.name, row.arm]
            assert (said["mean"], said["margin"]) == (row.mean.value, outcome.asked.margin)
            assert pd.isna(said["gap"]) == (row.arm == "seeding")
            assert row.difference is None or said["gap_low"] == pytest.approx(row.difference.low, nan_ok=True)


def test_what_is_not_there_is_refused_with_the_nearest_name(folder):
    with pytest.raises(Invalid, match="Did you mean 'declared_share'"):
        Results(folder).curves("declared_shar")
    with pytest.raises(Invalid, match="Did you mean 'bundle'"):
        Results(folder, baseline="bundel")
