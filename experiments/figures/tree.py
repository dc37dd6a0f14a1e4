"""Figure of one run as a tree: through whom each organisation changed, from the leaders to the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.analysis.outcomes import span
from experiments.figures import lettering, sheet
from experiments.figures.lettering import fitted
from experiments.figures.sheet import BLUE, GREY, INK, PALE
from simulation.story.branches import UNKNOWN, Branch, branches
from simulation.story.told import Told
from simulation.words import counted

MOST = 16
STEP = 0.16  # of the width, from one to those who changed through it
SIZE = 11.5
DEEPEST = 3
COLUMNS = {"first in week": 0.64, "in the end": 0.72, "adopted": 0.80, "told": 0.86, "sown": 0.92, "shown": 0.98}


def who_through_whom(found: Sequence[Branch], title: str, note: str) -> Figure:
    """Return a tree of who changed through whom: the organisations with most adoptions, and whoever they changed through.

    Parameters
    ----------
    found : sequence of Branch
        Every organisation that changed, those with most adoptions first.
    title : str
        What is seen, as a sentence.
    note : str
        How the run was made, for the footer.
    """
    shown = drawn(found)
    left = [branch for branch in found if branch not in shown]
    lost = sum(branch.adopted for branch in left)
    out = f" Left out: {counted(len(left), 'organisation')} with {counted(lost, 'adoption')}." if left else ""
    figure, roof = sheet.sheet(
        title,
        "From each leader to the right, the organisations in which more came to it through them than through any other leader or "
        "organisation, and then those that followed these. On a line: how many that were; the wider, the larger their share. Told by any leader, sown as an idea "
        f"that came back, shown by contacts.{out}",
        note,
    )
    axes = figure.add_axes((0.035, 0.075, 0.93, roof - 0.085))
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    _draw(axes, shown)
    return figure


def tree_of(run: Told, note: str) -> Figure:
    """Return the tree of a run that was told."""
    found = branches(run)
    # What is counted is what is drawn: a reader who counts the lines must find the number of the title.
    shown = drawn(found)
    through = Counter(branch.through for branch in shown if branch.through != UNKNOWN)
    source, number = through.most_common(1)[0] if through else ("Nobody in particular", len(shown))
    whole = f"{counted(len(shown), 'organisation')}{' shown' if len(shown) < len(found) else ''}"
    return who_through_whom(
        found,
        f"{source} brought most people to it in {number} of {whole}",
        f"{span(run.request.weeks)}, {note}.\nOne run: another goes otherwise by chance alone.",
    )


def drawn(found: Sequence[Branch]) -> list[Branch]:
    """Return the branches that a sheet has room for, each with those that it hangs on."""
    known = {branch.name: branch for branch in found}
    chosen: dict[str, Branch] = {}
    for branch in found:
        path = [branch]
        while path[-1].through in known:
            path.append(known[path[-1].through])
        wanted = chosen | {each.name: each for each in path}
        if len(path) <= DEEPEST and len(wanted) <= MOST:
            chosen = wanted
    return list(chosen.values())


def _draw(axes: Axes, shown: Sequence[Branch]) -> None:
    names = {branch.name for branch in shown}
    roots = list(dict.fromkeys(branch.through for branch in shown if branch.through not in names))
    under: dict[str, list[Branch]] = {}
    for branch in shown:
        under.setdefault(branch.through, []).append(branch)
    heights: dict[str, float] = {}
    rows = 0
    for root in sorted(roots, key=lambda name: (name == UNKNOWN, -sum(each.adopted for each in under[name]))):
        start, rows = rows, _place(root, under, heights, rows)
        heights[root] = (start + rows - 1) / 2
        rows += 1
    axes.set_ylim(rows - 0.4, -1.7)
    for head, across in COLUMNS.items():
        axes.text(across, -1.2, head, size=10.5, color=GREY, ha="right", va="center")
    for branch in shown:
        cells = (branch.week, f"{100 * branch.share:.0f} %", branch.adopted, branch.told, branch.sown, branch.shown)
        for cell, across in zip(cells, COLUMNS.values(), strict=True):
            axes.text(across, heights[branch.name], f"{cell}", size=SIZE, color=INK, ha="right", va="center")
    for root in roots:
        _name(axes, 0.0, heights[root], root, is_root=True)
        _children(axes, root, under, heights, 0)


def _place(name: str, under: Mapping[str, list[Branch]], heights: dict[str, float], row: int) -> int:
    """Give all that hangs on a name their rows, and those who hang on them the next; return the first row that is free."""
    for branch in under.get(name, []):
        heights[branch.name] = row
        row = _place(branch.name, under, heights, row + 1)
    return row


def _children(
    axes: Axes, name: str, under: Mapping[str, list[Branch]], heights: Mapping[str, float], depth: int
) -> None:
    for branch in under.get(name, []):
        start, end = STEP * depth + _width(name), STEP * (depth + 1)
        low, high = heights[name], heights[branch.name]
        wide = 1 + 6 * branch.number / max(1, branch.adopted)
        bend = max(start, end - 0.06)
        axes.plot([start, bend, end - 0.006], [low, high, high], color=BLUE if branch.number else PALE, linewidth=wide,
                  alpha=0.45, solid_capstyle="butt", solid_joinstyle="round", zorder=1)  # fmt: skip
        said = f"{branch.number}" if branch.number else ""
        axes.text(end - 0.012, high - 0.12, said, size=10, color=GREY, ha="right", va="bottom")
        _name(axes, end, high, branch.name, is_root=False)
        _children(axes, branch.name, under, heights, depth + 1)


def _width(name: str) -> float:
    return lettering.width(_shown(name), SIZE, bold=True) / (0.93 * sheet.WIDTH) + 0.006


def _shown(name: str) -> str:
    return fitted(name, 2.1, SIZE)


def _name(axes: Axes, across: float, height: float, name: str, is_root: bool) -> None:
    colour, weight = GREY if name == UNKNOWN else INK, "bold" if is_root else "normal"
    axes.text(across, height, _shown(name), size=SIZE, color=colour, weight=weight, va="center")
