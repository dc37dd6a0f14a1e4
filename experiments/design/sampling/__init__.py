"""Samples of points: `priors`, from which values are drawn; `ranges`, read from a study; `plausible`, those declared."""
