"""The world at week 0, drawn from a scenario and its settings: the same seed and replicate give the same world.

`organisations` are drawn first, then `population` puts staff into them, `network` ties them and `leadership` adds leaders
and what they plan. What a user's own tables say stands as `given`. `beginnings` keeps worlds for the runs that begin alike.
"""
