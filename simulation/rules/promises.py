"""Promises: a gain that was promised and has not come a year after commitment costs trust."""

from typing import Annotated, NamedTuple

from ..entities import NEVER, Organisation
from ..parameters import Range


class Parameters(NamedTuple):
    """Promised gains."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether anyone remembers a promise")] = True
    weeks: Annotated[int, Range(1, 520, "weeks", "assumed", "When a promised gain is looked for")] = 52
    expected: Annotated[float, Range(0, 1, "share", "assumed", "Share of the gain that must show by then")] = 0.3
    trust_lost: Annotated[float, Range(0, 1, "share", "assumed", "Trust lost where it does not")] = 0.3


def is_broken(organisation: Organisation, week: int, p: Parameters) -> bool:
    """Return whether this is the week in which an organisation finds a promise broken."""
    if not p.on or organisation.committed == NEVER or week - organisation.committed != p.weeks:
        return False
    return organisation.realised < p.expected
