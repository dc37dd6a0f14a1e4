"""Words from files and folders of somebody else steer no terminal; in JSON they are what they are."""

import copy
import json
import os
import random
import re
import shutil
import subprocess
import unicodedata

import click
import numpy as np
import pytest
from command_line import SYSLEAD, document
from filled import fill
from toml_text import toml_of

from experiments.commands.console import terminal
from experiments.design import study_file
from experiments.store.stored_runs import FAILED, OK, packed, sealed
from simulation.words import visible

STEERING = "a\x1b]0;mine\x07\x1b[2J\x1b[8mb\x9b31mc\u202ed\u2066e\rf\x00g\u2028h\x7fi\ufdd0j\ufdd1\U000e0041k\nl"
TABLES = ("provenance.json", "outcomes.csv", "trajectories.csv.gz")


def seen(words):
    """Words of a command without what it styles itself."""
    return re.sub(r"\x1b\[[01]m", "", words)


def is_safe(words):
    return all(character == "\n" or unicodedata.category(character) not in HIDDEN for character in seen(words))


HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


@pytest.fixture(autouse=True)
def as_on_a_terminal(monkeypatch):
    """Have styles, and whatever else steers a terminal, reach the output, as they do where it is a terminal."""
    monkeypatch.setattr(click.utils, "should_strip_ansi", lambda stream=None, color=None: False)


def study_text(words=STEERING):
    return f"""\
title = {toml_of(words)}
question = {toml_of(words)}
scenario = "tiny"
weeks = 4
replicates = 3
[arms.none]
title = {toml_of(words + "none")}
[arms.seeding]
title = {toml_of(words + "seeding")}
tactics = {{ seeding = 1 }}
"""


@pytest.fixture(scope="module")
def foreign(tmp_path_factory):
    """A result folder in which everything that can be said is said by somebody with bad intentions."""
    home = tmp_path_factory.mktemp("foreign")
    study = home / "study.toml"
    study.write_text(study_text(), "utf-8")

    def made(job):
        if job.replicate == 1:
            return sealed(job, FAILED, {"problem": STEERING, "trace": STEERING, "tries": 2})
        curves = packed(np.full((2, 5), 0.25))
        return sealed(job, OK, {"adopted_share": 0.25, "weeks_to_50": None}, curves)

    out = fill(study_file.load(study), home / f"out\x1b[2J\u202e{'x' * 9}", ("adopted_share", "weeks_to_50"), made)
    return study, out


@pytest.mark.parametrize(
    "words",
    [
        ["status", "DIR"],
        ["status", "DIR/none"],
        ["report", "DIR"],
        ["report", "DIR", "--baseline", STEERING],
        ["verify", "DIR"],
        ["export", "DIR"],
        ["resume", "DIR", "--jobs", "1"],
        ["run", "--from", "DIR", "--run", "0"],
        ["run", "--from", "DIR", "--run", "99"],
        ["sweep", "STUDY", "--dry-run"],
        ["describe", "STUDY"],
        ["describe", STEERING],
        ["sweep", f"{STEERING}.toml", "--dry-run"],
        ["run", STEERING.replace("\0", "")],
        ["run", "tiny", "--set", STEERING],
        ["run", "tiny", "--tactic", f"{STEERING}=1", "--debug"],
        [STEERING],
        ["list", STEERING],
    ],
    ids=lambda words: visible(" ".join(words))[:40],
)
def test_no_command_hands_a_terminal_what_others_wrote_to_steer_it(syslead, foreign, words):
    study, out = foreign
    places = {"DIR": str(out), "STUDY": str(study), "DIR/none": str(out / "none")}
    code, told, remarked = syslead(*(places.get(word, word) for word in words))
    assert code in (0, 2, 3, 4)
    assert told + remarked
    assert is_safe(told + remarked)


@pytest.mark.parametrize("words", [["status"], ["report"], ["verify"], ["run", "--from"]], ids="-".join)
def test_in_json_they_are_the_words_that_were_written(syslead, foreign, words):
    more = ["--run", "0"] if words[0] == "run" else []
    _, told, remarked = syslead(*words, foreign[1], *more, "--json")
    assert is_safe(told + remarked)
    found = document(told)
    if words[0] in ("status", "report"):
        assert found["title"] == STEERING
    if words == ["report"]:
        assert [arm["title"] for arm in found["arms"]] == [STEERING + "none", STEERING + "seeding"]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_others_have_changed_is_told_of_safely(syslead, foreign, tmp_path, name):
    out = tmp_path / "copy"
    shutil.copytree(foreign[1], out)
    (out / name).write_text(json.dumps({"arms": [STEERING], "title": STEERING}))
    for command in ("report", "verify", "status"):
        assert is_safe("".join(map(str, syslead(command, out)[1:])))


def test_a_line_of_somebody_else_stays_one_line(syslead, foreign):
    _, told, _ = syslead("status", foreign[1])
    assert sum("of 6 runs done" in line for line in told.splitlines()) == 1
    assert told.startswith("a\\u001b]0;mine\\u0007")
    assert visible("\nl") in told.splitlines()[0]


def test_what_a_command_styles_itself_stays_bold(capsys):
    terminal.show(terminal.bold("mine\x1b[31m"))
    assert capsys.readouterr().out == "\x1b[1mmine\\u001b[31m\x1b[0m\n"


@pytest.mark.parametrize("words", ["Größe – 5 %", "می‌خواهم", "👩‍⚕️ ok", "中文", "a\u00a0b", "$x$ \\frac"])
def test_words_of_every_script_are_shown_as_they_are(words):
    assert visible(words) == words


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8"])
def test_a_terminal_that_has_not_every_letter_gets_escapes_and_json_stays_exact(foreign, encoding, tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(study_text("é … 中文 \U0001f600 "), "utf-8")
    for words in (["describe", study], ["describe", study, "--json"]):
        done = subprocess.run(
            [*SYSLEAD, *map(str, words)], capture_output=True, env={**os.environ, "PYTHONIOENCODING": encoding}
        )
        assert done.returncode == 0, done.stderr
        assert "é" in done.stdout.decode(encoding)
    assert document(done.stdout.decode(encoding))["found"][0]["title"] == "é … 中文 \U0001f600 "


def test_asking_leaves_standard_output_to_the_results(syslead, foreign, tmp_path, monkeypatch):
    monkeypatch.setattr(click, "confirm", lambda *_, **__: True)
    words = ["sweep", foreign[0], "--ask", "--json", "--jobs", "1", "--out", tmp_path / "out", "--replicates", "1"]
    code, told, remarked = syslead(*words)
    assert (code, document(told)["done"]) == (0, 2)
    assert "2 runs" in remarked


def places_in(document, place=()):
    """Where something stands in plain data: the keys and numbers that lead there."""
    for key in document if isinstance(document, dict) else range(len(document)) if isinstance(document, list) else ():
        yield (*place, key)
        yield from places_in(document[key], (*place, key))


ANYTHING = [None, "x", 7, -0.5, True, [], [1], ["settings"], {}, {"a": 1}, [[1, 2]]]


def test_whatever_stands_in_the_study_of_a_foreign_folder_is_reported_or_refused(syslead, swept, tmp_path):
    record = json.loads((swept / "provenance.json").read_text())
    record["study"]["arms"][1] |= {
        "settings": {"turnover.exit": 4},
        "schedule": [[2, {"settings": {"gates.on": False}}]],
    }
    chance = random.Random(1)
    (tmp_path / "outcomes.csv").write_bytes((swept / "outcomes.csv").read_bytes())
    for place in 2 * list(places_in(record["study"])):
        changed = copy.deepcopy(record)
        part = changed["study"]
        for step in place[:-1]:
            part = part[step]
        part[place[-1]] = chance.choice(ANYTHING)
        (tmp_path / "provenance.json").write_text(json.dumps(changed))
        code, _, said = syslead("report", tmp_path)
        assert code in (0, 2, 3), (place, part[place[-1]], said)
