"""What is acknowledged stays, whatever happens to the disk or the writer."""

import errno
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from faults import toys
from folders import made, rows_of
from sweeps import USUAL

from experiments.design.jobs import Jobs
from experiments.store import folder, status, verification
from experiments.store.database import Store
from experiments.store.entry import enter
from experiments.store.errors import NotWritable
from experiments.sweep import runner


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


def test_ten_thousand_rows_open_in_a_second(tmp_path):
    study = toys.study(replicates=5_000)
    keys = Jobs(study, "0" * 64, {})
    with Store(tmp_path, write=True) as store:
        enter(store, study, None, False)
        store.add(made(run, keys.key(run)) for run in range(10_000))
    began = time.perf_counter()
    assert status.status_of(tmp_path).done == 10_000
    assert time.perf_counter() - began < 1


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
