"""Ctrl-C and its kin: the first asks a sweep to save and stop, the second stops it at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = tuple(signal.Signals[name] for name in ("SIGINT", "SIGTERM", "SIGHUP") if name in signal.Signals.__members__)


class Wish:
    """Whether somebody wishes the sweep to stop."""

    def __init__(self) -> None:
        self.number: int | None = None

    def __bool__(self) -> bool:
        return self.number is not None


@contextmanager
def noted() -> Iterator[Wish]:
    """Note the first signal inside the block; from the second on they do what they did before.

    Outside the main thread, where signals never arrive, nothing is changed.
    """
    wish = Wish()
    if threading.current_thread() is not threading.main_thread():
        yield wish
        return
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def note(number: int, _frame: object) -> None:
        wish.number = number
        restore()

    for number, handler in before.items():
        # nohup means it: a signal that is ignored stays ignored.
        if handler is not signal.SIG_IGN:
            signal.signal(number, note)
    try:
        yield wish
    finally:
        restore()
