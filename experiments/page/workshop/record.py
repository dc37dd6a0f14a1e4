"""What a workshop leaves: who expected what, how the hours were spent, what was said. Plain data, without a browser."""

from __future__ import annotations

from typing import NamedTuple

from simulation.request import Request

AS_USUAL = 1.0


class Group(NamedTuple):
    """What one group expects.

    Parameters
    ----------
    name : str
        As it was typed in; empty where there is one group only, which nobody named.
    lines : tuple of tuple of float
        For each arm the share of staff (0 to 1) who will have adopted, at the weeks `Record.at`; empty until predicted.
    ahead : str
        In how many of forty pairs the second arm will be ahead: one of `guesses.AHEAD`, or empty where nothing was said.
    """

    name: str = ""
    lines: tuple[tuple[float, ...], ...] = ()
    ahead: str = ""


class Hours(NamedTuple):
    """How the leaders' hours are spent.

    Parameters
    ----------
    share : float
        Of the hours there are as usual: 0.5, 1 or 2.
    early : bool
        Whether they are all spent in the first half of the time, each week twice as many, and none are left for the second.
    stops : int
        Weeks after which a run that is watched stops to decide, as long as hours are left; 0 for never.
    """

    share: float = AS_USUAL
    early: bool = False
    stops: int = 52


class Record(NamedTuple):
    """One workshop about one question.

    Parameters
    ----------
    question, title : str
        The question's number, as text (`free` for what is asked of one arm, empty for the user's own), and its words.
    arms : tuple of str
        What the arms are called within a sentence, the first one first.
    requests : tuple of Request
        What runs, one an arm, with all that was decided on the way: scenario, change, seed, weeks and levers.
    at : tuple of int
        The weeks at which lines say a share.
    groups : tuple of Group
        Who expected what, in the order in which they came.
    hours : Hours
        How the hours are spent.
    notes : dict
        What was said in the debrief about this question, by what was asked.
    revealed : bool
        Whether the answer was uncovered; nothing that is made of a record may tell it before.
    """

    question: str
    title: str
    arms: tuple[str, ...]
    requests: tuple[Request, ...]
    at: tuple[int, ...]
    groups: tuple[Group, ...] = ()
    hours: Hours = Hours()
    notes: dict[str, str] = {}  # noqa: RUF012 - never changed
    revealed: bool = False

    @property
    def scenario(self) -> str:
        """The health economy: its name or path."""
        return self.requests[0].scenario

    @property
    def change(self) -> str | None:
        """What is to be adopted: its name or path."""
        return self.requests[0].change

    @property
    def seed(self) -> int:
        """From which all random numbers follow."""
        return self.requests[0].seed

    @property
    def weeks(self) -> int:
        """The weeks of the whole run."""
        return self.requests[0].weeks
