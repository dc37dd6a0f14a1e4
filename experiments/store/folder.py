"""Result folders on disk: who may write to one, and how a file gets into it whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import shlex
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_hex
from typing import IO, Any

from experiments.store.errors import InUse, NotWritable, SweepError

STORE = "store.sqlite"
OUTCOMES = "outcomes.csv"
TRAJECTORIES = "trajectories.csv.gz"
PROVENANCE = "provenance.json"
TEMPORARY = ".unfinished-"
OF_A_SWEEP = (STORE, "damaged-", "outcomes.", "trajectories.", "provenance.", "figures", TEMPORARY)


ELSEWHERE = (
    "Sweeps need Linux or macOS, as this system cannot lock a folder; on Windows, use WSL (learn.microsoft.com/windows/wsl)."
    " `syslead run`, `view`, `report` and `plot` work here."
)


def _locks() -> Any:
    """Return the module that locks files, or say that this system has none."""
    try:
        import fcntl
    except ImportError:
        raise SweepError(ELSEWHERE) from None
    return fcntl


def prepare(out: Path) -> None:
    """Make the folder if need be; refuse one that holds something else than a sweep.

    Raises
    ------
    NotWritable
        It cannot be made, or is not a folder of results.
    SweepError
        This system cannot lock it.
    """
    _locks()
    try:
        out.mkdir(parents=True, exist_ok=True)
        names = {entry.name for entry in out.iterdir()}
    except (OSError, ValueError) as error:
        raise NotWritable(f"{str(out)!r}: the folder cannot be made ({reason(error)}).") from None
    own = {STORE, f"{STORE}-wal", f"{STORE}-shm", f"{STORE}-journal"}
    others = {name for name in names if not name.startswith(TEMPORARY)}
    if others and not others & own:
        raise NotWritable(f"{out}: the folder holds {sorted(others)[0]!r} but no sweep; choose a new or empty one.")
    if (out / STORE).is_symlink():
        raise NotWritable(
            f"{out / STORE}: this is a link to a file elsewhere, and nothing is written outside the folder."
        )


def nothing_in(out: Path) -> str:
    """Say that a folder holds no sweep, and what can be done."""
    if not out.is_dir():
        return f"{out}: {'this is not a folder' if os.path.lexists(out) else 'there is no such folder'}."
    problem = f"{out}: there is no sweep in this folder ({STORE} is missing)."
    if not (out / PROVENANCE).is_file():
        return problem
    return (
        f"{problem} {PROVENANCE} may say which it was: `syslead verify {shlex.quote(str(out))} --repair` makes a store "
        "from it, and keeps the tables."
    )


@contextmanager
def lock(out: Path) -> Iterator[None]:
    """Hold the folder for this process alone.

    The lock is the kernel's, on the folder itself: it ends with the process, however that ends, and leaves no file.

    Raises
    ------
    InUse
        Another process holds it.
    NotWritable
        The folder is gone or its file system cannot lock.
    SweepError
        This system has no such locks.
    """
    fcntl = _locks()
    try:
        descriptor = os.open(out, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise NotWritable(f"{out}: the folder cannot be opened ({error.strerror}).") from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise InUse(f"{out}: another process is writing to this folder") from None
    except OSError as error:
        os.close(descriptor)
        raise NotWritable(
            f"{out}: this file system cannot lock a folder ({error.strerror}); use a local disk, and `merge` later."
        ) from None
    try:
        for leftover in out.glob(f"{TEMPORARY}*"):
            remove(leftover)
        yield
    finally:
        os.close(descriptor)


def clear(out: Path) -> None:
    """Throw away the sweep in a folder that this process holds; refuse one that holds anything else.

    Raises
    ------
    NotWritable
        Something in the folder is not of a sweep; nothing has been removed.
    """
    entries = sorted(out.iterdir())
    others = [entry.name for entry in entries if not entry.name.startswith(OF_A_SWEEP)]
    if others:
        raise NotWritable(f"{out} holds {others[0]!r}, which is not of a sweep; nothing was removed.")
    for entry in entries:
        remove(entry)


def remove(entry: Path) -> None:
    """Remove a file, a link or a whole folder, if it is there."""
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry)
    else:
        entry.unlink(missing_ok=True)


def is_locked(out: Path) -> bool:
    """Tell whether a process holds the folder."""
    try:
        fcntl = _locks()
    except SweepError:
        return False
    try:
        descriptor = os.open(out, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


@contextmanager
def writing(path: Path, needed: int = 0, overwrite: bool = True) -> Iterator[IO[bytes]]:
    """Open a file that takes its name only once it is whole and on the disk; a link leads to the file that it names.

    Parameters
    ----------
    path : Path
        Its name.
    needed : int
        About how many bytes it will have, for the message when there is no room.
    overwrite : bool
        Whether it may take the place of a file that is there by then.

    Raises
    ------
    NotWritable
        There is no room, or the folder cannot be written; the file of that name is as before.
    """
    path = Path(os.path.realpath(path))
    # Not called after the file: another process may be writing the same one.
    temporary = path.with_name(f"{TEMPORARY}{token_hex(4)}")
    try:
        if path.exists() and not path.is_file():  # /dev/stdout, a pipe: a file may not take the place of such a thing
            with open(path, "wb") as file:
                yield file
            return
        with open(temporary, "xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if not overwrite and path.exists():
            raise NotWritable(f"{path} has come to be there meanwhile, and is not replaced; name another file.")
        os.replace(temporary, path)
        sync(path.parent)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise not_writable(path.parent, error, needed) from None
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_together(out: Path, contents: Mapping[str, bytes]) -> list[Path]:
    """Write files into a folder that say one thing together: all of them or none; see `writing`."""
    with ExitStack() as begun:
        for name, content in contents.items():
            file = begun.enter_context(writing(out / name, sum(map(len, contents.values()))))
            file.write(content)
            file.flush()  # whatever has no room fails here, before the first takes its name
    return [out / name for name in contents]


def sync(out: Path) -> None:
    """Have the names in a folder on the disk, where a system lets one ask for that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(out, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def not_writable(out: Path, error: Exception, needed: int = 0) -> SweepError:
    """Return the error that says why a folder cannot be written, and how much room there is."""
    if _may_only_be_read(out, error):
        return NotWritable(
            f"{out}: it cannot be written ({reason(error)}): it may only be read here. "
            "Choose a folder in which you may write, or change its permissions."
        )
    try:
        free = f"{shutil.disk_usage(out).free:,} bytes are free"
    except OSError:
        free = "the folder is gone"
    need = f"; about {needed:,} more are needed" if needed else ""
    return NotWritable(f"{out}: it cannot be written ({reason(error)}); {free}{need}. What was finished is saved.")


def _may_only_be_read(out: Path, error: Exception) -> bool:
    """Whether permissions, rather than room, are in the way."""
    if getattr(error, "errno", None) in (errno.EACCES, errno.EPERM, errno.EROFS) or "readonly" in str(error):
        return True
    return "unable to open" in str(error) and out.is_dir() and not os.access(out, os.W_OK)


def reason(error: Exception) -> str:
    """Return what the system said."""
    return getattr(error, "strerror", None) or str(error)


def sha256(path: Path) -> str:
    """Return the hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
