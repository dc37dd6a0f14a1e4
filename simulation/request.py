"""What to run: a scenario, tactics, settings, seed. Checked at the door, every problem at once."""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import FailedRun, Invalid, nearest, shown
from .values import how_written
from .words import counted

if TYPE_CHECKING:
    from .scenario import Scenario

MOST_WEEKS = 5_200
ENGINES = ("compiled", "agents")


class Request(NamedTuple):
    """One run.

    Parameters
    ----------
    scenario : str
        The name of a built-in scenario, or the path of a TOML file.
    tactics : dict
        Shares of the leaders' time (conversations) or degrees (stances, comparators), by name.
    settings : dict
        Values of parameters by name, over those of the scenario.
    weeks : int
        How long to run.
    seed, replicate : int
        Equal numbers give equal random numbers, whatever else differs.
    engine : str
        `"compiled"` or `"agents"`: the same results, bit for bit.
    schedule : tuple
        Changes during the run: `(week, {"tactics": …, "settings": …})`.
    change : str, optional
        What is to be adopted: the name of a built-in change, or the path of a TOML file; its settings are under those
        of the scenario. Left out, it is the scenario's, or else what the defaults say.
    """

    scenario: str = "ics-small"
    tactics: dict[str, float] = {}  # noqa: RUF012 - never changed
    settings: dict[str, Any] = {}  # noqa: RUF012 - never changed
    weeks: int = 260
    seed: int = 1
    replicate: int = 0
    engine: str = "compiled"
    schedule: tuple[tuple[int, dict[str, Any]], ...] = ()
    change: str | None = None

    def check(self, allow_large: bool = False) -> None:
        """Raise `Invalid` with everything that is wrong with this request; build nothing."""
        problems = self._problems_of_numbers() + _problems_of(self.tactics, self.settings)
        for entry in self.schedule:
            problems += problems_of_change(entry, self.weeks)
        problems += problems_of_weeks(self.schedule)
        problems += self._problems_of_change()
        try:
            problems += self._problems_of_scenario(allow_large)
        except Invalid as error:
            problems += error.problems
        if problems:
            raise Invalid(problems)

    def in_force(self) -> dict[str, Any]:
        """Return the settings of a checked run by name: what change, scenario, stances and comparators set, then its own.

        >>> Request("tiny", {"forgoing_credit": 1.0}, {"gates.delay": 4.0}).in_force()["leaders.credit_forgone"]
        1.0
        """
        from .scenario import economy
        from .settings import merged

        return merged(economy(self.scenario, self.change), self.tactics, self.settings)

    def threads(self, asked: int) -> int:
        """Return on how many threads a checked run is made, where so many are asked for.

        >>> Request("tiny").threads(2), Request("england-2022", settings={"population.scale": 40.0}).threads(2)
        (1, 2)
        """
        from .scenario import economy
        from .sizes import useful_threads

        if asked == 1 or self.engine != "compiled":  # a sweep asks every run, and has no need to know its size
            return 1
        return useful_threads(economy(self.scenario, self.change), self.in_force(), asked)

    def _problems_of_numbers(self) -> list[str]:
        limits = {"weeks": (0, MOST_WEEKS), "seed": (0, 2**63 - 1), "replicate": (0, 2**31 - 1)}
        problems = []
        for name, (low, high) in limits.items():
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
                problems.append(f"`{name}` must be a whole number in [{low}, {high}], but is {shown(value)}.")
        if self.engine not in ENGINES:
            problems.append(f"No engine is called {self.engine!r}. Choose one of: {', '.join(ENGINES)}.")
        return problems

    def _problems_of_change(self) -> list[str]:
        from . import change

        if self.change is None:
            return []
        if not isinstance(self.change, str):
            return [f"`change` must be the name of a change or the path of a file, but is {shown(self.change)}."]
        return change.problems_of(self.change)

    def _problems_of_scenario(self, allow_large: bool) -> list[str]:
        from .own_data.tables import problems_of_files
        from .scenario import read

        scenario, complaints = read(self.scenario)
        for name, value in scenario.settings.items():
            if problem := _problem_with_setting(name, value):
                complaints.add(["settings", name], problem)
        for leader in scenario.leaders:
            for problem in _problems_of_own_mix(leader.tactics if isinstance(leader.tactics, dict) else {}):
                complaints.add(["leaders"], problem)
        for name, problem in _unheard(scenario, {}, scenario.settings):
            complaints.add(["settings", name], problem)
        for problem in problems_of_files(scenario.tables):
            complaints.add(["tables"], problem)
        complaints.problems += self._unheard_by(scenario)
        if complaints.problems or _problems_of({}, self.settings):
            return complaints.problems
        tactics = tuple((name, share) for name, share in self.tactics.items() if not _problems_of({name: share}, {}))
        weeks = min(self.weeks, MOST_WEEKS) if isinstance(self.weeks, int) else 0
        return list(_problems_of_run(scenario, tactics, tuple(self.settings.items()), None if allow_large else weeks))

    def _unheard_by(self, scenario: "Scenario") -> list[str]:
        """Return what is said of all leaders here, at the start or on the way, and of each in the scenario."""
        changes = [entry[1] for entry in self.schedule if not problems_of_change(entry, self.weeks)]
        said = [{"tactics": self.tactics, "settings": self.settings}, *changes]
        found = (_unheard(scenario, each.get("tactics", {}), each.get("settings", {})) for each in said)
        return list(dict.fromkeys(problem for problems in found for _, problem in problems))


@lru_cache(maxsize=256)
def _problems_of_run(
    scenario: "Scenario",
    tactics: tuple[tuple[str, float], ...],
    settings: tuple[tuple[str, Any], ...],
    weeks: int | None,
) -> tuple[str, ...]:
    """Return what is wrong with a run of a sound scenario, tactics and settings; a sweep asks the same again and again.

    A tactic may set what cannot be, or, where weeks are given, the run be too large.
    """
    from .settings import merged
    from .sizes import problems_of_size

    try:
        values = merged(scenario, dict(tactics), dict(settings))
    except FailedRun as error:
        return (str(error),)
    return () if weeks is None else tuple(problems_of_size(scenario, values, weeks))


def _problems_of(tactics: Any, settings: Any) -> list[str]:
    from . import catalogue

    problems = []
    for name, value in dict(tactics).items():
        if name not in catalogue.tactics():
            hint = nearest(name, catalogue.tactics()) or "See: syslead list tactics"
            problems.append(f"No tactic is called {name!r}. {hint}")
        elif isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            words = f"The share or degree of tactic `{name}` must lie in [0, 1], but is {shown(value)}."
            problems.append(f"{words} {how_written(value)}".rstrip())
    return problems + [
        problem for name, value in dict(settings).items() if (problem := _problem_with_setting(name, value))
    ]


def _problem_with_setting(name: str, value: Any) -> str:
    """Return what is wrong with a setting, or an empty string."""
    from . import catalogue
    from .parameters import problem_with

    known = catalogue.parameters()
    if name not in known:
        hint = nearest(name, known) or "See: syslead list parameters"
        return f"No parameter is called {name!r}. {hint}"
    problem = problem_with(known[name], value)
    if not problem:
        return ""
    hint = nearest(value, known[name].choices) if isinstance(value, str) else ""
    return f"{problem} {hint}".rstrip()


def _problems_of_own_mix(tactics: Any) -> list[str]:
    """Return what is wrong with the conversations of one leader; how leaders carry themselves is not theirs alone."""
    from . import catalogue

    known = catalogue.tactics()
    return _problems_of(tactics, {}) + [
        f"`{name}` is a {known[name].kind} of all leaders, and cannot be given to one: name it for the run."
        for name in tactics
        if name in known and known[name].kind != "conversation"
    ]


def _unheard(scenario: "Scenario", tactics: dict[str, float], settings: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what a scenario says of each leader itself, so that saying it of all leaders does nothing: name, problem."""
    from . import catalogue

    rows, known = scenario.leaders, catalogue.tactics()
    if not rows:
        return
    for name, value in settings.items():
        group, _, field = name.partition(".")
        each = field in ("number", "placement") or (
            field in ("ego", "hours") and all(getattr(row, field) is not None for row in rows)
        )
        # No hours for leaders is no hours for anyone.
        if group == "leaders" and each and not (field == "hours" and value == 0):
            yield name, f"`{name}` does nothing: the [[leaders]] of the scenario say it of each of them."
    for name, share in tactics.items():
        is_held = name in known and known[name].kind == "conversation" and share
        if is_held and all(row.tactics is not None for row in rows):
            yield (
                name,
                f"The tactic `{name}` does nothing: the [[leaders]] of the scenario all have `tactics` of their own.",
            )


def problems_of_weeks(schedule: Any) -> list[str]:
    """Return which weeks stand more than once in a schedule, of which only one change could be made."""
    weeks = [entry[0] for entry in schedule if isinstance(entry, tuple | list) and entry and isinstance(entry[0], int)]
    return [
        f"The schedule has {weeks.count(week)} changes in week {shown(week)}; write them as one."
        for week in dict.fromkeys(weeks)
        if weeks.count(week) > 1
    ]


def problems_of_change(entry: Any, weeks: int) -> list[str]:
    """Return what is wrong with a change in the schedule of a run of so many weeks."""
    from . import catalogue

    try:
        week, changes = entry
        unknown = set(changes) - {"tactics", "settings"}
    except (TypeError, ValueError):
        return [f"A schedule's entry must be a week and its changes, but is {shown(entry)}."]
    problems = [f"The schedule of week {shown(week)}: unknown key {key!r}." for key in sorted(unknown)]
    if not isinstance(week, int) or isinstance(week, bool) or not 0 <= week <= MOST_WEEKS:
        problems.append(f"A schedule's week must be a whole number in [0, {MOST_WEEKS}], but is {shown(week)}.")
    elif isinstance(weeks, int) and week > weeks:
        problems.append(f"The schedule has a change in week {week}, but the run has {counted(weeks, 'week')}.")
    settings = changes.get("settings", {})
    known = catalogue.parameters()
    problems += _problems_of(changes.get("tactics", {}), settings)
    problems += [
        f"`{name}` describes the world at the start; it cannot change in week {shown(week)}."
        for name in settings
        if name in known and not known[name].live
    ]
    return problems
