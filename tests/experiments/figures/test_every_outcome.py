"""Figures of single runs, of what happens on the way, of grids and of harm show what stands in the tables."""

import json
from dataclasses import replace

import example_results
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

from experiments.analysis.asked import asked_of
from experiments.analysis.tables import read_curves, read_outcomes
from experiments.figures import draw

ARMS = ("none", "plain_case", "bundle")


def words(picture):
    return [" ".join(text.get_text().split()) for text in picture.findobj(Text)]


def altered(folder, change):
    path = folder / "provenance.json"
    known = json.loads(path.read_text())
    change(known)
    path.write_text(json.dumps(known))
    return folder


def reaching(folder, shares):
    """Let the runs of the last arm reach these shares in the end."""
    path = folder / "outcomes.csv"
    table = pd.read_csv(path)
    table.loc[table["arm"] == ARMS[-1], "adopted_share"] = shares
    table.to_csv(path, index=False)
    return read_outcomes(folder)


@pytest.fixture
def folder(tmp_path):
    return example_results.write(tmp_path, ARMS, replicates=12, weeks=104)


def test_every_run_is_a_dot(folder):
    outcomes = read_outcomes(folder)
    dots = [offsets for part in draw.every_run(outcomes).axes[0].collections for offsets in part.get_offsets()]
    shown = sorted(float(x) for x, _ in dots)
    assert shown == pytest.approx(sorted(100 * outcomes.runs["adopted_share"]))


def test_two_humps_are_told_where_there_are_two_and_nowhere_else(folder):
    two = draw.every_run(reaching(folder, [0.02] * 6 + [0.9] * 6))
    assert "Runs take off or do not: with All tactics together 6 of 12 runs end above half, 6 below 15 %" in words(two)
    even = draw.every_run(reaching(folder, np.linspace(0, 1, 12)))
    assert "Single runs end between 0 and 100 % with All tactics together" in words(even)


def test_curves_are_counted_from_the_week_of_what_happens(folder):
    def paid(known):
        for arm in known["study"]["arms"][1:]:
            arm |= {"tactics": {"payment": 1.0}, "settings": {"incentives.payment_end": 52}}

    outcomes = read_outcomes(altered(folder, paid))
    weekly = read_curves(folder, outcomes)
    (event,) = outcomes.facts.events
    assert (event.meaning, event.weeks) == ("payment ends", {"plain_case": 52, "bundle": 52})
    axes = draw.aligned_at(outcomes, weekly, event).axes[0]
    assert axes.get_xlim() == (-52, 52)
    means = {tuple(np.round(100 * weekly.shares[arm].mean(axis=0), 6)) for arm in ARMS}
    drawn = {tuple(np.round(line.get_ydata(), 6)) for line in axes.lines if len(line.get_ydata()) == 105}
    assert drawn == means
    says = read_curves(folder, outcomes, "declared_share")
    outcomes = replace(outcomes, runs=outcomes.runs.assign(declared_share=0.875, sustained_share=0.625))
    both = draw.aligned_at(outcomes, weekly, event, says).axes[0]
    declared = {tuple(np.round(100 * says.shares[arm].mean(axis=0), 6)) for arm in event.weeks}
    assert {
        tuple(np.round(line.get_ydata(), 6)) for line in both.lines if len(line.get_ydata()) == 105
    } == means | declared


def test_every_figure_says_of_what_study_seed_runs_and_horizon_it_is_and_what_its_band_tells(folder):
    outcomes = read_outcomes(folder)
    for name, picture in draw.figures(outcomes, folder).items():
        foot = " ".join(picture.texts[2].get_text().split())
        for words in (outcomes.title, f"seed {outcomes.seed}", "36 runs", outcomes.end, "chance"):
            assert words in foot, name


def test_no_title_subtitle_or_label_names_a_parameter(tmp_path):
    folder = example_results.write(tmp_path, ARMS[:2], replicates=12, weeks=52, points=4)
    table = pd.read_csv(folder / "outcomes.csv")
    table["gates.delay"], table["pressure.finance"] = table["point"] // 2, table["point"] % 2
    table.to_csv(folder / "outcomes.csv", index=False)
    outcomes = replace(read_outcomes(folder), parameters=("gates.delay", "pressure.finance"), corners=(0, 2))
    shown = draw.figures(outcomes, folder)
    assert "one_at_a_time_2" in shown
    for name, picture in shown.items():
        feet = picture.texts[2].get_text()
        said = [text.get_text() for text in picture.findobj(Text) if text.get_text() != feet]
        assert not [words for words in said if "gates.delay" in words or "pressure.finance" in words], name


def test_a_leader_who_was_never_there_does_not_leave(folder):
    def leaving(known):
        for arm in known["study"]["arms"]:
            arm["settings"] = {"turnover.exit": 60, "incentives.payment_end": 60}
        known["study"]["arms"][2]["tactics"] = {"seeding": 1.0}

    (event,) = read_outcomes(altered(folder, leaving)).facts.events
    assert (event.name, event.weeks) == ("exit", {"bundle": 60})


def test_a_grid_of_two_parameters_shows_every_gap(tmp_path):
    folder = example_results.write(tmp_path, ARMS[:2], replicates=3, weeks=52, points=6)
    table = pd.read_csv(folder / "outcomes.csv")
    table["climate.finance"] = table["point"] // 2
    table.to_csv(folder / "outcomes.csv", index=False)
    outcomes = read_outcomes(folder)
    means = outcomes.runs.groupby(["arm", "point"])["adopted_share"].mean()
    picture = draw.heat_map(outcomes)
    gaps = picture.axes[1].images[0].get_array()
    assert sorted(np.ravel(gaps)) == pytest.approx(sorted(means["plain_case"] - means["none"]))


@pytest.mark.parametrize("outcome", ["adopted_share", "weeks_to_50"])
def test_figures_of_a_change_that_harms_say_which_way_is_worse(folder, outcome):
    def harming(known):
        for arm in known["study"]["arms"]:
            arm["settings"] = {"nature.benefit": -1.0}

    good = read_outcomes(folder)
    bad = read_outcomes(altered(folder, harming))
    worse = (
        "; the change harms, so more is worse"
        if outcome == "adopted_share"
        else "; the change harms, so more is better"
    )
    for outcomes, harms in ((good, False), (bad, True)):
        asked = asked_of(outcomes, [outcome])
        for picture in draw.figures(outcomes, folder, asked).values():
            assert any("the change harms" in line for line in words(picture)) is harms
        told = words(draw.paired_differences(outcomes, asked[0]))
        assert any(line.endswith(worse) for line in told) is harms


def test_sixteen_arms_are_all_named_beside_their_steps(tmp_path):
    arms = tuple(example_results.ARMS)[:16]
    outcomes = read_outcomes(example_results.write(tmp_path, arms, replicates=12))
    table = outcomes.runs
    table["weeks_to_50"] = table["weeks_to_50"].fillna(259)
    told = words(draw.time_to_half(outcomes))
    assert sum(" of 12 " in line for line in told if line[0:1].isdigit()) == len(arms)


def test_only_parameters_that_pass_what_chance_reaches_are_drawn(tmp_path):
    folder = example_results.write(tmp_path, ARMS[:2], replicates=2, weeks=8, points=40)
    table = pd.read_csv(folder / "outcomes.csv")
    plain = draw.figures(read_outcomes(folder), folder)
    assert "what_matters" not in plain
    table["adopted_share"] = 0.2 + 0.5 * table["climate.finance"]
    table.to_csv(folder / "outcomes.csv", index=False)
    picture = draw.figures(read_outcomes(folder), folder)["what_matters"]
    names = [label.get_text() for label in picture.axes[0].get_yticklabels()]
    assert names == ["climate.finance"]
    shares = [patch.get_width() for patch in picture.axes[0].patches]
    assert shares == pytest.approx([100.0], abs=1.0)
