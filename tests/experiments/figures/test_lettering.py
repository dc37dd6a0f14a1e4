"""Any words can be drawn: as they stand, legible, inside the sheet and apart from one another."""

import re
from dataclasses import replace
from itertools import pairwise

import example_results
import pytest
from drawn_studies import WORDS, drawn
from matplotlib.text import Text

from experiments.analysis.parameters import effects
from experiments.analysis.tables import read_curves, read_outcomes
from experiments.figures import draw, lettering, sheet
from simulation.words import visible

ARMS = tuple(example_results.ARMS)


def pictures(folder, titles=None):
    """Yield the figures of a folder, settled as they are when they are saved."""
    outcomes = read_outcomes(folder)
    outcomes = lettering.lettered(replace(outcomes, titles=titles) if titles else outcomes)
    curves = read_curves(folder, outcomes)
    made = [
        draw.adoption_curves(outcomes, curves),
        draw.adoption_by_arm(outcomes, curves),
        draw.paired_differences(outcomes),
        *(draw.changes(outcomes, table) for table in effects.effects(outcomes)),
    ]
    if outcomes.runs["weeks_to_50"].notna().any():
        made.append(draw.time_to_half(outcomes))
    for picture in made:
        lettering.settle(picture)
        picture.draw(picture.canvas.get_renderer())
        yield picture


def words_of(picture):
    return [text for text in picture.findobj(Text) if text.get_text().strip() and text.get_visible()]


def is_on_the_sheet(picture):
    box = picture.get_tightbbox(picture.canvas.get_renderer())
    return box.x0 >= 0 and box.y0 >= 0 and box.x1 <= sheet.WIDTH and box.y1 <= sheet.HEIGHT


def are_apart(picture, labels):
    """Whether labels that stand in a column do not overlap."""
    boxes = [label.get_window_extent(picture.canvas.get_renderer()) for label in labels if label.get_text()]
    boxes.sort(key=lambda box: box.y0)
    return all(below.y1 <= above.y0 + 2 for below, above in pairwise(boxes))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return example_results.write(tmp_path_factory.mktemp("swept"), replicates=5, weeks=60, points=2)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, len(WORDS), len(ARMS)))
def test_no_words_break_a_figure_or_leave_its_sheet(folder, first):
    words = (WORDS[first:] + WORDS)[: len(ARMS)]
    for picture in pictures(folder, dict(zip(ARMS, words, strict=True))):
        assert is_on_the_sheet(picture)


def test_what_looks_like_a_formula_is_drawn_as_it_stands(folder):
    titles = dict.fromkeys(ARMS, "") | {"none": "$5 and $6", "bundle": r"$\frac{"}
    titles = {arm: title or arm for arm, title in titles.items()}
    picture = next(pictures(folder, titles))
    drawn_words = [text.get_text() for text in words_of(picture)]
    assert any(words.endswith("$5 and $6") for words in drawn_words)
    assert any(words.endswith(r"$\frac{") for words in drawn_words)
    assert not any(text.get_parse_math() for text in words_of(picture))


@pytest.mark.parametrize("words", WORDS)
def test_whatever_is_drawn_is_one_line_of_letters_that_the_font_has(words):
    line = lettering.drawable(words)
    assert line == visible(line)
    assert {ord(letter) for letter in line} <= lettering._letters()
    assert lettering.drawable(line) == line


@pytest.mark.parametrize("words", ["W" * 90, "many words " * 40, "中文标题" * 20, "short", "i" * 300])
@pytest.mark.parametrize("inches", [0.8, 2.0, 4.2])
def test_a_fitted_line_is_no_wider_than_its_room(words, inches):
    line = lettering.fitted(words, inches, 11.5, bold=True)
    assert lettering.width(line, 11.5, bold=True) <= inches
    assert line
    assert all(lettering.width(part, 11) <= inches for part in lettering.broken(words, inches, 11, lines=2))


def test_names_that_are_cut_alike_are_told_apart(folder):
    same = "a name that is so long that its middle is left out " * 3
    titles = {arm: f"{same} {place} {same}" for place, arm in enumerate(ARMS)}
    found = lettering.lettered(replace(read_outcomes(folder), titles=titles)).titles
    assert len(set(found.values())) == len(ARMS)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """A folder with three hundred arms."""
    study = next(
        study
        for study in map(drawn, range(500))
        if study.arms == 300 and study.fate in ("varied", "tied", "never half")
    )
    return study.swept(tmp_path_factory.mktemp("crowd"))


@pytest.mark.slow
def test_three_hundred_arms_are_drawn_legibly_and_it_is_said_who_is_left_out(crowd):
    for picture in pictures(crowd):
        assert is_on_the_sheet(picture)
        assert picture.get_size_inches().tolist() == [sheet.WIDTH, sheet.HEIGHT]
        said = " ".join(" ".join(text.get_text() for text in words_of(picture)).split())
        assert re.search(r"Not (drawn|named): \d+ (more )?arms", said)
        for axes in picture.axes:
            beside = [text for text in axes.texts if "  " in text.get_text()]
            assert are_apart(picture, beside)
            assert are_apart(picture, [label for label in axes.get_yticklabels() if label.get_visible()])
