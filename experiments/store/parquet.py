"""Tables as Parquet, through DuckDB where the extra ``data`` is installed."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable
from pathlib import Path

from experiments.design.cells import Value
from experiments.store.folder import OUTCOMES, TEMPORARY, TRAJECTORIES, not_writable, sync
from experiments.store.ledger import Ledger
from simulation.errors import Invalid

FIXED = {
    "run": "BIGINT",
    "point": "BIGINT",
    "replicate": "BIGINT",
    "epoch": "BIGINT",
    "week": "BIGINT",
    "arm": "VARCHAR",
    "status": "VARCHAR",
}


def write(ledger: Ledger) -> list[Path]:
    """Write the outcomes and the trajectories of a folder as Parquet, from its CSV tables.

    Raises
    ------
    Invalid
        DuckDB is not installed.
    NotWritable
        There is no room; what was there before is as it was.
    """
    try:
        import duckdb
    except ImportError:
        raise Invalid(["Parquet needs DuckDB: pip install 'syslead[data]'"]) from None
    out = ledger.folder
    levels = ledger.study.design.levels_by_name()
    types = {**{name: _type(values) for name, values in levels.items()}, **FIXED}
    written = []
    for name in (OUTCOMES, TRAJECTORIES):
        path = out / f"{name.partition('.')[0]}.parquet"
        temporary = out / f"{TEMPORARY}{path.name}"
        columns = {column: types.get(column, "DOUBLE") for column in _header(out / name)}
        with duckdb.connect() as database:
            table = database.read_csv(str(out / name), header=True, columns=columns)
            try:
                table.write_parquet(str(temporary), compression="zstd")
            except (duckdb.Error, OSError) as error:
                temporary.unlink(missing_ok=True)
                # Compressed columns are smaller than the text they come from.
                raise not_writable(out, error, (out / name).stat().st_size) from None
        temporary.replace(path)
        written.append(path)
    sync(out)
    return written


def _type(values: Iterable[Value]) -> str:
    kinds = {type(value) for value in values}
    if kinds == {bool}:
        return "BOOLEAN"
    return "DOUBLE" if kinds <= {int, float} else "VARCHAR"


def _header(path: Path) -> list[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        return next(csv.reader(file))
