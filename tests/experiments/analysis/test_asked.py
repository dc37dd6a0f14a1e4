"""Any outcome can be asked about, with a margin, and whether more of it is better follows from what the change does."""

import json

import example_results
import pandas as pd
import pytest

from experiments.analysis.asked import asked_of
from experiments.analysis.comparisons import comparisons
from experiments.analysis.results import frame_of
from experiments.analysis.summary import summary_of
from experiments.analysis.tables import read_outcomes
from experiments.commands.tables.report import report_table
from simulation import catalogue
from simulation.errors import Invalid

ARMS = ("none", "seeding", "heroic_leader")


@pytest.fixture
def folder(tmp_path):
    return example_results.write(tmp_path, ARMS, replicates=12, weeks=104)


def altered(folder, change):
    """Alter the study that the provenance of a folder tells of, and return the folder."""
    path = folder / "provenance.json"
    known = json.loads(path.read_text())
    change(known["study"])
    path.write_text(json.dumps(known))
    return folder


def harming(study, arms=ARMS):
    for arm in study["arms"]:
        if arm["name"] in arms:
            arm["settings"] = {"nature.benefit": -0.5}


def words_of(outcomes, *names, margins=()):
    return " ".join(
        report_table(summary_of(outcomes, asked_of(outcomes, names or ("adopted_share",), margins))).split()
    )


def test_every_observable_declares_a_difference_that_matters_within_its_range():
    for one in catalogue.observables().values():
        assert 0 < one.difference < one.high - one.low
        assert one.better in (-1, 0, 1)


def test_each_outcome_asked_about_has_a_family_of_its_own(folder):
    outcomes = read_outcomes(folder)
    summary = summary_of(outcomes, asked_of(outcomes, ["share_year_1", "weeks_to_10"]))
    assert [found.asked.name for found in summary.outcomes] == ["share_year_1", "weeks_to_10"]
    for found in summary.outcomes:
        assert {row.arm: row.adjusted_p for row in found.compared} == {
            arm: one.adjusted_p for arm, one in comparisons(outcomes, found.asked).items()
        }


def test_an_outcome_is_the_mean_over_replicates_with_its_gap_in_its_own_unit(folder):
    outcomes = read_outcomes(folder)
    (found,) = summary_of(outcomes, asked_of(outcomes, ["weeks_to_50"])).outcomes
    table = pd.read_csv(folder / "outcomes.csv")
    weeks = table["weeks_to_50"].fillna(104).groupby(table["arm"]).mean()
    means = {row.arm: row.mean.value for row in found.arms}
    assert means == pytest.approx(weeks[list(ARMS)].to_dict())
    assert found.arms[1].difference.value == pytest.approx(weeks["seeding"] - weeks["none"])


def test_the_margin_is_counted_in_pairs_and_told(folder):
    outcomes = read_outcomes(folder)
    gaps = pd.Series(outcomes.pairs("seeding", "adopted_share")[0] - outcomes.pairs("seeding", "adopted_share")[1])
    margin = float(gaps.median())
    (asked,) = asked_of(outcomes, margins=[str(margin)])
    found = comparisons(outcomes, asked)["seeding"].beyond
    assert (found.above.value, found.within.value, found.over) == (0.5, 0.5, "pair")
    assert "better by >3, %" not in words_of(outcomes)
    assert "by more than 3 points" in words_of(outcomes, margins=["3%"])


def test_arms_are_called_the_same_only_where_the_whole_interval_lies_within_the_margin(folder):
    outcomes = read_outcomes(folder)
    low, high = comparisons(outcomes)["heroic_leader"].difference[1:3]
    edge = max(abs(low), abs(high))
    for margin, is_same in ((edge * 1.01, True), (edge * 0.99, False)):
        (asked,) = asked_of(outcomes, margins=[repr(margin)])
        assert comparisons(outcomes, asked)["heroic_leader"].is_negligible is is_same


def test_more_is_worse_where_the_change_harms(folder):
    good = read_outcomes(folder)
    bad = read_outcomes(altered(folder, harming))
    assert [asked_of(one)[0].better for one in (good, bad)] == [1, -1]
    above = comparisons(bad)["seeding"].beyond.above.value
    assert frame_of(summary_of(bad)).set_index("arm").loc["seeding", "above_margin"] == above > 0.5
    told = words_of(bad)
    later = words_of(bad, "weeks_to_50")
    assert "more is better" in later and "more of this is better" in later
    assert "more is worse" in told and "The change does harm" in told
    assert "more is worse" not in words_of(good)


def test_nothing_is_called_better_where_the_change_harms_in_some_arms_only(folder):
    mixed = read_outcomes(altered(folder, lambda study: harming(study, ARMS[:1])))
    assert asked_of(mixed)[0].better == 0
    assert "more by" in words_of(mixed) and "better by" not in words_of(mixed)


def test_who_says_so_and_what_is_kept_stand_beside_where_anybody_is_paid_or_ordered(folder):
    table = pd.read_csv(folder / "outcomes.csv").assign(declared_share=0.5, sustained_share=0.25)
    table.to_csv(folder / "outcomes.csv", index=False)
    assert not summary_of(read_outcomes(folder)).declared
    found = summary_of(read_outcomes(altered(folder, lambda s: s["arms"][1].update(tactics={"payment": 1.0}))))
    assert {arm: one.value for arm, one in found.declared.items()} == dict.fromkeys(ARMS, 0.5)
    assert "kept of" in report_table(found)


def test_a_run_without_a_value_takes_its_pair_with_it(folder):
    table = pd.read_csv(folder / "outcomes.csv")
    table["sustained_after_exit"] = 0.5
    table.loc[(table["arm"] == "seeding") & (table["replicate"] == 3), "sustained_after_exit"] = None
    table.to_csv(folder / "outcomes.csv", index=False)
    outcomes = read_outcomes(folder)
    (found,) = summary_of(outcomes, asked_of(outcomes, ["sustained_after_exit"])).outcomes
    assert [(row.arm, row.unknown) for row in found.arms] == [("none", 0), ("seeding", 1), ("heroic_leader", 0)]
    assert found.arms[1].difference.runs == 11
    assert "1 run without a value left out" in words_of(outcomes, "sustained_after_exit")


@pytest.mark.parametrize(
    ("names", "margins", "message"),
    [
        (["adopted_share"], ["1%", "adopted_share=2%"], "given twice"),
        (["adopted_share"], ["007%"], "007%"),
        (["adopted_share"], ["0.1_0"], "0.1_0"),
        (["adopted_share"], ["\u0662%"], "must be a number"),
        (["trusst"], [], "Did you mean 'trust'"),
        (["trust"], [], "no column `trust`"),
        (["adopted_share"], ["2"], "below 1"),
        (["adopted_share"], ["-0.1"], "from 0"),
        (["adopted_share"], ["nan"], "from 0"),
        (["adopted_share"], ["much"], "from 0"),
        (["adopted_share", "weeks_to_50"], ["4"], "NAME=NUMBER"),
        (["weeks_to_50"], ["4%"], "from 0"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_to_change(folder, names, margins, message):
    with pytest.raises(Invalid, match=message):
        asked_of(read_outcomes(folder), names, margins)
