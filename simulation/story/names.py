"""What people and organisations are called on the page."""

from typing import Any

from ..entities import KINDS, PROFESSIONS, TIERS

KIND_LABELS = {
    "acute": ("Acute hospitals", "Acute hospital"),
    "mental_health": ("Mental health", "Mental health trust"),
    "community": ("Community services", "Community trust"),
    "ambulance": ("Ambulance", "Ambulance trust"),
    "primary_care": ("Primary care networks", "Primary care network"),
    "council": ("Councils", "Council"),
    "care_provider": ("Care providers", "Care provider"),
    "commissioner": ("Commissioner", "Commissioner"),
}
"""A kind in the plural and in the singular."""

_TRUST = {
    "clinician": ("ward nurse", "ward sister", "clinical director", "medical director"),
    "manager": ("ward clerk", "service manager", "divisional director", "chief executive"),
    "care_professional": ("healthcare assistant", "team leader", "head of therapies", "director of therapies"),
    "council_officer": ("liaison officer", "liaison officer", "liaison officer", "liaison officer"),
}
_ROLES = {
    "ambulance": {
        "clinician": ("paramedic", "team leader", "clinical director", "medical director"),
        "manager": ("dispatcher", "station manager", "head of operations", "chief executive"),
        "care_professional": ("care assistant", "shift leader", "head of control", "director of control"),
    },
    "primary_care": {
        "clinician": ("practice nurse", "general practitioner", "GP partner", "clinical director of the network"),
        "manager": ("receptionist", "practice manager", "network manager", "managing partner"),
        "care_professional": ("social prescriber", "lead pharmacist", "head of the care team", "care director"),
    },
    "council": {
        "clinician": (
            "public health nurse",
            "public health lead",
            "public health consultant",
            "public health director",
        ),
        "manager": ("officer", "team manager", "head of service", "director of adult services"),
        "care_professional": ("social worker", "senior social worker", "principal social worker", "care director"),
        "council_officer": ("council officer", "senior officer", "head of policy", "chief executive"),
    },
    "care_provider": {
        "clinician": ("care home nurse", "lead nurse", "head of nursing", "nursing director"),
        "manager": ("administrator", "home manager", "regional manager", "owner"),
        "care_professional": ("carer", "senior carer", "registered manager", "managing director"),
    },
    "commissioner": {
        "clinician": ("clinical adviser", "clinical lead", "clinical director", "chief medical officer"),
        "manager": ("analyst", "commissioning manager", "programme director", "chief executive of the board"),
        "council_officer": ("seconded officer", "seconded officer", "joint commissioner", "joint director"),
    },
}
TREES = (
    *("Alder", "Apple", "Ash", "Aspen", "Bay", "Beech", "Birch", "Blackthorn", "Box", "Buckthorn", "Cedar", "Cherry"),
    *("Chestnut", "Cypress", "Dogwood", "Elder", "Elm", "Fir", "Gean", "Hawthorn", "Hazel", "Holly", "Hornbeam", "Ivy"),
    *("Juniper", "Larch", "Laurel", "Lime", "Maple", "Medlar", "Mulberry", "Oak", "Olive", "Pear", "Pine", "Plane"),
    *("Poplar", "Rowan", "Spindle", "Spruce", "Sycamore", "Willow"),
)
"""What systems are called: like no real one."""
TIER_LABELS = ("Front line", "Middle", "Senior", "Executive")
STAGE_LABELS = ("has not heard of it", "has heard of it", "complies in name", "has adopted", "has given up")


def role(kind: int, tier: int, profession: int) -> str:
    """Return what somebody in this place is called.

    >>> role(0, 1, 0), role(5, 3, 3), role(7, 3, 1)
    ('ward sister', 'chief executive', 'chief executive of the board')
    """
    table = _ROLES.get(KINDS[kind], _TRUST)
    name = PROFESSIONS[profession]
    return table.get(name, _TRUST[name])[tier]


def role_of(world: Any, row: int) -> str:
    """Return what one member of staff is called: "the", where there is one such person in the organisation."""
    person = world.staff[row]
    organisation = world.organisations[person["organisation"]]
    colleagues = world.staff[organisation["first"] : organisation["end"]]
    alike = (colleagues["tier"] == person["tier"]) & (colleagues["profession"] == person["profession"])
    name = role(int(organisation["kind"]), int(person["tier"]), int(person["profession"]))
    if alike.sum() == 1:
        return f"the {name}"
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def system_name(number: int) -> str:
    """Return what a system is called.

    >>> system_name(0), system_name(41), system_name(42)
    ('Alder', 'Willow', 'Alder 2')
    """
    again, tree = divmod(number, len(TREES))
    return f"{TREES[tree]} {again + 1}" if again else TREES[tree]


def names_of(organisations: list[dict[str, Any]]) -> list[str]:
    """Return what each organisation is called.

    Parameters
    ----------
    organisations : list of dict
        As `results.described` returns them.
    """
    counts: dict[tuple[int, str], int] = {}
    kinds = {(entry["system"], entry["kind"]) for entry in organisations}
    totals = {place: sum((e["system"], e["kind"]) == place for e in organisations) for place in kinds}
    many = any(entry["system"] for entry in organisations)
    found = []
    for entry in organisations:
        place = (entry["system"], entry["kind"])
        counts[place] = counts.get(place, 0) + 1
        _, singular = KIND_LABELS[entry["kind"]]
        number = str(counts[place]) if totals[place] > 1 else ""
        found.append(f"{singular} {number}".strip() + (f" of {system_name(entry['system'])}" if many else ""))
    return found


def leader_name(number: int) -> str:
    """Return what a leader is called.

    >>> leader_name(0)
    'Leader 1'
    """
    return f"Leader {number + 1}"


def leader_place(world: Any, number: int, names: list[str]) -> str:
    """Return where a leader works, in words."""
    leader = world.leaders[number]
    home = int(leader["organisation"])
    return f"{TIERS[int(leader['tier'])]}, {names[home]}" if home >= 0 else "from outside"
