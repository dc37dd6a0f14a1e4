"""The pictures of a sweep and of one run, drawn from tables alone: no figure runs the model.

`figures.draw` makes all that a sweep gives. A file holds one kind of figure each (`curves`, `contrasts`, `levels`,
`effect_figure`), on the `slide` that all share.
"""

__all__ = ["curves", "figures", "slide"]
