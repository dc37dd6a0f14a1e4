"""Figures say what they must, keep inside their sheet, and are the same each time."""

import subprocess
import sys
from itertools import pairwise

import example_results
import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image

from experiments.analysis.footer import footer
from experiments.analysis.statistics import estimates
from experiments.analysis.tables import read_curves, read_outcomes
from experiments.figures import curves, draw, sheet

ARMS = tuple(example_results.ARMS)


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    return example_results.write(tmp_path_factory.mktemp("full"), replicates=6)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    return example_results.write(folder, (ARMS[0], ARMS[1], "bundle"), replicates=12, weeks=104)


def _sheets(folder):
    outcomes = read_outcomes(folder)
    weekly = read_curves(folder, outcomes)
    yield draw.adoption_curves(outcomes, weekly)
    yield draw.adoption_by_arm(outcomes, weekly)
    yield draw.paired_differences(outcomes)
    yield draw.time_to_half(outcomes)


def _run_picture():
    line = np.linspace(0.03, 0.6, 53)
    return draw.run_picture(line, line * 1.2, np.outer(line, [0.5, 1.5]), "ics-small, seed 1, replicate 0")


def _words(picture):
    return [text for text in picture.findobj(Text) if text.get_text().strip() and text.get_visible()]


def test_every_figure_says_that_it_is_a_model_and_not_a_forecast(small):
    for picture in [*_sheets(small), _run_picture()]:
        assert any(text.get_text().startswith("A model of a theory, not a forecast.") for text in _words(picture))


def test_footer_tells_replicates_seed_scenario_and_failures(tmp_path):
    folder = example_results.write(tmp_path, ARMS[:2], replicates=4, weeks=52, failed=1)
    assert footer(read_outcomes(folder)).splitlines() == [
        "Which tactics spread a change? 3 paired replicates, 7 runs, 1 year, seed 1, scenario ics-small, "
        "1 of 8 runs failed, 1 left out that not every arm has.",
        "Intervals are chance between runs; that numbers and rules may be wrong is not in them.",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("size", ["small", "full"])
def test_no_word_leaves_the_sheet(size, request):
    for picture in [*_sheets(request.getfixturevalue(size)), _run_picture()]:
        drawn = picture.get_tightbbox(picture.canvas.get_renderer())
        assert drawn.x0 >= 0.1
        assert drawn.y0 >= 0.1
        assert drawn.x1 <= sheet.WIDTH
        assert drawn.y1 <= sheet.HEIGHT


def test_names_of_curves_do_not_overlap(full):
    outcomes = read_outcomes(full)
    picture = draw.adoption_curves(outcomes, read_curves(full, outcomes))
    renderer = picture.canvas.get_renderer()
    picture.draw(renderer)
    titles = set(outcomes.titles.values())
    names = [text for text in _words(picture) if text.get_text().partition("%  ")[2] in titles]
    boxes = sorted((name.get_window_extent(renderer) for name in names), key=lambda box: box.y0)
    assert len(boxes) == len(ARMS)
    assert all(below.y1 <= above.y0 + 1 for below, above in pairwise(boxes))


def test_title_says_what_is_seen(small):
    outcomes = read_outcomes(small)
    shares = {arm: outcomes.values(arm, "adopted_share").mean() for arm in ("bundle", "none")}
    title = _words(draw.adoption_curves(outcomes, read_curves(small, outcomes)))
    sentence = (
        f"After 2 years: All tactics together {100 * shares['bundle']:.0f} %, No leader {100 * shares['none']:.0f} %"
    )
    assert sentence in [text.get_text() for text in title]


def test_axes_carry_their_units(small):
    outcomes = read_outcomes(small)
    axes = draw.adoption_curves(outcomes, read_curves(small, outcomes)).axes[0]
    assert axes.get_ylabel() == "share of staff who have adopted (%)"
    assert axes.get_xlabel() == "years"


def test_band_is_the_interval_of_the_mean(small):
    outcomes = read_outcomes(small)
    weekly = read_curves(small, outcomes)
    centre, low, high = curves.band(weekly, "bundle")
    last = estimates.mean(weekly.shares["bundle"][:, -1])
    assert (centre[-1], low[-1], high[-1]) == pytest.approx((100 * last.value, 100 * last.low, 100 * last.high))


def test_the_same_tables_give_the_same_bytes(small, tmp_path):
    outcomes = read_outcomes(small)
    for name in ("one", "two"):
        sheet.save(draw.paired_differences(outcomes), tmp_path / name, "figure")
    for form in ("png", "svg"):
        one, two = ((tmp_path / name / f"figure.{form}").read_bytes() for name in ("one", "two"))
        assert one == two


def test_a_figure_is_the_size_of_a_slide(small, tmp_path):
    path = sheet.save(_run_picture(), tmp_path, "run")[0]
    with Image.open(path) as image:
        assert image.size == (2666, 1500)


def test_nothing_half_written_is_left_behind(small, tmp_path):
    outcomes = read_outcomes(small)
    written = draw.draw(outcomes, small, tmp_path)
    assert sorted(written) == sorted(tmp_path.iterdir())
    assert {path.stem for path in written} == {"adoption_curves", "every_run", "paired_differences", "time_to_half"}


def test_many_arms_also_get_a_panel_each(full):
    outcomes = read_outcomes(full)
    picture = draw.adoption_by_arm(outcomes, read_curves(full, outcomes))
    assert sum(axes.get_visible() for axes in picture.axes) == len(ARMS) - 1


def test_a_single_run_can_be_drawn(tmp_path):
    folder = example_results.write(tmp_path / "in", ARMS[:1], replicates=1, weeks=40)
    written = draw.draw(read_outcomes(folder), folder, tmp_path / "out")
    assert [path.name for path in written] == ["adoption_curves.png", "adoption_curves.svg"]


@pytest.mark.slow
def test_drawing_never_touches_pyplot():
    code = "import sys, experiments.figures.draw; print('matplotlib.pyplot' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_pieces_of_a_long_table_add_up(small, monkeypatch):
    outcomes = read_outcomes(small)
    whole = read_curves(small, outcomes).shares
    monkeypatch.setattr("experiments.analysis.tables.CHUNK", 37)
    pieces = read_curves(small, outcomes).shares
    for arm in whole:
        np.testing.assert_allclose(pieces[arm], whole[arm], rtol=1e-14)


def test_points_are_averaged_within_a_replicate(tmp_path):
    folder = example_results.write(tmp_path, ARMS[:2], replicates=3, weeks=52, points=2)
    outcomes = read_outcomes(folder)
    assert len(outcomes.values("none", "adopted_share")) == 3
    assert len(outcomes.pairs("plain_case", "adopted_share")[0]) == 3
    assert len(outcomes.durations("none", "weeks_to_50")[0]) == 6


def test_points_of_one_replicate_give_pairs_but_no_interval(tmp_path):
    folder = example_results.write(tmp_path, ARMS[:2], replicates=1, weeks=52, points=4)
    outcomes = read_outcomes(folder)
    assert outcomes.unit == "point"
    assert len(outcomes.values("none", "adopted_share")) == 4
    assert outcomes.why_none
    assert read_curves(folder, outcomes).why_none


def test_curves_are_over_the_runs_that_every_arm_has(tmp_path):
    folder = example_results.write(tmp_path, ARMS[:2], replicates=6, weeks=52, failed=2)
    outcomes = read_outcomes(folder)
    shares = read_curves(folder, outcomes).shares
    assert {arm: len(rows) for arm, rows in shares.items()} == {"none": 4, "plain_case": 4}
    for arm in ARMS[:2]:
        assert shares[arm][:, -1] == pytest.approx(outcomes.values(arm, "adopted_share"), abs=1e-6)


def test_a_failed_run_takes_its_twin_out_of_the_pairs(tmp_path):
    folder = example_results.write(tmp_path, ARMS[:2], replicates=4, weeks=52, failed=1)
    outcomes = read_outcomes(folder)
    arm, baseline = outcomes.pairs("plain_case", "adopted_share")
    assert len(arm) == len(baseline) == 3


def test_no_figure_ranks_the_parameters_of_a_sample(tmp_path):
    folder = example_results.write(tmp_path / "in", ARMS[:2], replicates=3, weeks=52, points=8)
    names = {path.stem for path in draw.draw(read_outcomes(folder), folder, tmp_path / "out")}
    assert names <= {"adoption_curves", "every_run", "paired_differences", "time_to_half"}
