"""Pure functions of arrays, each with the interval that covers what it says it does.

`estimates` are means, medians and paired differences; `exact` has the intervals that hold for any shape; `proportions` are
shares of runs and of pairs; `survival` is when half the staff have adopted, `log_rank` whether two arms differ in that; `multiplicity` adjusts a family of
tests.
"""

__all__ = ["estimates", "exact", "log_rank", "multiplicity", "proportions", "survival"]
