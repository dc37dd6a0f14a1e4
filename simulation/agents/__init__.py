"""The readable engine: the same week as in `kernel.py`, in which Mesa agents act by calling the rules.

An agent is a view: its properties are made from the declarations in `entities.py`, and read and write the arrays of
the `World` that the compiled engine works on too. `step` stands in `week.py` and in `kernel.py`, in the same words.
Everyone reads the state as it was when a part began, so the order of people never matters; sums over people are sums
of integers.
"""

from .assembly import AGENTS, Assembly
from .bodies import Convener, PatientPartners, Regulator
from .leader import Knowledge, Leader
from .organisation import Organisation
from .staff import Staff
from .week import advance, proceed

__all__ = [
    "AGENTS",
    "Assembly",
    "Convener",
    "Knowledge",
    "Leader",
    "Organisation",
    "PatientPartners",
    "Regulator",
    "Staff",
    "advance",
    "proceed",
]
