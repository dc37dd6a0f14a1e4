"""Whatever is damaged in a result folder is found."""

import random
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest
from folders import rows_of, table_hash
from sweeps import USUAL

from experiments.store import salvage, status, stored_runs, verification
from experiments.store.errors import Damaged
from experiments.sweep import runner

FLIPS = 60
CUT_EVERY = 97


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
