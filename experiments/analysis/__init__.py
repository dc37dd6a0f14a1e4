"""What the runs of a sweep say: estimates with their intervals, survival curves, effects of parameters.

`outcomes` reads the tables of a result folder. `statistics` and `survival` are pure functions of arrays, `effects`
says what swept parameters do, and `wording` puts numbers into the words that tables and figures share.
"""

__all__ = ["effects", "outcomes", "statistics", "survival", "wording"]
