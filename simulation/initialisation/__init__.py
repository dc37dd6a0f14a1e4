"""The world at week 0, drawn from a scenario and its settings: the same seed and replicate give the same world.

`organisations` are drawn first, then `population` puts staff into them, `network` ties them and `leadership` adds leaders
and what they plan. `beginnings` keeps such worlds for the runs that begin alike.
"""
