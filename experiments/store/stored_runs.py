"""What is kept of a run, sealed with a checksum where the run was made and checked wherever it is read."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.design.jobs import Job

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OK = "ok"
FAILED = "failed"
WORKER_DIED = "worker_died"
MEMORY = "memory"
TIMEOUT = "timeout"
STATUSES = (OK, FAILED, WORKER_DIED, MEMORY, TIMEOUT)

CURVES = ("adopted_share", "declared_share")
_ENCODE = json.JSONEncoder(sort_keys=False, separators=(",", ":"), allow_nan=False).encode


class StoredRun(NamedTuple):
    """One run as it is stored, in the order of the database's columns.

    Parameters
    ----------
    run, key
        Number and key of the job.
    status : str
        ``ok``, or why there is no result.
    body : str
        JSON: the observables of a run that is ok, otherwise problem, trace and number of tries.
    curves : bytes
        The weekly curves, compressed; empty when there is no result.
    seconds : float
        What the run took. Not part of the result.
    made_with : int
        Which sources and versions made it, as an index into the folder's list.
    checksum : int
        CRC-32 of all the rest.
    """

    run: int
    key: str
    status: str
    body: str
    curves: bytes
    seconds: float
    made_with: int
    checksum: int

    @property
    def is_sound(self) -> bool:
        """Whether this is what was sealed, whatever a damaged file made of it."""
        right_types = isinstance(self.body, str) and isinstance(self.curves, bytes)
        return right_types and self.checksum == _checksum(self)

    @property
    def content(self) -> dict[str, Any]:
        """The body as data."""
        content: dict[str, Any] = json.loads(self.body)
        return content


def sealed(
    job: Job, status: str, content: Mapping[str, Any], curves: bytes = b"", seconds: float = 0.0, made_with: int = 0
) -> StoredRun:
    """Return what is kept of a job, with its checksum.

    >>> from simulation import Request
    >>> stored = sealed(Job(3, "ab", "none", 0, 0, {}, Request("tiny")), OK, {"adopted_share": 0.5})
    >>> stored.is_sound, stored._replace(run=4).is_sound
    (True, False)
    """
    stored = StoredRun(job.run, job.key, status, _ENCODE(content), curves, seconds, made_with, 0)
    return stored._replace(checksum=_checksum(stored))


def _checksum(stored: StoredRun) -> int:
    body = stored.body.encode("utf-8", "surrogatepass")
    # The lengths keep a byte from passing unseen from one field to the next.
    head = f"{stored.run} {stored.key} {stored.status} {stored.seconds!r} {stored.made_with} {len(body)} {len(stored.curves)}"
    return zlib.crc32(stored.curves, zlib.crc32(body, zlib.crc32(head.encode("utf-8", "surrogatepass"))))


def packed(curves: NDArray[np.float64]) -> bytes:
    """Return curves (one a row) compressed; equal bytes of neighbouring numbers stand together, which halves them."""
    import numpy as np

    planes = np.ascontiguousarray(curves, dtype="<f8").reshape(-1, 1).view(np.uint8).T
    return zlib.compress(planes.tobytes(), 1)


def unpacked(curves: bytes) -> NDArray[np.float64]:
    """Return the curves that `packed` compressed, a row for each of `CURVES`."""
    import numpy as np

    planes = np.frombuffer(zlib.decompress(curves), np.uint8).reshape(8, -1)
    return np.ascontiguousarray(planes.T).view("<f8").reshape(len(CURVES), -1)
