"""Health economies: which organisations there are, how large, in how many systems, and who leads."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from . import change as changes
from . import toml_file
from .entities import KINDS, TIERS, USUAL_ASKING, USUAL_EGO
from .errors import Invalid, nearest, shown
from .named_files import NamedFiles
from .own_data.csv_file import Source
from .own_data.sources import change_in, sources
from .parameters import START, Choice, Prior, Range, initial
from .toml_file import Complaints
from .values import fitted

FOLDER = Path(__file__).parent / "scenarios"
FILES = NamedFiles("scenario", FOLDER)
MOST_PEOPLE = 5_000_000
"""Staff in all, simulated or represented; many more could not be summed exactly."""


class Population(NamedTuple):
    """People and ties at the start."""

    scale: Annotated[
        float,
        initial(
            0.1, 10_000, "share of the sample", "design", "1: a sample of decision-relevant staff; 10 000: everyone"
        ),
    ] = 1.0
    adopters: Annotated[
        float, initial(0, 1, "share", "assumed", "Share who have adopted at the start", prior=Prior(0.01, 0.05))
    ] = 0.03
    aware: Annotated[float, initial(0, 1, "share", "assumed", "Share of the others who know of the change")] = 0.0
    gates_open: Annotated[bool, initial(0, 1, "switch", "design", "Whether all gates are open at the start")] = False
    conviction: Annotated[float, initial(0, 1, "share", "assumed", "Mean conviction at the start")] = 0.2
    conviction_spread: Annotated[float, initial(0, 0.5, "share", "assumed", "Its standard deviation")] = 0.1
    adopters_conviction: Annotated[float, initial(0, 1, "share", "assumed", "Conviction of adopters at the start")] = (
        0.7
    )
    adopters_ownership: Annotated[float, initial(0, 1, "share", "assumed", "Ownership of adopters at the start")] = 0.5
    ego: Annotated[float, initial(0, 1, "share", "assumed", "Mean ego of frontline staff")] = 0.35
    ego_by_tier: Annotated[float, initial(0, 0.3, "share", "assumed", "Rise of mean ego with each tier")] = 0.05
    ego_spread: Annotated[float, initial(0, 0.5, "share", "assumed", "Standard deviation of ego")] = 0.18
    dissatisfaction: Annotated[float, initial(0, 1, "share", "assumed", "Mean dissatisfaction")] = 0.4
    dissatisfaction_spread: Annotated[float, initial(0, 0.5, "share", "assumed", "Its standard deviation")] = 0.2
    autonomy: Annotated[float, initial(0, 1, "share", "assumed", "Mean norm of autonomy")] = 0.5
    autonomy_spread: Annotated[float, initial(0, 0.5, "share", "assumed", "Its standard deviation")] = 0.2
    skill: Annotated[float, initial(0, 1, "share", "assumed", "Staff's mean skill in system leadership")] = 0.2
    pride: Annotated[float, initial(0, 1, "share", "assumed", "Mean institutional ego; adds to that of its staff")] = (
        0.2
    )
    ties_inside: Annotated[
        float, initial(0, 64, "ties", "assumed", "Mean contacts inside the organisation", prior=Prior(3, 8))
    ] = 6.0
    ties_across: Annotated[float, initial(0, 16, "ties", "assumed", "Mean contacts outside, of frontline staff")] = 0.5
    ties_across_by_tier: Annotated[float, initial(0, 8, "ties", "assumed", "More contacts outside with each tier")] = (
        0.4
    )
    clustering: Annotated[
        float,
        initial(0, 1, "share", "assumed", "Share of contacts in the own tier who come from the own team of eight"),
    ] = 0.5
    popularity: Annotated[
        float, initial(1, 2, "power", "assumed", "How unevenly people are listened to; 1 is evenly")
    ] = 1.5
    rival_ties: Annotated[
        float, initial(0, 1, "share", "assumed", "Share of contacts outside who work for a rival")
    ] = 0.3
    far_ties: Annotated[
        float, initial(0, 1, "share", "assumed", "Share of contacts outside in any system: national networks")
    ] = 0.05
    partners: Annotated[
        int, initial(1, 64, "organisations", "assumed", "Organisations on whose change an organisation's gain depends")
    ] = 8
    convened_ties: Annotated[
        float, initial(0, 16, "ties", "assumed", "Contacts that a convener brings upper tiers")
    ] = 2.0
    peer_ties: Annotated[float, initial(0, 16, "ties", "assumed", "Contacts that a peer set brings a junior")] = 2.0


class Leaders(NamedTuple):
    """Leaders, where a scenario does not name them one by one."""

    number: Annotated[int, initial(0, 500, "people a system", "assumed", "Leaders in each system")] = 5
    hours: Annotated[float, Range(0, 60, "hours a week", "assumed", "Time of each leader for this change")] = 8.0
    placement: Annotated[
        int,
        Choice(
            ("spread", "top", "middle", "front", "outside"), "design", "Tiers at which the leaders work", when=START
        ),
    ] = 0
    ego: Annotated[float, Range(0, 1, "share", "assumed", "Mean ego of leaders")] = USUAL_EGO
    ego_spread: Annotated[float, initial(0, 0.5, "share", "assumed", "Standard deviation of their ego")] = 0.1
    reflection: Annotated[float, initial(0, 1, "share", "assumed", "Aptitude for learning from feedback")] = 0.5
    asking: Annotated[
        float, Range(0, 1, "share", "assumed", "How far leaders ask where they could tell", prior=Prior(0.25, 0.75))
    ] = USUAL_ASKING
    credit_forgone: Annotated[float, Range(0, 1, "share", "design", "Share of credit left to others")] = 0.0
    generosity: Annotated[float, Range(0, 1, "share", "design", "Share of meetings in which something is given")] = 0.0
    label: Annotated[float, Range(0, 1, "share", "design", "How far leaders declare to be system leaders")] = 1.0


class OrganisationRow(NamedTuple):
    """So many organisations of one kind."""

    kind: str
    count: int  # type: ignore[assignment] # a scenario's word; nobody counts in a row
    staff: int  # mean headcount
    sample: int  # decision-relevant staff, in a sample
    spread: float = 0.3  # standard deviation of the logarithm of the headcount


class LeaderRow(NamedTuple):
    """So many leaders in each system, of one place; what is not given comes from the parameters `leaders.*`."""

    count: int = 1  # type: ignore[assignment]
    tier: str = "senior"
    home: str = ""  # a kind of organisation; empty: from outside
    hours: float | None = None
    ego: float | None = None
    start: int = 0
    end: int = -1
    tactics: dict[str, float] | None = None


class Scenario(NamedTuple):
    """A health economy as its file describes it."""

    name: str
    title: str
    source: str
    systems: int
    settings: dict[str, Any]
    organisations: tuple[OrganisationRow, ...]
    leaders: tuple[LeaderRow, ...]
    tables: dict[str, Source]  # the user's own CSV files: organisations, staff, ties
    directed: bool
    change: str | None = None  # what is to be adopted, unless whoever asks for a run names another

    def __hash__(self) -> int:
        """Hash what tells most scenarios apart; nobody changes one, so that what follows from it can be kept."""
        return hash((self.name, self.systems, self.organisations))


def scenarios() -> dict[str, str]:
    """Return the built-in scenarios' titles by name."""
    return FILES.titles()


def economy(name: str, change: str | None) -> Scenario:
    """Return a scenario with the settings of a change under its own: of this change, or else of that which it names.

    >>> economy("tiny", "simple").settings["leaders.number"]
    1

    Raises
    ------
    Invalid
        If there is no such scenario or change, or one of the files has faults.
    """
    scenario = load(name)
    change = scenario.change if change is None else change
    if change is None:
        return scenario
    return scenario._replace(settings=changes.load(change).settings | scenario.settings)


def load(name: str) -> Scenario:
    """Return a built-in scenario by name, or one of the user's own by the path of its file.

    Raises
    ------
    Invalid
        If there is none of this name, or its file has faults: all of them at once.
    """
    scenario, complaints = read(name)
    if complaints.problems:
        raise Invalid(complaints.problems)
    return scenario


def read(name: str) -> tuple[Scenario, Complaints]:
    """Return what is sound in a scenario, and every fault of its file.

    Raises
    ------
    Invalid
        If there is none of this name, or its file is no TOML.
    """
    path = FILES.path(name)
    scenario, complaints = _parsed(name, path, toml_file.content(path))
    # A reader may have more to complain of, for itself.
    complaints = Complaints(complaints.file, complaints.problems)
    for problem in () if scenario.change is None else changes.problems_of(scenario.change):
        complaints.add(["change"], problem)
    return scenario, complaints


@lru_cache(maxsize=16)
def _parsed(name: str, path: Path, content: bytes) -> tuple[Scenario, Complaints]:
    """Return what is sound in a file of this content, and its faults; not to be changed, as a sweep asks every run."""
    complaints = Complaints(toml_file.parsed(path, content))
    return _read(name, complaints), complaints


_KEYS = {
    "title": str,
    "source": str,
    "systems": int,
    "settings": dict,
    "organisations": list,
    "leaders": list,
    "tables": dict,
    "directed": bool,
    "change": str,
}


def _read(name: str, complaints: Complaints) -> Scenario:
    document = complaints.typed([], complaints.file.data, _KEYS)
    systems = document.get("systems", 1)
    if not 1 <= systems <= 1000:
        complaints.add(["systems"], f"`systems` must lie in [1, 1000], but is {systems}.")
    rows = _rows(document, "organisations", OrganisationRow, complaints)
    leaders = _rows(document, "leaders", LeaderRow, complaints)
    _check_rows(complaints, rows, leaders)
    tables = sources(document.get("tables", {}), complaints)
    for setting in toml_file.named_twice(document.get("settings", {})):
        complaints.add(["settings", setting], f"`settings.{setting}` stands twice, with quotes and without; keep one.")
    if document.get("directed") and "ties" not in tables:
        complaints.add(
            ["directed"], "`directed` does nothing without `tables.ties`: ties that are drawn lead both ways."
        )
    if not complaints.problems:
        _check_economy(complaints, list(rows.values()), systems, tables)
    return Scenario(
        name,
        document.get("title", ""),
        document.get("source", ""),
        systems,
        toml_file.flat(document.get("settings", {})),
        tuple(rows.values()),
        tuple(leaders.values()),
        tables,
        document.get("directed", False),
        change_in(document.get("change"), complaints),
    )


def _check_economy(
    complaints: Complaints, rows: list[OrganisationRow], systems: int, tables: dict[str, Source]
) -> None:
    """Note what is wrong with a whole health economy whose parts are sound."""
    if tables:
        if rows:
            complaints.add(["tables"], "[[organisations]] and [tables] exclude each other.")
        if systems != 1:
            complaints.add(["systems"], "with [tables], systems are the column `system` of the table of organisations.")
        return
    if not rows:
        complaints.add([], "no organisations: add [[organisations]] rows or [tables].")
        return
    if max(row.count for row in rows) < systems:
        complaints.add(["systems"], f"{systems} systems, but no kind of organisation has as many: one would be empty.")
    people = sum(row.count * row.staff for row in rows)
    if people > MOST_PEOPLE:
        complaints.add([], f"{people:,} staff in all; the limit is {MOST_PEOPLE:,}.")


def _rows(document: dict[str, Any], key: str, cls: Any, complaints: Complaints) -> dict[int, Any]:
    """Return the rows of a list of tables that have the fields they need, by their number from 0."""
    rows = {}
    listed = document.get(key, [])
    if not all(isinstance(entry, dict) for entry in listed):
        complaints.add([key], f"`{key}` must be a list of tables, written [[{key}]].")
        return {}
    for number, entry in enumerate(listed):
        place = f"{key} row {number + 1}"
        unknown = [field for field in entry if field not in cls._fields]
        for field in unknown:
            hint = nearest(field, cls._fields)
            complaints.add([key, str(number), field], f"{place}: `{field}` is not known. {hint}".rstrip())
        missing = [field for field in cls._fields if field not in cls._field_defaults and field not in entry]
        for field in missing:
            complaints.add([key, str(number)], f"{place}: `{field}` is missing.")
        if not missing:
            kinds = {field: "integer" for field, type_ in cls.__annotations__.items() if type_ is int}
            known = {field: value for field, value in entry.items() if field not in unknown}
            rows[number] = cls(**{field: fitted(kinds.get(field, ""), value) for field, value in known.items()})
    return rows


def _check_rows(complaints: Complaints, rows: dict[int, OrganisationRow], leaders: dict[int, LeaderRow]) -> None:
    for number, row in rows.items():
        _note(complaints, "organisations", number, _faults_of_organisations(row))
    for number, leader in leaders.items():
        _note(complaints, "leaders", number, _faults_of_leader(leader))


def _note(complaints: Complaints, key: str, number: int, faults: Iterable[tuple[str, str]]) -> None:
    for field, fault in faults:
        complaints.add([key, str(number), field], f"{key} row {number + 1}: {fault}")


Faults = Iterator[tuple[str, str]]
"""What is wrong with a row: field and sentence."""


def _faults_of_organisations(row: OrganisationRow) -> Faults:
    if row.kind not in KINDS:
        yield "kind", f"no kind is called {shown(row.kind)}. {nearest(str(row.kind), KINDS)}".rstrip()
    yield from _out_of_range(row._asdict(), {"count": 20_000, "staff": 200_000, "sample": 200_000})
    if not _is_number(row.spread, 0, 2):
        yield "spread", f"`spread` must lie in [0, 2], but is {shown(row.spread)}."


def _faults_of_leader(leader: LeaderRow) -> Faults:
    yield from _out_of_range(leader._asdict(), {"count": 500})
    if leader.tier not in TIERS:
        yield "tier", f"no tier is called {shown(leader.tier)}. {nearest(str(leader.tier), TIERS)}".rstrip()
    if leader.home and leader.home not in KINDS:
        yield "home", f"no kind is called {shown(leader.home)}. {nearest(str(leader.home), KINDS)}".rstrip()
    for field, most in (("hours", 60.0), ("ego", 1.0)):
        value = getattr(leader, field)
        if value is not None and not _is_number(value, 0, most):
            yield field, f"`{field}` must lie in [0, {most:g}], but is {shown(value)}."
    yield from _faults_of_term(leader)
    if leader.tactics is not None and not isinstance(leader.tactics, dict):
        yield "tactics", f"`tactics` must be a table of shares by name, but is {shown(leader.tactics)}."


def _faults_of_term(leader: LeaderRow) -> Faults:
    for field, least in (("start", 0), ("end", -1)):
        value = getattr(leader, field)
        if not _is_number(value, least, 5200) or not isinstance(value, int):
            yield field, f"`{field}` must be a week in [{least}, 5200], but is {shown(value)}."
    weeks = leader.start, leader.end
    if all(_is_number(week, 0, 5200) for week in weeks) and weeks[1] <= weeks[0]:
        yield "end", f"`end`, week {leader.end}, must come after `start`, week {leader.start}: these would never lead."


def _is_number(value: Any, low: float, high: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high


def _out_of_range(values: dict[str, Any], most: dict[str, int]) -> Faults:
    for field, limit in most.items():
        if not isinstance(values[field], int) or not _is_number(values[field], 1, limit):
            yield field, f"`{field}` must be a whole number in [1, {limit}], but is {shown(values[field])}."
