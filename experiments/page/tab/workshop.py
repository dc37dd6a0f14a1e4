"""A workshop: predict, run, reveal, debrief."""

from itertools import pairwise

PREDICT, RUN, REVEAL = "Predict", "Run", "Reveal and debrief"
STAGES = (PREDICT, RUN, REVEAL)
CHOICES = ("within a year", "in year 2", "in year 3", "in year 4 or 5", "later, or never")
ENDS = (52, 104, 156, 260)
"""The last week of each choice but the last."""
DECISIONS = {"every week": 1, "every 4 weeks": 4, "every quarter": 13, "every half year": 26, "never": 0}


class Workshop:
    """What a group predicted, wrote and decided on."""

    def __init__(self) -> None:
        self.stage = PREDICT
        self.drawn: list[list[float]] = []
        self.choice = ""
        self.notes: dict[str, str] = {}
        self.covers = False

    def forget(self) -> None:
        """Begin anew with a prediction: what was predicted was about something else."""
        self.stage, self.drawn, self.choice = PREDICT, [], ""

    @property
    def is_covering(self) -> bool:
        """Whether the answer is not to be seen yet: a workshop was entered, and has not come to its reveal."""
        return self.covers and self.stage != REVEAL

    def revealed(self) -> list[list[float]]:
        """Return the curve that was predicted, once it is revealed."""
        return self.drawn if self.stage == REVEAL else []


def error_of(drawn: list[list[float]], weeks: list[int], shares: list[float]) -> float | None:
    """Return the mean distance between prediction and run, as a share of staff, over the weeks that both have.

    >>> error_of([[0, 0.0], [10, 0.1]], [0, 5, 10], [0.0, 0.05, 0.3])
    0.06666666666666667
    """
    if len(drawn) < 2:
        return None
    distances = []
    for week, share in zip(weeks, shares, strict=True):
        if drawn[0][0] <= week <= drawn[-1][0]:
            distances.append(abs(_between(drawn, week) - share))
    return sum(distances) / len(distances) if distances else None


def _between(drawn: list[list[float]], week: float) -> float:
    """Return the predicted share in a week, on a straight line between the points drawn."""
    for (a, y), (b, z) in pairwise(drawn):
        if a <= week <= b:
            return y if b == a else y + (z - y) * (week - a) / (b - a)
    return drawn[-1][1]


def outcome(half: float | None) -> str:
    """Return which of the choices came true, given the first week with half of staff, or None.

    >>> outcome(60.0), outcome(None)
    ('in year 2', 'later, or never')
    """
    if half is None:
        return CHOICES[-1]
    return next((CHOICES[k] for k, end in enumerate(ENDS) if half <= end), CHOICES[-1])
