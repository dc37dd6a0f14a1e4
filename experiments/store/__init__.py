"""A result folder: every finished run kept once and whole, and the tables made from what is kept.

The truth is a `database` of `stored_runs` in a `folder`; a `ledger` says whose results it holds and which of them count,
and `entry` whether more may be added. From it `export` derives what people open: `tables`, and their `provenance`.
`status` says how far a sweep has come, `verification` whether a folder is what was written, `salvage` saves what can
be saved, `merge` joins the parts of a sweep, and `repeat` makes one run again. `errors` says why a folder could not be used.
"""

__all__ = [
    "database",
    "entry",
    "errors",
    "export",
    "folder",
    "ledger",
    "merge",
    "provenance",
    "repeat",
    "salvage",
    "status",
    "stored_runs",
    "tables",
    "verification",
]
