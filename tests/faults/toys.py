"""Runs that behave as badly as a test asks, in place of the model; `Options.work` of a sweep names them."""

import os
import signal
import threading
import time
from random import Random
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.design.points import Grid, Table
from experiments.design.study import Arm, Study
from experiments.sweep import worker
from simulation import Request

WORK = "faults.toys:work"
OBSERVABLES = ("adopted_share", "weeks_to_50")


class Outcome(NamedTuple):
    adopted_share: NDArray[np.float64]
    declared_share: NDArray[np.float64]
    observables: dict[str, object]


def study(acts: tuple[str, ...] = ("well",), weeks: int = 4, **more: object) -> Study:
    """A study whose points are acts by name; `more` replaces fields of the study."""
    arms = (Arm("none", "No leader", "tiny", {}, {}), Arm("bundle", "All together", "tiny", {"seeding": 1.0}, {}))
    fields = {
        "name": "toy", "title": "A toy", "question": "", "arms": arms, "weeks": weeks, "replicates": 2, "seed": 1,
        "engine": "compiled", "design": Grid(("act",), (acts,)),
    }  # fmt: skip
    return Study(**{**fields, **more})  # type: ignore[arg-type]


def timed_study(runs: int, seconds: float, log: str = "") -> Study:
    """A study of runs that all take so long; each notes its start in a log."""
    design = Table(("act", "seconds", "log"), (("sleep", seconds, log),))
    return study(design=design, replicates=runs // 2)


def work(request: Request) -> object:
    """Make a run: an outcome that follows from the request alone, after doing what its act says."""
    act = str(request.settings.get("act", "well"))
    if request.settings.get("log"):
        with open(str(request.settings["log"]), "a") as log:
            log.write(f"{act} {request.replicate}\n")
    ACTS.get(act.partition(":")[0], _behave)(request, act.partition(":")[2])
    luck = Random(f"{request.seed} {request.replicate} {act}")
    curve = np.array([luck.random() for _ in range(request.weeks + 1)])
    reached = None if curve[-1] < 0.5 else request.weeks
    outcome = Outcome(curve, curve / 2, {"adopted_share": float(curve[-1]), "weeks_to_50": reached})
    return SPOILT.get(act, lambda whole: whole)(outcome)


def _behave(request: Request, _: str) -> None:
    """Do nothing bad; so does every act that is not known."""


def _sleep(request: Request, _: str) -> None:
    time.sleep(float(request.settings["seconds"]))


def _raise(request: Request, _: str) -> None:
    raise ArithmeticError("the toy broke")


def _raise_in(request: Request, replicate: str) -> None:
    if request.replicate == int(replicate) and not request.tactics:
        raise ArithmeticError("the toy broke")


def _kill(request: Request, _: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _kill_once(request: Request, path: str) -> None:
    if not os.path.exists(path):
        open(path, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)


def _eat(request: Request, _: str) -> None:
    # Beyond any address space, so that nothing is really taken where no limit is set.
    np.ones(2**46)


def _take(request: Request, gibibytes: str) -> None:
    # Written to, so that it is really taken where no limit is set.
    np.ones(int(gibibytes) * 2**27)


def _loop(request: Request, _: str) -> None:
    while True:
        try:
            time.sleep(0.01)
        except Exception:
            continue


def _loop_for_good(request: Request, _: str) -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    time.sleep(3600)


def _stop(request: Request, _: str) -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def _stop_once(request: Request, path: str) -> None:
    if not os.path.exists(path):
        open(path, "w").close()
        os.kill(os.getpid(), signal.SIGSTOP)


def _stop_between(request: Request, path: str) -> None:
    """Stop the process once, as soon as this run is over."""

    def stop() -> None:
        while slots.numbers[slot + 1]:
            time.sleep(0)
        os.kill(os.getpid(), signal.SIGSTOP)

    if not os.path.exists(path):
        open(path, "w").close()
        slots, slot = worker._here[0]
        threading.Thread(target=stop, daemon=True).start()


def _loop_in(request: Request, replicate: str) -> None:
    if request.replicate == int(replicate) and not request.tactics:
        time.sleep(3600)


ACTS = {
    "stop": _stop, "stop_once": _stop_once, "stop_between": _stop_between, "loop_in": _loop_in,
    "sleep": _sleep, "raise": _raise, "raise_in": _raise_in, "kill": _kill, "kill_once": _kill_once,
    "eat": _eat, "take": _take, "loop": _loop, "loop_for_good": _loop_for_good,
}  # fmt: skip

SPOILT = {
    "nan": lambda whole: whole._replace(observables={**whole.observables, "adopted_share": float("nan")}),
    "inf_curve": lambda whole: whole._replace(declared_share=whole.declared_share + np.inf),
    "wrong_names": lambda whole: whole._replace(observables={"adopted": 0.5}),
    "text": lambda whole: whole._replace(observables={**whole.observables, "adopted_share": "x" * 10_000_000}),
    "short": lambda whole: whole._replace(adopted_share=whole.adopted_share[1:]),
}
