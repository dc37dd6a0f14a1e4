"""A report in the form that somebody wants it in: plain text, Markdown, LaTeX, or a table of numbers."""

from __future__ import annotations

from experiments import CAVEAT
from experiments.analysis.results import frame_of
from experiments.analysis.summary import Summary
from experiments.commands.tables.report import report_table, report_tables
from experiments.commands.tables.table import as_latex, as_markdown, in_latex, in_markdown
from experiments.commands.tables.time_to_half import half_table


def report_as(form: str, summary: Summary, width: int) -> str:
    """Return a report as ``text`` within a width, ``markdown``, ``latex`` (with booktabs), or ``csv`` of all numbers."""
    if form == "csv":
        return str(frame_of(summary).to_csv(index=False, lineterminator="\n")).rstrip("\n")
    if form == "text":
        return report_table(summary, width)
    tables = [*report_tables(summary), *half_table(summary)]
    if form == "markdown":
        parts = [line for table in tables for line in [*as_markdown(table), ""]]
        return "\n".join([f"# {in_markdown(summary.title)}", "", *parts, CAVEAT])
    parts = [line for table in tables for line in as_latex(table)]
    return "\n".join([rf"\section*{{{in_latex(summary.title)}}}", "", *parts, CAVEAT])
