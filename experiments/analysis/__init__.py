"""What the runs of a sweep say: estimates with their intervals, survival curves, effects of parameters.

`tables` reads the tables of a result folder into `outcomes`, over the runs that all arms have (`like_with_like`); from
these `summary` takes the numbers of the report, `comparisons` passes the verdicts, `effects` says what swept parameters do
(`changes`, counted from `starting_points`), and `correlations` what goes with what in a sample. Beneath are pure functions
of arrays: `statistics` of means and paired differences, `proportions`, `exact` intervals, `multiplicity` of tests, and
`survival` (when half the staff have adopted). `wording` puts numbers into the words that tables and figures share.
"""

__all__ = [
    "changes",
    "comparisons",
    "correlations",
    "effects",
    "exact",
    "like_with_like",
    "multiplicity",
    "outcomes",
    "proportions",
    "starting_points",
    "statistics",
    "summary",
    "survival",
    "tables",
    "wording",
]
