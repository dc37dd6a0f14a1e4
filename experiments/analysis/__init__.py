"""What the runs of a sweep say: estimates with their intervals, survival curves, effects of parameters.

`tables` reads the tables of a result folder into `outcomes`, over the runs that all arms have (`like_with_like`); from
these `summary` takes the numbers of the report, `comparisons` passes the verdicts, and `parameters` say what those that were
swept do. Beneath them, `statistics` are pure functions of arrays. `wording` puts numbers, and `writing` values, into the words that
tables and figures share, `footer` how a sweep was made; `results` gives all of it as pandas objects. `facilitator` holds what a sheet for a workshop claims to what came
out.
"""

__all__ = [
    "comparisons",
    "facilitator",
    "footer",
    "like_with_like",
    "outcomes",
    "parameters",
    "results",
    "statistics",
    "summary",
    "tables",
    "wording",
    "writing",
]
