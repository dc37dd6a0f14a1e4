"""The page of a report: all that the report says, nobody else's markup, nothing from elsewhere, one file or none."""

import json
import re
import tomllib
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import example_results
import numpy as np
import pytest
from drawn_studies import WORDS
from filled import fill
from toml_text import toml_of

from experiments.analysis.asked import asked_of
from experiments.analysis.comparisons import comparisons
from experiments.analysis.summary import summary_of
from experiments.analysis.tables import read_curves, read_outcomes
from experiments.commands.html import page
from experiments.commands.html.answer import answer
from experiments.commands.html.tables import report_table
from experiments.commands.tables.report import report_tables
from experiments.commands.tables.table import Table
from experiments.design import study_file
from experiments.design.overlay import Overlay
from experiments.figures.curves import adoption_curves
from experiments.figures.lettering import lettered
from experiments.store.stored_runs import FAILED, OK, packed, sealed
from simulation.words import visible

ROOT = Path(__file__).parents[4]
VOID = ("meta", "br", "hr", "img", "link", "input")
ATTACKS = (
    "<script>alert(1)</script>", "</title></style><h1>mine", "\" onload=\"alert(1)", "&lt;b&gt; &amp; &", "<!-- ", "]]>", "<slot name=\"answer\"/>",
    "javascript:alert(1)", "a\x1b[2J\u202eb\x00",
)  # fmt: skip


class Seen(HTMLParser):
    """A page as a browser reads it: elements with their attributes and text, and what is not closed as it was opened."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.amiss, self.texts = [], [], [], []
        self.feed(text)
        self.close()
        self.amiss += [tag for tag, _ in self.open]

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append((tag, len(self.texts)))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            self.amiss.append(tag)
            return
        _, start = self.open.pop()
        self.elements.append((f"/{tag}", "".join(self.texts[start:])))

    def handle_data(self, data):
        self.texts.append(data)

    def all(self, tag):
        return [content for name, content in self.elements if name == tag]

    @property
    def words(self):
        return " ".join("".join(self.texts).split())

    def tables(self):
        """Return the rows of each table, its cells as text."""
        found = []
        for name, content in self.elements:
            if name == "table":
                found.append([])
            elif name == "tr":
                found[-1].append([])
            elif name in ("/th", "/td"):
                found[-1][-1].append(" ".join(content.split()))
        return found


def made(folder, baseline=None):
    """Return the page of a folder as text."""
    outcomes = read_outcomes(folder, baseline)
    return page.page_of(
        page.Source(folder, outcomes, summary_of(outcomes), ["syslead", "report", str(folder)])
    ).decode()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return example_results.write(
        tmp_path_factory.mktemp("pages"), ("none", "seeding", "plain_case", "heroic_leader"), 12
    )


@pytest.fixture(scope="module")
def text(folder):
    return made(folder)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The page of a folder in which everything that can be said is meant to be taken for something else."""
    home = tmp_path_factory.mktemp("hostile")
    titles = [*ATTACKS, *(WORDS[place] for place in range(0, len(WORDS), 5) if WORDS[place].strip())]
    arms = [f"[arms.a{n}]\ntitle = {toml_of(words)}\ntactics = {{ seeding = 1 }}\n" for n, words in enumerate(titles)]
    (home / "study.toml").write_text(
        f'title = {toml_of("".join(ATTACKS))}\nquestion = {toml_of("".join(WORDS))}\nscenario = "tiny"\nweeks = 4\n'
        f"replicates = 3\n{''.join(arms)}", "utf-8",
    )  # fmt: skip
    study = study_file.load(home / "study.toml")

    def run(job):
        if job.replicate == 2 and job.arm == "a1":
            return sealed(job, FAILED, {"problem": "".join(ATTACKS), "trace": "", "tries": 2})
        end = (job.run % 7) / 10
        return sealed(job, OK, {"adopted_share": end, "weeks_to_50": None}, packed(np.full((2, 5), end)))

    out = fill(study, home / "out", ("adopted_share", "weeks_to_50"), run)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            page,
            "figures",
            lambda shown, place, _: {"one": adoption_curves(lettered(shown), read_curves(place, shown))},
        )
        return titles, made(out)


@pytest.fixture
def undrawn(monkeypatch):
    """Leave figures out, which take most of the time."""
    monkeypatch.setattr(page, "figures", lambda *_: {})


def test_every_cell_and_note_of_the_report_stands_on_the_page(folder, text):
    seen = Seen(text)
    tables = report_tables(summary_of(read_outcomes(folder)))
    assert sum(bool(table.columns) for table in tables) > 1
    for table in tables:
        rows = [[" ".join(cell.split()) for cell in row] for row in table.rows] if table.columns else []
        assert not rows or rows in [each[1:] for each in seen.tables()]
        for words in (table.caption, *table.notes):
            assert " ".join(words.split()) in seen.words


def test_the_answer_passes_the_verdicts_of_the_report(folder, text):
    outcomes = read_outcomes(folder)
    part = text[text.index('id="answer"') : text.index('id="figures"')]
    lists = dict(re.findall(r"<h3>(.*?) <bdi>.*?</h3><ul>(.*?)</ul>", part))
    signs = {"Significantly above (better than)": 1, "Significantly below (worse than)": -1, "Not told apart from": 0}
    said = {title: signs[head] for head, items in lists.items() for title in re.findall(r"<strong><bdi>(.*?)<", items)}
    assert said == {outcomes.titles[arm]: found.sign for arm, found in comparisons(outcomes).items()}
    assert len(set(said.values())) > 1


@pytest.mark.parametrize(
    ("arms", "replicates", "words"),
    [
        (("seeding",), 12, "Share of staff who have adopted, after 5 years: 5"),
        (
            ("none", "bundle"),
            12,
            "All tactics together raises the share of staff who have adopted after 5 years, against No leader: +",
        ),
        (
            ("bundle", "none"),
            12,
            "No leader lowers the share of staff who have adopted after 5 years, against All tactics together: -",
        ),
        (("coalition", "higher_goals"), 12, "Higher goals with evidence is not shown to move the share of staff"),
        (("none", "bundle"), 1, "Nothing can be called different here: needs 3 pairs."),
    ],
)
def test_one_sentence_says_what_came_out(tmp_path, arms, replicates, words):
    outcomes = read_outcomes(example_results.write(tmp_path, arms, replicates))
    said = answer(summary_of(outcomes), "")
    assert "".join(said[0].itertext()).startswith(words)


@pytest.mark.parametrize("replicates", [5, 12])
def test_that_few_pairs_tell_little_apart_is_said_where_they_are_few(tmp_path, replicates):
    outcomes = read_outcomes(example_results.write(tmp_path, ("coalition", "higher_goals"), replicates))
    words = "".join("".join(each.itertext()) for each in answer(summary_of(outcomes), ""))
    assert "Not told apart is not alike" in words
    assert ("make more replicates" in words) is (replicates < 10)


def test_what_others_wrote_is_text_and_never_markup(hostile):
    titles, text = hostile
    seen = Seen(text)
    assert seen.amiss == []
    assert not {tag for tag, _ in seen.elements} & {"script", "img", "iframe", "link", "object", "slot"}
    assert not [
        name for tag, found in seen.elements if isinstance(found, dict) for name in found if name.startswith("on")
    ]
    assert len(seen.all("h1")) == len(seen.all("title")) - len(seen.all("svg")) == 1
    cells = {cell for table in seen.tables() for row in table for cell in row}
    for title in titles:
        assert " ".join(visible(title, keep="\n\t").split()) in cells
    outside = re.sub(r"<svg.*?</svg>", "", text, flags=re.S)
    assert visible(outside, keep="\n\t") == outside


def test_the_page_needs_no_script_and_nothing_from_elsewhere(text):
    seen = Seen(text)
    assert "script" not in {tag for tag, _ in seen.elements}
    found = [(name, value) for _, each in seen.elements if isinstance(each, dict) for name, value in each.items()]
    assert all(value.startswith("#") for name, value in found if name in ("href", "src"))
    assert all(place.startswith("#") for place in re.findall(r"url\(\s*['\"]?(.*?)\)", text))
    assert "@import" not in text


@pytest.mark.parametrize("which", ["text", "hostile"])
def test_names_stand_once_and_whatever_is_referred_to_is_there(request, which):
    found = request.getfixturevalue(which)
    text = found if isinstance(found, str) else found[1]
    seen = Seen(text)
    attributes = [each for _, each in seen.elements if isinstance(each, dict)]
    names = [each["id"] for each in attributes if "id" in each]
    assert len(names) == len(set(names)) > 20
    wanted = {each["href"][1:] for each in attributes if "href" in each} | set(re.findall(r"url\(#(.*?)\)", text))
    wanted |= {name for each in attributes for name in each.get("aria-labelledby", "").split()}
    assert wanted <= set(names)


def test_tables_have_captions_and_heads_and_figures_have_words(text):
    seen = Seen(text)
    assert len(seen.all("caption")) == len(seen.all("table")) > 2
    assert all(each.get("scope") in ("row", "col") for each in seen.all("th"))
    assert all(title.strip() for title in seen.all("/title") + seen.all("/desc"))
    assert len(seen.all("svg")) == len(seen.all("figure")) == len(seen.all("desc")) > 2
    levels = [int(tag[1]) for tag, each in seen.elements if re.fullmatch(r"h[1-6]", tag) and isinstance(each, dict)]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))


def test_the_words_of_a_figure_are_words(text):
    drawn = text[text.index("<svg") : text.rindex("</svg>")]
    for title in ("No leader", "Seeding an idea"):
        assert re.search(rf"<text[^>]*>[^<]*{title}", drawn)


def test_a_style_of_a_figure_stays_in_it(text):
    assert len(Seen(text).all("style")) == 1


def test_tables_with_no_provenance_make_a_page_that_says_what_is_not_known(tmp_path, undrawn):
    folder = example_results.write(tmp_path, ("none", "seeding"), replicates=12)
    (folder / "provenance.json").unlink()
    words = Seen(made(folder)).words
    assert "What each arm did is not known" in words and "seed unknown" in words


def test_a_study_of_no_arms_makes_a_page_all_the_same(tmp_path, undrawn):
    folder = example_results.write(tmp_path, ("none", "seeding"), replicates=3)
    known = json.loads((folder / "provenance.json").read_text())
    known |= {"study": {**known["study"], "arms": []}, "made_with": [{"versions": 3}]}
    (folder / "provenance.json").write_text(json.dumps(known))
    assert Seen(made(folder)).amiss == []


def test_wide_tables_are_several_that_have_every_column(folder):
    first = report_tables(summary_of(read_outcomes(folder)))[0]
    more = [column._replace(title=f"again {n}") for n in range(3) for column in first.columns[1:]]
    parts = [ET.tostring(each, encoding="unicode") for each in report_table(Table("", "", [*first.columns, *more]))]
    heads = [head for each in parts for head in Seen(each).all("/th")]
    assert len(parts) > 2
    assert sum(head.startswith("again") for head in heads) == len(more)


def test_a_change_that_harms_turns_the_words_round(folder):
    outcomes = read_outcomes(folder)
    harmful = replace(outcomes, facts=outcomes.facts._replace(harm="all"))
    words = "".join("".join(each.itertext()) for each in answer(summary_of(harmful), ""))
    assert "The change does harm to patients, so more of this is worse." in words
    assert "Significantly above (worse than)" in words and "better than" not in words


def test_outcomes_that_were_asked_about_are_answered_one_by_one(folder):
    outcomes = read_outcomes(folder)
    asked = asked_of(outcomes, ["adopted_share", "weeks_to_50"], ["weeks_to_50=30"])
    said = answer(summary_of(outcomes, asked), "")
    assert sum(each.tag == "h3" for each in said) == 2
    assert "by more than 30 weeks" in "".join("".join(each.itertext()) for each in said)


def test_the_template_uses_every_part_and_cites_as_the_citation_file_does():
    template = ET.parse(page.TEMPLATE).getroot()
    words = " ".join("".join(template.itertext()).split())
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    for key in ("name", "title", "subtitle", "year"):
        for value in re.findall(rf"^\s+(?:- )?{key}: (.*)$", citation, re.M):
            assert value in words
    assert re.search(r"^license: (.*)$", citation, re.M)[1] in words
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["project"]["version"] in citation


def test_a_study_that_is_built_in_names_the_command_that_makes_it_again(swept, undrawn, tmp_path):
    words = Seen(made(swept)).words
    assert "syslead sweep" not in words
    assert f"syslead run --from {swept} --run 0" in words
    laid = Overlay(scenario="village", weeks=4, settings={"leaders.ego": 0.25, "gates.on": False})
    study = study_file.load("tiny", overlay=laid).with_runs(replicates=1, seed=5)
    curves = packed(np.zeros((2, study.weeks + 1)))
    done = fill(
        study, tmp_path / "out", ("adopted_share",), lambda job: sealed(job, OK, {"adopted_share": 0.5}, curves)
    )
    assert (
        f"syslead sweep tiny --scenario village --weeks 4 --replicates 1 --seed 5 --set gates.on=false --set leaders.ego=0.25 --out {done}"
        in Seen(made(done)).words
    )


def test_what_an_arm_does_later_is_said(undrawn, tmp_path):
    (tmp_path / "study.toml").write_text(
        'scenario = "tiny"\nweeks = 9\nreplicates = 1\n[arms.a]\ntactics = { seeding = 1, coalition = 1 }\n[[arms.a.schedule]]\n'
        'week = 4\nsettings = { "leaders.ego" = 0.9 }\n[[arms.a.schedule]]\nweek = 6\ntactics = { seeding = 1 }\n'
    )
    curves = packed(np.zeros((2, 10)))
    study = study_file.load(tmp_path / "study.toml")
    done = fill(
        study, tmp_path / "out", ("adopted_share",), lambda job: sealed(job, OK, {"adopted_share": 0.5}, curves)
    )
    rows = [row for table in Seen(made(done)).tables() for row in table]
    assert [
        "A",
        "A coalition of the willing 0.5; Seeding an idea 0.5",
        "from week 4: mean ego of leaders 0.9 (leaders.ego); from week 6: Seeding an idea 1",
    ] in rows


def test_a_page_is_written_whole_and_only_where_nothing_stands(syslead, swept, undrawn, tmp_path):
    file = tmp_path / "page.html"
    code, told, remarked = syslead("report", swept, "--html", file)
    assert (code, told) == (0, syslead("report", swept)[1])
    assert str(file) in remarked and file.read_bytes().startswith(b"<!DOCTYPE html>")
    file.write_text("mine")
    assert syslead("report", swept, "--html", file)[0] == 4
    assert file.read_text() == "mine"
    assert syslead("report", swept, "--html", file, "--overwrite", "--json")[0] == 0
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    assert syslead("report", swept, "--html", tmp_path / "page.docx")[0] == 2
    assert syslead("report", swept, "--html", tmp_path / "none" / "page.html")[0] == 4
    assert syslead("report", swept, "--overwrite")[0] == 2
    assert syslead("report", tmp_path, "--html", tmp_path / "other.html")[0] == 4
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
