"""A folder takes only what belongs to it."""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults import toys
from sweeps import USUAL, outcomes, swept

from experiments.store import export, folder, merge, salvage, status, verification
from experiments.store.database import Store
from experiments.store.errors import Incompatible, InUse, NotWritable
from experiments.sweep import runner, sitting
from simulation import fingerprint


def test_a_folder_made_by_other_sources_is_refused_with_the_difference(tmp_path, monkeypatch):
    study = toys.study(replicates=2)
    swept(tmp_path, study)
    before = (tmp_path / "outcomes.csv").read_bytes()
    monkeypatch.setattr(fingerprint, "sources", lambda: "1" * 64)
    with pytest.raises(Incompatible, match=r"(?s)sources was '000.*is '111.*syslead resume .* --accept-changes"):
        runner.resume(tmp_path, options=USUAL)
    assert (tmp_path / "outcomes.csv").read_bytes() == before
    more = swept(tmp_path, study.with_runs(replicates=3), accept_changes=True)
    assert more.ran == 2
    assert [row["epoch"] for row in outcomes(tmp_path)] == ["0"] * 4 + ["1"] * 2
    assert "sources" in status.status_of(tmp_path).changes[0]
    assert runner.resume(tmp_path, options=USUAL).ran == 0, "accepted once is accepted"


def test_a_folder_made_with_other_versions_is_refused_with_the_difference(tmp_path, monkeypatch):
    from experiments.store import made_with

    swept(tmp_path, toys.study())
    monkeypatch.setattr(made_with, "versions", lambda: {"numpy": "9.0"})
    with pytest.raises(Incompatible, match=r"versions.numpy was '.*', is '9.0'"):
        runner.resume(tmp_path, options=USUAL)


def test_a_folder_of_another_study_is_refused_and_where_accepted_its_runs_are_made_anew(tmp_path):
    study = toys.study(("well", "fine"), replicates=2)
    swept(tmp_path, study)
    other = toys.study(("well", "good"), replicates=2)
    with pytest.raises(Incompatible, match=r"levels\[0\]\[1\] was 'fine', is 'good'") as refused:
        swept(tmp_path, other)
    assert refused.value.exit_code == 4
    # Neither `sweep` nor `resume` could carry out another: what is suggested is what the commands have.
    assert "--accept-changes" not in str(refused.value) and "--overwrite" in str(refused.value)
    again = swept(tmp_path, other, accept_changes=True)
    assert again.ran == 4, "only the point that changed"
    assert again.table_hash == swept(tmp_path.with_name("new"), other).table_hash


def test_a_folder_in_use_is_refused_at_once_with_who_holds_it(tmp_path):
    refusals = []

    def start_another(_progress):
        with pytest.raises(InUse) as refused:
            swept(tmp_path, toys.study())
        refusals.append(refused.value)

    runner.sweep(toys.study(), tmp_path, on_progress=start_another, options=USUAL)
    assert refusals and all(f"process {os.getpid()} on" in str(refusal) for refusal in refusals)
    assert refusals[0].exit_code == 5


@pytest.mark.parametrize("wanted", [export.export_tables, lambda out: salvage.repair(out)])
def test_whoever_else_wants_a_folder_in_use_is_told_who_holds_it(tmp_path, wanted):
    swept(tmp_path, toys.study())
    who = sitting.holder()
    with Store(tmp_path, write=True) as store:
        store.put(holder=who)
    with folder.lock(tmp_path), pytest.raises(InUse) as refused:
        wanted(tmp_path)
    assert refused.value.exit_code == 5
    for part in (f"process {who['pid']}", who["host"], who["started"], "syslead status"):
        assert part in str(refused.value)


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "thesis.doc").write_text("mine")
    with pytest.raises(NotWritable, match=r"holds 'thesis.doc' but no sweep"):
        swept(tmp_path, toys.study())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_store_that_is_a_link_to_elsewhere_is_refused(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "store.sqlite").symlink_to(tmp_path / "elsewhere.sqlite")
    with pytest.raises(NotWritable, match="link to a file elsewhere"):
        swept(out, toys.study())
    assert not (tmp_path / "elsewhere.sqlite").exists()


@pytest.mark.parametrize("place", ["file", "file/below", "a\0b", "x" * 300])
def test_a_place_that_is_no_folder_is_refused(tmp_path, place):
    (tmp_path / "file").write_text("")
    with pytest.raises(NotWritable):
        swept(tmp_path / place, toys.study())


def test_a_file_system_without_locks_is_named(tmp_path, monkeypatch):
    def no_lock(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_lock)
    with pytest.raises(NotWritable, match="cannot lock"):
        swept(tmp_path, toys.study())


def test_a_folder_that_is_removed_meanwhile_is_noticed(tmp_path):
    out = tmp_path / "out"

    def remove(progress):
        if progress.done:
            shutil.rmtree(out, ignore_errors=True)

    with pytest.raises(NotWritable, match=r"removed or replaced|gone"):
        runner.sweep(toys.timed_study(200, 0.02), out, on_progress=remove, options=USUAL)


@pytest.fixture
def readable() -> Iterator[Path]:
    """A folder that everyone can read and nobody but its owner can write, for a user who is not root."""
    place = Path(tempfile.mkdtemp())
    swept(place / "out", toys.study())
    for path in (place, place / "out"):
        path.chmod(0o555)
    owner = os.geteuid()
    if owner == 0:
        # Root may write anywhere.
        os.seteuid(65534)
    try:
        yield place
    finally:
        os.seteuid(owner)
        for path in (place, place / "out"):
            path.chmod(0o755)
        shutil.rmtree(place)


def test_a_folder_that_may_only_be_read_is_refused_in_a_sentence_and_can_be_read(readable):
    before = (readable / "out" / "store.sqlite").read_bytes()
    for refused in (
        lambda: swept(readable / "new", toys.study()),
        lambda: runner.resume(readable / "out", options=USUAL),
        lambda: export.export_tables(readable / "out"),
    ):
        with pytest.raises(NotWritable, match=str(readable)) as error:
            refused()
        assert error.value.exit_code == 4
        assert "bytes are free" not in str(error.value), "room is not what is missing"
    assert status.status_of(readable / "out").done == 4
    assert not verification.verify(readable / "out").problems
    assert (readable / "out" / "store.sqlite").read_bytes() == before


def test_shards_of_different_studies_do_not_merge(tmp_path):
    swept(tmp_path / "a", toys.study(("well",)), shard=(1, 2))
    swept(tmp_path / "b", toys.study(("fine",)), shard=(2, 2))
    with pytest.raises(Incompatible, match="do not belong"):
        merge.join_shards(tmp_path / "out", [tmp_path / "a", tmp_path / "b"])
