"""What swept parameters do is told as it is: known answers for designs whose effects are put in by hand."""

from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pandas as pd
import pytest

from experiments.analysis.like_with_like import shared
from experiments.analysis.outcomes import Outcomes
from experiments.analysis.parameters.changes import ALL, AS_IT_STANDS, BEYOND, SUM
from experiments.analysis.parameters.effects import effects
from experiments.analysis.summary import summary_of
from experiments.commands.tables.effects import effect_table
from experiments.commands.tables.report import report_table
from experiments.commands.tables.table import as_text
from experiments.figures import draw, sheet

TITLES = {"none": "No leader", "bundle": "All tactics together, by leaders who forgo the credit"}


def outcomes(points, share, replicates=12, arms=("none", "bundle"), **known):
    """Return a sweep over points (each a mapping) in which a run reaches `share(arm, point, luck)`."""
    rows = [
        {"run": 0, "arm": arm, "point": number, "replicate": r, **point, "adopted_share": share(arm, point, r)}
        for arm in arms
        for number, point in enumerate(points)
        for r in range(replicates)
    ]
    titles = {arm: TITLES.get(arm, arm.capitalize()) for arm in arms}
    table = pd.DataFrame(rows).assign(weeks_to_50=np.nan)
    names = tuple(points[0])
    return Outcomes(table, arms, titles, arms[0], "Title", "tiny", 1, 52, names, 0, len(rows), **known)


def with_shared_runs(sweep, kept):
    """Return a sweep of which some runs are missing, as it is read from its tables."""
    alike = shared(sweep.runs[kept], sweep.arms, sweep.baseline, sweep.parameters)
    return replace(sweep, runs=alike.runs, arms=alike.arms, left_out=alike.left_out)


def grid(**levels):
    return [dict(zip(levels, values, strict=True)) for values in product(*levels.values())]


ONE_BY_ONE = [{"gates.on": True, "ideas.on": True}, {"gates.on": False, "ideas.on": True},
              {"gates.on": True, "ideas.on": False}]  # fmt: skip


def with_gates_and_ideas(arm, point, luck):
    """Gates cost everyone .1; without ideas the bundle gains .2 less."""
    led = 0.3 - 0.2 * (not point["ideas.on"]) if arm == "bundle" else 0.0
    return 0.2 + led + 0.1 * (not point["gates.on"]) + 0.001 * luck


def test_one_change_at_a_time_tells_what_moves_the_gap_and_what_moves_everyone():
    (table,) = effects(outcomes(ONE_BY_ONE, with_gates_and_ideas))
    rows = {row.label: row.arms for row in table.rows}
    assert table.levels == pytest.approx({"none": 0.2055, "bundle": 0.3})
    assert rows["gates.on false"]["none"].change.value == pytest.approx(0.1)
    assert rows["gates.on false"]["bundle"].change.value == pytest.approx(0.0)
    assert rows["ideas.on false"]["none"].change.value == pytest.approx(0.0)
    assert rows["ideas.on false"]["bundle"].change.value == pytest.approx(-0.2)
    assert rows["ideas.on false"]["bundle"].level == pytest.approx(0.1)


def test_the_largest_change_comes_first():
    (table,) = effects(outcomes(ONE_BY_ONE, with_gates_and_ideas))
    assert [row.label for row in table.rows] == ["ideas.on false", "gates.on false"]


def test_levels_of_one_parameter_are_changes_from_the_first():
    sweep = outcomes(grid(money=[0.4, 0.5, 0.6]), lambda arm, point, luck: point["money"], is_grid=True)
    (table,) = effects(sweep)
    changes = {row.label: row.arms["none"].change.value for row in table.rows}
    assert changes == pytest.approx({"money 0.5": 0.1, "money 0.6": 0.2})


BARRIERS = grid(money=[0.4, 0.6], rivals=[False, True], convener=["place", "none"])


def barriers(point):
    return [point["money"] > 0.5, point["rivals"], point["convener"] == "none"]


def test_barriers_that_add_up_do_not_interlock():
    def share(arm, point, luck):
        return 0.9 - sum(cost * there for cost, there in zip((0.1, 0.2, 0.3), barriers(point), strict=True))

    for table in effects(outcomes(BARRIERS, share)):
        rows = {row.label: row.arms["bundle"].change.value for row in table.rows}
        sign = -1 if table.name == "from_first_levels" else 1
        assert rows[SUM] == pytest.approx(0.6 * sign)
        assert rows[ALL] == pytest.approx(0.6 * sign)
        assert rows[BEYOND] == pytest.approx(0.0)


def test_barriers_of_which_any_one_stops_everything_interlock():
    added, lifted = effects(outcomes(BARRIERS, lambda arm, point, luck: 0.8 * (not any(barriers(point)))))
    rows = {row.label: row.arms["none"].change.value for row in added.rows}
    assert (rows[SUM], rows[ALL], rows[BEYOND]) == pytest.approx((-2.4, -0.8, 1.6))
    rows = {row.label: row.arms["none"].change.value for row in lifted.rows}
    assert rows["money 0.6 to 0.4"] == 0.0
    assert (rows[SUM], rows[ALL], rows[BEYOND]) == pytest.approx((0.0, 0.8, 0.8))


def test_the_part_of_the_interlocking_that_one_arm_lacks_is_told():
    def share(arm, point, luck):
        there = sum(barriers(point))
        return 0.9 - 0.1 * there - (0.3 if arm == "none" and there == 3 else 0.0)

    added, _ = effects(outcomes(BARRIERS, share))
    assert added.beyond["bundle"].value == pytest.approx(0.3)
    assert "Beyond the sum, less that of No leader:" in " ".join(as_text(effect_table(added, TITLES, "none"), 100))


@pytest.mark.parametrize(
    "points",
    [
        grid(money=[0.4, 0.5, 0.6], rivals=[False, True]),
        [*grid(money=[0.4, 0.6], rivals=[False, True])[:3], {"money": 0.7, "rivals": True}],
        [{"money": x, "trust": 1 - x * x} for x in (0.1, 0.2, 0.5)],
        [{"money": 0.4}],
    ],
    ids=["three levels", "a corner is missing", "a sample", "one point"],
)
def test_other_designs_have_no_such_table(points):
    assert effects(outcomes(points, lambda arm, point, luck: 0.5)) == []


def test_only_a_row_that_was_run_with_the_study_s_own_settings_is_called_as_it_stands():
    def start_of(**known):
        (table,) = effects(outcomes(grid(money=[0.35, 0.55, 0.65]), lambda *_: 0.5, is_grid=True, **known))
        return table.start, table.values, {row.label for row in table.rows}

    assert start_of(own={"money": 0.55}) == (AS_IT_STANDS, {"money": 0.55}, {"money 0.35", "money 0.65"})
    for known in ({"own": {"money": 0.5}}, {}):
        assert start_of(**known) == ("money: 0.35", {"money": 0.35}, {"money 0.55", "money 0.65"})


def test_the_row_without_change_tells_its_values():
    sweep = outcomes(ONE_BY_ONE, with_gates_and_ideas, own=ONE_BY_ONE[0])
    words = " ".join(" ".join(as_text(effect_table(effects(sweep)[0], TITLES, "none"), 100)).split())
    assert "As it stands: whether a change needs permission: yes, whether planted ideas mature: yes." in words


def test_no_point_of_a_sample_of_one_parameter_passes_for_the_study_s_own():
    sample = [{"money": value} for value in (0.41, 0.62, 0.37)]
    assert effects(outcomes(sample, lambda *_: 0.5, own={"money": 0.55})) == []
    (table,) = effects(outcomes(sample, lambda *_: 0.5, own={"money": 0.62}))
    assert (table.start, table.values) == (AS_IT_STANDS, {"money": 0.62})


def test_a_failed_run_leaves_its_replicate_out_of_every_row():
    sweep = outcomes(ONE_BY_ONE, with_gates_and_ideas, own=ONE_BY_ONE[0])
    failed = (sweep.runs["arm"] == "bundle") & (sweep.runs["point"] == 2) & (sweep.runs["replicate"] == 0)
    (table,) = effects(with_shared_runs(sweep, ~failed))
    assert {effect.change.runs for row in table.rows for effect in row.arms.values()} == {11}
    assert table.levels["none"] == pytest.approx(0.206)


@pytest.mark.parametrize("points", [ONE_BY_ONE, BARRIERS], ids=["one at a time", "corners"])
def test_a_sweep_that_lacks_its_first_point_in_one_arm_has_a_report_and_no_such_table(points):
    sweep = outcomes(points, lambda *_: 0.5)
    unfinished = with_shared_runs(sweep, ~((sweep.runs["arm"] == "bundle") & (sweep.runs["point"] == 0)))
    assert effects(unfinished) == []
    assert "No leader" in report_table(summary_of(unfinished), 100)


@pytest.mark.slow
def test_what_is_luck_alone_is_told_apart_from_nothing_in_one_of_twenty_tables_at_most():
    """Holm keeps the chance of any false alarm in a table at 5 %; 20 or more in 200 tables have a chance of 2 in 1,000."""
    points = [{"a": 0, "b": 0, "c": 0}, {"a": 1, "b": 0, "c": 0}, {"a": 0, "b": 1, "c": 0}, {"a": 0, "b": 0, "c": 1}]
    luck = np.random.default_rng(7)
    alarms = 0
    for _ in range(200):
        (table,) = effects(outcomes(points, lambda *_: luck.normal()))
        alarms += any(effect.sign for row in table.rows for effect in row.arms.values())
    assert alarms < 20


@pytest.mark.parametrize("width", [60, 80, 100, 140])
@pytest.mark.parametrize("points", [ONE_BY_ONE, BARRIERS], ids=["one at a time", "corners"])
def test_no_line_is_wider_than_the_terminal_and_what_is_left_out_is_named(points, width):
    arms = ("none", "bundle", "third", "fourth", "fifth")
    luck = np.random.default_rng(1)
    sweep = outcomes(points, lambda *_: luck.random(), arms=arms)
    for table in effects(sweep):
        lines = as_text(effect_table(table, sweep.titles, "none"), width)
        assert max(map(len, lines)) <= width
        words = " ".join(lines)
        assert all(title.split()[0] in words for title in sweep.titles.values())


def test_one_replicate_a_point_has_changes_but_no_intervals():
    sweep = outcomes(ONE_BY_ONE, with_gates_and_ideas, replicates=1)
    (table,) = effects(sweep)
    words = " ".join(" ".join(as_text(effect_table(table, sweep.titles, "none"), 100)).split())
    assert "-20" in words
    assert "±" not in words
    assert "No interval, and nothing is called significant: needs 10 pairs." in words


def test_the_report_of_a_sweep_holds_the_table(tmp_path):
    words = report_table(summary_of(outcomes(ONE_BY_ONE, with_gates_and_ideas)), 100)
    assert "averaged over 3 points" in words
    assert "One change at a time" in words
    assert words.endswith("A model of a theory, not a forecast.")


@pytest.mark.parametrize("points", [ONE_BY_ONE, BARRIERS], ids=["one at a time", "corners"])
def test_no_word_of_the_figure_leaves_the_sheet(points):
    luck = np.random.default_rng(1)
    sweep = outcomes(points, lambda *_: luck.random(), arms=("none", "bundle", "third", "fourth", "fifth"))
    for table in effects(sweep):
        drawn = (picture := draw.changes(sweep, table)).get_tightbbox(picture.canvas.get_renderer())
        assert drawn.x0 >= 0.1
        assert drawn.y0 >= 0.1
        assert drawn.x1 <= sheet.WIDTH
        assert drawn.y1 <= sheet.HEIGHT


def test_titles_of_panels_do_not_run_into_one_another():
    arms = ("none", "bundle", "with_a_rather_long_name", "with_another_long_name")
    sweep = outcomes(BARRIERS, lambda *_: 0.5, arms=arms)
    for table in effects(sweep):
        picture = draw.changes(sweep, table)
        renderer = picture.canvas.get_renderer()
        picture.draw(renderer)
        boxes = [axes._left_title.get_window_extent(renderer) for axes in picture.axes]
        assert all(left.x1 < right.x0 for left, right in pairwise(boxes))


@pytest.mark.parametrize(("left", "is_none"), [(0.0, True), (0.015, True), (0.03, False)])
def test_a_title_says_that_there_is_no_difference_only_where_the_whole_interval_lies_within_the_margin(left, is_none):
    """Luck of a thousandth, and a margin of .02: what is left is known to be below it, or not."""
    luck = np.random.default_rng(5)

    def led(arm, point, _):
        gap = (0.3 if point["ideas.on"] else left) if arm == "bundle" else 0.0
        return 0.2 + gap + 0.001 * luck.random()

    sweep = outcomes(ONE_BY_ONE, led)
    picture = draw.changes(sweep, effects(sweep)[0])
    words = " ".join(" ".join(text.get_text() for text in picture.texts).split())
    assert ("planted ideas mature: no. Then" in words and "no difference beyond 2 points" in words) is is_none


CORNERS = [{"money": money, **point} for money in (0.4, 0.6) for point in ONE_BY_ONE]


def where_ideas_count_while_money_is_easy(arm, point, luck):
    return with_gates_and_ideas(arm, point, luck) if point["money"] < 0.5 else 0.1 + 0.001 * luck


def test_changes_from_each_corner_are_told_apart_and_compared():
    easy, tight, less = effects(outcomes(CORNERS, where_ideas_count_while_money_is_easy, corners=(0, 3)))
    assert [table.values["money"] for table in (easy, tight)] == [0.4, 0.6]
    (alone,) = effects(outcomes(ONE_BY_ONE, with_gates_and_ideas))
    assert [(row.label, row.arms["bundle"].change.value) for row in easy.rows] == [
        (row.label, row.arms["bundle"].change.value) for row in alone.rows
    ]
    assert {row.label: row.arms["bundle"].change.value for row in tight.rows} == pytest.approx(
        {"ideas.on false": 0.0, "gates.on false": 0.0}, abs=1e-12
    )
    assert {row.label: row.arms["bundle"].change.value for row in less.rows} == pytest.approx(
        {"ideas.on false": 0.2, "gates.on false": 0.0}, abs=1e-12
    )
    assert less.levels["bundle"] == pytest.approx(-0.3)


def test_a_corner_that_was_not_run_leaves_the_others_as_they_are():
    sweep = outcomes(CORNERS, where_ideas_count_while_money_is_easy, corners=(0, 3))
    kept = with_shared_runs(sweep, sweep.runs["point"] != 3)
    (table,) = effects(kept)
    assert (table.values["gates.on"], table.values["ideas.on"]) == (True, True)
    assert len(table.rows) == 2
