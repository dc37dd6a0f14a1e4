"""One organisation close up: its staff by tier and stage, what presses on it, and its story."""

from typing import Any

import numpy as np

from ..entities import NEVER
from ..story.names import STAGE_LABELS, TIER_LABELS, role
from ..story.telling import EVERYONE
from ..words import counted
from .arm import Arm

MOST_PEOPLE = 320
MOST_TIES = 1400


def staff_network(arm: Arm, organisation: int) -> dict[str, Any]:
    """Return the staff of one organisation and the ties between them, ready to be sent to the page.

    A person is a list: tier, stage, 1 if an idea is planted, 1 if an advocate, who they are, the conviction in
    percent. Of more than 320, every so many are shown.
    """
    world = arm.world
    record = world.organisations[organisation]
    first, end = int(record["first"]), int(record["end"])
    every = -(-(end - first) // MOST_PEOPLE)
    rows = np.arange(first, end, every)
    kind = int(record["kind"])
    people = [
        [
            int(person["tier"]),
            int(person["stage"]),
            int(person["planted"]),
            int(person["advocate"]),
            role(kind, int(person["tier"]), int(person["profession"])),
            round(100 * float(person["conviction"])),
        ]
        for person in world.staff[rows]
    ]
    ties: list[list[int]] = []
    for number, row in enumerate(rows):
        for contact in world.network.contacts[world.network.start[row] : world.network.start[row + 1]]:
            place, left_over = divmod(int(contact) - first, every)
            if first <= contact < end and not left_over and len(ties) < MOST_TIES:
                ties.append([number, place])
    return {
        "people": people,
        "ties": ties,
        "tiers": list(TIER_LABELS),
        "stages": list(STAGE_LABELS),
        "title": _how_many(arm, organisation, len(people)),
    }


def _how_many(arm: Arm, organisation: int, drawn: int) -> str:
    """Return how many people are drawn, and how many staff each of them stands for."""
    record = arm.world.organisations[organisation]
    people = int(record["end"] - record["first"])
    words = f"{drawn} of " * (drawn != people) + counted(people, "person", "people") + " shown" * (drawn != people)
    each = round(arm.described[organisation]["staff"] / drawn)
    return f"{words}, each standing for about {each}" if each > 1 else words


def pressures(arm: Arm, organisation: int) -> list[tuple[str, float, str]]:
    """Return what presses on an organisation and what helps it: a label, a share of the bar, the number in words."""
    o = arm.world.organisations[organisation]
    staff = arm.world.staff[int(o["first"]) : int(o["end"])]
    bars = [
        ("Short-term pressure", float(o["pressure"]), ""),
        ("Incentive to compete", float(o["competition"]), ""),
        ("Cost as felt", float(o["burden"]) / 2.0, f"{o['burden']:.2f}"),
        ("Own gain, later", float(o["gain"]) / 2.0, f"{o['gain']:.2f}"),
        ("Partners who changed", float(o["partners"]), ""),
        ("Trust in those who lead", float(staff["trust"].mean()), ""),
        ("Conviction", float(staff["conviction"].mean()), ""),
        ("Idea felt as their own", float(staff["ownership"].mean()), ""),
    ]
    return [(label, min(max(part, 0.0), 1.0), words or f"{part:.2f}") for label, part, words in bars]


def gate_in_words(arm: Arm, organisation: int) -> str:
    """Return how far the change has come at the gate of an organisation."""
    o = arm.world.organisations[organisation]
    needed = int(arm.phase().groups["gates"].approvals)
    if o["committed"] != NEVER:
        return f"Gate open since week {int(o['committed']) + 1}"
    if o["asked"] != NEVER:
        return f"In approval since week {int(o['asked']) + 1}: {int(o['approvals']).bit_count()} of {needed} given"
    if o["refused"] != NEVER:
        return f"Refused in week {int(o['refused']) + 1}; the board has not asked again"
    return "Gate closed: only a pilot is allowed, and the board has not asked"


def story(arm: Arm, organisation: int, most: int = 60) -> list[tuple[int, str, bool]]:
    """Return what happened in an organisation, the newest first: week, words, whether it weighs much.

    The same thing said of several people in one week is said once.
    """
    told: dict[tuple[int, str], list[Any]] = {}
    for moment in arm.teller.of(organisation):
        entry = told.setdefault((moment.week, moment.words), [0, moment.weighty and moment.organisation != EVERYONE])
        entry[0] += 1
    lines = [
        (week, words + (f" ({count} times)" if count > 1 else ""), weighty)
        for (week, words), (count, weighty) in told.items()
    ]
    return lines[::-1][:most]
