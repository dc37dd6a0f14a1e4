"""What the runs of a sweep say: estimates with their intervals, survival curves, effects of parameters.

`tables` reads the tables of a result folder into `outcomes`; from these `summary` takes the numbers of the report, and
`effects` what swept parameters do. Beneath are pure functions of arrays: `statistics` of means and paired differences,
`proportions`, and `survival` (when half the staff have adopted). `wording` puts numbers into the words that tables and
figures share.
"""

__all__ = ["effects", "outcomes", "proportions", "statistics", "summary", "survival", "tables", "wording"]
