"""A finished folder is read, exported and merged, and nothing in it is ever run."""

import csv
import gzip
import json
import re
from pathlib import Path

import pytest
from faults import toys
from folders import table_hash
from sweeps import USUAL

from experiments.design.cells import cell_of, shielded
from experiments.design.jobs import jobs_of
from experiments.store import export, folder, merge, provenance, repeat, status, verification
from experiments.store.database import Store
from experiments.store.errors import Incompatible
from experiments.store.ledger import Ledger
from experiments.sweep import runner
from simulation.errors import Invalid


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


def test_shards_merge_into_a_new_folder_only(copied, swept):
    with pytest.raises(Incompatible, match="holds a sweep already"):
        merge.join_shards(copied, [swept])
    with pytest.raises(Invalid, match="nothing to merge"):
        merge.join_shards(copied, [])


def test_what_shards_have_in_common_is_there_once(swept, tmp_path):
    merged = merge.join_shards(tmp_path / "merged", [swept, swept])
    assert (merged.done, merged.failed) == (20, 20)
    assert table_hash(tmp_path / "merged") == table_hash(swept)


def test_the_provenance_can_be_read_by_anyone(swept):
    document = json.loads((swept / "provenance.json").read_text())
    assert {"schema_version": 1, **provenance.read(swept)._asdict()} == document
    assert document["table_hash"] == table_hash(swept)
    assert document["runs"]["failed"] == {"failed": 20}
