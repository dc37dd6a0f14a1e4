"""What commands print of studies and sweeps, as plain text that fits a terminal.

`report` is the table that ends a sweep, `effects` the one of what swept parameters do, and `estimate` what a sweep
would run and cost.
"""

__all__ = ["effects", "estimate", "report"]
