"""The command line, as `syslead` and as `python -m experiments`: from its first moment to its last it ends well on Ctrl+C."""

import signal
import sys
from typing import NoReturn

INTERRUPTED = 130


def main() -> NoReturn:
    """Carry out the command line of this process."""
    try:
        from experiments.commands.cli import main as carry_out

        carry_out()
    except KeyboardInterrupt:  # before anything could be begun, or while its end was being told
        sys.stderr.write("\nInterrupted.\n")
        sys.exit(INTERRUPTED)
    finally:
        # What Python still puts away takes no second Ctrl+C for a fault; it ends at once.
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    main()
