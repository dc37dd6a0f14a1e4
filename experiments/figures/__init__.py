"""The pictures of a sweep and of one run, drawn from tables alone: no figure runs the model.

`draw` makes all that a sweep gives. A file holds one kind of figure each: `curves` of adoption, those `aligned` at what happens
on the way, `differences` from the baseline, `every_run`, `time_to_half`, `effects` of swept parameters, `influences` in a
sample, `heat_map` of a grid, `one_run`, and the `tree` of who changed through whom in it. All stand on a `sheet`, which
gives them size, title and footnote; `lettering` sees that any words can be drawn; `intervals` draws estimates with their
confidence intervals. `elements` are what pages to hand over are made of, and `inline` puts a figure among them.
"""

__all__ = ["curves", "draw", "elements", "inline", "one_run", "sheet"]
