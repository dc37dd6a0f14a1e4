"""The limits run on this machine, and what came out kept for this version of the model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from experiments.store.errors import NotWritable
from experiments.store.folder import writing

if TYPE_CHECKING:  # the command line lists the limits, and must answer before NumPy is there
    from experiments.validity.checks import Check

COMMAND = "syslead selftest"


class Limit(NamedTuple):
    """A textbook model, where it comes from, and where it is run."""

    name: str
    title: str
    source: str
    home: str  # module and function

    def checked(self, folder: Path, quick: bool) -> list[Check]:
        """Run it with the files in a folder, and return what came out."""
        from importlib import import_module

        module, _, function = self.home.partition(".")
        run: Callable[[Path, bool], Iterator[Check]]
        run = getattr(import_module(f"experiments.validity.limits.{module}"), function)
        return list(run(folder, quick))


LIMITS = {
    limit.name: limit
    for limit in (
        Limit("independent", "Adoption alone, seen for a while", "geometric waiting times", "spreading.independent"),
        Limit("two-states", "Adopting and giving up alone", "a two-state Markov chain", "spreading.two_states"),
        Limit("chain", "The chain binomial", "Reed and Frost 1928, without recovery", "spreading.chain"),
        Limit("final-size", "How many an outbreak reaches", "Reed and Frost 1928", "spreading.final_size"),
        Limit(
            "small-world", "Along the ties of a small network", "a Markov chain of all states", "spreading.small_world"
        ),
        Limit("bass", "Innovation and imitation", "Bass 1969", "spreading.well_mixed"),
        Limit("consensus", "Consensus by listening", "DeGroot 1974", "opinions.consensus"),
        Limit("weighted", "Listening by real weights", "DeGroot 1974", "opinions.weighted"),
        Limit("stubborn", "Opinions of which a share stays", "Friedkin and Johnsen 1990", "opinions.stubborn"),
        Limit("crowds", "Thresholds of a crowd", "Granovetter 1978", "crowds.crowds"),
        Limit("lattice", "Complex contagion on a ring", "Centola and Macy 2007", "crowds.lattice"),
    )
}


class Tested(NamedTuple):
    """What one limit came to, and how long that took."""

    limit: Limit
    checks: list[Check]
    seconds: float

    @property
    def passed(self) -> bool:
        """Whether everything came out as it must."""
        return all(check.passed for check in self.checks)


def tested(names: Sequence[str], quick: bool) -> Iterator[Tested]:
    """Yield what each named limit comes to, as soon as it is known."""
    from experiments.validity.limits import files

    with TemporaryDirectory() as place:
        folder = Path(place)
        files.write(folder)
        for name in names:
            began = monotonic()
            checks = LIMITS[name].checked(folder, quick)
            yield Tested(LIMITS[name], checks, monotonic() - began)


def _kept() -> Path:
    """Return where the outcome of the self-test of this version of the model is kept."""
    from simulation import cache, fingerprint

    return cache.folder().parent / f"selftest-{fingerprint.sources()[:16]}.json"


def keep(outcomes: Sequence[Tested]) -> None:
    """Keep what all limits came to; a machine on which nothing can be written keeps nothing."""
    failed = [outcome.limit.name for outcome in outcomes if not outcome.passed]
    with suppress(OSError, NotWritable), writing(_kept()) as file:
        file.write(json.dumps({"date": date.today().isoformat(), "failed": failed}).encode())


def remark() -> str:
    """Return the sentence by which a report says whether this version has passed its self-test on this machine."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(_kept().read_text(encoding="utf-8"))
        if kept["failed"]:
            return f"Self-test FAILED with this version on {kept['date']}: {', '.join(kept['failed'])} ({COMMAND})."
        return f"Self-test passed with this version on {kept['date']}."
    return f"Self-test not run here with this version ({COMMAND})."
