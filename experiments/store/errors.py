"""Why a sweep could not start, go on or be read, each with the exit code of the command line."""

from __future__ import annotations


class SweepError(Exception):
    """A sweep or its folder cannot be used as asked; the message says what to do.

    Attributes
    ----------
    exit_code : int
        What the command line exits with.
    """

    exit_code = 4


class Damaged(SweepError):
    """A result folder cannot be read, or what it holds is not what was written."""


class Incompatible(SweepError):
    """A result folder was made by other sources, parameters or versions; the message shows the difference."""


class NotWritable(SweepError):
    """A result folder cannot be written: full, read-only, gone, or unable to lock."""


class InUse(SweepError):
    """Another process is writing to the result folder; the message says which."""

    exit_code = 5


class Interrupted(SweepError):
    """A signal ended the sweep; everything finished by then is saved.

    Parameters
    ----------
    message : str
        What was saved and how to go on.
    signal_number : int
        The signal; the exit code is 128 plus this number.
    """

    def __init__(self, message: str, signal_number: int):
        super().__init__(message)
        self.exit_code = 128 + signal_number
