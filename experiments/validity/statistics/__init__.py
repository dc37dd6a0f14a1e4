"""Statistics of diffusion, as functions of arrays.

- `curve`: the cumulative share, its fit by the model of Bass, and how long it takes.
- `exposure`: what people saw when they adopted; infectiousness and susceptibility.
- `likeness`: what is alike: Moran's I in a network, intraclass correlation in units, steepest stretch of each unit.
- `hazard`: whether exposure makes adoption likelier, in discrete time.
- `resampling`: intervals by drawing anew.
"""
