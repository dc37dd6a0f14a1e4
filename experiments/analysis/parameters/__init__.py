"""What swept parameters do.

`effects` counts changes of a design (`changes`), one at a time or from the corners of a grid (`one_by_one`), from its
`starting_points`; `influences` ranks the parameters of a sample behind a threshold of permutations; `meanings` says in words
what a parameter and its levels are.
"""

__all__ = ["changes", "effects", "influences", "meanings", "one_by_one", "starting_points"]
