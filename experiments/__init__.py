"""What is done with the model: studies, sweeps, stored results, statistics, figures, the command line and the page.

The rooms, in the order in which they may import one another:

- `design`: a study's question, its arms and the runs that follow from it; `studies` holds those that come along.
- `store`: a result folder, where every finished run is kept.
- `sweep`: makes a study's runs, here or on a cluster, and loses none.
- `analysis`: what the runs say: estimates, intervals, survival curves, effects of parameters.
- `figures`: the pictures of a sweep, drawn from its tables.
- `page`: the model in the browser, week by week.
- `validity`: the model held against what is known, and what data on adoption say.
- `commands`: what a user types, and `cli`, which reads it.
"""

CAVEAT = "A model of a theory, not a forecast."
"""What is said beside every number and picture."""


def how_to_install(extra: str) -> str:
    """Return the command that installs an extra for this very Python, from where the program came from.

    No registry has the program: in a checkout pip is given its folder, and elsewhere what the extra asks for.
    """
    import shlex
    import sys
    from importlib import metadata
    from pathlib import Path

    pip = [sys.executable, "-m", "pip", "install"]
    checkout = Path(__file__).parents[1]
    if (checkout / "pyproject.toml").exists():
        return shlex.join([*pip, "-e", f"{checkout}[{extra}]"])
    asked = [entry.partition(";") for entry in metadata.requires("syslead") or []]
    return shlex.join([*pip, *(name.strip() for name, _, condition in asked if f'extra == "{extra}"' in condition)])
