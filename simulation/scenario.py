"""Health economies: which organisations there are, how large, in how many systems, and who leads."""

import tomllib
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from .entities import KINDS, TIERS
from .errors import Invalid, nearest
from .parameters import Choice, Range

FOLDER = Path(__file__).parent / "scenarios"
LARGEST_FILE = 1_000_000
"""Bytes; a scenario is a page of text."""


class Population(NamedTuple):
    """People and ties at the start."""

    scale: Annotated[
        float,
        Range(0.1, 10_000, "share of the sample", "design", "1: a sample of decision-relevant staff; 10 000: everyone"),
    ] = 1.0
    adopters: Annotated[float, Range(0, 1, "share", "assumed", "Share who have adopted at the start")] = 0.03
    aware: Annotated[float, Range(0, 1, "share", "assumed", "Share of the others who know of the change")] = 0.0
    gates_open: Annotated[bool, Range(0, 1, "switch", "design", "Whether all gates are open at the start")] = False
    conviction: Annotated[float, Range(0, 1, "share", "assumed", "Mean conviction at the start")] = 0.2
    conviction_spread: Annotated[float, Range(0, 0.5, "share", "assumed", "Its standard deviation")] = 0.1
    adopters_conviction: Annotated[float, Range(0, 1, "share", "assumed", "Conviction of adopters at the start")] = 0.7
    adopters_ownership: Annotated[float, Range(0, 1, "share", "assumed", "Ownership of adopters at the start")] = 0.5
    ego: Annotated[float, Range(0, 1, "share", "assumed", "Mean ego of frontline staff")] = 0.35
    ego_by_tier: Annotated[float, Range(0, 0.3, "share", "assumed", "Rise of mean ego with each tier")] = 0.05
    ego_spread: Annotated[float, Range(0, 0.5, "share", "assumed", "Standard deviation of ego")] = 0.18
    dissatisfaction: Annotated[float, Range(0, 1, "share", "assumed", "Mean dissatisfaction")] = 0.4
    dissatisfaction_spread: Annotated[float, Range(0, 0.5, "share", "assumed", "Its standard deviation")] = 0.2
    autonomy: Annotated[float, Range(0, 1, "share", "assumed", "Mean norm of autonomy")] = 0.5
    autonomy_spread: Annotated[float, Range(0, 0.5, "share", "assumed", "Its standard deviation")] = 0.2
    skill: Annotated[float, Range(0, 1, "share", "assumed", "Staff's mean skill in system leadership")] = 0.2
    pride: Annotated[float, Range(0, 1, "share", "assumed", "Mean institutional ego; adds to that of its staff")] = 0.2
    ties_inside: Annotated[float, Range(0, 64, "ties", "assumed", "Mean contacts inside the organisation")] = 6.0
    ties_across: Annotated[float, Range(0, 16, "ties", "assumed", "Mean contacts outside, of frontline staff")] = 0.5
    ties_across_by_tier: Annotated[float, Range(0, 8, "ties", "assumed", "More contacts outside with each tier")] = 0.4
    clustering: Annotated[
        float, Range(0, 1, "share", "assumed", "Share of contacts in the own tier who come from the own team of eight")
    ] = 0.5
    popularity: Annotated[
        float, Range(1, 2, "power", "assumed", "How unevenly people are listened to; 1 is evenly")
    ] = 1.5
    rival_ties: Annotated[float, Range(0, 1, "share", "assumed", "Share of contacts outside who work for a rival")] = (
        0.3
    )
    far_ties: Annotated[
        float, Range(0, 1, "share", "assumed", "Share of contacts outside in any system: national networks")
    ] = 0.05
    partners: Annotated[
        int, Range(1, 64, "organisations", "assumed", "Organisations on whose change an organisation's gain depends")
    ] = 8
    convened_ties: Annotated[float, Range(0, 16, "ties", "assumed", "Contacts that a convener brings upper tiers")] = (
        2.0
    )
    peer_ties: Annotated[float, Range(0, 16, "ties", "assumed", "Contacts that a peer set brings a junior")] = 2.0


class Leaders(NamedTuple):
    """Leaders, where a scenario does not name them one by one."""

    number: Annotated[int, Range(0, 500, "people a system", "assumed", "Leaders in each system")] = 5
    hours: Annotated[float, Range(0, 60, "hours a week", "assumed", "Time of each leader for this change")] = 8.0
    placement: Annotated[
        int,
        Choice(("spread", "top", "middle", "front", "outside"), "design", "Tiers at which the leaders work"),
    ] = 0
    ego: Annotated[float, Range(0, 1, "share", "assumed", "Mean ego of leaders")] = 0.4
    ego_spread: Annotated[float, Range(0, 0.5, "share", "assumed", "Standard deviation of their ego")] = 0.1
    reflection: Annotated[float, Range(0, 1, "share", "assumed", "Aptitude for learning from feedback")] = 0.5
    credit_forgone: Annotated[float, Range(0, 1, "share", "design", "Share of credit left to others")] = 0.0
    generosity: Annotated[float, Range(0, 1, "share", "design", "Share of meetings in which something is given")] = 0.0
    label: Annotated[float, Range(0, 1, "share", "design", "How far leaders declare to be system leaders")] = 1.0


class OrganisationRow(NamedTuple):
    """So many organisations of one kind."""

    kind: str
    count: int
    staff: int  # mean headcount
    sample: int  # decision-relevant staff, in a sample
    spread: float = 0.3  # standard deviation of the logarithm of the headcount


class LeaderRow(NamedTuple):
    """So many leaders in each system, of one place; what is not given comes from the parameters `leaders.*`."""

    count: int = 1
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
    tables: dict[str, str]  # the user's own CSV files: organisations, staff, ties
    directed: bool


def scenarios() -> dict[str, str]:
    """Return the built-in scenarios' titles by name."""
    return {
        file.stem: str(tomllib.loads(file.read_text(encoding="utf-8"))["title"])
        for file in sorted(FOLDER.glob("*.toml"))
    }


def load(name: str) -> Scenario:
    """Return a built-in scenario by name, or one of the user's own by the path of its file.

    Raises
    ------
    Invalid
        If there is none of this name, or its file has faults: all of them at once.
    """
    path = FOLDER / f"{name}.toml"
    if not (name.replace("-", "").isalnum() and path.is_file()):
        path = Path(name)
        if path.suffix != ".toml":
            raise Invalid(
                [f"No scenario is called {name!r}. {nearest(name, scenarios()) or 'See: syslead list scenarios'}"]
            )
        if not path.is_file():
            raise Invalid([f"The scenario file {name!r} does not exist."])
    return _checked(name, path, _document(path))


def _document(path: Path) -> dict[str, Any]:
    if path.stat().st_size > LARGEST_FILE:
        raise Invalid([f"{path}: larger than {LARGEST_FILE:,} bytes; a scenario is a page of text."])
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid([f"{path}: not a readable TOML file: {error}."]) from None
    except RecursionError:
        raise Invalid([f"{path}: nested too deeply."]) from None


_KEYS = ("title", "source", "systems", "settings", "organisations", "leaders", "tables", "directed")


def _checked(name: str, path: Path, document: dict[str, Any]) -> Scenario:
    problems = [f"{path}: unknown key {key!r}. {nearest(key, _KEYS)}" for key in document if key not in _KEYS]
    title = _of_type(document.get("title", ""), str, f"{path}: `title`", problems)
    systems = _of_type(document.get("systems", 1), int, f"{path}: `systems`", problems)
    settings = _of_type(document.get("settings", {}), dict, f"{path}: `settings`", problems)
    tables = _of_type(document.get("tables", {}), dict, f"{path}: `tables`", problems)
    if isinstance(systems, int) and not 1 <= systems <= 1000:
        problems.append(f"{path}: `systems` must lie in [1, 1000], but is {systems}.")
    rows = _rows(document, "organisations", OrganisationRow, path, problems)
    leaders = _rows(document, "leaders", LeaderRow, path, problems)
    problems += _faults_of_rows(path, rows, leaders)
    problems += [
        f"{path}: `tables.{key}` is not one of organisations, staff, ties."
        for key in tables
        if key not in ("organisations", "staff", "ties")
    ]
    if not rows and not tables:
        problems.append(f"{path}: no organisations: add [[organisations]] rows or [tables].")
    if problems:
        raise Invalid(problems)
    places = {key: str(path.parent / value) for key, value in tables.items()}
    directed = bool(document.get("directed", False))
    source = str(document.get("source", ""))
    return Scenario(name, title, source, systems, settings, tuple(rows), tuple(leaders), places, directed)


def _of_type(value: Any, type_: type, place: str, problems: list[str]) -> Any:
    if isinstance(value, type_) and not (type_ is int and isinstance(value, bool)):
        return value
    problems.append(f"{place} must be {type_.__name__}, but is {value!r}.")
    return type_()


def _rows(document: dict[str, Any], key: str, cls: Any, path: Path, problems: list[str]) -> list[Any]:
    rows = []
    listed = document.get(key, [])
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        problems.append(f"{path}: `{key}` must be a list of tables, written [[{key}]].")
        return []
    for number, entry in enumerate(listed, 1):
        place = f"{path}: {key} row {number}"
        unknown = [field for field in entry if field not in cls._fields]
        problems += [f"{place}: unknown key {field!r}. {nearest(field, cls._fields)}" for field in unknown]
        missing = [field for field in cls._fields if field not in cls._field_defaults and field not in entry]
        problems += [f"{place}: `{field}` is missing." for field in missing]
        if not unknown and not missing:
            rows.append(cls(**entry))
    return rows


def _faults_of_rows(path: Path, rows: list[OrganisationRow], leaders: list[LeaderRow]) -> list[str]:
    problems = []
    for number, row in enumerate(rows, 1):
        place = f"{path}: organisations row {number}"
        if row.kind not in KINDS:
            problems.append(f"{place}: no kind is called {row.kind!r}. {nearest(str(row.kind), KINDS)}")
        problems += _out_of_range(place, row._asdict(), {"count": 20_000, "staff": 200_000, "sample": 200_000})
        if not isinstance(row.spread, int | float) or not 0 <= row.spread <= 2:
            problems.append(f"{place}: `spread` must lie in [0, 2], but is {row.spread!r}.")
    for number, leader in enumerate(leaders, 1):
        place = f"{path}: leaders row {number}"
        if leader.tier not in TIERS:
            problems.append(f"{place}: no tier is called {leader.tier!r}. {nearest(str(leader.tier), TIERS)}")
        if leader.home and leader.home not in KINDS:
            problems.append(f"{place}: no kind is called {leader.home!r}. {nearest(str(leader.home), KINDS)}")
        problems += _out_of_range(place, leader._asdict(), {"count": 1000})
        for field, most in (("hours", 60.0), ("ego", 1.0)):
            value = leader._asdict()[field]
            if value is not None and not (isinstance(value, int | float) and 0 <= value <= most):
                problems.append(f"{place}: `{field}` must lie in [0, {most:g}], but is {value!r}.")
    return problems


def _out_of_range(place: str, values: dict[str, Any], most: dict[str, int]) -> list[str]:
    return [
        f"{place}: `{field}` must be a whole number in [1, {limit}], but is {values[field]!r}."
        for field, limit in most.items()
        if not isinstance(values[field], int) or isinstance(values[field], bool) or not 1 <= values[field] <= limit
    ]
