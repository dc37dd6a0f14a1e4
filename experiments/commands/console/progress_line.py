"""Progress of a sweep on standard error: redrawn on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from typing import IO, TYPE_CHECKING, Any, cast

from experiments.commands.console import compiling, terminal
from simulation.words import counted

if TYPE_CHECKING:
    from experiments.sweep.progress import Progress

SECONDS_BETWEEN_LINES = 10.0

OnProgress = Callable[["Progress"], None]


def sentence(progress: Progress) -> str:
    """Return how far a sweep has come: done, failed, speed, time left with its range, precision.

    >>> from experiments.sweep.progress import Progress
    >>> sentence(Progress(680, 170, 1, 23.04, 22.1, (18.0, 29.9), 0.031))
    '170 of 680 runs, 1 failed, 23 a second, 22 s left (18 s to 30 s), intervals ±3.1 points or better'
    """
    if progress.compiling is not None:
        return compiling.sentence(progress.compiling)
    words = [f"{progress.done} of {counted(progress.total, 'run')}"]
    if progress.failed:
        words.append(f"{progress.failed} failed")
    if progress.runs_per_second > 0:
        words.append(f"{_speed(progress.runs_per_second)} a second")
    if progress.seconds_left is not None and progress.done + progress.failed < progress.total:
        words.append(f"{duration(progress.seconds_left)} left{_range(progress.seconds_left_range)}")
    if progress.half_width is not None:
        words.append(f"intervals ±{100 * progress.half_width:.1f} points or better")
    return ", ".join(words)


def _speed(runs: float) -> str:
    return f"{runs:.0f}" if runs >= 10 else f"{runs:.2g}"


def _range(seconds: tuple[float, float] | None) -> str:
    if seconds is None:
        return ""
    low, high = (duration(edge) for edge in seconds)
    return "" if low == high else f" ({low} to {high})"


def duration(seconds: float) -> str:
    """Return a length of time in the two largest units that matter.

    >>> duration(0.4), duration(59), duration(61), duration(7260), duration(200_000)
    ('1 s', '59 s', '1 min 1 s', '2 h 1 min', '2 d 7 h')
    """
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s" if whole % 60 and whole < 600 else f"{round(whole / 60)} min"
    if whole < 86_400:
        return f"{whole // 3600} h {whole % 3600 // 60} min"
    return f"{whole // 86_400} d {whole % 86_400 // 3600} h"


@contextmanager
def display() -> Iterator[OnProgress | None]:
    """Provide what shows progress where this command runs; None where the user wants quiet."""
    if terminal.is_quiet():
        yield None
    elif terminal.is_plain():
        yield plain_lines()
    else:
        with _redrawn() as on_progress:
            yield on_progress


def plain_lines(clock: Callable[[], float] = time.monotonic) -> OnProgress:
    """Return what writes a line every ten seconds, one when all is done, and one when compiling begins."""
    last, compiles = -inf, False

    def on_progress(progress: Progress) -> None:
        nonlocal last, compiles
        now, compiled = clock(), compiles
        complete = progress.done + progress.failed >= progress.total
        compiles = progress.compiling is not None
        if now - last >= SECONDS_BETWEEN_LINES or complete or (compiles and not compiled):
            last = now
            terminal.warn(sentence(progress))

    return on_progress


@contextmanager
def _redrawn() -> Iterator[OnProgress]:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar
    from rich.table import Column

    console = Console(
        file=cast("IO[str]", terminal.Unheard(sys.stderr)), no_color=not terminal.has_colour(), highlight=False
    )
    # On a narrow terminal the end of the sentence is cut, as a redrawn line must stay one line.
    words = TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis"))
    columns: list[Any] = [BarColumn(bar_width=10 if console.width < 90 else 20), words]
    with Bar(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
        task = bar.add_task("starting")

        def on_progress(progress: Progress) -> None:
            finished = progress.done + progress.failed
            bar.update(task, total=progress.total, completed=finished, description=sentence(progress))

        yield on_progress
