"""From a user's own tables to a world: what they say stands, what they leave out is drawn."""

from typing import NamedTuple

import numpy as np

from .. import entities
from ..entities import ACROSS, ADOPTED, FRONTLINE, INSIDE, KINDS, TIERS
from ..mathematics import GRID
from ..own_data.csv_table import ABSENT, Table
from ..own_data.pairs import FINE
from ..own_data.tables import OWN, Tables
from ..scenario import OrganisationRow
from ..world import Array, records
from .network import Ties

DERIVED_KIND = "primary_care"
"""The kind of organisations that no table describes."""
USUAL_SAMPLE = 60
"""Decision-relevant staff, at most, of an organisation whose sample is not given."""


class Places(NamedTuple):
    """Where everything of a user's tables goes: systems and kinds together, and in them the order of the file."""

    organisations: Array  # the table's row of each organisation of the world
    systems: Array  # of each organisation of the world
    kinds: Array
    staff: Array  # the table's row of each person of the world
    homes: Array  # the organisation of each person of the world
    tiers: Array


def places(tables: Tables) -> Places:
    """Return the order in which a user's organisations and staff stand in the world."""
    count = len(tables.organisation_ids)
    kinds = _given(tables.organisations, "kind", count, KINDS.index(DERIVED_KIND))
    systems = np.zeros(count, np.int64)
    if tables.organisations is not None and "system" in tables.organisations.columns:
        numbers: dict[str, int] = {}
        named = tables.organisations.columns["system"]
        systems[:] = [numbers.setdefault(name, len(numbers)) for name in named]
    order = np.lexsort((np.arange(count), kinds, systems))
    place = np.empty(count, np.int64)
    place[order] = np.arange(count)
    homes = place[np.asarray(tables.homes, np.int64)]
    tiers = _given(tables.staff, "tier", len(homes), FRONTLINE)
    people = np.lexsort((np.arange(len(homes)), tiers, homes))
    return Places(order, systems[order], kinds[order], people, homes[people], tiers[people])


def organisation_names(tables: Tables) -> list[str]:
    """Return a user's own names of the organisations, in the order of the world."""
    return [tables.organisation_ids[row] for row in places(tables).organisations]


def staff_names(tables: Tables) -> list[str]:
    """Return a user's own names of the staff, in the order of the world; nothing where staff are drawn."""
    return [tables.staff_ids[row] for row in places(tables).staff] if tables.staff_ids else []


def _given(table: Table | None, column: str, count: int, otherwise: float) -> Array:
    """Return a column, with what is left out replaced."""
    if table is None or column not in table.columns:
        return np.full(count, otherwise)
    values = np.asarray(table.columns[column])
    return np.where(np.isnan(values) if values.dtype == np.float64 else values == ABSENT, otherwise, values)


def listed(tables: Tables, where: Places) -> list[tuple[int, int, OrganisationRow]]:
    """Return the system, kind and size of each organisation of a user who has no table of staff."""
    assert tables.organisations is not None  # a table of organisations is all there is then
    sizes = np.asarray(tables.organisations.columns["staff"])
    samples = _given(tables.organisations, "sample", len(sizes), USUAL_SAMPLE)
    found = []
    for row, system, kind in zip(where.organisations, where.systems, where.kinds, strict=True):
        size = int(sizes[row])
        found.append((int(system), int(kind), OrganisationRow(KINDS[kind], 1, size, min(int(samples[row]), size), 0.0)))
    return found


def write_organisations(organisations: Array, tables: Tables, where: Places) -> None:
    """Write what a user says of their organisations over what was drawn."""
    for column in ("competition", "pride", "cost", "gain", "fit", "demand"):
        _write(organisations, column, tables.organisations, where.organisations)
    opened = _given(tables.organisations, "open", len(organisations), ABSENT)[where.organisations]
    organisations["committed"] = np.where(opened == ABSENT, organisations["committed"], opened - 1)


def _write(records: Array, field: str, table: Table | None, rows: Array) -> None:
    """Write one column of a table, in the world's order, where it is given."""
    if table is None or field not in table.columns:
        return
    values = np.asarray(table.columns[field])[rows]
    given = ~np.isnan(values) if values.dtype == np.float64 else values != ABSENT
    records[field] = np.where(given, values, records[field])


def people(tables: Tables, where: Places) -> Array:
    """Return the staff in their places, each with the people they stand for: themselves, where the table is silent."""
    staff = records(entities.Staff, len(where.staff))
    staff["organisation"], staff["tier"] = where.homes, where.tiers
    staff["circle"] = np.arange(len(staff))
    staff["weight"] = np.round(1024.0 * _given(tables.staff, "people", len(staff), 1.0)[where.staff])
    return staff


def organisations(tables: Tables, where: Places) -> Array:
    """Return the organisations of a table of staff: where their people stand, and how many these stand for."""
    found = records(entities.Organisation, len(where.organisations))
    edges = np.searchsorted(where.homes, np.arange(len(found) + 1))
    found["kind"], found["system"] = where.kinds, where.systems
    found["first"] = found["first_circle"] = edges[:-1]
    found["end"] = found["end_circle"] = edges[1:]
    found["weight"] = np.add.reduceat(people(tables, where)["weight"].astype(np.int64), edges[:-1])
    return found


def tier_rows(where: Places) -> Array:
    """Return the first row of each tier of each organisation, and the end, shape (organisations, 5)."""
    place = where.homes * len(TIERS) + where.tiers.astype(np.int64)
    edges = np.searchsorted(place, np.arange(len(where.organisations) * len(TIERS) + 1))
    first = edges[:-1].reshape(-1, len(TIERS))
    return np.concatenate([first, edges[len(TIERS) :: len(TIERS), None]], axis=1).astype(np.int64)


def given_stages(tables: Tables, where: Places) -> Array:
    """Return everyone's stage at the start as the table says, or -1."""
    return _given(tables.staff, "stage", len(where.staff), ABSENT)[where.staff]


def write_staff(staff: Array, tables: Tables, where: Places) -> None:
    """Write what a user says of their staff over what was drawn."""
    for column in set(OWN) - {"tier", "stage"}:  # which decide where people stand and how they are drawn
        _write(staff, column, tables.staff, where.staff)
    staff["conviction"] = np.floor(staff["conviction"] * GRID + 0.5) / GRID
    staff["first_opinion"] = staff["conviction"]


def settle_stages(staff: Array, stages: Array, others: tuple[Array, Array]) -> None:
    """Put people into the stage at which the table has them.

    Parameters
    ----------
    staff : ndarray of records
        As drawn, some of them adopters.
    stages : ndarray
        The stage given for each, or -1.
    others : pair of ndarray of records
        The same people drawn with no adopter, and with nobody else.
    """
    without, adopters = others
    for drawn, chosen in ((without, (stages != ABSENT) & (stages != ADOPTED)), (adopters, stages == ADOPTED)):
        staff[chosen] = drawn[chosen]
        staff["stage"][chosen] = stages[chosen]


def given_ties(tables: Tables, where: Places, directed: bool) -> tuple[Ties, Array, float]:
    """Return a user's own ties, in rows of those to whom a person listens, and their strengths, with the step of these."""
    place = np.empty(len(where.staff), np.int64)
    place[where.staff] = np.arange(len(where.staff))
    sources, targets = place[np.asarray(tables.sources)], place[np.asarray(tables.targets)]
    strengths = _given(tables.ties, "strength", len(sources), 1.0)
    same = where.homes[sources] == where.homes[targets]
    kinds = _given(tables.ties, "kind", len(sources), ABSENT)
    kinds = np.where(kinds == ABSENT, np.where(same, INSIDE, ACROSS), kinds)
    if not directed:
        sources, targets = np.concatenate([sources, targets]), np.concatenate([targets, sources])
        strengths, kinds = np.tile(strengths, 2), np.tile(kinds, 2)
    order = np.argsort(targets, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(targets, minlength=len(place)))]).astype(np.int64)
    rows = Ties(start, sources[order].astype(np.int32), kinds[order].astype(np.int8))
    step = 1.0 if (strengths == np.floor(strengths)).all() else 1.0 / FINE
    return rows, np.rint(strengths[order] / step).astype(np.int32), step
