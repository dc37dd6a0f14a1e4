"""The two processes by which Python starts others and counts what they share: should they be stopped, they go on.

A worker is started, and its end is told, by a server process. Were that stopped, as by a debugger, whoever asks it would
wait for ever, and so would Python at its end for the one that counts semaphores.
"""

from __future__ import annotations

import atexit
import os
import signal
import threading
import time
from contextlib import suppress
from functools import cache
from multiprocessing import forkserver, resource_tracker

SECONDS = 1.0


@cache
def keep_going() -> None:
    """See to it from now on that these two go on within about a second of being stopped."""
    if hasattr(signal, "SIGCONT"):
        threading.Thread(target=_watch, daemon=True).start()
        atexit.register(_go_on)


def _watch() -> None:
    while True:
        time.sleep(SECONDS)
        _go_on()


def _go_on() -> None:
    """Have both go on; one that was never stopped does not notice."""
    for server, name in ((forkserver._forkserver, "_forkserver_pid"), (resource_tracker._resource_tracker, "_pid")):
        process = getattr(server, name, None)
        with suppress(OSError):
            if process:
                os.kill(process, signal.SIGCONT)
