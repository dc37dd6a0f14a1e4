"""How compiled code reads and writes people in blocks: the hard part of the compiled engine, and all of it.

Compiled code is fast where 64 people are worked out side by side, by instructions that take several at a time. For
that a person is a *lane* of a block, `(block, k)`: each field of the block is a row of 64 numbers, of which theirs is
number `k`. What stands here gives both engines the same words for a person:

- `person_at(staff, i)` returns a person as rules read them: compiled, a named tuple made of a lane; otherwise the
  Mesa agent itself.
- `take(staff, i, changes)` writes a named tuple of what has changed into the fields of the same names.
- `row_at(kind, rows, o)` returns a row of any other table as a named tuple with some of its fields.

and the verbs of the week a few more for compiled code alone: `at` and `write` for a lane, `room` for a block of its
own on the stack, `settle` to write what stands there back, `kept` to copy the settings there. Memory on the stack is
what nobody else can point to; only then does LLVM see that writing to one person changes neither another person nor
the settings, and takes several at a time.

Most of these mean one line of code a field, which `spelt_out` writes down.
"""

from collections import namedtuple
from collections.abc import Sequence
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.np.numpy_support import as_dtype, from_dtype

from .compiled import in_compiled_code, intrinsic, spelt_out
from .entities import Staff
from .people import LANES, SHIFT


def _columns(one: Any, path: str = "") -> dict[str, Any]:
    """Return the numbers in a named tuple, also in those that stand in it, by what leads to them, with their types."""
    columns: dict[str, Any] = {}
    for name, kind in zip(one.fields, one.types, strict=True):
        inside = isinstance(kind, types.BaseTuple)
        columns |= _columns(kind, f"{path}{name}.") if inside else {f"{path}{name}": kind}
    return columns


def _column(path: str) -> str:
    return path.replace(".", "_")


def _made(one: Any, names: dict[str, Any], path: str = "") -> str:
    """Return the line that makes a named tuple again of a lane, and add to the names that it uses."""
    kind = f"Made{len(names)}"
    names[kind] = one.instance_class
    fields = [
        _made(inside, names, f"{path}{name}.")
        if isinstance(inside, types.BaseTuple)
        else f"block.{_column(path + name)}[k]"
        for name, inside in zip(one.fields, one.types, strict=True)
    ]
    return f"{kind}({', '.join(fields)})"


def _fields(record: Any, kind: Any, place: str) -> str:
    """Return the fields of a named tuple read from a record; whole numbers become as wide as Python's."""
    wide = {name: "np.int64({})" if isinstance(_number(record, name), types.Integer) else "{}" for name in kind._fields}
    return ", ".join(wide[name].format(place.format(name)) for name in kind._fields)


def _number(record: Any, name: str) -> Any:
    """Return the type of the numbers in a field of a record or block."""
    field = record.typeof(name)
    return getattr(field, "dtype", field)


def person_at(staff: Any, i: int) -> Any:
    """Return a person as rules read them."""
    return staff[i]


@in_compiled_code(person_at)
def _person_at(staff: Any, i: Any) -> Any:
    return lambda staff, i: at(Staff, staff[i >> SHIFT], i & (LANES - 1))


def take(staff: Any, i: int, changes: Any) -> None:
    """Write what has changed in a person."""
    staff[i].take(changes)


@in_compiled_code(take)
def _take(staff: Any, i: Any, changes: Any) -> Any:
    return lambda staff, i, changes: write(staff[i >> SHIFT], i & (LANES - 1), changes)


def row_at(kind: Any, rows: Any, o: int) -> Any:
    """Return fields of a row of a table as a named tuple, or the agent that stands for it."""
    return rows[o]


@in_compiled_code(row_at)
def _row_at(kind: Any, rows: Any, o: Any) -> Any:
    made = kind.instance_class
    lines = ["row = rows[o]", f"return made({_fields(rows.dtype, made, 'row.{}')})"]
    return spelt_out("kind, rows, o", lines, made=made)


def unsigned(row: Any) -> Any:
    """Return a row that is never negative, so that compiled code need not ask whether it counts from the end."""
    return row


@in_compiled_code(unsigned)
def _unsigned(row: Any) -> Any:
    kind = getattr(np, f"uint{row.bitwidth}")
    return lambda row: np.uint64(kind(row))


def at(kind: Any, block: Any, k: int) -> Any:
    """Return what stands in a lane: a person of a block of staff, or what a block on the stack has room for."""


@in_compiled_code(at)
def _at(kind: Any, block: Any, k: Any) -> Any:
    if kind.instance_class is Staff:
        return spelt_out("kind, block, k", [f"return Staff({_fields(block, Staff, 'block.{}[k]')})"], Staff=Staff)
    names: dict[str, Any] = {}
    return spelt_out("kind, block, k", [f"return {_made(kind, names)}"], **names)


def write(block: Any, k: int, changes: Any) -> None:
    """Write a named tuple, and those that stand in it, into the fields of the same names, if there are any."""


@in_compiled_code(write)
def _write(block: Any, k: Any, changes: Any) -> Any:
    places = {
        path: _column(path) if _column(path) in block.fields else path.split(".")[-1] for path in _columns(changes)
    }
    lines = [f"block.{place}[k] = changes.{path}" for path, place in places.items() if place in block.fields]
    return spelt_out("block, k, changes", lines)


def one_after_another(acts: Any, person: Any, near: Any, stream: Any, s: Any) -> Any:
    """Let a person act several times, each time as the last act has left them; return all that has changed."""


@in_compiled_code(one_after_another)
def _one_after_another(acts: Any, person: Any, near: Any, stream: Any, s: Any) -> Any:
    returned = [act.typing_key.__annotations__["return"] for act in acts.types]
    fields = list(dict.fromkeys(name for changes in returned for name in changes._fields))
    lines = [f"person = changed(person, acts[{k}](person, near, stream, s))" for k in range(len(returned))]
    all_changes = ", ".join(f"person.{name}" for name in fields)
    known = {"changed": changed, "made": namedtuple("made", fields)}
    return spelt_out("acts, person, near, stream, s", [*lines, f"return made({all_changes})"], **known)


def changed(person: Any, changes: Any) -> Any:
    """Return a person as an act has left them."""


@in_compiled_code(changed)
def _changed(person: Any, changes: Any) -> Any:
    made = person.instance_class
    fields = [f"{'changes' if name in changes.fields else 'person'}.{name}" for name in made._fields]
    return spelt_out("person, changes", [f"return made({', '.join(fields)})"], made=made)


def settle(block: Any, room: Any) -> None:
    """Write a block on the stack into the fields of the same names, one field after another."""


@in_compiled_code(settle)
def _settle(block: Any, room: Any) -> Any:
    fields = [name for name in room.fields if name in block.fields]
    lines = [f"for k in range(lanes): block.{name}[k] = room.{name}[k]" for name in fields]
    return spelt_out("block, room", lines, lanes=LANES)


def summed(measures: Sequence[Any]) -> Any:
    """Return the sums of numbers or, place by place, of tuples.

    >>> summed([(1, (2, 3)), (10, (20, 30))])
    (11, (22, 33))
    """
    one = measures[0]
    if not isinstance(one, tuple):
        return sum(measures)
    sums = [summed(column) for column in zip(*measures, strict=True)]
    return type(one)(*sums) if hasattr(one, "_fields") else tuple(sums)


def added(one: Any, other: Any) -> Any:
    """Return the sum of two numbers or, place by place, of two tuples."""
    return summed((one, other))


@in_compiled_code(added)
def _added(one: Any, other: Any) -> Any:
    if not isinstance(one, types.BaseTuple):
        return lambda one, other: one + other
    sums = ", ".join(f"added(one[{k}], other[{k}])" for k in range(len(one)))
    made = getattr(one, "instance_class", None)
    whole = f"({sums},)" if made is None else f"made({sums})"
    return spelt_out("one, other", [f"return {whole}"], made=made, added=added)


def _on_the_stack(builder: Any, kind: Any) -> Any:
    """Return a place that nothing has been written to; Numba's own would be, byte by byte, which takes LLVM ten seconds."""
    with builder.goto_entry_block():
        place = builder.alloca(kind)
    place.align = 64
    return place


@intrinsic
def room(typing: Any, one: Any) -> Any:
    """Return room on the stack for a block of what `one` is an example of."""
    fields = [(_column(path), as_dtype(kind), (LANES,)) for path, kind in _columns(one).items()]
    block = from_dtype(np.dtype(fields, align=True))

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        empty = _on_the_stack(builder, context.get_data_type(block))
        cgutils.memset(builder, empty, ir.Constant(ir.IntType(64), block.size), 0)
        return empty

    return block(one), build


@intrinsic
def kept(typing: Any, settings: Any) -> Any:
    """Return a copy of the settings on the stack."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        copy = _on_the_stack(builder, arguments[0].type.pointee)
        size = ir.Constant(ir.IntType(64), settings.size)
        cgutils.raw_memcpy(builder, copy, arguments[0], size, 1, align=8)
        return copy

    return settings(settings), build
