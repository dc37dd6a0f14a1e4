"""Says that the model is being compiled, once on each computer, and how long that has taken."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from experiments.commands.console import terminal
from simulation import Request

SECONDS_BETWEEN_LINES = 10


def sentence(seconds: float) -> str:
    """Return what is said after so many seconds.

    >>> sentence(0.3), sentence(7.0)
    ('Compiling the model (once on each computer: about 30 s)',
     'Compiling the model … 7 s (once on each computer: about 30 s)')
    """
    passed = f" … {seconds:.0f} s" if seconds >= 1 else ""
    return f"Compiling the model{passed} (once on each computer: about 30 s)"


def first(engine: str, threads: int = 1) -> None:
    """Compile what an engine needs on so many threads, unless that was done before, and say so meanwhile."""
    from simulation import cache

    if not cache.is_filled(engine, threads):
        with told(), terminal.aside():
            from simulation.running import lived

            lived(Request("tiny", weeks=1, engine=engine), threads)


@contextmanager
def told() -> Iterator[None]:
    """Say on standard error that the model is being compiled while this block lasts.

    On a terminal the seconds count up in place, and nothing of it is left; elsewhere there is a line at once and every
    ten seconds; where the user wants quiet there is nothing.
    """
    if terminal.is_quiet():
        yield
        return
    over = threading.Event()
    teller = threading.Thread(target=_lines if terminal.is_plain() else _in_place, args=(over,), daemon=True)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()


def _lines(over: threading.Event) -> None:
    began = monotonic()
    while True:
        terminal.warn(sentence(monotonic() - began))
        if over.wait(SECONDS_BETWEEN_LINES):
            return


def _in_place(over: threading.Event) -> None:
    began, screen = monotonic(), terminal.Unheard(sys.stderr)
    while True:
        screen.write(f"\r{sentence(monotonic() - began)[: terminal.width() - 1]}\x1b[K")
        screen.flush()
        if over.wait(1):
            screen.write("\r\x1b[K")
            screen.flush()
            return
