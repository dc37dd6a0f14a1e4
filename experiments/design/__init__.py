"""What a sweep is to run: a study's question, the arms that are compared, and the points at which they are.

`study_file.load` reads a study by name or path, `study.Study` is one, and `jobs.Jobs` are the runs that follow from it.
`points` are a study's designs (a grid, a table, a sample), `schedule` reads what changes during a run, and `cells`
writes a value into a CSV table. `overlay` is what a command lays over a study, `opening` how the page opens one; beneath
them, `sampling` has the ranges that samples are drawn from. `dotted` names parameters and tactics, and the kinds of their values.
"""

__all__ = ["cells", "dotted", "jobs", "opening", "overlay", "points", "sampling", "schedule", "study", "study_file"]
