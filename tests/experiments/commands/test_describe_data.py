"""Adoption times and ties are read as they stand, every problem is named at once, and what is known comes out."""

import csv
import os

import pytest
from command_line import document

from experiments.validity.words import in_words

PEOPLE = "person,time,team\na,1,x\nb,2,x\nc,,x\nd,4,y\ne,3,y\nf,2,y\n"
TIES = "source,target\na,b\na,c\nd,e\ne,f\nf,d\nb,c\n"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "ties.csv").write_text(TIES)
    return tmp_path


def numbers(out):
    return {name: one["value"] for name, one in document(out)["statistics"].items()}


def test_what_the_files_say_is_counted(syslead, files):
    words = ("--unit", "team", "--half-year", "2", "--smallest", "1", "--permutations", "19", "--json")
    code, out, _ = syslead("describe-data", files / "people.csv", files / "ties.csv", *words)
    found = document(out)
    assert (code, found["people"], found["adopted"], found["end"]) == (0, 6, 5, 4)
    assert found["shares"] == pytest.approx([0, 1 / 6, 3 / 6, 4 / 6, 5 / 6])
    # Of those who adopted, b looks to a, who was earlier; e to d and f to e, who were later; d to f, who was earlier.
    assert numbers(out)["exposure_at_adoption_zero"] == 0.5
    assert numbers(out)["steepest_half_year_team"] == pytest.approx((1 + 2 / 3) / 2)
    assert not [name for name in numbers(out) if in_words(name) == name]


def test_every_problem_of_both_files_is_named_by_its_line(syslead, files):
    (files / "people.csv").write_text(PEOPLE + "a,2,x\n,1,x\nh,-1,y\ni,soon,y\nj,99,x\n")
    (files / "ties.csv").write_text(TIES + "a,a\nb,c\nzz,a\na,\n")
    code, out, err = syslead("describe-data", files / "people.csv", files / "ties.csv", "--end", "4")
    assert (code, out) == (2, "")
    for line in (
        "people.csv, line 8, column `person`: 'a' stands on line 2 already",
        "people.csv, line 9, column `person`: is missing",
        "people.csv, line 10, column `time`: lies outside",
        "people.csv, line 11, column `time`: must be a number",
        "people.csv, line 12, column `time`: lies outside of 0 (--start) to 4 (--end): 99",
        "ties.csv, line 8: 'a' cannot be tied to themselves",
        "ties.csv, line 9: the tie from 'b' to 'c' stands on line 7 already",
        "ties.csv, line 10, column `source`: nobody is called 'zz'",
        "ties.csv, line 11, column `target`: is missing",
    ):
        assert line in err


def test_what_a_problem_asks_for_mends_it(syslead, files):
    (files / "people.csv").write_text(PEOPLE + "j,99,x\n")
    (files / "ties.csv").write_text(TIES + "a,a\nb,c\nzz,a\n")
    words = ("--never", "99", "--self-ties", "drop", "--duplicates", "first", "--strangers", "drop", "--json")
    code, out, _ = syslead("describe-data", files / "people.csv", files / "ties.csv", *words)
    assert (code, document(out)["people"], document(out)["ties"]) == (0, 7, 6)


def test_columns_under_other_names_are_asked_for_with_the_options_that_name_them(syslead, files):
    (files / "people.csv").write_text(PEOPLE.replace("person,time", "id,month"))
    code, _, err = syslead("describe-data", files / "people.csv", "--unit", "teem")
    assert code == 2
    assert "Did you mean 'team'?" in err
    assert "--person NAME --time NAME --unit NAME" in err
    words = ("--person", "id", "--time", "month", "--unit", "team")
    assert syslead("describe-data", files / "people.csv", *words)[0] == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (PEOPLE.replace(",", ";").encode(), "--separator ';'"),
        (PEOPLE.encode("utf-16"), "--encoding utf-16"),
        (PEOPLE.replace("x", "é").encode("cp1252"), "--encoding cp1252"),
        (b"", "is empty"),
        (b"person,time\n", "has no rows"),
        (b"person,time\na,\n", "nobody adopts"),
    ],
)
def test_files_written_otherwise_are_refused_with_what_would_read_them(syslead, files, content, words):
    (files / "people.csv").write_bytes(content)
    code, _, err = syslead("describe-data", files / "people.csv")
    assert code == 2
    assert words in err


def test_missing_files_folders_and_one_file_for_both_are_refused(syslead, files):
    for words in (["none.csv"], [files], [files / "people.csv", files / "people.csv"]):
        code, out, err = syslead("describe-data", *words)
        assert (code, out) == (2, "")
        assert err.startswith("Error: ")


def test_who_left_before_adopting_is_no_adopter_and_at_risk_until_then(syslead, files):
    (files / "people.csv").write_text("person,time,gone\na,1,no\nb,3,yes\nc,4,\nd,,yes\n")
    code, out, _ = syslead("describe-data", files / "people.csv", "--censored", "gone", "--json")
    assert (code, document(out)["adopted"]) == (0, 2)
    (files / "people.csv").write_text("person,time,gone\na,1,no\nb,,no\n")
    assert "line 3, column `time`: is not censored, but has no time" in syslead(
        "describe-data", files / "people.csv", "--censored", "gone"
    )[2]  # fmt: skip


def test_the_figure_is_drawn_only_as_png(syslead, files):
    code, _, err = syslead("describe-data", files / "people.csv", "--plot", files / "a.svg")
    assert (code, ".png" in err) == (2, True)
    assert syslead("describe-data", files / "people.csv", files / "ties.csv", "--plot", files / "a.png")[0] == 0
    assert (files / "a.png").read_bytes().startswith(b"\x89PNG")
    assert not (files / "a.svg").exists()
    (files / "a.png").write_bytes(b"mine")
    code, _, err = syslead("describe-data", files / "people.csv", "--plot", files / "a.png")
    assert (code, "--overwrite" in err, (files / "a.png").read_bytes()) == (4, True, b"mine")


@pytest.mark.parametrize("place", [0, 1])
def test_what_has_no_end_is_not_read(syslead, files, place):
    os.mkfifo(files / "pipe.csv")
    for endless in ("/dev/zero", files / "pipe.csv"):
        words = [files / "people.csv", files / "ties.csv"]
        words[place] = endless
        code, _, err = syslead("describe-data", *words)
        assert (code, f"{endless}: cannot be read: it is not a file" in err) == (2, True)


def test_the_public_sets_are_read_from_their_files(syslead, public_data):
    named = ("--person", "id", "--time", "toa", "--source", "target", "--target", "source", "--duplicates", "first")
    doctors = [public_data / f"medinnov_{kind}.csv" for kind in ("nodes", "edges")]
    words = (*named, "--never", "18", "--unit", "city", "--permutations", "99", "--json")
    found = numbers(syslead("describe-data", *doctors, *words)[1])
    assert round(found["exposure_at_adoption_mean"], 2) == 0.46
    assert round(found["in_degree_and_time"], 2) == -0.28
    assert round(found["morans_i"], 2) == 0.02


def test_practices_are_read_from_their_file(syslead, public_data, tmp_path):
    with (public_data / "openprescribing_desogestrel_practice_toa.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["eligible"] == "1"]
    with (tmp_path / "practices.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    words = (
        "--person",
        "practice",
        "--time",
        "toa_month",
        "--end",
        "65",
        "--unit",
        "pct",
        "--half-year",
        "6",
        "--json",
    )
    found = numbers(syslead("describe-data", tmp_path / "practices.csv", *words)[1])
    assert (round(found["icc_pct"], 2), round(found["icc_pct_of_adopters"], 2)) == (0.34, 0.23)
    assert round(found["share_median_of_pct"], 2) == 0.92
    # The known .76 is of a practice's own prescribing; of the practices of a group, half switch in its steepest.
    assert found["steepest_half_year_pct"] == pytest.approx(0.517, abs=0.001)


def test_a_tie_with_a_stranger_is_taken_for_no_other_tie(syslead, files):
    """Whoever is not known stands before the first person, or after the last, nowhere else."""
    (files / "ties.csv").write_text("source,target\nb,zz\na,f\nzz,a\nf,zz\n")
    code, out, _ = syslead("describe-data", files / "people.csv", files / "ties.csv", "--strangers", "drop", "--json")
    assert (code, document(out)["ties"]) == (0, 1)


@pytest.mark.parametrize(
    "words",
    [
        "--start nan", "--end nan", "--end inf", "--never inf", "--start -1e308", "--start 10", "--end -4",
        "--half-year nan", "--half-year inf", "--half-year 0", "--person time", "--unit time", "--censored time",
        "--fit-from nan", "--fit-from 4", "--fit-from -1", "--unit team --unit team", "--unit person", "--source target", "--smallest 0", "--permutations 1",
    ],
)  # fmt: skip
def test_numbers_and_columns_that_cannot_be_meant_are_refused(syslead, files, words):
    code, out, err = syslead("describe-data", files / "people.csv", files / "ties.csv", *words.split())
    assert (code, out) == (2, "")
    assert "fault in syslead" not in err
