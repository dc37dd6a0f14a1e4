"""A study, its scenario and its tables are known by what they say, and a folder keeps them: it may be moved or sent."""

import shutil
import sqlite3

import pytest
from command_line import STUDY, document

from experiments.store.database import Store
from experiments.store.verification import verify

SCENARIO = 'title = "Own"\nsource = "made up"\n[tables]\nstaff = "../data/staff.csv"\n'
STAFF = "id,organisation,ego\n" + "".join(f"p{n},o{n % 3},0.4\n" for n in range(30))
ONE = ("--jobs", "1", "--quiet")


def project(folder, more=""):
    """Write a study whose scenario, table and points lie elsewhere in its folder; return the study's path."""
    for name in ("studies", "scenarios", "data"):
        (folder / name).mkdir(parents=True)
    (folder / "data" / "staff.csv").write_text(STAFF)
    (folder / "scenarios" / "own.toml").write_text(SCENARIO + more)
    study = folder / "studies" / "study.toml"
    design = '[design]\nkind = "csv"\nfile = "../data/points.csv"\n'
    (folder / "data" / "points.csv").write_text("pressure.finance\n0.6\n")
    study.write_text(STUDY.replace('"tiny"', '"../scenarios/own.toml"') + design)
    return study


@pytest.fixture
def swept_own(syslead, tmp_path):
    """The folder of a project with a sweep in its folder `out`, of which the first of two parts is done."""
    study = project(tmp_path / "mine")
    out = tmp_path / "mine" / "out"
    assert syslead("sweep", study, "--out", out, "--shard", "1/2", *ONE)[0] == 0
    return tmp_path / "mine"


def observables(syslead, out, run):
    code, told, err = syslead("run", "--from", out, "--run", run, "--json")
    assert code == 0, err
    assert document(told)["request"]["scenario"] == "own.toml"
    return document(told)["observables"]


def as_an_earlier_version_wrote_it(out, scenario):
    """Take from a store what earlier versions did not keep, and call the scenario by its path, as they did."""
    with Store(out, write=True) as store:
        study, epochs = store.fact("study"), store.fact("epochs")
        for arm in study["arms"]:
            arm["scenario"] = str(scenario)
        epochs = [{**made, "inputs": {str(scenario): made["inputs"]["own.toml"]}} for made in epochs]
        store.put(study=study, epochs=epochs)
        store.connection.execute("DROP TABLE inputs")
        store.connection.execute("DELETE FROM facts WHERE name = 'kept'")


@pytest.mark.slow
def test_parts_made_in_two_folders_are_merged(syslead, tmp_path):
    parts = []
    for number, name in enumerate(("here", "there"), 1):
        study = project(tmp_path / name)
        study = study.rename(study.with_name(f"{name}.toml"))  # what the file is called says nothing, either
        parts.append(tmp_path / f"part-{number}")
        assert syslead("sweep", study, "--out", parts[-1], "--shard", f"{number}/2", *ONE)[0] == 0
        shutil.rmtree(tmp_path / name)
    code, out, err = syslead("merge", tmp_path / "whole", *parts)
    assert (code, err.count("Missing")) == (0, 0) and out.startswith("6 of 6 runs")
    whole = project(tmp_path / "again")
    assert syslead("sweep", whole, "--out", tmp_path / "undisturbed", *ONE)[0] == 0
    assert verify(tmp_path / "whole").table_hash == verify(tmp_path / "undisturbed").table_hash
    shutil.rmtree(tmp_path / "again")
    assert observables(syslead, tmp_path / "whole", 5) == observables(syslead, tmp_path / "undisturbed", 5)


def test_what_the_file_of_a_study_is_called_makes_no_difference(tmp_path):
    from dataclasses import replace

    from experiments.design import study_file
    from experiments.store.entry import identity

    found = []
    for name, text in (("a", ""), ("b", ""), ("c", 'title = "a"\n'), ("d", "[arms.one]\n"), ("e", "[arms.two]\n")):
        (tmp_path / f"{name}.toml").write_text(f'scenario = "tiny"\n{text}')
        found.append(study_file.load(tmp_path / f"{name}.toml"))
    a, b, c, d, e = map(identity, found)
    assert a == b and replace(found[0], name="b") != found[1]
    assert a != c and a != d and d != e


@pytest.mark.slow
def test_parts_whose_scenarios_say_something_else_are_not_merged(syslead, tmp_path):
    parts = []
    for number, more in enumerate(("", '[settings]\n"gates.delay" = 3\n'), 1):
        study = project(tmp_path / f"{number}", more)
        parts.append(tmp_path / f"part-{number}")
        assert syslead("sweep", study, "--out", parts[-1], "--shard", f"{number}/2", *ONE)[0] == 0
    code, _, err = syslead("merge", tmp_path / "whole", *parts)
    assert code == 4
    assert "own.toml was" in err


def test_a_project_that_was_moved_is_resumed_and_its_runs_are_repeated(syslead, swept_own, tmp_path):
    before = observables(syslead, swept_own / "out", 2)
    moved = swept_own.rename(tmp_path / "elsewhere")
    out = moved / "out"
    assert observables(syslead, out, 2) == before
    assert syslead("sweep", moved / "studies" / "study.toml", "--out", out, "--shard", "1/2", *ONE)[0] == 0
    with Store(out, write=True) as store:
        store.connection.execute("DELETE FROM runs WHERE run = 2")
    assert syslead("resume", out, *ONE)[0] == 0
    assert observables(syslead, out, 2) == before
    assert not verify(out).problems


def test_a_folder_alone_makes_any_of_its_runs_again(syslead, swept_own, tmp_path):
    rows = {run: observables(syslead, swept_own / "out", run) for run in (0, 5)}
    sent = shutil.copytree(swept_own / "out", tmp_path / "sent")
    shutil.rmtree(swept_own)
    assert {run: observables(syslead, sent, run) for run in (0, 5)} == rows
    with Store(sent, write=True) as store:
        store.connection.execute("DELETE FROM runs")
    code, out, _ = syslead("resume", sent, *ONE, "--json")
    assert code == 0 and document(out)["ran"] == document(out)["total"] == document(out)["done"] > 0
    assert {entry.name for entry in sent.iterdir()} == {
        "store.sqlite", "outcomes.csv", "trajectories.csv.gz", "provenance.json"
    }  # fmt: skip
    for command in (("status",), ("verify",), ("report",), ("plot",), ("export",)):
        assert syslead(*command, sent)[0] == 0, command


def test_when_a_table_has_changed_resume_says_where_and_repeating_uses_what_is_kept(syslead, swept_own):
    out, staff = swept_own / "out", swept_own / "data" / "staff.csv"
    before = observables(syslead, out, 2)
    staff.write_text(STAFF.replace("p7,o1,0.4", "p7,o1,0.9"))
    assert observables(syslead, out, 2) == before
    code, _, err = syslead("resume", out, *ONE)
    assert code == 4
    assert "inputs.own.toml, its staff: line 9 was 'p7,o1,0.4', is 'p7,o1,0.9'" in err
    assert "--as-kept" in err and "--accept-changes" in err
    with Store(out, write=True) as store:
        store.connection.execute("DELETE FROM runs WHERE run IN (2, 4)")
    assert syslead("resume", out, "--as-kept", *ONE)[0] == 0
    assert observables(syslead, out, 2) == before
    assert not verify(out).problems
    with Store(out, write=True) as store:
        store.connection.execute("DELETE FROM runs WHERE run = 2")
    assert syslead("resume", out, "--accept-changes", *ONE)[0] == 0
    # What was accepted is kept, too, beside what the other runs were made with.
    staff.unlink()
    assert observables(syslead, out, 2) != before
    assert "own.toml" in syslead("status", out)[1]
    assert observables(syslead, out, 4)


def test_a_sweep_into_the_folder_of_another_content_is_refused(syslead, swept_own):
    (swept_own / "scenarios" / "own.toml").write_text(SCENARIO + '[settings]\n"gates.delay" = 3\n')
    code, _, err = syslead(
        "sweep", swept_own / "studies" / "study.toml", "--out", swept_own / "out", "--shard", "1/2", *ONE
    )
    assert code == 4
    assert "inputs.own.toml: line 5 was 'no such line', is '[settings]'" in err


@pytest.mark.slow
def test_a_folder_of_an_earlier_version_is_read_resumed_and_merged(syslead, swept_own, tmp_path):
    out, scenario = swept_own / "out", swept_own / "scenarios" / "own.toml"
    before = observables(syslead, out, 2)
    as_an_earlier_version_wrote_it(out, scenario)
    for command in (("status",), ("verify",), ("report",), ("plot",)):
        assert syslead(*command, out)[0] == 0, command
    assert observables(syslead, out, 2) == before
    second = tmp_path / "second"
    study = swept_own / "studies" / "study.toml"
    assert syslead("sweep", study, "--out", second, "--shard", "2/2", *ONE)[0] == 0
    assert syslead("merge", tmp_path / "whole", out, second)[1].startswith("6 of 6 runs")
    # Whoever goes on with it has the scenario kept.
    shutil.copytree(out, tmp_path / "resumed")
    assert syslead("resume", tmp_path / "resumed", *ONE)[0] == 0
    scenario.unlink()
    assert observables(syslead, tmp_path / "resumed", 2) == before
    for command in (("status",), ("verify",), ("report",), ("export",)):
        assert syslead(*command, out)[0] == 0, command
    for command in (("resume", out), ("run", "--from", out, "--run", "2")):
        code, _, err = syslead(*command)
        assert code == 4
        assert str(scenario) in err and "not kept in this folder" in err


def test_a_damaged_scenario_is_found_and_what_is_sound_is_salvaged(syslead, swept_own):
    out = swept_own / "out"
    before = observables(syslead, out, 2)
    with Store(out, write=True) as store:
        store.connection.execute("UPDATE runs SET body = '{}' WHERE run = 2")
    assert syslead("verify", out, "--repair")[0] == 0
    assert (out / "damaged-1.sqlite").exists()
    shutil.rmtree(swept_own / "scenarios")
    assert syslead("resume", out, *ONE)[0] == 0
    assert observables(syslead, out, 2) == before
    connection = sqlite3.connect(out / "store.sqlite")
    connection.execute("UPDATE inputs SET content = zeroblob(10)")
    connection.commit()
    connection.close()
    code, told, _ = syslead("verify", out)
    assert code == 4 and "own.toml" in told
    assert syslead("run", "--from", out, "--run", "2")[0] == 4
    assert "is lost" in syslead("verify", out, "--repair")[1]
    assert verify(out).sound > 0


@pytest.mark.slow
def test_large_tables_are_kept_compressed(syslead, tmp_path):
    study = project(tmp_path / "mine")
    rows = "".join(f"p{n},o{n % 997},0.{n % 89}\n" for n in range(100_000))
    (tmp_path / "mine" / "data" / "staff.csv").write_text(f"id,organisation,ego\n{rows}")
    study.write_text(study.read_text().replace("weeks = 8", "weeks = 0").replace("replicates = 3", "replicates = 1"))
    assert syslead("sweep", study, "--out", tmp_path / "out", *ONE)[0] == 0
    assert (tmp_path / "out" / "store.sqlite").stat().st_size < 0.4 * len(rows)
    with Store(tmp_path / "out") as store:
        (record,) = store.fact("kept").values()
        assert store.kept(record["files"]["staff"]).decode().endswith(rows)


def test_a_file_may_be_edited_while_a_sweep_goes_on(syslead, tmp_path):
    from experiments.design import study_file
    from experiments.sweep import runner

    study, one = project(tmp_path / "mine"), runner.Options(jobs=1)
    undisturbed = runner.sweep(study_file.load(study), tmp_path / "undisturbed", options=one)
    scenario = tmp_path / "mine" / "scenarios" / "own.toml"
    edited = runner.sweep(
        study_file.load(study), tmp_path / "out", options=one, on_progress=lambda _: scenario.write_text("not TOML")
    )
    assert scenario.read_text() == "not TOML"
    assert (edited.failed, edited.table_hash) == (0, undisturbed.table_hash)
    # What a sitting that was killed left behind is cleared away by the next.
    leftover = tmp_path / "out" / ".unfinished-inputs" / "own.syslead-kept"
    leftover.mkdir(parents=True)
    (leftover / "own.toml").write_text("")
    assert syslead("resume", tmp_path / "out", *ONE)[0] == 0
    assert not leftover.parent.exists()


OWN_CHANGE = 'title = "Ours"\nsource = "made up"\n[settings]\n"nature.cost" = 0.8\n'


def with_changes(folder):
    """Write a study whose scenario names a change beside it, and of whose arms one has another of the same name."""
    study = project(folder, more="")
    (folder / "changes").mkdir()
    for place, cost in (("scenarios", "2.8"), ("changes", "-1.8")):
        (folder / place / "ours.toml").write_text(OWN_CHANGE.replace("0.8", cost))
    scenario = folder / "scenarios" / "own.toml"
    scenario.write_text(f'change = "ours.toml"\n{scenario.read_text()}')
    study.write_text(study.read_text().replace("[arms.", '[arms.ours]\nchange = "../changes/ours.toml"\n[arms.', 1))
    return study


def test_changes_of_ones_own_are_kept_in_the_folder_and_make_its_runs_again(syslead, tmp_path):
    out = tmp_path / "out"
    assert syslead("sweep", with_changes(tmp_path / "mine"), "--out", out, *ONE)[0] == 0
    arms = {run: syslead("run", "--from", out, "--run", run, "--json") for run in range(2)}
    before = {run: document(told)["observables"] for run, (_, told, _) in arms.items()}
    assert [document(told)["request"]["change"] for _, told, _ in arms.values()] == ["ours.toml", None]
    assert before[0] != before[1]
    shutil.rmtree(tmp_path / "mine")
    assert {run: observables(syslead, out, run) for run in (0, 1)} == before
    with Store(out, write=True) as store:
        store.connection.execute("DELETE FROM runs")
    assert syslead("resume", out, *ONE)[0] == 0
    assert {run: observables(syslead, out, run) for run in (0, 1)} == before
    assert not verify(out).problems


@pytest.mark.parametrize(
    ("place", "told"), [("changes", "inputs.ours.toml: line 4"), ("scenarios", "inputs.own.toml, its change: line 4")]
)
def test_when_a_change_has_changed_resume_says_where_and_goes_on_as_asked(syslead, tmp_path, place, told):
    out = tmp_path / "out"
    assert syslead("sweep", with_changes(tmp_path / "mine"), "--out", out, "--shard", "1/2", *ONE)[0] == 0
    (tmp_path / "mine" / place / "ours.toml").write_text(OWN_CHANGE.replace("0.8", "0.3"))
    code, _, err = syslead("resume", out, *ONE)
    assert code == 4 and told in err and "--as-kept" in err
    assert syslead("resume", out, *ONE, "--as-kept")[0] == 0
    assert syslead("resume", out, *ONE, "--accept-changes")[0] == 0


def test_a_study_without_a_change_has_the_keys_that_it_had_before_there_were_any(tmp_path):
    import hashlib
    import json

    from experiments.design import study_file
    from experiments.design.jobs import Jobs

    study = tmp_path / "study.toml"
    study.write_text(STUDY)
    loaded = study_file.load(study)
    arm = loaded.arms[0]
    content = {"scenario": arm.scenario, "tactics": arm.tactics, "settings": arm.settings, "schedule": []}
    content |= {"weeks": loaded.weeks, "engine": loaded.engine, "sources": "s"}
    whole = hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).digest()
    jobs = Jobs(loaded, "s", {})
    point = json.dumps(loaded.design.row(0), sort_keys=True, separators=(",", ":"))
    assert jobs.key(0) == hashlib.sha256(whole + f"{point} {loaded.seed} 0".encode()).hexdigest()
    document = loaded.document()
    for each in document["arms"]:
        del each["change"]
    assert study_file.Study.from_document(document) == loaded
