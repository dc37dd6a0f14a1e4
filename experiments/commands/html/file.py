"""The file that a page is written to: a new one, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from experiments.commands.options.places import check_free
from experiments.store.folder import writing
from simulation.errors import Invalid

if TYPE_CHECKING:
    from experiments.analysis.outcomes import Outcomes
    from experiments.analysis.summary import Summary

PAGES = (".html", ".htm")


def check(page: Path, overwrite: bool) -> None:
    """Refuse a file that no page may be written to, before anything is worked out for it.

    Raises
    ------
    Invalid
        Its name is not that of a page.
    NotWritable
        There is something already, or no folder for it.
    """
    if page.suffix.lower() not in PAGES:
        raise Invalid([f"`--html` writes a page, so name a file that ends in .html, not {str(page)!r}."])
    check_free(page, overwrite)


def write(page: Path, folder: Path, outcomes: Outcomes, summary: Summary, overwrite: bool) -> None:
    """Write the page of a result folder.

    Raises
    ------
    NotWritable
        There is no room, or the folder may only be read; a file of that name is as before.
    """
    from experiments.commands.html.page import Source, page_of

    against = ["--baseline", outcomes.baseline] if outcomes.baseline != outcomes.arms[0] else []
    command = ["syslead", "report", str(folder), *against, *_asked(outcomes, summary), "--html", str(page)]
    content = page_of(Source(folder, outcomes, summary, command))
    with writing(page, len(content), overwrite) as file:
        file.write(content)


def _asked(outcomes: Outcomes, summary: Summary) -> list[str]:
    """Return the options that ask about these outcomes with these margins, where they are not those without any."""
    from experiments.analysis.asked import asked_of, the_share

    asked = [found.asked for found in summary.outcomes]
    if asked == [the_share(outcomes)]:
        return []
    plain = {one.name: one.margin for one in asked_of(outcomes, [one.name for one in asked])}
    words = [word for one in asked for word in ("--outcome", one.name)]
    changed = [one for one in asked if one.margin != plain[one.name]]
    return words + [word for one in changed for word in ("--margin", f"{one.name}={one.margin!r}")]
