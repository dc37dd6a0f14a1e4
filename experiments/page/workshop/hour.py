"""The course of a workshop: which step it is at, who predicted what, what is covered, and what was said."""

from __future__ import annotations

import re
import threading

from experiments.page.workshop.guesses import named
from experiments.page.workshop.record import Group

PREDICT, SPEND, RUN, REVEAL, DEBRIEF = "Predict", "Spend the hours", "Run", "Reveal", "Debrief"
STEPS = (PREDICT, SPEND, RUN, REVEAL, DEBRIEF)


class Workshop:
    """One workshop.

    Attributes
    ----------
    covers : bool
        Whether one was entered: the answer is covered until it is revealed.
    begun : bool
        Whether anything of a run could be seen, or is asked for: nothing can be predicted any more.
    watched : bool
        Whether one run is shown week by week before the answer is.
    hidden : bool
        Whether all runs were asked for, unseen.
    notes : dict
        What was said, by question and what was asked (`key_of_note`).
    code : str
        The number by which phones find this workshop, empty where none may.
    keys : dict
        By group, the key of the phone from which its prediction came.
    """

    def __init__(self) -> None:
        self.groups: list[Group] = [Group()]
        self.notes: dict[str, str] = {}
        self.covers = False
        self.code = ""
        self.keys: dict[str, str] = {}
        self._lock = threading.RLock()
        self._start()

    def _start(self) -> None:
        self.step = PREDICT
        self.begun = self.revealed = self.watched = self.hidden = False

    @property
    def is_covering(self) -> bool:
        """Whether the answer is not to be seen yet."""
        return self.covers and not self.revealed

    @property
    def is_open(self) -> bool:
        """Whether a prediction can still be made."""
        return not self.begun and not self.revealed

    @property
    def is_predicted(self) -> bool:
        """Whether anybody said anything."""
        return any(group.lines or group.ahead for group in self.groups)

    def can_go(self, step: str) -> bool:
        """Whether a step can be gone to: the answer only once a run has begun, and talk about it once it is seen."""
        return step in (PREDICT, SPEND, RUN) or (self.begun if step == REVEAL else self.revealed)

    def go(self, step: str) -> None:
        """Go to a step; to see the answer is to reveal it."""
        if not self.can_go(step):
            return
        self.step = step
        self.revealed = self.revealed or step == REVEAL

    def begin(self) -> None:
        """Note that a run has begun; where no workshop goes on, nothing follows from that."""
        self.begun = self.begun or self.covers

    def leave(self) -> None:
        """Uncover the answer without revealing it; what was predicted stands, but cannot be changed any more."""
        if self.is_predicted:
            self.begun = True
        self.covers = False

    def forget(self, covers: bool = False) -> None:
        """Begin anew: what was predicted was about something else. The groups and what was said stay."""
        with self._lock:
            self.groups = [group._replace(lines=(), ahead="") for group in self.groups]
        self.covers = covers
        self._start()

    def add(self, name: str, group: Group = Group()) -> int:  # noqa: B008 - never changed
        """Add a group, and return which it is; the first that is named is the one that was there without a name.

        Raises
        ------
        Invalid
            Where the name does not do.
        """
        with self._lock:
            found = named(name, [other.name for other in self.groups if other.name])
            if not self.groups[0].name and not (group.lines and self.groups[0].lines):
                self.groups[0] = (group if group.lines else self.groups[0])._replace(name=found)
                return 0
            self.groups.append(group._replace(name=found))
            return len(self.groups) - 1

    def hand_in(self, name: str, key: str, group: Group) -> Group:
        """Take a group's prediction from a phone: a further one from the same phone takes the place of the first.

        Raises
        ------
        Invalid
            Where the name does not do, or is that of another group.
        """
        with self._lock:
            mine = next((known for known, of in self.keys.items() if of == key), None)
            number = next((k for k, other in enumerate(self.groups) if other.name and other.name == mine), None)
            if number is None:
                number = self.add(name, group)
                self.keys[self.groups[number].name] = key
            else:
                self.predict(number, group)
            return self.groups[number]

    def drop(self, number: int) -> None:
        """Take a group away; one is always left."""
        with self._lock:
            if self.is_open and 0 <= number < len(self.groups):
                self.groups = self.groups[:number] + self.groups[number + 1 :] or [Group()]

    def predict(self, number: int, group: Group) -> None:
        """Write down what a group expects, as long as that can be; its name stays."""
        with self._lock:
            if self.is_open and 0 <= number < len(self.groups):
                self.groups[number] = group._replace(name=self.groups[number].name)


def in_plain_words(asked: str) -> str:
    """Return what is asked without the names of numbers and options, which are for analysts and not for a room.

    >>> in_plain_words("What is left when the money ends (`sustained_share`)?")
    'What is left when the money ends?'
    """
    return re.sub(r" \([^)]*(`|--)[^)]*\)", "", asked)


def key_of_note(question: str, asked: str) -> str:
    """Return under what a note is kept: what is said of one question is not said of another.

    >>> key_of_note("4", "What lasted?")
    '4: What lasted?'
    """
    return f"{question}: {asked}"
