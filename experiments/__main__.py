"""The command line, as `syslead` and as `python -m experiments`: from its first moment to its last it ends well on Ctrl+C."""

import signal
import sys
from math import inf
from time import monotonic
from typing import NoReturn

INTERRUPTED = 130
SECONDS = 1.0


class Wish:
    """What Ctrl+C does: it interrupts, and again within a second says the same, so that what is begun is put away first."""

    def __init__(self) -> None:
        self.heard = -inf

    def __call__(self, *_: object) -> None:
        """Interrupt, unless that was said a moment ago."""
        now = monotonic()
        if now - self.heard > SECONDS:
            self.heard = now
            raise KeyboardInterrupt


def main() -> NoReturn:
    """Carry out the command line of this process."""
    try:
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, Wish())
        from experiments.commands.cli import main as carry_out

        carry_out()
    except KeyboardInterrupt:  # before anything could be begun, or while its end was being told
        sys.stderr.write("\nInterrupted.\n")
        sys.exit(INTERRUPTED)
    finally:
        # What Python still puts away takes no Ctrl+C for a fault; it ends at once.
        if isinstance(signal.getsignal(signal.SIGINT), Wish):
            signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    main()
