"""Result folders: what is acknowledged stays, what is damaged is found, and what is written is whole."""

import csv
import errno
import gzip
import json
import os
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from faults import toys

from experiments.design.cells import cell_of, shielded
from experiments.design.jobs import Job, Jobs, jobs_of
from experiments.store import export, folder, merge, provenance, repeat, salvage, status, stored_runs, verification
from experiments.store.database import Store
from experiments.store.entry import enter
from experiments.store.errors import Damaged, Incompatible, NotWritable
from experiments.store.ledger import Ledger
from experiments.sweep import runner
from experiments.sweep.runner import Options
from simulation import Request, fingerprint
from simulation.errors import Invalid

USUAL = Options(jobs=2, work=toys.WORK)
FLIPS = 60
CUT_EVERY = 97


@pytest.fixture(autouse=True)
def _sources_stand_still(monkeypatch):
    # Somebody may be working on the model while these tests run.
    monkeypatch.setattr(fingerprint, "sources", lambda: "0" * 64)


@pytest.fixture(scope="module")
def swept(tmp_path_factory) -> Path:
    """A folder of 40 runs, two of them failures. Not to be changed; `copied` may be."""
    out = tmp_path_factory.mktemp("swept") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fingerprint, "sources", lambda: "0" * 64)
        runner.sweep(toys.study(("well", "raise"), replicates=10), out, options=USUAL)
    return out


@pytest.fixture
def copied(swept, tmp_path) -> Path:
    return Path(shutil.copytree(swept, tmp_path / "out"))


def rows_of(out: Path) -> dict[int, stored_runs.StoredRun]:
    with Store(out) as store:
        return {row.run: row for row in Ledger(store).runs()}


def table_hash(out: Path) -> str:
    return verification.verify(out).table_hash


def made(job_number: int, key: str) -> stored_runs.StoredRun:
    curves = stored_runs.packed(np.full((2, 5), job_number / 1000))
    job = Job(job_number, key, "none", 0, 0, {}, Request("tiny"))
    return stored_runs.sealed(job, stored_runs.OK, {"adopted_share": 0.5, "weeks_to_50": None}, curves, 0.01)


# Rows


def test_curves_come_back_bit_for_bit():
    curves = np.random.default_rng(1).random((2, 261))
    curves[0, :3] = [0.0, 5e-324, 1 / 3]
    assert stored_runs.unpacked(stored_runs.packed(curves)).tobytes() == curves.tobytes()


def test_every_field_of_a_stored_run_is_under_its_seal():
    row = made(3, "ab")
    assert row.is_sound
    changed = {"run": 4, "key": "ac", "status": "failed", "body": "{}", "curves": b"", "seconds": 1.0, "made_with": 1}
    for name, value in changed.items():
        assert not row._replace(**{name: value}).is_sound, name
    assert not row._replace(body=None).is_sound and not row._replace(curves="x").is_sound


# Acknowledged is safe


def test_readers_may_read_while_the_writer_writes(tmp_path):
    with Store(tmp_path / "s.sqlite", write=True) as writer:
        for run in range(20):
            writer.add([made(run, "k")])
            with Store(tmp_path / "s.sqlite") as reader:
                assert [row.run for row in reader.runs()] == list(range(run + 1))


def test_a_closed_store_is_one_plain_file(swept):
    assert {path.name for path in swept.iterdir()} == {
        "store.sqlite", "outcomes.csv", "trajectories.csv.gz", "provenance.json"
    }  # fmt: skip


def filled_up(tmp_path: Path, limit: int) -> tuple[int, int, str]:
    """Add rows under a limit on the size of files: how many were acknowledged, how many are there, what was said."""
    study = toys.study(replicates=2_000)
    out = tmp_path / str(limit)
    out.mkdir()
    keys, acknowledged, said = Jobs(study, "0" * 64, {}), 0, ""
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, unlimited[1]))
    try:
        with Store(out, write=True) as store:
            enter(store, study, None, False)
            for run in range(4_000):
                store.add([made(run, keys.key(run))])
                acknowledged += 1
    except NotWritable as error:
        said = str(error)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    return acknowledged, len(rows_of(out)) if acknowledged else 0, said


def check_full_disk(tmp_path: Path, limits: range) -> list[int]:
    fell = []
    for limit in limits:
        acknowledged, present, said = filled_up(tmp_path, limit)
        assert present >= acknowledged, f"at {limit} bytes an acknowledged row was lost"
        assert "bytes are free; about" in said and "are needed" in said
        fell.append(acknowledged)
        shutil.rmtree(tmp_path / str(limit))
    return fell


def test_a_full_disk_loses_no_acknowledged_row(tmp_path):
    fell = check_full_disk(tmp_path, range(1_000, 200_000, 97 * 83))
    assert fell[0] == 0 and fell[-1] > 30, "from before the first row to far beyond it"


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_disk_that_fills_up_at_any_byte_loses_no_acknowledged_row(tmp_path):
    fell = check_full_disk(tmp_path, range(1_000, 200_000, 97))
    print(f"{len(fell)} limits, {sum(map(bool, fell))} of them after the first row, {sum(fell)} rows acknowledged")
    assert sum(map(bool, fell)) > 1_500


def test_a_full_disk_ends_a_sweep_with_what_is_free_and_room_lets_it_go_on(tmp_path):
    study = toys.study(replicates=300)
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, unlimited[1]))
    try:
        with pytest.raises(
            NotWritable, match=r"bytes are free; about [\d,]+ more are needed. What was finished is saved"
        ) as full:
            runner.sweep(study, tmp_path / "out", options=USUAL)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    assert full.value.exit_code == 4
    assert 0 < len(rows_of(tmp_path / "out")) < 600
    resumed = runner.resume(tmp_path / "out", options=USUAL)
    assert resumed.done == 600
    assert resumed.table_hash == runner.sweep(study, tmp_path / "reference", options=USUAL).table_hash


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_a_table_that_cannot_be_finished_leaves_the_old_one_and_no_remains(copied, monkeypatch, code):
    before = {path.name: path.read_bytes() for path in copied.iterdir()}

    def full(_descriptor):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(folder.os, "fsync", full)
    with pytest.raises(NotWritable, match="cannot be written"), folder.writing(copied / "outcomes.csv") as file:
        file.write(b"half of it")
    assert {path.name: path.read_bytes() for path in copied.iterdir()} == before


def test_a_table_of_which_a_write_falls_short_is_finished(tmp_path, monkeypatch):
    # The buffered writer must loop over short writes; this shows that ours is such a writer.
    content = os.urandom(300_000)
    with folder.writing(tmp_path / "table") as file:
        raw_write, sizes = file.raw.write, []
        assert raw_write
        for start in range(0, len(content), 7_001):
            sizes.append(file.write(content[start : start + 7_001]))
    assert (tmp_path / "table").read_bytes() == content and sum(sizes) == len(content)


def test_remains_of_a_killed_writer_are_cleared_by_the_next(copied):
    (copied / f"{folder.TEMPORARY}outcomes.csv").write_text("half")
    with folder.lock(copied):
        assert not (copied / f"{folder.TEMPORARY}outcomes.csv").exists()


# Damage is found


def silent_differences(out: Path, true: dict[int, stored_runs.StoredRun], reference: str) -> tuple[bool, bool]:
    """Whether a damaged folder was found out, and whether it gave anything untrue as true."""
    try:
        seen = verification.verify(out)
    except Damaged:
        return True, False
    untrue = False
    with suppress(Damaged):
        untrue = any(true.get(run) != row for run, row in rows_of(out).items())
    is_found = bool(seen.problems or seen.missing)
    return is_found, untrue or (not is_found and seen.table_hash != reference)


def check_flips(swept: Path, tmp_path: Path, flips: int, seed: int) -> dict[str, int]:
    luck, true, reference = random.Random(seed), rows_of(swept), table_hash(swept)
    content = (swept / "store.sqlite").read_bytes()
    out = Path(shutil.copytree(swept, tmp_path / "flipped"))
    counts = {"found": 0, "harmless": 0, "silent": 0}
    for _ in range(flips):
        flipped = bytearray(content)
        flipped[luck.randrange(len(content))] ^= 1 << luck.randrange(8)
        (out / "store.sqlite").write_bytes(flipped)
        is_found, untrue = silent_differences(out, true, reference)
        counts["silent" if untrue else "found" if is_found else "harmless"] += 1
    return counts


def test_no_flipped_bit_changes_a_result_unseen(swept, tmp_path):
    counts = check_flips(swept, tmp_path, FLIPS, seed=1)
    assert counts["silent"] == 0
    assert counts["found"] > FLIPS / 4, f"the flips fell elsewhere: {counts}"


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_no_bit_of_a_thousand_flipped_changes_a_result_unseen(swept, tmp_path):
    counts = check_flips(swept, tmp_path, 1_000, seed=2)
    print(counts)
    assert counts["silent"] == 0 and counts["found"] > 250


def check_cuts(swept: Path, tmp_path: Path, step: int) -> int:
    true, reference = rows_of(swept), table_hash(swept)
    content = (swept / "store.sqlite").read_bytes()
    out = Path(shutil.copytree(swept, tmp_path / "cut"))
    cuts = range(0, len(content), step)
    for length in cuts:
        (out / "store.sqlite").write_bytes(content[:length])
        assert silent_differences(out, true, reference) == (True, False), f"cut at {length}"
    return len(cuts)


def test_a_store_cut_short_is_found_out(swept, tmp_path):
    check_cuts(swept, tmp_path, CUT_EVERY * 16)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_store_cut_at_every_97th_byte_is_found_out(swept, tmp_path):
    print(check_cuts(swept, tmp_path, CUT_EVERY), "cuts")


@pytest.mark.parametrize("name", ["outcomes.csv", "trajectories.csv.gz", "provenance.json"])
@pytest.mark.parametrize("harm", ["flip", "cut", "delete"])
def test_a_changed_derived_file_is_found_and_written_again(copied, name, harm):
    path = copied / name
    before = path.read_bytes()
    middle = len(before) // 2
    if harm == "delete":
        path.unlink()
    else:
        path.write_bytes(before[:middle] if harm == "cut" else before[:middle] + b"~" + before[middle + 1 :])
    found_out = verification.verify(copied)
    assert found_out.exit_code == 4 and any(name in problem for problem in found_out.problems)
    repaired = salvage.repair(copied)
    assert repaired.exit_code == 0 and repaired.sound == 40
    assert path.read_bytes() == before
    assert not verification.verify(copied).problems


def change(out: Path, *commands: str) -> None:
    with sqlite3.connect(out / "store.sqlite") as connection:
        for command in commands:
            connection.execute(command)
    connection.close()


@pytest.mark.parametrize(
    ("command", "damaged"),
    [
        ("UPDATE runs SET body = replace(body, '0.', '0.1') WHERE run = 4", [4]),
        ("UPDATE runs SET curves = zeroblob(length(curves)) WHERE run = 5", [5]),
        ("UPDATE runs SET status = 'ok' WHERE run = 2", [2]),
        ("UPDATE runs SET key = (SELECT key FROM runs WHERE run = 1) WHERE run = 0", [0]),
        ("UPDATE runs SET run = 1000 WHERE run = 39", [1000]),
        ("DELETE FROM runs WHERE run IN (7, 8)", []),
    ],
)
def test_a_changed_row_counts_as_not_run_and_is_made_again(copied, swept, command, damaged):
    change(copied, command)
    found_out = verification.verify(copied)
    assert found_out.damaged == damaged
    assert found_out.exit_code == 4
    assert status.status_of(copied).missing == 40 - found_out.sound > 0
    again = runner.resume(copied, options=USUAL)
    assert again.ran == 40 - found_out.sound
    assert again.table_hash == table_hash(swept)


PAGE = 4096


def test_each_block_that_is_zeroed_and_each_two_that_change_places_are_found_out(swept, tmp_path):
    true, reference = rows_of(swept), table_hash(swept)
    content = (swept / "store.sqlite").read_bytes()
    out = Path(shutil.copytree(swept, tmp_path / "harmed"))
    pages = [content[start : start + PAGE] for start in range(0, len(content), PAGE)]
    assert len(pages) > 6
    for number in range(len(pages)):
        (out / "store.sqlite").write_bytes(b"".join([*pages[:number], bytes(PAGE), *pages[number + 1 :]]))
        assert silent_differences(out, true, reference) == (True, False), f"block {number} was zeroed"
        swapped = [*pages]
        swapped[number], swapped[number - 1] = swapped[number - 1], swapped[number]
        (out / "store.sqlite").write_bytes(b"".join(swapped))
        assert silent_differences(out, true, reference) == (True, False), f"block {number} changed places"


def test_two_rows_that_change_places_are_found_out(copied):
    change(
        copied,
        "UPDATE runs SET run = -1 WHERE run = 4",
        "UPDATE runs SET run = 4 WHERE run = 5",
        "UPDATE runs SET run = 5 WHERE run = -1",
    )
    assert verification.verify(copied).damaged == [4, 5]


def test_a_torn_store_is_salvaged_kept_and_completed(copied, swept):
    content = bytearray((copied / "store.sqlite").read_bytes())
    # A leaf of the table of runs: the pages after the first few.
    content[4096 * 4 : 4096 * 5] = bytes(4096)
    (copied / "store.sqlite").write_bytes(content)
    assert verification.verify(copied).problems
    repaired = salvage.repair(copied)
    assert 0 < repaired.sound < 40, "some could be read, some not"
    assert "salvaged" in repaired.repaired[0] and (copied / "damaged-1.sqlite").exists()
    assert runner.resume(copied, options=USUAL).table_hash == table_hash(swept)
    assert not verification.verify(copied).problems


def test_a_store_that_cannot_be_opened_is_named_and_made_anew_from_the_provenance(copied, swept):
    (copied / "store.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(Damaged, match=re.escape(str(copied / "store.sqlite"))) as damaged:
        runner.resume(copied, options=USUAL)
    assert damaged.value.exit_code == 4
    repaired = salvage.repair(copied)
    assert repaired.sound == 0 and repaired.exit_code == 0
    assert runner.resume(copied, options=USUAL).table_hash == table_hash(swept)


def test_where_the_store_is_lost_its_tables_are_kept_and_nothing_else_is_claimed(copied, swept):
    before = {name: (copied / name).read_bytes() for name in ("outcomes.csv", "trajectories.csv.gz", "provenance.json")}
    (copied / "store.sqlite").unlink()
    for look in (status.status_of, verification.verify):
        with pytest.raises(Damaged, match=r"syslead verify .* --repair"):
            look(copied)
    repaired = salvage.repair(copied)
    words = " ".join(repaired.repaired)
    assert "damaged-1" not in words and not list(copied.glob("damaged-*"))
    assert f"syslead resume {copied}" in words
    for name, content in before.items():
        stem, _, ending = name.partition(".")
        assert f"{stem}.kept-1.{ending}" in words
        assert (copied / f"{stem}.kept-1.{ending}").read_bytes() == content
    assert runner.resume(copied, options=USUAL).table_hash == table_hash(swept)


def test_tables_between_which_a_sweep_was_killed_are_found_and_written_again(copied):
    with Store(copied, write=True) as store:
        store.put(finished=None)
    (copied / "outcomes.csv").write_text("run,arm\n")
    assert "outcomes.csv" in verification.verify(copied).problems[0]
    salvage.repair(copied)
    assert not verification.verify(copied).problems


def test_a_folder_that_there_is_not_is_named_itself(tmp_path):
    with pytest.raises(Damaged, match=r"^nowhere: there is no such folder"):
        status.status_of("nowhere")
    (tmp_path / "file").write_text("")
    with pytest.raises(Damaged, match="file: this is not a folder"):
        status.status_of(tmp_path / "file")


def test_where_nothing_tells_which_study_it_was_nothing_is_made_up(copied):
    (copied / "store.sqlite").write_bytes(b"")
    (copied / "provenance.json").unlink()
    with pytest.raises(Damaged, match="nothing can be salvaged"):
        salvage.repair(copied)


@pytest.mark.parametrize("read", [status.status_of, verification.verify, export.export_tables])
def test_a_folder_without_a_sweep_is_told_from_one_with(tmp_path, read):
    with pytest.raises(Damaged):
        read(tmp_path)
    assert not list(tmp_path.iterdir())


# Reading


def test_a_finished_folder_can_be_read_where_nothing_may_be_written(copied):
    before = {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in copied.iterdir()}
    for path in copied.iterdir():
        path.chmod(0o444)
    copied.chmod(0o555)
    try:
        assert status.status_of(copied).done == 20
        assert not verification.verify(copied).problems
        assert repeat.repeat_of(copied, 0).request == jobs_of(toys.study(("well", "raise"), replicates=10))[0].request
    finally:
        copied.chmod(0o755)
    assert {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in copied.iterdir()} == before


def test_a_run_that_there_is_not_is_refused(swept):
    for run in (-1, 40, 10**12):
        with pytest.raises(Invalid, match="from 0 to 39"):
            repeat.repeat_of(swept, run)


def test_the_weekly_table_holds_every_week_of_every_result(swept):
    with gzip.open(swept / "trajectories.csv.gz", "rt") as file:
        weeks = list(csv.DictReader(file))
    assert len(weeks) == 20 * 5
    job = jobs_of(toys.study(("well", "raise"), replicates=10))[0]
    curve = [float(week["adopted_share"]) for week in weeks if (week["arm"], week["replicate"]) == ("none", "0")]
    assert curve == toys.work(job.request).adopted_share.tolist()


def test_a_weekly_table_beyond_reason_is_left_to_export(copied, monkeypatch):
    from experiments.store import tables
    from experiments.store.export import derive

    with Store(copied) as store:
        derived = derive(Ledger(store), weekly_rows=99)
    assert not (copied / "trajectories.csv.gz").exists() and len(derived.files) == 2
    assert tables.WEEKLY_ROWS > 1_000_000
    export.export_tables(copied)
    assert (copied / "trajectories.csv.gz").exists()


def _meant(cell: str) -> float | str:
    try:
        return float(cell)
    except ValueError:
        return cell


def test_parquet_holds_what_csv_holds(copied):
    duckdb = pytest.importorskip("duckdb")
    paths = export.export_tables(copied, "parquet")
    assert [path.name for path in paths] == ["outcomes.parquet", "trajectories.parquet"]
    with duckdb.connect() as database, (copied / "outcomes.csv").open() as file:
        read = database.execute(f"SELECT * FROM '{paths[0]}' ORDER BY run").fetchall()
        written = list(csv.reader(file))[1:]
    assert [[_meant(cell_of(value)) for value in row] for row in read] == [
        [_meant(cell) for cell in row] for row in written
    ]
    with pytest.raises(Invalid, match="csv or parquet"):
        export.export_tables(copied, "xlsx")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1 staff", "@x", "\tx", "\rx", "'quoted'", "ring", "''", "<script>"])
def test_no_text_cell_is_a_formula_and_what_was_written_stands_in_it(text):
    assert not shielded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert shielded(text).endswith(text)


def test_numbers_are_never_shielded():
    assert cell_of(-0.5) == "-0.5"
    assert cell_of(1e-300) == "1e-300"


def test_nothing_in_a_folder_is_ever_run(copied):
    trap = copied / "sprung"
    spring = f"import pathlib; pathlib.Path({str(trap)!r}).touch()"
    (copied / "model.py").write_text(spring)
    (copied / "sitecustomize.py").write_text(spring)
    pickled = b"cbuiltins\nexec\n(S" + repr(spring).encode() + b"\ntR."
    for name in ("results.pkl", "curves.joblib", "curves.npy"):
        (copied / name).write_bytes(pickled)
    (copied / "study.yaml").write_text(f"!!python/object/apply:builtins.exec [{spring!r}]")
    status.status_of(copied), verification.verify(copied), export.export_tables(copied), repeat.repeat_of(copied, 1)
    runner.resume(copied, options=USUAL)
    assert not trap.exists()


def test_nothing_in_the_package_runs_what_it_reads():
    forbidden = re.compile(
        r"pickle\.loads?\(|joblib\.load|read_pickle|allow_pickle\s*=\s*True|yaml\.load|\beval\(|\bexec\("
    )
    package = Path(folder.__file__).parents[2]
    sources = [path for name in ("experiments", "simulation") for path in (package / name).rglob("*.py")]
    assert len(sources) > 20
    found = [(path.name, match) for path in sources for match in forbidden.findall(path.read_text("utf-8"))]
    # `spelt_out` writes functions of the fields that the model declares and of the tactics it has imported; no file's words.
    assert found == [("compiled.py", "exec(")]


# Merging


def test_shards_merge_into_a_new_folder_only(copied, swept):
    with pytest.raises(Incompatible, match="holds a sweep already"):
        merge.join_shards(copied, [swept])
    with pytest.raises(Invalid, match="nothing to merge"):
        merge.join_shards(copied, [])


def test_what_shards_have_in_common_is_there_once(swept, tmp_path):
    merged = merge.join_shards(tmp_path / "merged", [swept, swept])
    assert (merged.done, merged.failed) == (20, 20)
    assert table_hash(tmp_path / "merged") == table_hash(swept)


# Size


def test_ten_thousand_rows_open_in_a_second(tmp_path):
    study = toys.study(replicates=5_000)
    keys = Jobs(study, "0" * 64, {})
    with Store(tmp_path, write=True) as store:
        enter(store, study, None, False)
        store.add(made(run, keys.key(run)) for run in range(10_000))
    began = time.perf_counter()
    assert status.status_of(tmp_path).done == 10_000
    assert time.perf_counter() - began < 1


def test_the_provenance_can_be_read_by_anyone(swept):
    document = json.loads((swept / "provenance.json").read_text())
    assert {"schema_version": 1, **provenance.read(swept)._asdict()} == document
    assert document["table_hash"] == table_hash(swept)
    assert document["runs"]["failed"] == {"failed": 20}


def test_a_store_whose_writer_died_in_a_transaction_is_read_as_before_it(copied):
    code = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('PRAGMA cache_size = 1');"
        "c.execute('BEGIN'); c.execute('UPDATE runs SET seconds = 7'); c.execute('PRAGMA cache_spill = 1');"
        "c.executemany('INSERT INTO runs SELECT run + ?, key, status, body, curves, seconds, epoch, checksum FROM runs',"
        " [(1000,), (10000,)]); os._exit(1)"
    )
    before = rows_of(copied)
    subprocess.run([sys.executable, "-c", code, str(copied / "store.sqlite")], check=False)
    assert (copied / "store.sqlite-journal").exists(), "something is left to undo"
    assert rows_of(copied) == before
    assert not verification.verify(copied).problems
