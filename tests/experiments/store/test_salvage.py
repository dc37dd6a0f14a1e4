"""What is left of a damaged folder is kept, named and completed."""

import re

import pytest
from folders import table_hash
from sweeps import USUAL

from experiments.store import export, salvage, status, verification
from experiments.store.database import Store
from experiments.store.errors import Damaged
from experiments.sweep import runner


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
