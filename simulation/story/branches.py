"""Who changed through whom: for each organisation the one that brought most of its staff to it, a leader or another organisation."""

from collections import Counter
from typing import NamedTuple

from ..entities import NEVER
from .names import leader_name
from .telling import CONTACTS, OWN_IDEA
from .told import Told

UNKNOWN = "nobody in particular"
TALKED = "talked"


class Branch(NamedTuple):
    """An organisation, and through whom most of its staff came to adopt who did so through somebody outside.

    ``through`` is the name of a leader or of another organisation; ``number`` says how many came through them, ``adopted`` how
    many adoptions there were in all, ``week`` when the first of them came, ``share`` who have adopted in the end; ``told``, ``sown``
    and ``shown`` how many came after talking with a leader, after an idea that was sown came back, and by seeing contacts do it.
    """

    name: str
    through: str
    number: int
    adopted: int
    week: int
    share: float
    told: int
    sown: int
    shown: int


def branches(run: Told) -> list[Branch]:
    """Return a branch for each organisation in which anybody came to adopt, those with most adoptions first.

    Nobody changes through who changed later: an organisation is a source only for those whose first adoption came after its own.
    """
    first: dict[int, int] = {}
    for adoption in run.teller.adoptions:
        first.setdefault(adoption.organisation, adoption.week)
    shares = run.shares
    from_start = {place for place in range(len(run.names)) if shares[0, place + 1] > 0}
    found = [_branch(run, place, first, from_start, float(shares[-1, place + 1])) for place in first]
    return sorted(found, key=lambda branch: (-branch.adopted, branch.week))


def _branch(run: Told, place: int, first: dict[int, int], from_start: set[int], share: float) -> Branch:
    mine = [adoption for adoption in run.teller.adoptions if adoption.organisation == place]

    def when(source: int) -> int:
        return 0 if source in from_start else first.get(source, mine[0].week)

    sources = Counter(
        adoption.source
        for adoption in mine
        if adoption.source < NEVER or (adoption.source not in (NEVER, place) and when(adoption.source) < when(place))
    )
    source, number = sources.most_common(1)[0] if sources else (NEVER, 0)
    through = UNKNOWN if source == NEVER else leader_name(NEVER - 1 - source) if source < NEVER else run.names[source]
    ways = Counter(adoption.cause if adoption.cause in (OWN_IDEA, CONTACTS, "") else TALKED for adoption in mine)
    counts = ways[TALKED], ways[OWN_IDEA], ways[CONTACTS]
    return Branch(run.names[place], through, number, len(mine), mine[0].week, share, *counts)
