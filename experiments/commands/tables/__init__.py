"""What commands print of runs, studies and sweeps, as plain text that fits a terminal.

`run` gives the numbers of one run, `report` the table that ends a sweep, `effects` the one of what swept parameters
do, and `estimate` what a sweep would run and cost.
"""

__all__ = ["effects", "estimate", "report", "run"]
