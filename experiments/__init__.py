"""Experiments with the model: commands, sweeps, stored results, statistics and figures."""
