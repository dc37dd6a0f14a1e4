"""A run that fails for one replicate, in place of the model."""

import simulation


def run(request):
    """Run the model, except for replicate 1."""
    if request.replicate == 1:
        raise ArithmeticError("this replicate fails")
    return simulation.run(request)
