"""A disk without room, writes that fall short: what is finished is safe, and the message says what is missing."""

import errno
import io
import os
import random
import re
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from faults import toys
from sweeps import USUAL

from experiments.store import export, folder, status
from experiments.store.database import Store
from experiments.store.errors import NotWritable
from experiments.store.ledger import Ledger
from experiments.sweep import runner
from simulation import fingerprint

ROOM = re.compile(r"[\d,]+ bytes are free; about [\d,]+ more are needed. What was finished is saved")
DERIVED = ("outcomes.csv", "trajectories.csv.gz", "provenance.json")
CAPACITY = 2**20


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A file system of a mebibyte, where this user may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    mounted = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={CAPACITY}", "tmpfs", place], capture_output=True
    )
    if not mounted or mounted.returncode:
        pytest.skip("mounting a small file system takes root")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def test_a_small_file_system_that_is_full_ends_the_sweep_and_room_lets_it_go_on(small_disk, tmp_path):
    study = toys.study(weeks=260, replicates=200)
    acknowledged = [0]
    with pytest.raises(NotWritable, match=ROOM) as full:
        runner.sweep(study, small_disk / "out", on_progress=lambda seen: acknowledged.append(seen.done), options=USUAL)
    assert full.value.exit_code == 4
    saved = status.status_of(small_disk / "out").done
    assert 50 < saved < 400 and saved >= max(acknowledged), "the disk was full midway"
    subprocess.run(["mount", "-o", f"remount,size={8 * CAPACITY}", small_disk], check=True)
    resumed = runner.resume(small_disk / "out", options=USUAL)
    assert resumed.ran == 400 - saved
    assert resumed.table_hash == runner.sweep(study, tmp_path / "reference", options=USUAL).table_hash


class Disk:
    """Opens files whose writes fall short, and fail once so many bytes have been written by all of them.

    `folder.writing` is the only way by which a table gets onto the disk; below Python's own buffer lies this.
    """

    def __init__(self, room: int, luck: random.Random):
        self.room = room
        self.luck = luck
        self.short = 0

    def open(self, path: Path, mode: str) -> io.BufferedWriter:
        assert mode == "xb"
        return io.BufferedWriter(_File(self, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)))


class _File(io.RawIOBase):
    def __init__(self, disk: Disk, descriptor: int):
        self._disk, self._descriptor = disk, descriptor

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def write(self, content) -> int:
        wanted = min(len(content), self._disk.room, self._disk.luck.randint(1, 3_000))
        if not wanted:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._disk.short += wanted < len(content)
        self._disk.room -= wanted
        return os.write(self._descriptor, bytes(content[:wanted]))

    def close(self) -> None:
        if not self.closed:
            os.close(self._descriptor)
        super().close()


@pytest.fixture(scope="module")
def unfinished(tmp_path_factory) -> Callable[[Path], Path]:
    """Copies of a folder that holds tables of 20 runs and a store of 60."""
    out = tmp_path_factory.mktemp("unfinished") / "out"
    study = toys.study(("well", "fine"), replicates=15)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fingerprint, "sources", lambda: "0" * 64)
        runner.sweep(study.with_runs(replicates=5), out, options=USUAL)
        old = {name: (out / name).read_bytes() for name in DERIVED}
        runner.sweep(study, out, options=USUAL)
    for name, content in old.items():
        (out / name).write_bytes(content)
    return lambda place: Path(shutil.copytree(out, place))


def whole(out: Path) -> dict[str, bytes]:
    """The derived files of a folder, and no others but the store's."""
    names = {path.name for path in out.iterdir()} - {folder.STORE}
    assert names == set(DERIVED)
    return {name: (out / name).read_bytes() for name in names}


def test_tables_of_which_every_write_falls_short_are_the_same(unfinished, tmp_path, monkeypatch):
    out, other = unfinished(tmp_path / "out"), unfinished(tmp_path / "other")
    export.export_tables(other)
    disk = Disk(10**9, random.Random(1))
    monkeypatch.setattr(folder, "open", disk.open, raising=False)
    export.export_tables(out)
    assert disk.short > 3, "writes fell short"
    assert whole(out) == whole(other)


def check_tables(unfinished: Callable[[Path], Path], tmp_path: Path, patch: pytest.MonkeyPatch, step: int) -> list[int]:
    """Fill the disk at every so-manieth byte of the tables: in which of them it became full."""
    before = whole(unfinished(tmp_path / "before"))
    export.export_tables(unfinished(tmp_path / "after"))
    after = whole(tmp_path / "after")
    total, fell = sum(map(len, after.values())), []
    for room in range(0, total, step):
        out = unfinished(tmp_path / str(room))
        with patch.context() as full:
            full.setattr(folder, "open", Disk(room, random.Random(room)).open, raising=False)
            with pytest.raises(NotWritable, match=ROOM) as refused:
                export.export_tables(out)
        assert refused.value.exit_code == 4
        now = whole(out)
        new = [name for name in DERIVED if now[name] == after[name]]
        assert all(now[name] == (after if name in new else before)[name] for name in DERIVED), "each is old or new"
        fell.append(len(new))
        assert runner.resume(out, options=USUAL).ran == 0
        assert whole(out) == after
        shutil.rmtree(out)
    return fell


def test_a_disk_that_is_full_while_tables_are_written_leaves_each_old_or_new(unfinished, tmp_path, monkeypatch):
    fell = check_tables(unfinished, tmp_path, monkeypatch, 97 * 11)
    assert set(fell) == {0, 1, 2}, "it became full in each of the three"


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_a_disk_that_is_full_at_every_97th_byte_of_the_tables_leaves_each_old_or_new(unfinished, tmp_path, monkeypatch):
    fell = check_tables(unfinished, tmp_path, monkeypatch, 97)
    print(len(fell), "moments:", [fell.count(number) for number in range(3)], "by number of tables already written")
    assert len(fell) > 80 and set(fell) == {0, 1, 2}


def test_a_disk_that_is_full_while_parquet_is_written_is_told_and_leaves_no_remains(unfinished, tmp_path):
    pytest.importorskip("duckdb")
    out = unfinished(tmp_path / "out")
    export.export_tables(out)
    before = whole(out)
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Store(out) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, unlimited[1]))
        try:
            with pytest.raises(NotWritable, match=ROOM):
                export.write_parquet(Ledger(store))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    assert whole(out) == before
