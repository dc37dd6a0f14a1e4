"""Makes every run of a study once, keeps it as soon as it is finished, and carries on after an interruption.

`runner` is the door, and `options` say how a sweep is carried out. A sitting (`sitting`, from start or resume to stop)
hands out what is missing to a `pool` of processes or a `cluster`; a `worker` makes one run after another. `progress`
knows where the sweep stands, and `forecast` how long the rest will take. `estimate` tells what a sweep would run and
cost before it is begun; `signals` turns Ctrl+C into a wish to stop. What is asked and answered `at_once` has worker
processes of its own, and is not stored.
"""

__all__ = ["at_once", "estimate", "options", "progress", "runner", "sitting"]
