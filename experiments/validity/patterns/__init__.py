"""Patterns of real diffusion, held against runs of the model.

- `catalogue`: each pattern: what is measured, what real data show, what is accepted.
- `setups`: what is run for one replicate: the same world under the conditions that patterns ask about.
- `measured`: the statistics of these runs.
- `facts`: what happened where health services changed, asked of the model in the same way.
- `verdicts`: what came out over all replicates, and whether a pattern holds.
- `table`: the verdicts as plain text.
"""
