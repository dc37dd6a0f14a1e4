"""A stored run comes back as it was kept."""

import numpy as np
from folders import made

from experiments.store import stored_runs


def test_curves_come_back_bit_for_bit():
    curves = np.random.default_rng(1).random((2, 261))
    curves[0, :3] = [0.0, 5e-324, 1 / 3]
    assert stored_runs.unpacked(stored_runs.packed(curves)).tobytes() == curves.tobytes()


def test_every_field_of_a_stored_run_is_under_its_seal():
    row = made(3, "ab")
    assert row.is_sound
    changed = {"run": 4, "key": "ac", "status": "failed", "body": "{}", "curves": b"", "seconds": 1.0, "made_with": 1}
    for name, value in changed.items():
        assert not row._replace(**{name: value}).is_sound, name
    assert not row._replace(body=None).is_sound and not row._replace(curves="x").is_sound
