"""The gallery says what its tables say, says what they were made with, and the first of its runs come out the same again."""

import csv
import json
import shutil
import sys
from pathlib import Path

import pytest

from simulation import fingerprint

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "results" / "gallery"
LARGEST = 200_000
"""Bytes of a picture."""


@pytest.fixture(scope="module")
def docs():
    """The scripts of the pages, which lie beside one another."""
    sys.path.insert(0, str(ROOT / "docs"))
    import gallery
    import gallery_page
    import gallery_tables

    yield gallery, gallery_page, gallery_tables
    sys.path.remove(str(ROOT / "docs"))


@pytest.fixture
def copy(tmp_path):
    return Path(shutil.copytree(GALLERY, tmp_path / "gallery"))


def rows_of(file):
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_page_is_what_the_tables_say(docs):
    _, page, _ = docs
    assert (GALLERY / "README.md").read_text(encoding="utf-8") == page.page(GALLERY), "run: make docs"


def test_every_picture_has_its_table_and_says_what_it_was_made_with():
    known = json.loads((GALLERY / "made_with.json").read_text(encoding="utf-8"))
    pictures = sorted(GALLERY.glob("*.png"))
    assert pictures
    for picture in pictures:
        study = picture.stem.rpartition("-")[0]
        table = (
            picture.with_name(f"{study}-arms.csv") if picture.stem.endswith("-ahead") else picture.with_suffix(".csv")
        )
        assert len(rows_of(table)) > 1, picture.name
        made = [known[picture.name]] if picture.name in known else list(known[study].values())
        assert all(len(one["sources"]) == 64 and one["version"] and one["runs"] for one in made), picture.name
        assert picture.stat().st_size < LARGEST


def test_what_other_sources_made_is_said_to_be_of_an_earlier_version(docs, copy):
    _, page, tables = docs
    known = tables.records(copy)
    before = page.page(copy).count(page.EARLIER)
    then = sum(name.endswith(".png") or {one["sources"] for one in made.values()} != {fingerprint.sources()}
               for name, made in known.items())  # fmt: skip
    assert before <= then
    for made in known.values():
        for one in [made] if "sources" in made else made.values():
            one["sources"] = "0" * 64
    tables.write_records(copy, known)
    assert page.page(copy).count(page.EARLIER) == len(known)


def test_a_page_never_calls_present_what_other_sources_made(docs):
    _, page, tables = docs
    for name, made in tables.records(GALLERY).items():
        ones = [made] if "sources" in made else list(made.values())
        is_present = all(one["sources"] == fingerprint.sources() for one in ones)
        assert (page.EARLIER in page.how_made(ones, fingerprint.sources())) != is_present, name


def test_what_a_table_says_of_an_arm_is_the_mean_of_its_runs(docs):
    gallery, _, tables = docs
    kept = tables.kept(GALLERY, gallery.WHOLE)
    for row in kept.arms:
        shares = [float(run[row["arm"]]) for run in kept.runs if run["system"] == row["system"]]
        assert sum(shares) / len(shares) == pytest.approx(float(row["share"]), rel=1e-5)


@pytest.mark.slow
def test_the_first_replicates_of_the_study_of_tactics_come_out_to_the_digit(docs):
    gallery, _, tables = docs
    again = gallery.again()
    assert again == (GALLERY / gallery.AGAIN).read_text(encoding="utf-8"), "run: python docs/gallery.py --again"
    made = tables.records(GALLERY)[gallery.WHOLE]["ics-small"]
    if made["sources"] == fingerprint.sources() and made["seed"] == 1:
        runs = [{**row} for row in tables.kept(GALLERY, gallery.WHOLE).runs if row.pop("system") == "ics-small"]
        assert rows_of(GALLERY / gallery.AGAIN) == runs[: gallery.FEW]
