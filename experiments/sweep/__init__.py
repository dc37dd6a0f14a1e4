"""Makes every run of a study once, keeps it as soon as it is finished, and carries on after an interruption.

`runner` is the door: `sweep`, `resume` and `plan`. A `session` hands out what is missing to a `pool` of processes or a
`cluster`; a `worker` makes one run after another; a `tally` knows where the sweep stands, and `costs` how long the
rest will take. `pilot` tells what a sweep would do before it is begun; `signals` turns Ctrl+C into a wish to stop.
"""

__all__ = ["runner", "tally"]
