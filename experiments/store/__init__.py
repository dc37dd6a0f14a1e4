"""A result folder: every finished run kept once and whole, and the tables made from what is kept.

`ledger` says whose results a folder holds, and `store` keeps the runs in a database. `tables` and `derived` write what
people open (outcomes, trajectories, provenance), `parquet` the same for other programs. `storage` reads a folder for
whoever asks, `verification` checks and repairs one, and `errors` says why a sweep could not start, go on or be read.
"""

__all__ = ["derived", "errors", "folder", "ledger", "parquet", "provenance", "rows", "storage", "store", "tables"]
