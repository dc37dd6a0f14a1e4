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
        self.is_over = False

    def __call__(self, *_: object) -> None:
        """Interrupt, unless that was said a moment ago."""
        now = monotonic()
        if now - self.heard > SECONDS:
            self.heard = now
            if self.is_over:
                signal.signal(signal.SIGINT, signal.SIG_DFL)
                signal.raise_signal(signal.SIGINT)
            raise KeyboardInterrupt

    def end(self) -> None:
        """Leave Python a second to put away what it has begun itself, then end at once."""
        self.heard, self.is_over = monotonic(), True


def main() -> NoReturn:
    """Carry out the command line of this process."""
    wish = Wish()
    try:
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, wish)
        from experiments.commands.cli import main as carry_out

        carry_out()
    except KeyboardInterrupt:  # before anything could be begun, or while its end was being told
        sys.stderr.write("\nInterrupted.\n")
        sys.exit(INTERRUPTED)
    finally:
        wish.end()


if __name__ == "__main__":
    main()
