"""All randomness: each number is a function of who, when and what for, not of how many were drawn before.

Two runs with the same seed therefore share their random numbers wherever they do the same thing (common random numbers),
and no result depends on threads, batches, order or resumption. A draw is the splitmix64 finaliser [1]_ of
(seed, replicate, week, purpose, index, agent).

References
----------
.. [1] G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
"""

from functools import lru_cache

GOLDEN = 0x9E3779B97F4A7C15
"""The odd number nearest to 2^64 divided by the golden ratio."""
MIX_1 = 0xBF58476D1CE4E5B9
MIX_2 = 0x94D049BB133111EB
MASK = (1 << 64) - 1
WORLD_WEEK = -1
"""The week in whose name the world at the start is drawn."""

(
    SIZES,
    ORGANISATION_TRAITS,
    PARTNERS,
    STAFF_TRAITS,
    STAFF_START,
    TIES_INSIDE,
    TIES_ACROSS,
    TIES_CONVENED,
    TIES_PEERS,
    LEADER_TRAITS,
    APTITUDES,
    READING,
    PRESSURE,
    CONVERSATIONS,
    TARGETS,
    TACTIC,
    MEETING,
    RECEPTION,
    TELLING,
    PATIENTS,
    FAVOURS,
    IDEAS,
    AWARENESS,
    OUTSIDE,
    ADOPTION,
    LAPSE,
    MANDATE,
    CREDIT,
    ADVOCACY,
    APPROVAL,
    VETO,
    LEADER_EXIT,
    STAFF_EXIT,
    NEWCOMER,
) = range(34)


def mixed(z: int) -> int:
    """Return the 64 bits of `z`, thoroughly mixed.

    >>> mixed(1)
    6238072747940578789
    """
    z &= MASK
    z = ((z ^ (z >> 30)) * MIX_1) & MASK
    z = ((z ^ (z >> 27)) * MIX_2) & MASK
    return z ^ (z >> 31)


def run_key(seed: int, replicate: int) -> int:
    """Return the key of one run."""
    return mixed(mixed(seed + GOLDEN) + (replicate + 1) * GOLDEN)


def week_key(run: int, week: int) -> int:
    """Return the key of one week of a run; week -1 draws the world at the start."""
    return mixed(run + (week + 2) * GOLDEN)


def uniform(key: int, purpose: int, agent: int, index: int = 0) -> float:
    """Return a number from [0, 1) for one agent, one purpose and one week.

    Parameters
    ----------
    key : int
        The week's key.
    purpose : int
        What the number is for, one of this module's constants.
    agent : int
        Who it is for: a row of staff, an organisation, a leader.
    index : int
        Which of several numbers for the same purpose within the week, from 0.

    Examples
    --------
    >>> key = week_key(run_key(seed=1, replicate=0), week=0)
    >>> uniform(key, ADOPTION, 7) == uniform(key, ADOPTION, 7)
    True
    """
    return float(mixed(_stream(key, purpose + 64 * index) + (agent + 1) * GOLDEN) >> 11) * 1.1102230246251565e-16


@lru_cache(1024)
def _stream(key: int, purpose: int) -> int:
    """Return the key of all numbers for one purpose in one week, made once."""
    return mixed(key + (purpose + 1) * MIX_1)
