"""Files and folders that a user names: refused before the work begins where none can be called so, or none be written."""

from __future__ import annotations

import errno
import os
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import click

from experiments.store.errors import InUse, NotWritable, SweepError
from experiments.store.folder import OF_A_SWEEP, STORE, TEMPORARY, lock, reason
from simulation.errors import shown
from simulation.named_files import is_folder


class Place(click.Path):
    """The path of a file or a folder."""

    def __init__(self, **keywords: Any) -> None:
        super().__init__(**{"path_type": Path, **keywords})

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the path."""
        if problem := problem_with(os.fspath(value)):
            self.fail(problem, param, ctx)
        return super().convert(value, param, ctx)


FILE, FOLDER = Place(dir_okay=False), Place(file_okay=False)


def problem_with(path: str) -> str:
    r"""Return why nothing can be called so, or an empty string.

    >>> problem_with("results/tactics"), problem_with("")
    ('', 'a path cannot be empty.')
    >>> problem_with("a\nb")
    "'a\\nb' has a control character in it, such as a line break; name it otherwise."
    """
    if not path:
        return "a path cannot be empty."
    # What is called so already is read: it may come from somebody else.
    if any(unicodedata.category(letter) == "Cc" for letter in path) and not os.path.lexists(path):
        return f"{shown(path)} has a control character in it, such as a line break; name it otherwise."
    # Of a folder that is not there yet, no name within is looked at: so each is looked at for itself.
    if any(map(_is_too_long, (path, *Path(path).parts))):
        return f"{shown(path)} is longer than a name may be on this system."
    return ""


def _is_too_long(name: str) -> bool:
    try:
        os.lstat(name)
    except OSError as error:
        return error.errno == errno.ENAMETOOLONG
    return False


def check_free(file: Path, overwrite: bool, makes_folder: bool = False) -> None:
    """Refuse a file that nothing may be written to.

    Raises
    ------
    NotWritable
        There is something already that may not be replaced, as what a sweep keeps never may; or there is no folder for
        it and none is made; or nothing can be written there.
    """
    if is_folder(file):
        raise NotWritable(f"{file} is a folder.")
    home, name = os.path.split(os.path.realpath(file))
    if not is_folder(Path(home)) and not (makes_folder and not file.is_symlink()):
        raise NotWritable(f"{home if file.is_symlink() else file.parent}: there is no such folder.")
    if file.is_symlink() and os.path.islink(os.path.join(home, name)):
        raise NotWritable(f"{file} is a link that leads to itself.")
    if name.startswith(OF_A_SWEEP) and (Path(home) / STORE).exists():
        raise NotWritable(f"{file} belongs to the sweep in that folder, and is never replaced; name another file.")
    if file.is_file() and not overwrite:
        raise NotWritable(f"{file} is there already; name another file, or add --overwrite.")
    if file.is_file() or not file.exists():  # nothing takes the place of a device or a pipe
        check_folder(Path(home))


def check_folder(folder: Path) -> None:
    """Refuse a folder into which nothing can be written, or which cannot be made; nothing is left behind.

    Raises
    ------
    NotWritable
        It is none, its file system is full, or it may only be read.
    """
    place = folder
    while not os.path.lexists(place):
        place = place.parent
    if not is_folder(place):
        raise NotWritable(f"{place}: this is not a folder.")
    try:
        with tempfile.TemporaryFile(prefix=TEMPORARY, dir=place):
            pass
    except OSError as error:
        raise NotWritable(f"{place}: nothing can be written there ({reason(error)}). Choose another folder.") from None


@contextmanager
def reserved(folder: Path) -> Iterator[None]:
    """Hold a folder for this process alone; one that is made for that goes again if it stays empty.

    Raises
    ------
    NotWritable
        Nothing can be written there.
    InUse
        Another process holds it.
    """
    check_folder(folder)
    made = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        try:
            held.enter_context(lock(folder))
        except InUse:
            raise
        except SweepError:  # this system, or the disk, has no locks: whoever writes alone needs none
            pass
        held.callback(_remove_empty, made)
        yield


def _remove_empty(folders: Iterable[Path]) -> None:
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()
