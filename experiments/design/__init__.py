"""What a sweep is to run: a study's question, the arms that are compared, and the points of its design.

`study.load` reads a study by name or path and gives the runs that follow from it (`Study`, `Jobs`). `study_file` and
`design_file` read its TOML, `designs` makes the points (a grid, a sample, a table), and `cells` writes a value into a
CSV table and reads it back.
"""

__all__ = ["cells", "designs", "study"]
