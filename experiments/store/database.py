"""The database of a result folder: every finished run, the truth from which every table is derived.

It is an SQLite file. One process writes, any number read at any time. A run counts only if its checksum holds; whatever
is damaged or missing counts as not run.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from experiments.store import folder
from experiments.store.errors import Damaged, Incompatible, InUse, NotWritable, SweepError
from experiments.store.folder import STORE, not_writable, nothing_in
from experiments.store.stored_runs import StoredRun

FORMAT = 1
# Measured: a store without runs, its log and the log's index.
EMPTY_BYTES = 80_000
PAGES_BYTES = 20_000
APPLICATION = 0x53594C44
SCHEMA = f"""
BEGIN IMMEDIATE;
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {FORMAT};
CREATE TABLE facts (name TEXT PRIMARY KEY, body TEXT NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE runs (
    run INTEGER PRIMARY KEY, key TEXT NOT NULL, status TEXT NOT NULL, body TEXT NOT NULL, curves BLOB NOT NULL,
    seconds REAL NOT NULL, epoch INTEGER NOT NULL, checksum INTEGER NOT NULL
);
COMMIT;
"""
INPUTS = "CREATE TABLE IF NOT EXISTS inputs (digest TEXT PRIMARY KEY, content BLOB NOT NULL)"
COLUMNS = "run, key, status, body, curves, seconds, epoch, checksum"
INSERT = f"INSERT OR REPLACE INTO runs ({COLUMNS}) VALUES ({', '.join('?' * len(StoredRun._fields))})"
FULL = ("full", "disk I/O", "readonly", "unable to open", "locked")


@contextmanager
def hold(out: Path) -> Iterator[None]:
    """Hold a folder for this process alone, or say who does.

    Raises
    ------
    InUse
        Another process holds it.
    NotWritable
        The folder is gone or its file system cannot lock.
    """
    try:
        with folder.lock(out):
            yield
    except InUse as error:
        raise InUse(f"{error}{_holder(out)}. `syslead status` shows how far it is.") from None


def _holder(out: Path) -> str:
    try:
        with Store(out) as store:
            holder = store.fact("holder")
    except SweepError:
        holder = None
    return f" (process {holder['pid']} on {holder['host']} since {holder['started']})" if holder else ""


class Store:
    """An open store; a context manager.

    Parameters
    ----------
    path : Path
        The file, or the folder that holds it.
    write : bool
        Open for the one process that holds the folder; made when missing.

    Raises
    ------
    Damaged
        There is no store, or SQLite cannot open it.
    NotWritable
        It cannot be written.
    """

    def __init__(self, path: Path, write: bool = False):
        self.path = path if path.suffix == ".sqlite" and not path.is_dir() else path / STORE
        self.write = write
        if not write and not self.path.is_file():
            raise Damaged(nothing_in(self.path.parent))
        with self._explained(EMPTY_BYTES):
            try:
                self._open("rwc" if write else self._read_mode())
            except sqlite3.OperationalError as error:
                if write or "readonly" not in str(error):
                    raise
                # Its writer was killed in the middle of something that the next to open the file must undo.
                self._open("rw")

    def _read_mode(self) -> str:
        waiting = self.path.with_name(f"{self.path.name}-wal").exists()
        # A reader beside a log needs to write its index; a closed store can be read where nothing may be written.
        still = not waiting and not os.access(self.path.parent, os.W_OK)
        return "ro&immutable=1" if still else "ro"

    def _open(self, mode: str) -> None:
        address = f"{self.path.absolute().as_uri()}?mode={mode}"
        self.connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=10, check_same_thread=False)
        # A flipped bit must end in a failed checksum, not in a decoding error.
        self.connection.text_factory = lambda text: text.decode("utf-8", "replace")
        try:
            self._begin()
            self._inode = self.path.stat().st_ino
        except BaseException:
            self.connection.close()
            raise

    def _begin(self) -> None:
        run = self.connection.execute
        run("PRAGMA cell_size_check = ON")
        if self.write:
            # The log is synced at every commit: what is acknowledged survives a power cut.
            run("PRAGMA journal_mode = WAL")
            run("PRAGMA synchronous = FULL")
            if not run("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                self.connection.executescript(SCHEMA)
        application = run("PRAGMA application_id").fetchone()[0]
        form = run("PRAGMA user_version").fetchone()[0]
        if (application, form) != (APPLICATION, FORMAT):
            raise Damaged(f"{self.path}: this is not a store of sweeps in format {FORMAT}, or it is damaged.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the store; a writer that is the last to leave makes it one plain file again."""
        if self.write:
            # While a reader looks, or on a full disk, the log stays beside the file, and loses nothing.
            with suppress(sqlite3.Error):
                self.connection.execute("PRAGMA journal_mode = DELETE")
        self.connection.close()

    @contextmanager
    def _explained(self, needed: int = 0) -> Iterator[None]:
        """Turn what SQLite says into what the user needs to know."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if any(word in str(error) for word in FULL):
                raise not_writable(self.path.parent, error, needed) from None
            raise Damaged(f"{self.path}: the store cannot be read ({error}).") from None
        except sqlite3.DatabaseError as error:
            raise Damaged(f"{self.path}: the store cannot be read ({error}).") from None

    @contextmanager
    def _transaction(self, needed: int = 0) -> Iterator[None]:
        with self._explained(needed):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def add(self, runs: Iterable[StoredRun]) -> None:
        """Store runs, all or none; once this returns they are on the disk."""
        runs = list(runs)
        if runs:
            self._refuse_if_gone()
            with self._transaction(sum(len(run.body) + len(run.curves) + 200 for run in runs)):
                self.connection.executemany(INSERT, runs)

    def _refuse_if_gone(self) -> None:
        # SQLite writes on happily into a file that has lost its name.
        try:
            gone = self.path.stat().st_ino != self._inode
        except OSError:
            gone = True
        if gone:
            raise NotWritable(f"{self.path}: the file has been removed or replaced while the sweep was writing to it.")

    def put(self, **facts: Any) -> None:
        """Store facts about the whole sweep by name, all or none."""
        bodies = {name: json.dumps(fact, sort_keys=True) for name, fact in facts.items()}
        # Even a small fact rewrites whole pages of the file.
        with self._transaction(sum(map(len, bodies.values())) + PAGES_BYTES):
            for name, body in bodies.items():
                values = (name, body, zlib.crc32(f"{name} {body}".encode()))
                self.connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?, ?)", values)

    def fact(self, name: str) -> Any:
        """Return a fact, None if it was never stored.

        Raises
        ------
        Damaged
            It is not what was stored.
        """
        with self._explained():
            entry = self.connection.execute("SELECT body, checksum FROM facts WHERE name = ?", (name,)).fetchone()
        if entry is None:
            return None
        body, checksum = entry
        if zlib.crc32(f"{name} {body}".encode()) != checksum:
            raise Damaged(f"{self.path}: the entry {name!r} is damaged; `verify --repair` salvages the runs.")
        return json.loads(body)

    def runs(self) -> Iterator[StoredRun]:
        """Yield every stored run in the order of numbers, sound or not, as far as the file can be read."""
        with self._explained():
            for values in self.connection.execute(f"SELECT {COLUMNS} FROM runs ORDER BY run"):
                yield StoredRun(*values)

    def run(self, number: int) -> StoredRun | None:
        """Return one stored run, sound or not."""
        with self._explained():
            values = self.connection.execute(f"SELECT {COLUMNS} FROM runs WHERE run = ?", (number,)).fetchone()
        return StoredRun(*values) if values else None

    def failures(self, most: int) -> list[StoredRun]:
        """Return the first runs without a result, sound or not; all of them with -1."""
        command = f"SELECT {COLUMNS} FROM runs WHERE status != 'ok' ORDER BY run LIMIT ?"
        with self._explained():
            return [StoredRun(*values) for values in self.connection.execute(command, (most,))]

    def keep(self, digest: str, path: Path) -> None:
        """Store what a file holds, compressed, under its hash; what is kept already is left as it is."""
        packer, pieces, seen = zlib.compressobj(), [], hashlib.sha256()
        try:
            with path.open("rb") as file:
                while piece := file.read(2**20):
                    seen.update(piece)
                    pieces.append(packer.compress(piece))
        except OSError as error:
            raise Incompatible(f"{path}: the file cannot be read any more ({error.strerror}).") from None
        if seen.hexdigest() != digest:
            raise Incompatible(f"{path}: the file has changed while it was read; start again.")
        packed = b"".join([*pieces, packer.flush()])
        self.keep_packed({digest: packed})

    def keep_packed(self, contents: Mapping[str, bytes]) -> None:
        """Store compressed contents under their hashes, all or none."""
        with self._transaction(sum(map(len, contents.values())) + PAGES_BYTES):
            self.connection.execute(INPUTS)
            self.connection.executemany("INSERT OR IGNORE INTO inputs VALUES (?, ?)", contents.items())

    def packed(self, digest: str) -> bytes | None:
        """Return the compressed content that is kept under a hash, sound or not; None where there is none."""
        with self._explained():
            if not self.connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'inputs'").fetchone():
                return None  # made before inputs were kept
            found = self.connection.execute("SELECT content FROM inputs WHERE digest = ?", (digest,)).fetchone()
        return found[0] if found else None

    def kept(self, digest: str) -> bytes:
        """Return the content that is kept under a hash.

        Raises
        ------
        Damaged
            There is none, or it is not what was kept.
        """
        packed = self.packed(digest)
        with suppress(zlib.error, TypeError):
            content = zlib.decompress(packed or b"")
            if hashlib.sha256(content).hexdigest() == digest:
                return content
        raise Damaged(
            f"{self.path}: a scenario, table or change that was kept here is damaged or missing; `syslead verify --repair` saves the rest."
        )

    def problems(self) -> list[str]:
        """Return what SQLite itself finds wrong with the file."""
        with self._explained():
            findings = self.connection.execute("PRAGMA integrity_check").fetchall()
        return [f"{self.path}: {text}" for (text,) in findings if text != "ok"]
