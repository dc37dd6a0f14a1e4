"""A CSV file of a user's own: how it is written, its rows, and every problem with its place."""

import csv
import errno
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from ..words import counted

LISTED = 50
"""Problems listed of one file; the others are counted."""
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
DECIMALS = (".", ",")
ENCODINGS = ("utf-8", "utf-16", "cp1252", "latin-1", "cp1250", "mac-roman")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Source(NamedTuple):
    """A file, and how it is written where that is not plain CSV."""

    path: str
    place: str  # in the user's TOML file: where a choice, which stands here as "...", is written
    separator: str = ","
    decimal: str = "."
    encoding: str = "utf-8"
    columns: tuple[tuple[str, str], ...] = ()  # a column's name here, and its name in the file
    ignore: bool | tuple[str, ...] = ()  # columns of the file that are left out; True: whichever are not known
    duplicates: str = "error"  # of ties
    self_ties: str = "error"
    strangers: str = "error"  # whom ties name, but no table of staff
    graph: str = ""  # the format, where ties stand in the file of a graph
    names: str = ""  # of a graph: the attribute by which people are called; else they are called as its nodes
    directed: bool = False  # of a graph: whether the scenario says that ties lead one way

    @property
    def place_of_header(self) -> int | None:
        """The line on which the columns are named, where there is one."""
        return None if self.graph else 1

    @property
    def row(self) -> str:
        """What a row is called."""
        return "tie" if self.graph else "line"

    def hint(self, what: str, *lines: str) -> str:
        """Return a question with the lines that answer it.

        >>> Source("ties.csv", "... in [tables.ties]").hint("Decimal commas?", 'decimal = ","')
        'Decimal commas? Write decimal = "," in [tables.ties].'
        """
        together = ", ".join(lines) if "{" in self.place else " and ".join(lines)
        return f"{what} Write {self.place.replace('...', together)}."


def quoted(text: str) -> str:
    r"""Return text as TOML writes it.

    >>> print(quoted("\t"))
    "\t"
    """
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'


class Problems:
    """What is wrong with one file: the first few in words, the others counted.

    >>> problems = Problems("staff.csv")
    >>> problems.add("must lie in [0, 1], but is '7'.", 12, "ego")
    >>> problems.all()
    ["staff.csv, line 12, column `ego`: must lie in [0, 1], but is '7'."]
    """

    def __init__(self, path: str, row: str = "line"):
        self.path, self.row = path, row
        self.listed: list[str] = []
        self.more = 0
        self.is_unreadable = False
        self._causes: set[str] = set()

    @property
    def are_many(self) -> bool:
        """Whether no more are listed."""
        return len(self.listed) >= LISTED

    def add(self, problem: str, line: int | None = None, column: str = "") -> None:
        """Add a problem, at a line and in a column where it has them."""
        if self.are_many:
            self.more += 1
            return
        place = f"{self.path}" + (f", {self.row} {line}" if line else "") + (f", column `{column}`" if column else "")
        self.listed.append(f"{place}: {problem}")

    def add_once(self, cause: str, problem: str, line: int | None = None, column: str = "") -> None:
        """Add a problem, unless there is one of the same cause already."""
        if cause not in self._causes:
            self._causes.add(cause)
            self.add(problem, line, column)

    def stop(self, problem: str, line: int | None = None) -> None:
        """Add a problem that leaves the file, or a part of it, unread."""
        self.is_unreadable = True
        self.add(problem, line)

    def all(self) -> list[str]:
        """Return every problem with its place, or as many as are listed and a count of the others."""
        return [*self.listed, f"{self.path}: and {counted(self.more, 'more problem')}."] if self.more else self.listed


def rows(source: Source, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that holds anything, with the line on which it ends; the first one names the columns."""
    line, count = 0, 0
    try:
        with _opened(source) as file:
            reader = csv.reader(file, delimiter=source.separator, strict=True)
            for row in reader:
                line = reader.line_num
                if any(map(str.strip, row)):
                    if not count and any("\0" in cell for cell in row):
                        problems.stop("holds NUL characters, so it is no plain text. Save it as UTF-8.", line)
                        return
                    count += 1
                    yield line, row
    except UnicodeError:
        problems.stop(*_no_text(source))
    except csv.Error as error:
        problems.stop(f"not readable as CSV: {error}.", line + 1)
    except OSError as error:
        problems.stop(f"cannot be read: {error.strerror}.")
    if count < 2 and not problems.listed:
        problems.stop("has no rows." if count else "is empty.")


def _opened(source: Source) -> IO[str]:
    """Open a file for its text; a device or a pipe, which may have no end, is none."""
    path = Path(source.path)
    try:
        is_file = stat.S_ISREG(path.stat().st_mode)
    except ValueError:  # a NUL in its path
        is_file = False
    if not is_file:
        raise OSError(errno.EINVAL, "it is not a file")
    return path.open(encoding="utf-8-sig" if source.encoding == "utf-8" else source.encoding, newline="")


def _no_text(source: Source) -> tuple[str, int | None]:
    """Return what is wrong with the characters of a file and how to say in what encoding it is, and the line."""
    if source.encoding == "utf-16":
        return source.hint("not UTF-16 text. Plain CSV?", 'encoding = "utf-8"'), None
    with Path(source.path).open("rb") as file:
        for line, content in enumerate(file, 1):
            if line == 1 and content.startswith(_UTF16):
                return source.hint("UTF-16 text, such as Excel's Unicode text?", 'encoding = "utf-16"'), None
            try:
                content.decode(source.encoding)
            except UnicodeDecodeError as error:
                words = f"not {source.encoding.upper()} text (byte {content[error.start]:#04x})."
                return source.hint(f"{words} From Excel?", 'encoding = "cp1252"'), line
    return f"not {source.encoding.upper()} text.", None


def separator_hint(header: list[str], source: Source) -> str:
    """Return how to say by what the values of a file are separated, where its header looks so; otherwise nothing."""
    for separator, words in SEPARATORS.items():
        if separator != source.separator and any(separator in cell for cell in header):
            return source.hint(f"separated by {words}?", f"separator = {quoted(separator)}")
    return ""
