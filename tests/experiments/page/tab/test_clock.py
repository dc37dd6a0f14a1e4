"""How weeks pass: at the speed that was chosen, drawn by time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from experiments.page.tab.clock import MOST_DRAWN, Clock


class Weeks(Clock):
    """A clock of weeks in which nothing happens, but time passes."""

    drawn_arms = 1
    is_over = False
    lingers = False

    def __init__(self, seconds: float, answers: bool = False) -> None:
        self.pictures: list[int] = []
        self.passed = 0
        self.seconds = seconds
        super().__init__(lambda: self.pictures.append(self.passed), answers)

    @property
    def week(self) -> int:
        return self.passed

    def live_a_week(self, turn: int) -> bool:
        time.sleep(self.seconds)
        self.passed += 1
        return True


@contextmanager
def played(clock: Weeks, speed: int, seconds: float) -> Iterator[None]:
    clock.speed = speed
    clock.play()
    time.sleep(seconds)
    clock.stop()
    time.sleep(0.3)
    yield


def test_slow_weeks_are_drawn_as_often_as_quick_ones():
    for week_takes in (0.0, 0.08):
        clock = Weeks(week_takes)
        with played(clock, speed=100, seconds=2.0):
            drawn = len(set(clock.pictures))
            assert 4 <= drawn / 2.0 <= MOST_DRAWN + 1
            assert clock.passed > 2 * drawn or week_takes


def test_every_week_is_drawn_where_there_is_time_for_it():
    clock = Weeks(0.0)
    with played(clock, speed=5, seconds=2.0):
        assert 5 <= clock.passed <= 11
        assert set(range(1, clock.passed)) <= set(clock.pictures)


def test_a_browser_that_has_not_drawn_is_sent_nothing_more():
    clock = Weeks(0.0, answers=True)
    with played(clock, speed=100, seconds=1.0):
        assert set(clock.pictures[:-1]) <= {0}
    clock = Weeks(0.0, answers=True)
    clock.changed = lambda: (clock.pictures.append(clock.passed), clock.drawn(0, clock.passed))
    clock.drawn(0, 0)
    with played(clock, speed=100, seconds=1.0):
        assert len(set(clock.pictures)) >= 3
