"""Forty futures at a time: made by workers, shown as they come, dropped when stale, remembered."""

import time
from concurrent.futures import Future
from typing import Any

import pytest

from experiments.page.ahead.crew import Crew, Curve, curve_of, key_of, weeks_kept
from experiments.page.ahead.futures import A_TIME, Futures
from simulation.errors import Invalid
from simulation.request import Request
from simulation.running import run

ONE, OTHER = Request("tiny", {"seeding": 1.0}, weeks=8), Request("tiny", {"coalition": 1.0}, weeks=8)


class ByHand:
    """Workers who make a run only when they are told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[Request, Future[Curve]]] = []
        self.known: dict[str, Curve] = {}

    def recalled(self, request: Request) -> Curve | None:
        return self.known.get(key_of(request))

    def submit(self, request: Request) -> Future[Curve]:
        future: Future[Curve] = Future()
        self.asked.append((request, future))
        return future

    def work(self, runs: int) -> None:
        waiting = [entry for entry in self.asked if not entry[1].done()][:runs]
        for request, future in waiting:
            self.known[key_of(request)] = (0.0, request.replicate / 100)
            future.set_result(self.known[key_of(request)])


@pytest.fixture
def shown() -> list[int]:
    return []


@pytest.fixture
def futures(shown: list[int]) -> Any:
    made = Futures(lambda: shown.append(len(made.seen().replicates)), ByHand())
    return made


def test_pairs_are_shown_at_ten_at_twenty_and_when_all_have_come(futures, shown):
    futures.want([ONE, OTHER])
    futures._crew.work(2 * A_TIME)
    assert shown == [0, 10, 20, 40]
    seen = futures.seen()
    assert seen.is_whole
    assert seen.replicates == list(range(40))
    assert seen.arms[0] == seen.arms[1]


def test_both_runs_of_a_pair_have_the_same_luck_and_every_pair_another(futures):
    futures.want([ONE._replace(replicate=7), OTHER._replace(replicate=7)])
    asked = [request for request, _ in futures._crew.asked]
    assert asked[:4] == [each._replace(replicate=number) for number in (0, 1) for each in (ONE, OTHER)]


def test_a_pair_of_which_one_run_is_missing_is_not_counted(futures):
    futures.want([ONE, OTHER])
    futures._crew.work(3)
    assert futures.seen().replicates == [0]


def test_what_a_newer_move_made_stale_is_dropped(futures, shown):
    futures.want([ONE])
    futures._crew.work(5)
    stale = [future for _, future in futures._crew.asked[5:]]
    futures.want([OTHER])
    assert all(future.cancelled() for future in stale)
    assert futures.seen().replicates == []
    futures._crew.work(A_TIME)
    assert futures.seen().is_whole


def test_what_was_seen_before_is_there_at_once_and_the_last_setting_to_compare_with(futures):
    futures.want([ONE])
    futures._crew.work(A_TIME)
    futures.want([OTHER])
    futures._crew.work(A_TIME)
    asked = len(futures._crew.asked)
    futures.want([ONE])
    assert len(futures._crew.asked) == asked
    assert futures.seen().is_whole
    assert futures.before is not None
    futures.want([ONE._replace(weeks=4)])
    assert futures.before is None


def test_forty_more_are_made_besides_those_that_are_there(futures):
    futures.want([ONE])
    futures._crew.work(A_TIME)
    futures.more()
    assert len(futures._crew.asked) == 2 * A_TIME
    assert not futures.seen().is_whole
    futures._crew.work(A_TIME)
    assert len(futures.seen().replicates) == 2 * A_TIME


def test_what_is_asked_for_again_is_not_begun_again(futures):
    futures.want([ONE])
    futures.want([ONE._replace(replicate=3)])
    assert len(futures._crew.asked) == A_TIME


def test_a_run_that_breaks_off_is_told(futures, shown):
    futures.want([ONE])
    futures._crew.asked[0][1].set_exception(Invalid(["No."]))
    assert futures.problem == "No."
    assert shown
    futures.want([OTHER])
    assert futures.problem == ""


def test_a_curve_is_that_of_the_same_run_anywhere_else():
    request = Request("tiny", {"seeding": 1.0}, weeks=100, replicate=3)
    shares = run(request).adopted_share
    assert curve_of(request) == tuple(shares[week] for week in weeks_kept(100))
    assert weeks_kept(100)[-1] == 100


@pytest.mark.slow
def test_workers_make_and_remember_runs_and_go_when_dismissed():
    crew = Crew(processes=1)
    try:
        assert crew.recalled(ONE) is None
        assert crew.submit(ONE).result(60) == curve_of(ONE)
        assert crew.recalled(Request("tiny", {"seeding": 1.0}, {}, weeks=8)) == curve_of(ONE)
        processes = crew.workers.processes()
        for process in processes:
            process.kill()
        for _ in range(100):  # a worker that was killed costs only the runs in its hand
            future = crew.submit(OTHER)
            if not future.exception(60):
                break
            time.sleep(0.05)
        assert future.result() == curve_of(OTHER)
    finally:
        processes = crew.workers.processes()
        crew.workers.dismiss()
    for process in processes:
        process.join(10)
        assert not process.is_alive()
