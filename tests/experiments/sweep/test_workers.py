"""Workers get ready, and it is told."""

import threading
from concurrent.futures import Future

import pytest
from faults import toys
from sweeps import USUAL, swept

from experiments.store import status
from experiments.store.errors import SweepError
from experiments.sweep import runner, signals, sitting


def test_that_workers_compile_is_told_at_once_where_nothing_is_compiled_yet(tmp_path, monkeypatch):
    told = []
    for compiled in (False, True):
        monkeypatch.setattr(runner.cache, "is_filled", lambda engine, compiled=compiled: compiled)
        seen = []
        runner.sweep(toys.study(), tmp_path / str(compiled), on_progress=seen.append, options=USUAL)
        told.append([progress.compiling for progress in seen])
    assert told[1] == [None] * len(told[1])
    assert told[0][:2] == [None, 0.0]
    compiling = [seconds for seconds in told[0] if seconds is not None]
    assert told[0][1 : 1 + len(compiling)] == compiling, "only before the first run"


class SlowWorkers:
    """Workers that take their time to get ready."""

    def warm(self, engine):
        ready = Future()
        threading.Timer(0.3, ready.set_result, [("adopted_share",)]).start()
        return [ready]

    def watch(self):
        pass


@pytest.mark.parametrize("patience, first", [(0.0, 0.0), (0.1, 0.1), (float("inf"), None)])
def test_the_time_that_workers_take_to_get_ready_is_told_again_and_again(patience, first, monkeypatch):
    monkeypatch.setattr(sitting, "WAIT_SECONDS", 0.05)
    told = []
    assert sitting.warm_up(SlowWorkers(), "compiled", signals.Wish(), told.append, patience) == ("adopted_share",)
    if first is None:
        assert told == []
    else:
        assert first <= told[0] < first + 0.1
        assert len(told) > 2 and told == sorted(told)


def test_a_model_that_cannot_start_is_told_before_anything_is_blamed(tmp_path):
    with pytest.raises(SweepError, match="Not even a tiny run"):
        swept(tmp_path, toys.study(), work="faults.toys:missing")
    assert status.status_of(tmp_path).missing == 4
