"""TOML files read with suspicion: whatever is in one, the answer is a document or a sentence."""

from __future__ import annotations

import re
import stat
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import Invalid, nearest
from .values import fitted

SIZE_LIMIT = 2**20
LINE_LIMIT = 2**16

_HEADER = re.compile(r"\s*\[{1,2}\s*([^\[\]]+?)\s*\]{1,2}\s*(#.*)?$")
_KEY = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")
_PART = re.compile(r'"([^"]*)"|\'([^\']*)\'|([\w-]+)')


@dataclass(frozen=True)
class TomlFile:
    """A file that was read: its data, and where in it a key stands."""

    path: Path
    text: str
    data: dict[str, Any]
    _lines: dict[str, int] = field(default_factory=dict, repr=False)

    def line_of(self, keys: Sequence[str]) -> int | None:
        """Return the line of a key given by its path, or of the nearest table around it."""
        if not self._lines:
            self._lines.update(_lines(self.text))
        for depth in range(len(keys), 0, -1):
            line = self._lines.get(".".join(keys[:depth]))
            if line is not None:
                return line
        return None


def read(path: Path) -> TomlFile:
    """Return the document in a TOML file.

    Raises
    ------
    Invalid
        The file is missing, too large, not UTF-8 text, or not TOML; the message says which, and where.
    """
    return parsed(path, content(path))


def parsed(path: Path, content: bytes) -> TomlFile:
    """Return the document that a file of this content holds; see `read`."""
    text = _text(path, content)
    try:
        return TomlFile(path, text, tomllib.loads(text))
    except RecursionError:
        problem = "it is nested too deeply"
    except ValueError as error:
        last = len(text.splitlines())
        problem = f"it is not TOML: {error}".replace("at end of document", f"at the end, line {last}")
        if re.search(r"(?m)^\s*[\w-]+\s*:", text):
            problem += ". It looks like YAML; TOML writes `name = value`"
    raise Invalid([f"{path}: {problem}."])


def _text(path: Path, content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Invalid([f"{path}: it is UTF-16 text; save it as UTF-8."])
    if b"\x00" in content:
        line = content.count(b"\n", 0, content.index(b"\x00")) + 1
        raise Invalid([f"{path}, line {line}: it holds a NUL byte, so it is no text file."])
    # A line this long is no study, and the parser needs seconds for some of them.
    long = next((n for n, line in enumerate(content.split(b"\n"), 1) if len(line) > LINE_LIMIT), None)
    if long:
        raise Invalid([f"{path}, line {long}: the line has over {LINE_LIMIT:,} bytes."])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Invalid([f"{path}, line {line}: it is not UTF-8 text; save it as UTF-8."]) from None


def content(path: Path) -> bytes:
    """Return what a file holds, unless it is missing, too large or no file; see `read`."""
    try:
        kind = path.stat()
        if not stat.S_ISREG(kind.st_mode):
            raise Invalid([f"{path}: this is not a file."])
        if kind.st_size > SIZE_LIMIT:
            raise Invalid([f"{path}: it has {kind.st_size:,} bytes; at most {SIZE_LIMIT:,} are read."])
        return path.read_bytes()
    except OSError as error:
        raise Invalid([f"{path}: the file cannot be read ({error.strerror})."]) from None
    except ValueError as error:
        if isinstance(error, Invalid):
            raise
        raise Invalid([f"{str(path)!r}: this is not a path."]) from None


def _lines(text: str) -> dict[str, int]:
    """Return the line of each header and of each key that starts a line, by dotted path.

    The tables of a list, written ``[[name]]``, are also found by their number from 0: ``name.2.key``.
    """
    found: dict[str, int] = {}
    header: list[str] = []
    row: list[str] = []
    rows: Counter[tuple[str, ...]] = Counter()
    for number, line in enumerate(text.splitlines(), 1):
        if match := _HEADER.match(line):
            header, row = _parts(match[1]), []
            if line.lstrip().startswith("[["):
                row = [*header, str(rows[tuple(header)])]
                rows[tuple(header)] += 1
                found[".".join(row)] = number
            found.setdefault(".".join(header), number)
        elif match := _KEY.match(line):
            found.setdefault(".".join(header + _parts(match[1])), number)
            if row:
                found.setdefault(".".join(row + _parts(match[1])), number)
    return found


def _parts(key: str) -> list[str]:
    return ["".join(groups) for groups in _PART.findall(key)]


def flat(table: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """Return a table with nested keys joined by dots, as TOML nests ``climate.finance = 0.6`` unless it is quoted.

    >>> flat({"climate": {"finance": 1}, "leaders.ego": 0})
    {'climate.finance': 1, 'leaders.ego': 0}
    """
    return dict(_leaves(table, before))


def named_twice(table: Mapping[str, Any]) -> list[str]:
    """Return the names that stand in a table both with quotes and without, so that one would be lost.

    >>> named_twice({"climate": {"finance": 1}, "climate.finance": 0})
    ['climate.finance']
    """
    return [name for name, times in Counter(name for name, _ in _leaves(table, "")).items() if times > 1]


def _leaves(table: Mapping[str, Any], before: str) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{before}{key}.")
        else:
            yield before + key, value


class Complaints:
    """Everything wrong with a file, gathered so that it can be told at once."""

    def __init__(self, file: TomlFile, problems: Sequence[str] = ()):
        self.file = file
        self.problems = list(problems)

    def add(self, keys: Sequence[str], problem: str) -> None:
        """Note a problem with the key at this path."""
        line = self.file.line_of(keys)
        place = f"{self.file.path}, line {line}" if line else f"{self.file.path}"
        self.problems.append(f"{place}: {problem}")

    def typed(self, keys: Sequence[str], table: Any, schema: Mapping[str, type]) -> dict[str, Any]:
        """Return the entries of a table that have a known name and the right type, and note the others."""
        if not isinstance(table, dict):
            self.add(keys, f"`{'.'.join(keys)}` must be a table.")
            return {}
        right = {}
        for name, given in table.items():
            where = [*keys, name]
            value = fitted(_KINDS.get(schema.get(name, dict), ""), given)
            if name not in schema:
                self.add(where, f"`{'.'.join(where)[:120]}` is not known. {nearest(name, schema)}".strip())
            elif type(value) is not schema[name]:
                wanted = TYPE_NAMES[schema[name]]
                self.add(where, f"`{'.'.join(where)}` must be {wanted}, but is {shown(value)}.")
            else:
                right[name] = value
        return right


_KINDS = {int: "integer", bool: "switch"}
TYPE_NAMES = {str: "text", int: "a whole number", dict: "a table", list: "a list", bool: "true or false"}


def shown(value: object) -> str:
    """Return a value as a message shows it, shortened."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
