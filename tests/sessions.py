"""A session of the page, without a browser."""

import numpy as np

from experiments.page.tab.session import Session
from simulation.page.arm import Arm
from simulation.request import Request

SMALL = Request("tiny", {"seeding": 0.5, "others_shoes": 0.5, "forgoing_credit": 1.0}, {}, weeks=60)


def opened_session(request: Request = SMALL) -> Session:
    session = Session(request, lambda: None, answers=False)
    session.open()
    return session


def trajectory(arm: Arm) -> np.ndarray:
    everyone = int(arm.world.staff["weight"].sum())
    return arm.world.record.adopted.sum(axis=1) / everyone
